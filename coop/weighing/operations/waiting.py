"""Entries that came too late: kept until a manager confirms or rejects them, then booked or not."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from coop.audit.operations import lock_head, record, sealed
from coop.audit.rules import AuditTag
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import Conflict, NotThere, Refusal, Refused
from coop.kernel.words import say
from coop.receipts.rules.receipt import document_no
from coop.weighing.operations.answer import Answer
from coop.weighing.operations.post import PURCHASE, Desk, post_entries
from coop.weighing.operations.reversal import Person
from coop.weighing.queries import Booked
from coop.weighing.queries.reversal_proof import SEAL_OF
from coop.weighing.queries.waiting import Waiting, places_of, waiting_entry
from coop.weighing.rules import UnreadEntry, WeighingEntry, content_sha256, says_the_same
from coop.weighing.rules.facts import TOO_OLD
from coop.weighing.rules.kept import entry_of_text, entry_text
from coop.weighing.rules.reversal import CONFIRMED, REJECTED


async def keep_waiting(
    tx: Transaction,
    desk: Desk,
    entries: Sequence[WeighingEntry | UnreadEntry],
    answers: Sequence[Answer],
) -> list[Answer]:
    """Keep what was refused for its age alone; return the answers, of those as they stand.

    Called after the posting, in its transaction; where nothing is too old it asks nothing.
    """
    return [
        await _keep(tx, desk, entry, answer)
        if isinstance(entry, WeighingEntry) and any(r.code == TOO_OLD for r in answer.refusals)
        else answer
        for entry, answer in zip(entries, answers, strict=True)
    ]


async def _keep(tx: Transaction, desk: Desk, entry: WeighingEntry, answer: Answer) -> Answer:
    if any(refusal.code != TOO_OLD for refusal in answer.refusals):
        message = say("The entry is old too; put the rest right, then a manager confirms it.")
        said = (
            replace(refusal, message=message) if refusal.code == TOO_OLD else refusal
            for refusal in answer.refusals
        )
        return replace(answer, refusals=tuple(said))
    await lock_head(tx, desk.cooperative_id)
    earlier = await waiting_entry(tx, entry.id)
    if earlier is None:
        await _wait(tx, desk, entry)
        return answer
    if not says_the_same(entry, earlier.content):
        message = say("This id came before with another content; the first stands.")
        return replace(answer, refusals=(Refusal("duplicate_conflict", message, "id"),))
    if earlier.outcome == REJECTED:
        message = say("A manager did not confirm this old entry; ask them.")
        return replace(answer, refusals=(Refusal("not_confirmed", message, "weighed_at"),))
    return answer


async def _wait(tx: Transaction, desk: Desk, entry: WeighingEntry) -> None:
    await tx.execute(
        "INSERT INTO waiting_entry (cooperative_id, entry_id, content, kept, clerk_id, device_id, came_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7)",
        desk.cooperative_id,
        entry.id,
        content_sha256(entry),
        entry_text(entry),
        desk.clerk_id,
        desk.devices.get(entry.device or ""),
        clock.now(),
    )
    row = str(entry.id)
    seal = SEAL_OF[AuditTag.ENTRY_WAITS]
    await record(
        tx,
        AuditTag.ENTRY_WAITS,
        cooperative_id=desk.cooperative_id,
        table="waiting_entry",
        row=row,
        facts={"entry": row, "rows_sha256": await sealed(tx, seal, desk.cooperative_id, row)},
    )


async def decide_entry(
    tx: Transaction, entry_id: UUID, decider: Person, outcome: str
) -> str | None:
    """Confirm or reject a waiting entry; return the slip's number where it is booked.

    Raises Refused with the desk's own reasons, Conflict where it was decided otherwise, NotThere.
    """
    found = await waiting_entry(tx, entry_id)
    if found is None:
        raise NotThere
    await lock_head(tx, found.cooperative_id)
    waiting = await waiting_entry(tx, entry_id)
    if waiting is None:
        raise NotThere
    if waiting.outcome is not None:
        if (waiting.outcome, waiting.decided_by) != (outcome, decider.user_id):
            raise Conflict
        return _number(waiting)
    booked = await _book(tx, waiting) if outcome == CONFIRMED else None
    await tx.execute(
        "INSERT INTO waiting_entry_decision (cooperative_id, entry_id, outcome, decided_by, decided_role, decided_at,"
        " weighing_fy, weighing_no) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        waiting.cooperative_id,
        entry_id,
        outcome,
        decider.user_id,
        decider.role,
        clock.now(),
        booked.fy if booked else None,
        booked.no if booked else None,
    )
    row = str(entry_id)
    seal = SEAL_OF[AuditTag.ENTRY_DECIDED]
    await record(
        tx,
        AuditTag.ENTRY_DECIDED,
        cooperative_id=waiting.cooperative_id,
        table="waiting_entry_decision",
        row=row,
        facts={
            "entry": row,
            "outcome": outcome,
            "rows_sha256": await sealed(tx, seal, waiting.cooperative_id, row),
        },
    )
    return document_no(waiting.code, booked.fy, PURCHASE, booked.no) if booked else None


def _number(waiting: Waiting) -> str | None:
    if waiting.weighing_fy is None or waiting.weighing_no is None:
        return None
    return document_no(waiting.code, waiting.weighing_fy, PURCHASE, waiting.weighing_no)


async def _book(tx: Transaction, waiting: Waiting) -> Booked:
    centres, devices = await places_of(tx, waiting.cooperative_id)
    desk = Desk(
        waiting.cooperative_id,
        waiting.code,
        waiting.clerk_id,
        centres,
        devices,
        confirmed=frozenset({TOO_OLD}),
    )
    answer = (await post_entries(tx, desk, [entry_of_text(waiting.kept)]))[0]
    if answer.booked is None:
        raise Refused(answer.refusals)
    return answer.booked

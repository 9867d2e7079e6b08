"""Ask to take a weighing back, and decide on it: one asks, another decides, meanwhile it is held."""

from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from coop.audit.operations import lock_head, record, sealed
from coop.audit.rules import AuditTag
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import Conflict, NotThere, Refused
from coop.receipts.operations.status import mark
from coop.receipts.rules.status_list import Status
from coop.weighing.operations.take_back import Poster, Reversed, reversed_as, take_back
from coop.weighing.queries.reversal_proof import SEAL_OF
from coop.weighing.queries.reversals import (
    Request,
    Taken,
    as_it_stands,
    last_request,
    request_of_operation,
    reversal_facts,
    second_persons,
    taken,
)
from coop.weighing.rules import WeighingEntry
from coop.weighing.rules.kept import entry_of_text, entry_text
from coop.weighing.rules.numbers import SlipNumber
from coop.weighing.rules.reversal import (
    CONFIRMED,
    REJECTED,
    DeciderFacts,
    refusals_to_ask,
    refusals_to_confirm,
    refusals_to_decide,
)


@dataclass(frozen=True, slots=True)
class Person:
    """A signed-in person who asks or decides: user id, the role they act in, of the agency or not."""

    user_id: int
    role: str
    of_agency: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for. ``cash_back``: of a weighing paid in cash, the money lies in the box again."""

    operation_id: UUID
    reason: str
    words: str
    cash_back: bool = False
    corrected: WeighingEntry | None = None


async def ask_reversal(tx: Transaction, number: SlipNumber, asker: Person, wish: Wish) -> None:
    """Ask to take a weighing back; its receipt is held until another decides. Raises Refused, Conflict."""
    found = await taken(tx, number)
    if found is None:
        raise NotThere(number.text)
    await lock_head(tx, found.cooperative_id)
    weighing = await as_it_stands(tx, found)
    content = _content(weighing, wish)
    earlier = await request_of_operation(tx, weighing.cooperative_id, wish.operation_id)
    if earlier is not None:
        if earlier.content != content or earlier.asked_by != asker.user_id:
            raise Conflict
        return
    refusals = refusals_to_ask(await reversal_facts(tx, weighing))
    if refusals:
        raise Refused(refusals)
    request_id = await _keep_request(tx, weighing, asker, wish, content)
    if wish.corrected is not None:
        async with tx.tried():  # what would be refused at the confirmation is refused now
            back = _cash_back(weighing, wish.cash_back)
            poster = Poster(user_id=asker.user_id)
            await take_back(tx, weighing, wish.reason, request_id, back, poster, wish.corrected)
    await mark(tx, weighing.cooperative_id, weighing.sidx, Status.HELD, f"reversal {wish.reason}")
    row = str(request_id)
    seal = SEAL_OF[AuditTag.REVERSAL_ASKED]
    await record(
        tx,
        AuditTag.REVERSAL_ASKED,
        cooperative_id=weighing.cooperative_id,
        table="reversal_request",
        row=row,
        facts={
            "receipt": f"{weighing.fy}/{weighing.no}",
            "reason": wish.reason,
            "rows_sha256": await sealed(tx, seal, weighing.cooperative_id, row),
        },
    )


async def _keep_request(
    tx: Transaction, weighing: Taken, asker: Person, wish: Wish, content: bytes
) -> int:
    return int(
        await tx.fetchval(
            "INSERT INTO reversal_request (cooperative_id, operation_id, content, fy, weighing_no, reason, words,"
            " cash_back_paise, corrected, asked_by, asked_role, asked_at)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id",
            weighing.cooperative_id,
            wish.operation_id,
            content,
            weighing.fy,
            weighing.no,
            wish.reason,
            wish.words,
            _cash_back(weighing, wish.cash_back),
            entry_text(wish.corrected) if wish.corrected else "",
            asker.user_id,
            asker.role,
            clock.now(),
        )
    )


def _cash_back(weighing: Taken, back: bool) -> int:
    return weighing.amount_paise if back and weighing.paid_mode == "cash" else 0


def _content(weighing: Taken, wish: Wish) -> bytes:
    """What the form said, so that the same form sent twice is told from another."""
    corrected = entry_text(wish.corrected) if wish.corrected else ""
    said = (weighing.fy, weighing.no, wish.reason, wish.words, wish.cash_back, corrected)
    return sha256(repr(said).encode("utf-8", "replace")).digest()


async def decide_reversal(
    tx: Transaction,
    number: SlipNumber,
    decider: Person,
    operation_id: UUID,
    outcome: str,
    words: str,
) -> Reversed | None:
    """Confirm or reject the open request about a weighing. Raises Refused, Conflict, NotThere.

    Confirmed: the weighing is taken back and, where one was handed in, the right one is booked.
    """
    found = await taken(tx, number)
    if found is None:
        raise NotThere(number.text)
    await lock_head(tx, found.cooperative_id)
    weighing = await as_it_stands(tx, found)
    request = await last_request(tx, weighing.cooperative_id, weighing.fy, weighing.no)
    if request is None:
        raise NotThere(number.text)
    if request.outcome is not None:
        return _decided_before(weighing, request, decider, operation_id, outcome)
    others = await second_persons(tx, weighing.cooperative_id, request.asked_by)
    refusals = refusals_to_decide(
        DeciderFacts(request.asked_by, decider.user_id, decider.of_agency, others)
    )
    if not refusals and outcome == CONFIRMED:
        refusals = refusals_to_confirm(await reversal_facts(tx, weighing))
    if refusals:
        raise Refused(refusals)
    await _keep_decision(tx, request, decider, operation_id, outcome, words)
    if outcome == REJECTED:
        await mark(tx, weighing.cooperative_id, weighing.sidx, Status.VALID, "reversal rejected")
        return None
    poster = Poster(user_id=decider.user_id)
    return await take_back(
        tx,
        weighing,
        request.reason,
        request.id,
        request.cash_back_paise,
        poster,
        entry_of_text(request.corrected) if request.corrected else None,
    )


def _decided_before(
    weighing: Taken, request: Request, decider: Person, operation_id: UUID, outcome: str
) -> Reversed | None:
    """The same form again is answered alike; anything else comes too late."""
    if (request.decision_operation, request.outcome, request.decided_by) != (
        operation_id,
        outcome,
        decider.user_id,
    ):
        raise Conflict
    if weighing.reversal_fy is None or weighing.reversal_no is None:
        return None
    return reversed_as(weighing.code, weighing.reversal_fy, weighing.reversal_no, new=False)


async def _keep_decision(
    tx: Transaction,
    request: Request,
    decider: Person,
    operation_id: UUID,
    outcome: str,
    words: str,
) -> None:
    await tx.execute(
        "INSERT INTO reversal_decision (request_id, cooperative_id, operation_id, outcome, words, asked_by,"
        " decided_by, decided_role, decided_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        request.id,
        request.cooperative_id,
        operation_id,
        outcome,
        words,
        request.asked_by,
        decider.user_id,
        decider.role,
        clock.now(),
    )
    row = str(request.id)
    seal = SEAL_OF[AuditTag.REVERSAL_DECIDED]
    await record(
        tx,
        AuditTag.REVERSAL_DECIDED,
        cooperative_id=request.cooperative_id,
        table="reversal_decision",
        row=row,
        facts={
            "request": request.id,
            "outcome": outcome,
            "rows_sha256": await sealed(tx, seal, request.cooperative_id, row),
        },
    )

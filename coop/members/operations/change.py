"""Later changes: particulars, household, nominees. A change is a new version; nothing is written over."""

from collections.abc import Sequence
from datetime import date

from coop.audit.operations import lock_head, record, sealed
from coop.audit.rules import AuditTag
from coop.cooperatives.queries import CooperativeRow
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import Refusal, Refused
from coop.kernel.words import say
from coop.members.operations.admit import book_of, new_household
from coop.members.operations.doubles import keep_pair, note_elsewhere
from coop.members.operations.keys import refresh_keys
from coop.members.operations.once import Sent, answer, answered_before
from coop.members.operations.record import add_nominees, add_version
from coop.members.queries.book import candidates_of
from coop.members.queries.doubles import own_doubles
from coop.members.queries.member import MemberFacts, household_of, member_of_id
from coop.members.rules.admission import BookRow, particulars_of, refusals_to_admit
from coop.members.rules.changes import Why, bank_changed, changes, refusals_to_change
from coop.members.rules.particulars import NomineeShare
from coop.members.rules.proofs import MOVE


async def change_particulars(
    tx: Transaction,
    owner: CooperativeRow,
    one: MemberFacts,
    row: BookRow,
    why: Why,
    on: date,
    household_no: str | None,
    form: Sent,
) -> str:
    """Write a change as the next version. Raises Refused, Conflict.

    ``household_no``: where the person lives from then on, empty for a new household, None for no move.
    """
    await lock_head(tx, owner.id)
    location = await answered_before(tx, form)
    if location is not None:
        return location
    now = await member_of_id(tx, one.id) or one
    after = particulars_of(row)
    refusals = [*refusals_to_admit(row, await book_of(tx, owner))]
    refusals += refusals_to_change(
        now.known, after, why, on, clock.today(), moves=household_no is not None
    )
    if now.erased:
        refusals.append(Refusal("erased", say("The particulars were erased; nothing can change.")))
    if household_no and await household_of(tx, owner.id, household_no) is None:
        message = say("No such household here; leave it empty for a new one.")
        refusals.append(Refusal("unknown_household", message, "household_no"))
    if refusals:
        raise Refused(refusals)
    found = changes(now.known, after)
    if found:
        await _version(tx, now, row, why, on)
        await refresh_keys(tx, [now.id])
        await _look_for_doubles(tx, now)
    if household_no is not None:
        home = household_no or await new_household(tx, owner, row, now.member_no)
        await _move(tx, now, home, on)
    return await answer(tx, owner.id, form, now.path)


async def _version(tx: Transaction, now: MemberFacts, row: BookRow, why: Why, on: date) -> None:
    after = particulars_of(row)
    found = changes(now.known, after)
    written = await add_version(
        tx,
        now.cooperative_id,
        now.person_id,
        after,
        why=why.value,
        holds_from=on,
        row_sha256=now.row_sha256,  # the book's row as it was imported stays known by it
    )
    await record(
        tx,
        AuditTag.PERSON_CHANGED,
        cooperative_id=now.cooperative_id,
        table="person_version",
        row=str(written.row),
        facts={
            "person_no": now.person_no,
            **written.facts,
            "why": why.value,
            "bank_changed": int(bank_changed(found)),
            "changed": " ".join(one.field for one in found),
        },
    )


async def _look_for_doubles(tx: Transaction, now: MemberFacts) -> None:
    """A new name or number may show that somebody is a member twice; it is put before who decides."""
    for known in await candidates_of(tx, [now.id]):
        for double in await own_doubles(tx, now.cooperative_id, known.known, but=now.id):
            await keep_pair(tx, now.id, double.member.id, double.score_thousandths, double.reasons)
        await note_elsewhere(tx, now.id, known.known)


async def _move(tx: Transaction, now: MemberFacts, household_no: str, on: date) -> None:
    number = await tx.fetchval(
        """INSERT INTO household_move (cooperative_id, person_id, household_id, from_day, recorded_by, recorded_at)
           SELECT $1, $2, h.id, $4, $5, $6 FROM household h WHERE h.household_no = $3 RETURNING id""",
        now.cooperative_id,
        now.person_id,
        household_no,
        on,
        tx.reach.actor,
        clock.now(),
    )
    await record(
        tx,
        AuditTag.HOUSEHOLD_MOVED,
        cooperative_id=now.cooperative_id,
        table="household_move",
        row=str(number),
        facts={
            "person_no": now.person_no,
            "rows_sha256": await sealed(tx, MOVE, now.cooperative_id, str(number)),
        },
    )


async def name_nominees(
    tx: Transaction, one: MemberFacts, named: Sequence[NomineeShare], form: Sent
) -> str:
    """Name who inherits; the last version holds. Raises Refused, Conflict."""
    await lock_head(tx, one.cooperative_id)
    location = await answered_before(tx, form)
    if location is not None:
        return location
    if not named:
        message = say("Name at least one person; all shares together 100.")
        raise Refused([Refusal("nominee_missing", message, "nominee_1_name")])
    version = 1 + int(
        await tx.fetchval(
            "SELECT coalesce(max(version), 0) FROM nominee WHERE member_id = $1", one.id
        )
    )
    fields = await add_nominees(tx, one.cooperative_id, one.id, version, named)
    await record(
        tx,
        AuditTag.NOMINEES_NAMED,
        cooperative_id=one.cooperative_id,
        table="nominee",
        row=str(one.id),
        facts={"member_no": one.member_no, "version": version, "nominees": fields},
    )
    return await answer(tx, one.cooperative_id, form, one.path)

"""A member goes to another cooperative: asked by the one, answered by the other.

Asking tells the other cooperative who comes; answering writes in both books in one transaction, so
that the membership there begins on the day it ends here. What was sold before stays as it is.
"""

from datetime import date

from coop.audit.operations import lock_head, record, sealed
from coop.audit.rules import AuditTag
from coop.cooperatives.queries import CooperativeRow
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import Refusal, Refused
from coop.kernel.words import say
from coop.members.operations.admit import free_number
from coop.members.operations.end import end_membership
from coop.members.operations.once import Sent, answer, answered_before
from coop.members.operations.record import admit_members
from coop.members.queries.member import MemberFacts, member_of_id, nominees
from coop.members.queries.transfers import Transfer, transfer
from coop.members.rules.membership import Ending, refusals_to_transfer
from coop.members.rules.number import full_number
from coop.members.rules.particulars import Admission
from coop.members.rules.proofs import TRANSFER, TRANSFER_ANSWER

ACCEPTED, REFUSED, WITHDRAWN = "accepted", "refused", "withdrawn"


async def ask_transfer(tx: Transaction, one: MemberFacts, to: CooperativeRow, form: Sent) -> str:
    """Ask another cooperative to take a member; shares and dues are stated. Raises Refused, Conflict."""
    await lock_head(tx, one.cooperative_id)
    location = await answered_before(tx, form)
    if location is not None:
        return location
    now = await member_of_id(tx, one.id) or one
    refusals = tuple(refusals_to_transfer(now.standing, to.id == now.cooperative_id))
    if refusals:
        raise Refused(refusals)
    number = await tx.fetchval(
        """INSERT INTO member_transfer (from_cooperative_id, to_cooperative_id, member_id, shares, due_paise, asked_by, asked_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id""",
        now.cooperative_id,
        to.id,
        now.id,
        now.shares,
        now.due_paise,
        tx.reach.actor,
        clock.now(),
    )
    await record(
        tx,
        AuditTag.TRANSFER_ASKED,
        cooperative_id=now.cooperative_id,
        table="member_transfer",
        row=str(number),
        facts={
            "member_no": now.member_no,
            "to": to.code,
            "rows_sha256": await sealed(tx, TRANSFER, now.cooperative_id, str(number)),
        },
    )
    return await answer(tx, now.cooperative_id, form, "/transfers")


async def accept_transfer(
    tx: Transaction, asked: Transfer, to: CooperativeRow, source: str, form: Sent
) -> str:
    """Take the member: the end there and the beginning here in one transaction. Raises Refused, Conflict.

    ``tx`` reaches both cooperatives; its caller has checked that the actor may decide in the one that takes.
    """
    await _lock_both(tx, asked)
    location = await answered_before(tx, form)
    if location is not None:
        return location
    now = await _open(tx, asked)
    one = await member_of_id(tx, now.member_id)
    if one is None:
        raise LookupError(now.member_id)
    if not source:
        message = say("Give the number of the resolution that admits the member.")
        raise Refused([Refusal("resolution_missing", message, "source")])
    today = clock.today()
    number = await free_number(tx, to)
    await end_membership(tx, one, Ending.TRANSFERRED, today, "")
    admission = Admission(
        member_no=number,
        particulars=one.known,
        admitted_on=today,
        shares=now.shares,
        nominees=await nominees(tx, one.id),
        source=source,
        why="transfer",
    )
    [new_member_id] = await admit_members(tx, to.id, [admission])
    await _write_answer(tx, now, ACCEPTED, today, new_member_id, to.id)
    return await answer(tx, to.id, form, f"/members/{full_number(to.code, number)}")


async def close_transfer(
    tx: Transaction, asked: Transfer, own_id: int, said: str, form: Sent
) -> str:
    """Refuse a transfer, or take one's own back. Raises Refused, Conflict."""
    await _lock_both(tx, asked)
    location = await answered_before(tx, form)
    if location is not None:
        return location
    now = await _open(tx, asked)
    await _write_answer(tx, now, said, clock.today(), None, own_id)
    return await answer(tx, own_id, form, "/transfers")


async def _open(tx: Transaction, asked: Transfer) -> Transfer:
    now = await transfer(tx, asked.id)
    if now is None or not now.open:
        message = say("This transfer was answered already.")
        raise Refused([Refusal("answered_already", message, "answer")])
    return now


async def _lock_both(tx: Transaction, asked: Transfer) -> None:
    """Always the lower id first: two transfers the other way round do not wait for each other for ever."""
    for cooperative_id in sorted((asked.from_cooperative_id, asked.to_cooperative_id)):
        await lock_head(tx, cooperative_id)


async def _write_answer(
    tx: Transaction,
    asked: Transfer,
    said: str,
    on: date,
    new_member_id: int | None,
    own_id: int,
) -> None:
    await tx.execute(
        """INSERT INTO transfer_answer (transfer_id, from_cooperative_id, to_cooperative_id, answer, on_day, new_member_id,
             answered_by, answered_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)""",
        asked.id,
        asked.from_cooperative_id,
        asked.to_cooperative_id,
        said,
        on,
        new_member_id,
        tx.reach.actor,
        clock.now(),
    )
    await record(
        tx,
        AuditTag.TRANSFER_ANSWERED,
        cooperative_id=own_id,
        table="transfer_answer",
        row=str(asked.id),
        facts={
            "answer": said,
            "rows_sha256": await sealed(tx, TRANSFER_ANSWER, own_id, str(asked.id)),
        },
    )

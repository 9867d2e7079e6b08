"""A membership ends, an end is taken back, a season away begins and ends."""

from datetime import date

from coop.audit.operations import lock_head, record, sealed
from coop.audit.rules import AuditTag
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import Refused
from coop.members.operations.once import Sent, answer, answered_before
from coop.members.queries.member import MemberFacts, member_of_id
from coop.members.rules.membership import Ending, refusals_to_end, refusals_to_season
from coop.members.rules.proofs import END, SEASON


async def end_membership(
    tx: Transaction, one: MemberFacts, reason: Ending, on: date, source: str
) -> int:
    """Write the end of a membership; return its row. The caller has locked the chain and asked the rules."""
    cessation_id = int(
        await tx.fetchval(
            """INSERT INTO member_cessation (member_id, cooperative_id, ceased_on, reason, recorded_at, source, recorded_by)
               VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id""",
            one.id,
            one.cooperative_id,
            on,
            reason.value,
            clock.now(),
            source,
            tx.reach.actor,
        )
    )
    await record(
        tx,
        AuditTag.MEMBER_ENDED,
        cooperative_id=one.cooperative_id,
        table="member_cessation",
        row=str(cessation_id),
        facts={
            "member_no": one.member_no,
            "reason": reason.value,
            "rows_sha256": await sealed(tx, END, one.cooperative_id, str(cessation_id)),
        },
    )
    return cessation_id


async def take_back_end(tx: Transaction, cooperative_id: int, cessation_id: int) -> None:
    """Write that an end does not hold; part of an act that its caller records."""
    await tx.execute(
        "INSERT INTO member_cessation_undo (cessation_id, cooperative_id, undone_by, undone_at) VALUES ($1, $2, $3, $4)",
        cessation_id,
        cooperative_id,
        tx.reach.actor,
        clock.now(),
    )


async def leave(
    tx: Transaction, one: MemberFacts, reason: Ending, on: date, source: str, form: Sent
) -> str:
    """Somebody leaves or died. From a death on nothing is bought in their name. Raises Refused."""
    await lock_head(tx, one.cooperative_id)
    location = await answered_before(tx, form)
    if location is not None:
        return location
    now = await member_of_id(tx, one.id) or one
    refusals = tuple(refusals_to_end(now.standing, reason, on, source, clock.today()))
    if refusals:
        raise Refused(refusals)
    await end_membership(tx, now, reason, on, source)
    return await answer(tx, now.cooperative_id, form, now.path)


async def write_season(
    tx: Transaction, one: MemberFacts, kind: str, from_day: date, form: Sent
) -> str:
    """Somebody goes away for the season, or came back: dormant, not ended. Raises Refused."""
    await lock_head(tx, one.cooperative_id)
    location = await answered_before(tx, form)
    if location is not None:
        return location
    now = await member_of_id(tx, one.id) or one
    refusals = tuple(refusals_to_season(now.standing, kind, from_day, clock.today()))
    if refusals:
        raise Refused(refusals)
    number = await tx.fetchval(
        """INSERT INTO member_season (cooperative_id, member_id, kind, from_day, recorded_by, recorded_at)
           VALUES ($1, $2, $3, $4, $5, $6) RETURNING id""",
        now.cooperative_id,
        now.id,
        kind,
        from_day,
        tx.reach.actor,
        clock.now(),
    )
    await record(
        tx,
        AuditTag.SEASON_RECORDED,
        cooperative_id=now.cooperative_id,
        table="member_season",
        row=str(number),
        facts={
            "member_no": now.member_no,
            "kind": kind,
            "rows_sha256": await sealed(tx, SEASON, now.cooperative_id, str(number)),
        },
    )
    return await answer(tx, now.cooperative_id, form, now.path)

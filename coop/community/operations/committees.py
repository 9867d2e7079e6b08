"""Register a village's committee, its meetings and its money."""

from datetime import date

from coop.community.operations.keeping import Sending, begin_act, seal_act
from coop.community.queries.proof import COMMITTEE_MONEY_SEAL, COMMITTEE_SEAL, MEETING_SEAL
from coop.community.rules.work import (
    Committee,
    Meeting,
    Money,
    refusals_of_committee,
    refusals_of_day,
    refusals_of_meeting,
)
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import NotThere, Refusal, Refused
from coop.kernel.words import say
from coop.members.rules.names import place_key


async def record_committee(
    tx: Transaction, cooperative_id: int, one: Committee, sending: Sending
) -> None:
    """Register a committee; one a village. Raises Refused, Conflict."""
    if not await begin_act(tx, cooperative_id, sending):
        return
    reasons = list(refusals_of_committee(one, clock.today()))
    if await tx.fetchval(
        "SELECT 1 FROM village_committee WHERE cooperative_id = $1 AND village_key = $2",
        cooperative_id,
        place_key(one.village),
    ):
        message = say("This village has its committee already; open it in the list.")
        reasons.append(Refusal("committee_there", message, "village"))
    if reasons:
        raise Refused(reasons)
    number = await tx.fetchval(
        """INSERT INTO village_committee (cooperative_id, village, village_key, formed_on, recorded_by, recorded_at)
           VALUES ($1, $2, $3, $4, $5, $6) RETURNING id""",
        cooperative_id,
        one.village,
        place_key(one.village),
        one.formed_on,
        tx.reach.actor,
        clock.now(),
    )
    await tx.executemany(
        """INSERT INTO committee_seat (cooperative_id, committee_id, role, sex, seats, recorded_by, recorded_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7)""",
        [
            (cooperative_id, number, role, sex, seats, tx.reach.actor, clock.now())
            for (role, sex), seats in one.seats.items()
            if seats
        ],
    )
    await seal_act(tx, COMMITTEE_SEAL, cooperative_id, "village_committee", number)


async def record_meeting(
    tx: Transaction, cooperative_id: int, committee_id: int, one: Meeting, sending: Sending
) -> None:
    """Record a meeting. Raises Refused, NotThere, Conflict."""
    formed_on = await _formed_on(tx, cooperative_id, committee_id)
    if not await begin_act(tx, cooperative_id, sending):
        return
    if found := tuple(refusals_of_meeting(one, formed_on, clock.today())):
        raise Refused(found)
    number = await tx.fetchval(
        """INSERT INTO committee_meeting (cooperative_id, committee_id, on_day, decisions, present, recorded_by, recorded_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id""",
        cooperative_id,
        committee_id,
        one.on_day,
        one.decisions,
        list(one.present),
        tx.reach.actor,
        clock.now(),
    )
    await seal_act(
        tx, MEETING_SEAL, cooperative_id, "committee_meeting", number, committee=committee_id
    )


async def book_committee_money(
    tx: Transaction, cooperative_id: int, committee_id: int, one: Money, sending: Sending
) -> None:
    """Book a budget line or what was spent of it. Raises Refused, NotThere, Conflict."""
    await _formed_on(tx, cooperative_id, committee_id)
    if not await begin_act(tx, cooperative_id, sending):
        return
    if one.kind == "spent" and (found := tuple(refusals_of_day(one.on_day, clock.today()))):
        raise Refused(found)
    number = await tx.fetchval(
        """INSERT INTO committee_money (cooperative_id, committee_id, kind, line, amount_paise, on_day, recorded_by, recorded_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id""",
        cooperative_id,
        committee_id,
        one.kind,
        one.words,
        one.amount_paise,
        one.on_day,
        tx.reach.actor,
        clock.now(),
    )
    await seal_act(
        tx, COMMITTEE_MONEY_SEAL, cooperative_id, "committee_money", number, committee=committee_id
    )


async def _formed_on(tx: Transaction, cooperative_id: int, committee_id: int) -> date:
    found = await tx.fetchval(
        "SELECT formed_on FROM village_committee WHERE id = $1 AND cooperative_id = $2",
        committee_id,
        cooperative_id,
    )
    if found is None:
        raise NotThere(str(committee_id))
    formed_on: date = found
    return formed_on

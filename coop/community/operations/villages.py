"""Record what was done in a village: activities and rounds of home visits. Counts only."""

from collections.abc import Sequence

from coop.community.operations.keeping import Sending, begin_act, seal_act
from coop.community.queries.proof import ACTIVITY_SEAL, ROUND_SEAL
from coop.community.queries.work import place_of
from coop.community.rules.coverage import Hamlet, Place
from coop.community.rules.prevalence import Round
from coop.community.rules.work import Activity, refusals_of_activity, refusals_of_day
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import Refusal, Refused
from coop.kernel.words import say

Places = Sequence[Place] | None  # where somebody may record; None: everywhere in the cooperative


def within(places: Places, village: str, tola: str) -> bool:
    """Whether a hamlet lies where somebody works; a whole village only where all of it was given."""
    at = place_of(village, tola)
    hamlet = Hamlet(at.village_key, at.tola_key, village, tola, 0)
    return places is None or any(one.covers(hamlet) for one in places)


async def record_activity(
    tx: Transaction, cooperative_id: int, one: Activity, places: Places, sending: Sending
) -> None:
    """Record an activity; the same form again changes nothing. Raises Refused, Conflict."""
    if not await begin_act(tx, cooperative_id, sending):
        return
    own = within(places, one.village, one.tola)
    if found := tuple(refusals_of_activity(one, clock.today(), own_place=own)):
        raise Refused(found)
    number = await tx.fetchval(
        """INSERT INTO community_activity (cooperative_id, partner_id, kind, topic, village, tola, on_day, materials,
             recorded_as, recorded_by, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id""",
        cooperative_id,
        sending.partner_id,
        one.kind,
        one.topic if one.kind == "awareness" else "",
        one.village,
        one.tola,
        one.on_day,
        one.materials,
        sending.role,
        tx.reach.actor,
        clock.now(),
    )
    await tx.executemany(
        "INSERT INTO community_reached (activity_id, cooperative_id, sex, band, people) VALUES ($1, $2, $3, $4, $5)",
        [
            (number, cooperative_id, sex, band, people)
            for (sex, band), people in one.reached.items()
            if people
        ],
    )
    await seal_act(tx, ACTIVITY_SEAL, cooperative_id, "community_activity", number)


async def record_round(
    tx: Transaction, cooperative_id: int, one: Round, places: Places, sending: Sending
) -> None:
    """Record a round of home visits; the same form again changes nothing. Raises Refused, Conflict."""
    if not await begin_act(tx, cooperative_id, sending):
        return
    reasons = list(refusals_of_day(one.on_day, clock.today()))
    if not within(places, one.village, ""):
        message = say("This village is not given to your organisation; ask the focal point.")
        reasons.append(Refusal("not_assigned", message, "village"))
    if one.children_at_work > one.children_seen:
        message = say("More children at work than seen; count again.")
        reasons.append(Refusal("counts", message, "children_at_work"))
    if reasons:
        raise Refused(reasons)
    number = await tx.fetchval(
        """INSERT INTO village_round (cooperative_id, village, on_day, whole, households_visited, children_seen,
             children_at_work, recorded_as, recorded_by, recorded_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id""",
        cooperative_id,
        one.village,
        one.on_day,
        one.whole,
        one.households_visited,
        one.children_seen,
        one.children_at_work,
        sending.role,
        tx.reach.actor,
        clock.now(),
    )
    await seal_act(tx, ROUND_SEAL, cooperative_id, "village_round", number)

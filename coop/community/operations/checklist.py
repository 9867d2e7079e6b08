"""Record a monitor's sheet of a village. Codes only; nobody is named."""

from coop.community.operations.keeping import Sending, begin_act, seal_act
from coop.community.queries.checklist import check_items, check_within, villages_of
from coop.community.queries.proof import CHECK_SEAL
from coop.community.rules.checklist import Check, refusals_to_check
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import Refused
from coop.members.rules.names import place_key


async def record_check(tx: Transaction, cooperative_id: int, one: Check, sending: Sending) -> None:
    """Record a sheet; the same form again changes nothing, a new one of the month puts it right.

    Raises Refused; Conflict where the form came before with other content.
    """
    if not await begin_act(tx, cooperative_id, sending):
        return
    today = clock.today()
    villages = await villages_of(tx, cooperative_id)
    items = await check_items(tx, today)
    within = await check_within(tx, cooperative_id, today)
    if found := tuple(refusals_to_check(one, items, villages.values(), today, within)):
        raise Refused(found)
    number = await tx.fetchval(
        """INSERT INTO village_check (cooperative_id, village, village_key, on_day, recorded_as, recorded_by, recorded_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id""",
        cooperative_id,
        one.village,
        place_key(one.village),
        one.on_day,
        sending.role,
        tx.reach.actor,
        clock.now(),
    )
    await tx.executemany(
        "INSERT INTO village_check_answer (check_id, cooperative_id, item, answer) VALUES ($1, $2, $3, $4)",
        [(number, cooperative_id, item.code, one.answers[item.code].value) for item in items],
    )
    month = one.month.isoformat()[:7]
    await seal_act(tx, CHECK_SEAL, cooperative_id, "village_check", number, month=month)

"""Register a partner, give it hamlets and people, book its money."""

from coop.community.operations.keeping import Sending, begin_act, seal_act
from coop.community.queries.proof import FUND_SEAL, HAMLET_SEAL, PARTNER_SEAL, WORKER_SEAL
from coop.community.rules.work import (
    HamletGiven,
    Money,
    Partner,
    refusals_of_day,
    refusals_of_partner,
)
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import NotThere, Refusal, Refused
from coop.kernel.words import say


async def record_partner(
    tx: Transaction, cooperative_id: int, one: Partner, sending: Sending
) -> None:
    """Register a partner; the same form again changes nothing. Raises Refused, Conflict."""
    if not await begin_act(tx, cooperative_id, sending):
        return
    if found := tuple(refusals_of_partner(one)):
        raise Refused(found)
    number = await tx.fetchval(
        """INSERT INTO cso_partner (cooperative_id, name, contact_role, agreed_from, agreed_until, recorded_by, recorded_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id""",
        cooperative_id,
        one.name,
        one.contact_role,
        one.agreed_from,
        one.agreed_until,
        tx.reach.actor,
        clock.now(),
    )
    await seal_act(tx, PARTNER_SEAL, cooperative_id, "cso_partner", number)


async def assign_hamlet(
    tx: Transaction, cooperative_id: int, partner_id: int, one: HamletGiven, sending: Sending
) -> None:
    """Give a partner a hamlet from a day on, or take it back. Raises NotThere, Conflict."""
    await _must_be(tx, cooperative_id, partner_id)
    if not await begin_act(tx, cooperative_id, sending):
        return
    number = await tx.fetchval(
        """INSERT INTO cso_hamlet (cooperative_id, partner_id, village, tola, from_day, assigned, recorded_by, recorded_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id""",
        cooperative_id,
        partner_id,
        one.village,
        one.tola,
        one.from_day,
        one.assigned,
        tx.reach.actor,
        clock.now(),
    )
    await seal_act(tx, HAMLET_SEAL, cooperative_id, "cso_hamlet", number, partner=partner_id)


async def tie_worker(
    tx: Transaction,
    cooperative_id: int,
    partner_id: int,
    user_id: int,
    sending: Sending,
    *,
    works: bool = True,
) -> None:
    """Say that a user signs in for a partner, or no longer does. Raises NotThere, Conflict."""
    await _must_be(tx, cooperative_id, partner_id)
    if not await begin_act(tx, cooperative_id, sending):
        return
    number = await tx.fetchval(
        """INSERT INTO cso_worker (cooperative_id, partner_id, user_id, works, recorded_by, recorded_at)
           VALUES ($1, $2, $3, $4, $5, $6) RETURNING id""",
        cooperative_id,
        partner_id,
        user_id,
        works,
        tx.reach.actor,
        clock.now(),
    )
    await seal_act(tx, WORKER_SEAL, cooperative_id, "cso_worker", number, partner=partner_id)


async def book_fund(
    tx: Transaction, cooperative_id: int, partner_id: int, one: Money, sending: Sending
) -> None:
    """Book money granted to a partner or spent by it. Raises Refused, NotThere, Conflict.

    More than was granted may be spent: the balance then shows it.
    """
    await _must_be(tx, cooperative_id, partner_id)
    if not await begin_act(tx, cooperative_id, sending):
        return
    reasons = list(refusals_of_day(one.on_day, clock.today()))
    if not one.words:
        reasons.append(Refusal("missing", say("This is empty; fill it in."), "words"))
    if reasons:
        raise Refused(reasons)
    number = await tx.fetchval(
        """INSERT INTO cso_fund (cooperative_id, partner_id, kind, amount_paise, on_day, source, recorded_by, recorded_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id""",
        cooperative_id,
        partner_id,
        one.kind,
        one.amount_paise,
        one.on_day,
        one.words,
        tx.reach.actor,
        clock.now(),
    )
    await seal_act(tx, FUND_SEAL, cooperative_id, "cso_fund", number, partner=partner_id)


async def _must_be(tx: Transaction, cooperative_id: int, partner_id: int) -> None:
    if not await tx.fetchval(
        "SELECT 1 FROM cso_partner WHERE id = $1 AND cooperative_id = $2",
        partner_id,
        cooperative_id,
    ):
        raise NotThere(str(partner_id))

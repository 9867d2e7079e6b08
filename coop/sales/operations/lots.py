"""Make lots of the purchases that stand in none."""

from datetime import datetime

from coop.audit.operations import lock_head
from coop.audit.rules import AuditTag
from coop.kernel import clock
from coop.kernel.clock import financial_year
from coop.kernel.db import Transaction
from coop.kernel.refusal import Refused
from coop.ledger.operations import next_number
from coop.sales.operations.keeping import Seller, answered, chain, keep
from coop.sales.operations.moving import Movement, chain_move, move, post_lot
from coop.sales.queries.free import free_for
from coop.sales.queries.lots import LotKey
from coop.sales.rules.balance import Heap, Move, filled
from coop.sales.rules.filling import Filling, LotPlan, PlanFacts, filling, refusals_to_make_lot
from coop.sales.rules.journal import loss_lines
from coop.sales.rules.numbers import LOT_SERIES, paper_no
from coop.sales.rules.once import Once


async def make_lot(
    tx: Transaction,
    seller: Seller,
    plan: LotPlan,
    once: Once | None = None,
    judged_at: datetime | None = None,
) -> str:
    """Fill a lot with the oldest free purchases; return its number. Raises Refused, Conflict.

    What the purchases exceed the stock by is booked as sorting loss. ``judged_at``: imports.
    """
    await lock_head(tx, seller.cooperative_id)
    earlier = await answered(tx, seller, once)
    if earlier is not None:
        return earlier
    free = await free_for(tx, seller.cooperative_id, plan)
    facts = PlanFacts(judged_at or clock.now(), free.grade_known, free.free_grams)
    made = filling(free.purchases, plan.stock_grams)
    why = refusals_to_make_lot(plan, facts)
    if why or made is None:
        raise Refused(why)
    key = await _write_lot(tx, seller, plan, made)
    await _fill(tx, seller, key, plan, made)
    await chain(
        tx,
        seller,
        AuditTag.LOT_MADE,
        "lot",
        f"{key.fy}/{key.no}",
        lot=key.number,
        grams=plan.stock_grams,
        purchases=len(made.purchases),
    )
    await keep(tx, seller, once, key.number)
    return key.number


async def _write_lot(tx: Transaction, seller: Seller, plan: LotPlan, made: Filling) -> LotKey:
    at = clock.now()
    fy = financial_year(at)
    no = await next_number(tx, seller.cooperative_id, fy, LOT_SERIES)
    number = paper_no(seller.code, fy, "L", no)
    await tx.execute(
        """INSERT INTO lot (cooperative_id, fy, no, number, own_no, grade_code, district_lgd, made_at, posted_at, made_by,
             stock_grams, sorted_out_grams, first_weighed_at, last_weighed_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)""",
        seller.cooperative_id,
        fy,
        no,
        number,
        plan.own_no,
        plan.grade_code,
        plan.district_lgd,
        plan.made_at,
        at,
        tx.reach.actor,
        plan.stock_grams,
        made.sorted_out_grams,
        made.purchases[0].weighed_at,
        made.purchases[-1].weighed_at,
    )
    return LotKey(fy, no, number, plan.grade_code)


async def _fill(tx: Transaction, seller: Seller, key: LotKey, plan: LotPlan, made: Filling) -> None:
    await tx.execute(
        """INSERT INTO lot_purchase (cooperative_id, lot_fy, lot_no, fy, weighing_no, grams, paise)
           SELECT $1, $2, $3, u.* FROM unnest($4::int[], $5::bigint[], $6::bigint[], $7::bigint[]) AS u""",
        seller.cooperative_id,
        key.fy,
        key.no,
        [one.fy for one in made.purchases],
        [one.no for one in made.purchases],
        [one.grams for one in made.purchases],
        [one.paise for one in made.purchases],
    )
    bought = Heap(made.bought_grams, made.bought_paise)
    balance = filled(bought, plan.stock_grams)
    await move(tx, seller, key, Movement(Move.FILLED, bought, plan.made_at))
    if balance.lost.grams:
        journal = await post_lot(
            tx, seller, key, loss_lines(key.grade_code, balance.lost, Move.SORTED), plan.made_at
        )
        sorted_out = Movement(
            Move.SORTED, balance.lost, plan.made_at, journal, reason="sorted at making"
        )
        number = await move(tx, seller, key, sorted_out)
        await chain_move(tx, seller, key, number, sorted_out)

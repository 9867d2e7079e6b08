"""Lots: what fills them, what they lose, what leaves them; what the database holds by itself."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from coop.kernel import clock
from coop.kernel.db import transaction
from coop.kernel.refusal import Conflict, NotThere
from coop.ledger.queries import first_faults
from coop.receipts.rules.tree import leaf_hash, root_of
from coop.sales.operations.losses import Loss, record_loss, release_stock, seize_stock
from coop.sales.operations.lots import make_lot
from coop.sales.operations.sell import record_sale
from coop.sales.queries.faults import FAULTS
from coop.sales.queries.lots import lot_stock
from coop.sales.rules.balance import Heap, Move, without
from coop.sales.rules.filling import LotPlan
from tests.sales.trading import (
    balance,
    buyer,
    codes,
    drawn,
    faults,
    lines,
    lot,
    offer,
    seller,
    stock_account,
    undone,
    weigh,
)
from tests.trade import DISTRICT, GRADE, OTHER_GRADE, REACH, Trade, entry, post


async def test_a_lot_takes_the_oldest_and_books_what_sorting_took(trade: Trade, owner: Any) -> None:
    await weigh(trade.here, [30, 40, 50])
    before = await stock_account(trade.here)
    number = await lot(trade.here, 60)
    assert number.startswith("TRADEA-")
    held = await balance(trade.here, number)
    assert (held.bought.grams, held.stock.grams, held.lost.grams) == (70_000, 60_000, 10_000)
    assert held.closes
    after = await stock_account(trade.here)
    assert before[0] - after[0] == 10_000
    assert before[1] - after[1] == held.lost.paise == 10_750
    assert (await lines(trade.here, number, "lot"))[5110] == 10_750
    async with transaction(REACH) as tx:
        root = await tx.fetchrow(
            "SELECT b.purchases_root, b.purchase_count FROM lot_balance b JOIN lot l ON (l.cooperative_id, l.fy, l.no) = (b.cooperative_id, b.lot_fy, b.lot_no) WHERE l.number = $1",
            number,
        )
        receipts = await tx.fetch(
            """SELECT r.cti, r.signed FROM lot l JOIN lot_purchase p ON (p.cooperative_id, p.lot_fy, p.lot_no) = (l.cooperative_id, l.fy, l.no)
               JOIN receipt r ON (r.cooperative_id, r.fy, r.kind, r.no) = (p.cooperative_id, p.fy, 1, p.weighing_no) WHERE l.number = $1""",
            number,
        )
    ordered = sorted((row["cti"], row["signed"]) for row in receipts)
    assert root is not None
    assert root["purchases_root"] == root_of([leaf_hash(signed) for _, signed in ordered])
    assert root["purchase_count"] == 2
    assert await faults(owner) == []


@pytest.mark.parametrize("count", [1, 2, 3, 5, 8, 13])
async def test_the_database_draws_the_same_tree(owner: Any, count: int) -> None:
    leaves = [leaf_hash(bytes([place])) for place in range(count)]
    assert await owner.fetchval("SELECT coop_root_over($1::bytea[])", leaves) == root_of(leaves)


async def test_why_no_lot_is_made(trade: Trade) -> None:
    plan = LotPlan(GRADE, DISTRICT, clock.now(), 10**12)
    async with transaction(REACH) as tx:
        assert await codes(make_lot(tx, seller(trade.here), plan)) == ["more_than_stock"]
        other = replace(plan, grade_code=4242, stock_grams=1)
        assert (await codes(make_lot(tx, seller(trade.here), other)))[0] == "unknown_grade"
        late = replace(plan, made_at=clock.now() + timedelta(minutes=1), stock_grams=1)
        assert "future_time" in await codes(make_lot(tx, seller(trade.here), late))
        early = replace(plan, made_at=clock.now() - timedelta(days=300), stock_grams=1)
        assert await codes(make_lot(tx, seller(trade.here), early)) == ["more_than_stock"]


async def test_the_same_form_makes_one_lot(trade: Trade) -> None:
    await weigh(trade.here, [20])
    plan = LotPlan(GRADE, DISTRICT, clock.now(), 5_000)
    key = drawn("lot", 1)
    made = []
    for _ in range(2):
        async with transaction(REACH) as tx:
            made.append(await make_lot(tx, seller(trade.here), plan, key))
    assert made[0] == made[1]
    with pytest.raises(Conflict):
        async with transaction(REACH) as tx:
            await make_lot(tx, seller(trade.here), plan, replace(key, content=bytes(32)))


async def test_losses_seizures_and_releases(trade: Trade, owner: Any) -> None:
    await weigh(trade.here, [100])
    number = await lot(trade.here, 100)
    who = seller(trade.here)
    stock = await stock_account(trade.here)
    async with transaction(REACH) as tx:
        await record_loss(tx, who, number, Loss(Move.SHRUNK, 2_000, "dried in the sun"))
        # What others left free stands in this lot too: its allowance is the more.
        stands = await lot_stock(tx, who.cooperative_id, number)
        assert stands is not None
        bought = stands.balance.bought.grams
        over = Loss(Move.SORTED, bought // 50 - 1_999, "stones", "")
        assert await codes(record_loss(tx, who, number, over)) == ["board_note_missing"]
        await record_loss(tx, who, number, replace(over, board_note_no="B-7"))
        none = record_loss(tx, who, number, Loss(Move.SHRUNK, 0, ""))
        assert await codes(none) == ["not_positive", "missing"]
        await seize_stock(tx, who, number, 50_000, "FIR 12/2026", "road check")
        assert await codes(seize_stock(tx, who, number, 50_000, "", "")) == [
            "more_than_stock",
            "missing",
        ]
    assert (await balance(trade.here, number)).seized.grams == 50_000
    async with transaction(REACH) as tx:
        await release_stock(tx, who, number, 20_000, "Court 3/2026")
        with pytest.raises(NotThere):
            await release_stock(tx, who, "TRADEA-26-L77777", 1, "x")
    held = await balance(trade.here, number)
    lost = 2_000 + over.grams
    sorted_out = bought - 100_000
    assert (held.stock.grams, held.seized.grams) == (100_000 - 30_000 - lost, 30_000)
    assert held.lost.grams == lost + sorted_out
    assert held.closes
    assert stock[0] - (await stock_account(trade.here))[0] == 30_000 + lost
    assert await faults(owner) == []


_SMALLEST = """SELECT p.fy, p.weighing_no AS no FROM lot l JOIN lot_purchase p ON (p.cooperative_id, p.lot_fy, p.lot_no) = (l.cooperative_id, l.fy, l.no)
                WHERE l.number = $1 ORDER BY p.grams LIMIT 1"""
_STANDS = "SELECT coop_purchase_stands($1, $2, $3)"
_LEAVES = "SELECT coop_purchase_leaves_lot($1, $2, $3, $4)"


async def test_a_purchase_taken_back_leaves_its_lot(trade: Trade) -> None:
    """What the lot lost is shared anew and the books follow; undone: nobody took it back here."""
    await weigh(trade.there, [10, 20, 30], grade=OTHER_GRADE)
    number, who = await lot(trade.there, 50, OTHER_GRADE), seller(trade.there)
    async with undone() as tx:
        await record_loss(tx, who, number, Loss(Move.SHRUNK, 1_000, "dry"))
        key = await tx.fetchrow(_SMALLEST, number)
        assert key is not None
        assert await tx.fetchval(_STANDS, who.cooperative_id, *key.values()) == "in_lot"
        before = await lot_stock(tx, who.cooperative_id, number)
        await tx.execute(_LEAVES, who.cooperative_id, *key.values(), clock.now())
        await tx.execute(_LEAVES, who.cooperative_id, *key.values(), clock.now())  # nothing more
        assert await tx.fetchval(_STANDS, who.cooperative_id, *key.values()) == "free"
        await tx.execute("SET CONSTRAINTS ALL IMMEDIATE")
        after = await lot_stock(tx, who.cooperative_id, number)
        assert before is not None
        assert after is not None
        held = after.balance
        assert held == without(before.balance, Heap(10_000, 4_750))
        assert (held.bought.grams, held.lost.grams, held.stock.grams) == (50_000, 11_000, 39_000)
        assert held.closes
        found = await first_faults(tx, FAULTS)
        assert [one.partition(":")[0] for one in found] == [
            "purchase left a lot and was not taken back"
        ]


async def test_a_purchase_of_a_sold_lot_stays(trade: Trade) -> None:
    await weigh(trade.there, [15], grade=OTHER_GRADE)
    number, who = await lot(trade.there, 15, OTHER_GRADE), seller(trade.there)
    code = await buyer()
    async with undone() as tx:
        await record_sale(tx, who, offer(number, code, 1, rate_paise=725))
        key = await tx.fetchrow(_SMALLEST, number)
        assert key is not None
        assert await tx.fetchval(_STANDS, who.cooperative_id, *key.values()) == "sold"
        with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="sold or seized"):
            await tx.execute(_LEAVES, who.cooperative_id, *key.values(), clock.now())


async def test_the_database_holds_what_the_rules_say(trade: Trade) -> None:
    """Whoever writes past the application: no purchase twice, no lot open, none below zero."""
    await weigh(trade.here, [10])
    number = await lot(trade.here, 10)
    held = await balance(trade.here, number)
    assert held.stock.grams == 10_000
    take = """INSERT INTO lot_movement (cooperative_id, lot_fy, lot_no, kind, grams, cost_paise, happened_at, posted_at, fy, sale_fy, sale_no, reason, about_no, actor)
              SELECT cooperative_id, fy, no, 'sold', $2, $3, now(), now(), fy, fy, 999999, '', '', 'x' FROM lot WHERE number = $1"""
    with pytest.raises(asyncpg.CheckViolationError, match="lot_never_below_zero"):
        async with transaction(REACH) as tx:
            await tx.execute(take, number, -10_001, 0)
    with pytest.raises(asyncpg.UniqueViolationError, match="lot_purchase"):
        async with transaction(REACH) as tx:
            await tx.execute(
                "INSERT INTO lot_purchase SELECT cooperative_id, fy, weighing_no, lot_fy, lot_no, grams, paise FROM lot_purchase LIMIT 1"
            )
    leave = """INSERT INTO lot_departure SELECT p.cooperative_id, p.fy, p.weighing_no, p.lot_fy, p.lot_no, now() FROM lot_purchase p
               JOIN lot l ON (l.cooperative_id, l.fy, l.no) = (p.cooperative_id, p.lot_fy, p.lot_no) WHERE l.number = $1"""
    with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="does not close"):
        async with transaction(REACH) as tx:
            await tx.execute(leave, number)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with transaction(REACH) as tx:
            await tx.execute("UPDATE lot_balance SET stock_grams = stock_grams + 1")


async def test_one_that_is_asked_to_be_taken_back_fills_no_lot(trade: Trade) -> None:
    """The view of reversals is asked; here it is empty, and what is posted later is free."""
    made = await post(trade.here, entry(trade.here, paid_mode="later"))
    assert made[0].booked is not None
    async with transaction(REACH) as tx:
        found = await tx.fetchval(
            "SELECT coop_purchase_stands($1, $2, $3)",
            trade.here.id,
            made[0].booked.fy,
            made[0].booked.no,
        )
    assert found == "free"

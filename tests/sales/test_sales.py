"""Sales, what goes with them through the gate, and how they are taken back."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import asyncpg
import pytest

from coop.kernel import clock
from coop.kernel.db import transaction
from coop.kernel.refusal import Conflict
from coop.sales.operations.dispatch import (
    Reading,
    record_challan,
    record_gate_out,
    record_weighbridge,
)
from coop.sales.operations.notes import ask_reversal, decide_note
from coop.sales.operations.registration import register_gst
from coop.sales.rules.dispatch import Challan, Load
from tests.sales.trading import (
    ASKS,
    DECIDES,
    RATE,
    balance,
    buyer,
    codes,
    dispatched,
    drawn,
    faults,
    gstin,
    lines,
    lot,
    offer,
    sell,
    seller,
    state,
    stock_account,
    weigh,
)
from tests.trade import REACH, Trade


async def test_a_sale_is_booked_with_everything_that_belongs_to_it(
    trade: Trade, owner: Any
) -> None:
    await weigh(trade.here, [100])
    number = await lot(trade.here, 100)
    code = await buyer()
    stock = await stock_account(trade.here)
    made = await sell(trade.here, offer(number, code, 40))
    assert made.paise == 40 * RATE
    posted = await lines(trade.here, made.number, "sale")
    assert posted == {1210: 40 * RATE, 4010: -40 * RATE, 5210: 2_000, 3110: -2_000}
    assert await stock_account(trade.here) == stock  # goods leave the books at the gate
    held = await balance(trade.here, number)
    assert (held.stock.grams, held.sold.grams, held.sold.paise) == (60_000, 40_000, 43_000)
    found = await state(trade.here, made.number)
    assert found.sold.tax.supply == "bill"
    assert await faults(owner) == []
    with pytest.raises(asyncpg.CheckViolationError):
        await owner.execute("UPDATE lot_balance SET stock_grams = -1 WHERE stock_grams = 60000")


async def test_partial_sales_lose_no_paisa(trade: Trade, owner: Any) -> None:
    await weigh(trade.here, [1, 1, 1], paid_mode="upi")
    number = await lot(trade.here, 3)
    whole = (await balance(trade.here, number)).stock.paise
    code = await buyer()
    for grams in (1, 999, 1_001, 333, 666):
        await sell(trade.here, offer(number, code, 0, grams=grams))
    held = await balance(trade.here, number)
    assert (held.stock.grams, held.stock.paise, held.sold.paise) == (0, 0, whole)
    assert await codes(sell(trade.here, offer(number, code, 0, grams=1))) == ["more_than_stock"]
    assert await faults(owner) == []


async def test_why_nothing_is_sold(trade: Trade) -> None:
    await weigh(trade.here, [50])
    number = await lot(trade.here, 50)
    code = await buyer()
    good = offer(number, code, 10)
    lapsed = await buyer(licence_to=clock.today() - timedelta(days=1))
    suspended = await buyer(suspended_from=date(2026, 1, 1))
    for changed, why in (
        ({"buyer_code": "NOBODY"}, "unknown_buyer"),
        ({"buyer_code": lapsed}, "buyer_lapsed"),
        ({"buyer_code": suspended}, "buyer_suspended"),
        ({"buyer_code": await buyer(pan="")}, "buyer_not_verified"),
        ({"lot": "TRADEA-26-L99999"}, "unknown_lot"),
        ({"sold_at": clock.now() - timedelta(days=1)}, "lot_not_yet_made"),
        ({"grams": 0}, "not_positive"),
        ({"grams": 50_001}, "more_than_stock"),
        ({"rate_paise": RATE - 1}, "below_buyer_floor"),
    ):
        assert (await codes(sell(trade.here, replace(good, **changed))))[0] == why  # type: ignore[arg-type]
    assert await codes(sell(trade.there, good)) == ["unknown_lot"]
    assert (await balance(trade.here, number)).stock.grams == 50_000


async def test_the_same_form_sells_once(trade: Trade) -> None:
    await weigh(trade.here, [10])
    number = await lot(trade.here, 10)
    one = offer(number, await buyer(), 4)
    key = drawn("sale", 1)
    first = await sell(trade.here, one, key)
    assert await sell(trade.here, one, key) == first
    with pytest.raises(Conflict):
        await sell(trade.here, one, replace(key, content=bytes(32)))
    assert (await balance(trade.here, number)).stock.grams == 6_000


async def test_tax_within_the_state_and_across_its_border(trade: Trade, owner: Any) -> None:
    own = gstin("20", "T")
    async with transaction(REACH) as tx:
        await register_gst(tx, seller(trade.there), own, date(2026, 1, 1), "certificate (invented)")
        wrong = own[:14] + ("A" if own[14] != "A" else "B")
        why = register_gst(tx, seller(trade.there), wrong, date(2026, 1, 1), "x")
        assert await codes(why) == ["gstin_check_digit"]
        why = register_gst(tx, seller(trade.there), gstin("19", "T"), date(2026, 1, 1), "")
        assert await codes(why) == ["gstin_state_mismatch", "missing"]
    await weigh(trade.there, [60])
    number = await lot(trade.there, 60)
    near = await sell(trade.there, offer(number, await buyer(20), 19, rate_paise=1500))
    found = (await state(trade.there, near.number)).sold.tax
    assert (found.cgst_paise, found.sgst_paise, found.igst_paise) == (713, 713, 0)
    assert (found.round_off_paise, found.total_paise) == (-26, 29_900)
    posted = await lines(trade.there, near.number, "sale")
    assert sum(posted.values()) == 0
    assert posted[2310] == posted[2320] == -713
    assert posted[1210] % 100 == 0
    far = await sell(trade.there, offer(number, await buyer(19), 19, rate_paise=1500))
    tax = (await state(trade.there, far.number)).sold.tax
    assert (tax.cgst_paise, tax.igst_paise) == (0, 1_425)
    here = offer(number, await buyer(19), 1, rate_paise=1500, delivery_state="20")
    assert (
        await state(trade.there, (await sell(trade.there, here)).number)
    ).sold.tax.igst_paise == 0
    assert await faults(owner) == []


async def test_goods_leave_with_a_challan_and_the_books_follow(trade: Trade, owner: Any) -> None:
    await weigh(trade.here, [90])
    number = await lot(trade.here, 90)
    made = await sell(trade.here, offer(number, await buyer(), 30))
    who, load = seller(trade.here), Load("JH12A3456", 30_000, clock.now())
    async with transaction(REACH) as tx:
        assert await codes(record_gate_out(tx, who, made.number, load)) == ["challan_missing"]
    stock = await stock_account(trade.here)
    await dispatched(trade.here, made.number, 30)
    assert await lines(trade.here, made.number, "dispatch") == {5010: 32_250, 1310: -32_250}
    assert stock[0] - (await stock_account(trade.here))[0] == 30_000
    async with transaction(REACH) as tx:
        assert "already_left" in await codes(record_gate_out(tx, who, made.number, load))
    assert await faults(owner) == []


async def test_the_gate_asks_again_for_the_buyers_papers(trade: Trade) -> None:
    """Sold while the licence held; the day after its end the goods stay, reserved."""
    await weigh(trade.here, [20])
    number = await lot(trade.here, 20)
    code = await buyer(licence_to=clock.today())
    made = await sell(trade.here, offer(number, code, 20))
    who = seller(trade.here)
    with clock.frozen(clock.now() + timedelta(days=1)):
        at = clock.now()
        challan = Challan("J-1", "JH1", 20_000, at, at + timedelta(hours=1), "20")
        async with transaction(REACH) as tx:
            await record_challan(tx, who, made.number, challan)
            leaving = record_gate_out(tx, who, made.number, Load("JH1", 20_000, at))
            assert await codes(leaving) == ["buyer_lapsed"]
    assert (await balance(trade.here, number)).sold.grams == 20_000


@pytest.mark.parametrize("left", [False, True])
async def test_a_sale_taken_back(trade: Trade, owner: Any, left: bool) -> None:
    await weigh(trade.here, [80])
    number = await lot(trade.here, 80)
    before, stock = await balance(trade.here, number), await stock_account(trade.here)
    made = await sell(trade.here, offer(number, await buyer(), 33))
    if left:
        await dispatched(trade.here, made.number, 33)
    who = seller(trade.here)
    async with ASKS.acting() as tx:
        await ask_reversal(tx, who, made.number, "wrong buyer")
        assert await codes(ask_reversal(tx, who, made.number, "again")) == ["note_pending"]
        assert await codes(decide_note(tx, who, made.number, confirmed=True)) == ["second_person"]
    assert await faults(owner) == []
    async with DECIDES.acting() as tx:
        note = await decide_note(tx, who, made.number, confirmed=True)
        assert await codes(decide_note(tx, who, made.number, confirmed=True)) == ["already_decided"]
        assert await codes(ask_reversal(tx, who, made.number, "x")) == ["sale_reversed"]
    assert re.fullmatch(r"TRADEA-26-C[0-9]{5}", note)
    posted = await lines(trade.here, note, "sale_note")
    assert (posted[1210], posted[4010], posted[3110]) == (-33 * RATE, 33 * RATE, 1_650)
    assert (1310 in posted) == left
    assert await balance(trade.here, number) == before
    assert await stock_account(trade.here) == stock
    async with transaction(REACH) as tx:
        row = await tx.fetchrow(
            """SELECT r.cti AS own, x.signed, (SELECT status FROM receipt_status t WHERE t.sidx = r.sidx ORDER BY t.id DESC LIMIT 1) AS status
               FROM sale s JOIN receipt r ON (r.cooperative_id, r.fy, r.kind, r.no) = (s.cooperative_id, s.fy, 2, s.no)
               JOIN sale_note n ON (n.cooperative_id, n.sale_fy, n.sale_no) = (s.cooperative_id, s.fy, s.no)
               JOIN receipt x ON (x.cooperative_id, x.fy, x.kind, x.no) = (n.cooperative_id, n.fy, 3, n.receipt_no) WHERE s.number = $1""",
            made.number,
        )
    assert row is not None
    assert (row["status"], row["own"] in row["signed"]) == (1, True)
    assert await faults(owner) == []


async def test_a_declined_reversal_leaves_the_sale_as_it_was(trade: Trade, owner: Any) -> None:
    await weigh(trade.here, [5])
    made = await sell(trade.here, offer(await lot(trade.here, 5), await buyer(), 5))
    async with ASKS.acting() as tx:
        await ask_reversal(tx, seller(trade.here), made.number, "doubt")
    async with DECIDES.acting() as tx:
        assert await decide_note(tx, seller(trade.here), made.number, confirmed=False) == ""
    found = await state(trade.here, made.number)
    assert (found.reversed, found.pending) == (False, None)
    assert await faults(owner) == []


@pytest.mark.parametrize(
    ("grams", "kind"), [(49_001, None), (48_999, "credit"), (51_001, "debit"), (51_000, None)]
)
async def test_the_buyers_weighbridge(
    trade: Trade, owner: Any, grams: int, kind: str | None
) -> None:
    await weigh(trade.here, [50])
    made = await sell(trade.here, offer(await lot(trade.here, 50), await buyer(), 50))
    who, reading = seller(trade.here), Reading("W-1", grams, clock.now())
    async with transaction(REACH) as tx:
        assert await codes(record_weighbridge(tx, who, made.number, reading)) == ["not_left_yet"]
    await dispatched(trade.here, made.number, 50)
    async with ASKS.acting() as tx:
        request = await record_weighbridge(tx, who, made.number, reading)
    assert (request is None) == (kind is None)
    if kind:
        async with DECIDES.acting() as tx:
            note = await decide_note(tx, who, made.number, confirmed=True)
        posted = await lines(trade.here, note, "sale_note")
        less = abs(50_000 - grams)
        amount = (less * RATE + 500) // 1000
        assert posted[1210] == (amount if kind == "debit" else -amount)
        assert re.fullmatch(rf"TRADEA-26-{kind[0].upper()}[0-9]{{5}}", note)
    assert await faults(owner) == []

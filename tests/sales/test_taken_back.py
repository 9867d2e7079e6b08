"""A weighing that stands in a lot is taken back by two people: the lot, the books and the log agree."""

from typing import Any

from coop.receipts.rules.receipt import document_no
from coop.weighing.rules.numbers import SlipNumber, slip_number
from tests.sales.trading import balance, buyer, faults, lot, offer, sell, weigh
from tests.trade import OTHER_GRADE, Side, Trade
from tests.weighing.taken_back import ask, decide, refused, status_of

_FIRST = """SELECT p.fy, p.weighing_no AS no FROM lot l JOIN lot_purchase p
            ON (p.cooperative_id, p.lot_fy, p.lot_no) = (l.cooperative_id, l.fy, l.no)
            WHERE l.number = $1 ORDER BY p.grams LIMIT 1"""


async def _smallest(owner: Any, side: Side, number: str) -> SlipNumber:
    key = await owner.fetchrow(_FIRST, number)
    found = slip_number(document_no(side.code, key["fy"], 1, key["no"]))
    assert found is not None
    return found


async def test_a_weighing_taken_back_leaves_its_lot(trade: Trade, owner: Any) -> None:
    await weigh(trade.there, [11, 23], grade=OTHER_GRADE)
    number = await lot(trade.there, 34, OTHER_GRADE)
    slip = await _smallest(owner, trade.there, number)
    await ask(slip)
    done = await decide(slip)
    assert done is not None
    held = await balance(trade.there, number)
    assert (held.bought.grams, held.stock.grams, held.closes) == (23_000, 23_000, True)
    assert (await status_of(trade.there, slip))[-1] == 1  # void
    assert await faults(owner) == []
    code = await buyer()
    made = await sell(trade.there, offer(number, code, 23, rate_paise=725))
    assert made.number
    assert await faults(owner) == []


async def test_a_weighing_of_a_sold_lot_is_not_taken_back(trade: Trade, owner: Any) -> None:
    await weigh(trade.there, [12, 21], grade=OTHER_GRADE)
    number = await lot(trade.there, 33, OTHER_GRADE)
    await sell(trade.there, offer(number, await buyer(), 5, rate_paise=725))
    slip = await _smallest(owner, trade.there, number)
    assert await refused(ask(slip)) == ["sold"]
    assert await status_of(trade.there, slip) == ()
    assert await faults(owner) == []

"""Eight people make lots, sell, lose, seize and take back at once: the books stay whole."""

import asyncio
import random
from collections import Counter
from typing import Any

import pytest

from coop.kernel import clock
from coop.kernel.db import transaction
from coop.kernel.refusal import NotThere, Refused
from coop.sales.operations.losses import Loss, record_loss, release_stock, seize_stock
from coop.sales.operations.lots import make_lot
from coop.sales.operations.notes import ask_reversal, decide_note
from coop.sales.rules.balance import Move
from coop.sales.rules.filling import LotPlan
from tests.sales.trading import (
    ASKS,
    DECIDES,
    buyer,
    dispatched,
    drawn,
    faults,
    offer,
    sell,
    seller,
    weigh,
)
from tests.trade import DISTRICT, GRADE, REACH, Trade

WORKERS = 8


class _Crowd:
    """What eight people share: lots and sales that they hear of, and chance."""

    def __init__(self, trade: Trade, buyers: list[str], seed: int) -> None:
        self.sides = (trade.here, trade.here, trade.there)  # two of three at one cooperative
        self.buyers, self.chance = buyers, random.Random(seed)
        self.lots: list[tuple[Any, str]] = []
        self.sales: list[tuple[Any, str]] = []
        self.done: Counter[str] = Counter()

    async def act(self) -> None:
        """One act by chance; what the rules refuse is refused and no more."""
        doing = self.chance.choices(
            (self.make, self.sale, self.back, self.lose, self.seize, self.send),
            weights=(25, 35, 25, 5, 5, 5),
        )[0]
        try:
            await doing()
            self.done[doing.__name__] += 1
        except (Refused, NotThere):
            self.done["refused"] += 1

    async def make(self) -> None:
        side = self.chance.choice(self.sides)
        plan = LotPlan(GRADE, DISTRICT, clock.now(), self.chance.randint(1, 60_000))
        async with transaction(REACH) as tx:
            self.lots.append((side, await make_lot(tx, seller(side), plan)))

    async def sale(self) -> None:
        side, number = self._one(self.lots)
        one = offer(
            number, self.chance.choice(self.buyers), 0, grams=self.chance.randint(1, 30_000)
        )
        key = drawn("sale", number, one.grams)
        both = await asyncio.gather(sell(side, one, key), sell(side, one, key))
        assert both[0] == both[1]  # an impatient hand sends it twice
        self.sales.append((side, both[0].number))

    async def back(self) -> None:
        side, number = self._one(self.sales[-20:])  # older ones are taken back already
        async with ASKS.acting() as tx:
            await ask_reversal(tx, seller(side), number, "at once")
        async with DECIDES.acting() as tx:
            yes = self.chance.random() < 0.8
            await decide_note(tx, seller(side), number, confirmed=yes)

    async def lose(self) -> None:
        side, number = self._one(self.lots)
        loss = Loss(Move.SHRUNK, self.chance.randint(1, 900), "dry", "B-1")
        async with transaction(REACH) as tx:
            await record_loss(tx, seller(side), number, loss)

    async def seize(self) -> None:
        side, number = self._one(self.lots)
        grams = self.chance.randint(1, 5_000)
        async with transaction(REACH) as tx:
            await seize_stock(tx, seller(side), number, grams, "FIR 1", "")
        if self.chance.random() < 0.5:
            async with transaction(REACH) as tx:
                await release_stock(tx, seller(side), number, grams, "Order 1")

    async def send(self) -> None:
        side, number = self._one(self.sales)
        await dispatched(side, number, 1)  # fits few: the gate refuses the rest

    def _one(self, of: list[tuple[Any, str]]) -> tuple[Any, str]:
        if not of:
            raise NotThere("none yet")
        return self.chance.choice(of)


async def _crowd(trade: Trade, acts: int, seed: int) -> _Crowd:
    for side in (trade.here, trade.there):
        for _ in range(max(1, acts // 40)):
            await weigh(side, [random.Random(seed).randint(5, 55) for _ in range(40)])
    crowd = _Crowd(trade, [await buyer() for _ in range(3)], seed)

    async def work() -> None:
        for _ in range(acts // WORKERS):
            await crowd.act()

    await asyncio.gather(*(work() for _ in range(WORKERS)))
    return crowd


async def _whole(trade: Trade, owner: Any) -> None:
    assert await faults(owner) == []
    for side in (trade.here, trade.there):
        for table, where in (("lot", ""), ("receipt", "AND kind = 2"), ("receipt", "AND kind = 3")):
            found = await owner.fetch(
                f"SELECT no FROM {table} WHERE cooperative_id = $1 {where} ORDER BY no", side.id
            )
            assert [row["no"] for row in found] == list(range(1, len(found) + 1))
        twice = await owner.fetchval(
            "SELECT count(*) FROM (SELECT fy, weighing_no FROM lot_purchase WHERE cooperative_id = $1 GROUP BY 1, 2 HAVING count(*) > 1) x",
            side.id,
        )
        assert twice == 0
        low = await owner.fetchval(
            "SELECT count(*) FROM lot_balance WHERE least(stock_grams, stock_paise) < 0"
        )
        assert low == 0


async def test_eight_at_once(trade: Trade, owner: Any) -> None:
    crowd = await _crowd(trade, 120, 20261124)
    assert min(crowd.done[name] for name in ("make", "sale", "back")) > 3, crowd.done
    await _whole(trade, owner)


@pytest.mark.torture
async def test_eight_at_once_for_long(trade: Trade, owner: Any) -> None:
    crowd = await _crowd(trade, 4_000, 7)
    print(dict(crowd.done))
    assert min(crowd.done[name] for name in ("make", "sale", "back")) >= 500, crowd.done
    await _whole(trade, owner)

"""Lots, balances, tax, gate and notes: proved on paper, the sums by drawn examples."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.buyers.rules import Standing, StandingOn
from coop.sales.rules import balance as b
from coop.sales.rules.balance import Balance, Heap, Move
from coop.sales.rules.filling import (
    LotPlan,
    PlanFacts,
    Purchase,
    filling,
    oldest_first,
    refusals_to_make_lot,
)
from coop.sales.rules.offer import LotFacts, Offer, OfferFacts, refusals_to_sell
from coop.sales.rules.states import STATES
from coop.sales.rules.tax import Supply, place_of_supply, supply_of, tax_on

NOON = datetime(2026, 10, 20, 6, 30, tzinfo=UTC)
VERIFIED = StandingOn(Standing.VERIFIED, ())
LOT = LotFacts(3, 334, NOON - timedelta(days=1), 1_000_000)
OFFER = Offer("KDM01-26-L00001", "B01", 500_000, 1500, NOON)
FACTS = OfferFacts(NOON, VERIFIED, LOT, 1325)
grams = st.integers(1, 60_000)
purchases = st.lists(
    st.builds(
        Purchase,
        fy=st.just(2627),
        no=st.integers(1, 10_000),
        weighed_at=st.integers(0, 50).map(lambda hours: NOON + timedelta(hours=hours)),
        grams=grams,
        paise=st.integers(0, 200_000),
    ),
    max_size=40,
    unique_by=lambda one: one.no,
)


def codes(refusals: tuple) -> list[str]:  # type: ignore[type-arg]  # of refusals
    return [one.code for one in refusals]


@given(purchases, st.integers(-5, 900_000))
def test_a_lot_is_filled_with_the_oldest_until_it_is_full(free: list[Purchase], stock: int) -> None:
    found = filling(free, stock)
    if stock <= 0 or sum(one.grams for one in free) < stock:
        assert found is None
        return
    assert found is not None
    assert list(found.purchases) == oldest_first(free)[: len(found.purchases)]
    assert found.bought_grams >= stock > found.bought_grams - found.purchases[-1].grams
    assert found.sorted_out_grams == found.bought_grams - stock
    left = [one for one in free if one not in found.purchases]
    assert all(
        (one.weighed_at, one.no) > (found.purchases[-1].weighed_at, found.purchases[-1].no)
        for one in left
    )
    opened = b.filled(Heap(found.bought_grams, found.bought_paise), stock)
    assert opened.closes
    assert opened.stock.grams == stock


def test_why_no_lot_is_made() -> None:
    plan = LotPlan(3, 334, NOON, 1000)
    good = PlanFacts(NOON, True, 1000)
    assert refusals_to_make_lot(plan, good) == ()
    assert codes(refusals_to_make_lot(plan, replace(good, free_grams=999))) == ["more_than_stock"]
    assert codes(refusals_to_make_lot(plan, replace(good, grade_known=False))) == ["unknown_grade"]
    late = replace(plan, made_at=NOON + timedelta(seconds=1), stock_grams=0)
    assert codes(refusals_to_make_lot(late, good)) == ["future_time", "not_positive"]


@given(
    st.integers(1, 5_000_000),
    st.integers(0, 9_000_000),
    st.data(),
)
def test_mass_and_money_balance_whatever_happens(
    bought: int, paise: int, data: st.DataObject
) -> None:
    """Out and back, in any order: no gram and no paisa comes or goes unseen."""
    stock = data.draw(st.integers(1, bought))
    now = b.filled(Heap(bought, paise), stock)
    out: dict[str, list[Heap]] = {"sold": [], "seized": []}
    for _ in range(data.draw(st.integers(0, 12))):
        move = data.draw(
            st.sampled_from((Move.SOLD, Move.SHRUNK, Move.SEIZED, Move.RETURNED, Move.RELEASED))
        )
        if move in (Move.RETURNED, Move.RELEASED):
            heaps = out[b.HEAPS[move]]
            if not heaps:
                continue
            heap = heaps.pop(data.draw(st.integers(0, len(heaps) - 1)))
        elif now.stock.grams:
            heap = b.share_of(now.stock, data.draw(st.integers(1, now.stock.grams)))
            out.get(b.HEAPS[move], []).append(heap)
        else:
            continue
        now = b.moved(now, move, heap)
        assert now.closes
    if now.stock.grams:
        now = b.moved(now, Move.SOLD, b.share_of(now.stock, now.stock.grams))
    assert now.stock == Heap()
    assert now.closes


@given(st.lists(st.tuples(grams, st.integers(0, 90_000)), min_size=1, max_size=8), st.data())
def test_a_purchase_leaves_with_all_that_was_paid(
    made: list[tuple[int, int]], data: st.DataObject
) -> None:
    heaps = [Heap(*one) for one in made]
    whole = Heap(sum(h.grams for h in heaps), sum(h.paise for h in heaps))
    now = b.filled(whole, data.draw(st.integers(1, whole.grams)))
    leaving = heaps[data.draw(st.integers(0, len(heaps) - 1))]
    after = b.without(now, leaving)
    assert after.closes
    assert after.bought == whole.minus(leaving)
    assert after.lost.grams <= now.lost.grams
    with pytest.raises(ValueError, match="unsold"):
        b.without(Balance(Heap(2, 2), Heap(1, 1), Heap(1, 1)), Heap(1, 1))


def test_a_share_is_never_more_than_there_is() -> None:
    for wrong in (0, -1, 11):
        with pytest.raises(ValueError):
            b.share_of(Heap(10, 10), wrong)
    assert b.may_lose(20, 0, 1000, 200)
    assert not b.may_lose(20, 1, 1000, 200)


def test_why_nothing_is_sold_in_the_order_of_the_list() -> None:
    def why(offer: Offer = OFFER, **changed: object) -> list[str]:
        return codes(refusals_to_sell(offer, replace(FACTS, **changed)))  # type: ignore[arg-type]

    assert why() == []
    assert why(standing=None) == ["unknown_buyer"]
    assert why(standing=StandingOn(Standing.REFUSED, ())) == ["buyer_not_verified"]
    assert why(standing=StandingOn(Standing.LAPSED, ())) == ["buyer_lapsed"]
    assert why(standing=StandingOn(Standing.SUSPENDED, ())) == ["buyer_suspended"]
    assert why(lot=None) == ["unknown_lot"]
    early = replace(OFFER, sold_at=LOT.made_at - timedelta(seconds=1), grams=2_000_000)
    assert why(early) == ["lot_not_yet_made"]
    assert why(replace(OFFER, sold_at=LOT.made_at)) == []
    assert why(replace(OFFER, grams=0)) == ["not_positive"]
    assert why(replace(OFFER, grams=1_000_000)) == []
    assert why(replace(OFFER, grams=1_000_001)) == ["more_than_stock"]
    assert why(replace(OFFER, rate_paise=1324)) == ["below_buyer_floor"]
    assert why(replace(OFFER, rate_paise=1325)) == []
    assert why(buyer_floor_paise=None) == ["no_price_in_force"]
    assert why(replace(OFFER, grade_code=4)) == ["grade_differs"]
    assert why(replace(OFFER, sold_at=NOON + timedelta(minutes=6))) == ["future_time"]
    all_wrong = replace(OFFER, grams=2_000_000, rate_paise=1)
    assert why(all_wrong, standing=None) == [
        "unknown_buyer",
        "more_than_stock",
        "below_buyer_floor",
    ]


@given(st.integers(0, 10**13), st.sampled_from((0, 500, 1200, 1800)), st.sampled_from(Supply))
def test_tax_is_whole_and_its_halves_are_equal(amount: int, rate: int, supply: Supply) -> None:
    tax = tax_on(amount, rate, supply)
    assert tax.cgst_paise == tax.sgst_paise
    assert tax.total_paise == amount + tax.tax_paise + tax.round_off_paise
    if supply is Supply.BILL:
        assert (tax.tax_paise, tax.round_off_paise) == (0, 0)
        return
    assert tax.total_paise % 100 == 0
    assert -50 < tax.round_off_paise <= 50
    assert (tax.igst_paise == 0) == (supply is Supply.WITHIN or amount * rate < 5000)
    parts = 2 if supply is Supply.WITHIN else 1
    assert abs(tax.tax_paise * 10_000 - amount * rate) <= 10_000 * parts


def test_tax_of_the_model_invoice() -> None:
    tax = tax_on(1_918_500, 500, Supply.WITHIN)
    assert (tax.cgst_paise, tax.sgst_paise, tax.igst_paise) == (47_963, 47_963, 0)
    assert (tax.round_off_paise, tax.total_paise) == (-26, 2_014_400)
    assert tax_on(1_918_500, 500, Supply.BETWEEN).igst_paise == 95_925


def test_where_a_sale_is_taxed() -> None:
    assert supply_of(False, ("20",), "19") is Supply.BILL
    assert supply_of(True, ("20",), "20") is Supply.WITHIN
    assert supply_of(True, ("20",), "19") is Supply.BETWEEN
    assert place_of_supply("10", "19ZZKCV5028G1ZY", ("19",)) == "10"
    assert place_of_supply("", "", ("20",)) == "20"
    assert len(STATES) == 36
    assert (STATES["26"].name_en[:5], STATES["20"].name_hi) == ("Dadra", "झारखंड")

"""Gate, weighbridge and notes: proved on paper."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from coop.buyers.rules import Dossier, Standing, StandingOn, standing_on
from coop.sales.rules.dispatch import (
    Challan,
    Limits,
    Load,
    SaleFacts,
    needs_eway,
    refusals_to_carry,
    refusals_to_leave,
    within,
)
from coop.sales.rules.notes import (
    AskFacts,
    NoteKind,
    Sold,
    difference_note,
    note_sums,
    refusals_to_ask,
    refusals_to_decide,
)
from coop.sales.rules.tax import Supply, tax_on

NOON = datetime(2026, 10, 20, 6, 30, tzinfo=UTC)
VERIFIED = StandingOn(Standing.VERIFIED, ())


def codes(refusals: tuple) -> list[str]:  # type: ignore[type-arg]  # of refusals
    return [one.code for one in refusals]


LIMITS = Limits(200, 200, 10_000_000, 5_000_000)
SALE = SaleFacts(1_000_000, "20", 2_000_000, False, False, False, False)
CHALLAN = Challan("J-1", "JH 12 A 3456", 1_000_000, NOON, NOON + timedelta(hours=8), "20")
LOAD = Load("jh12a3456", 1_000_000, NOON + timedelta(hours=1))


def test_what_stops_a_vehicle_at_the_gate() -> None:
    def why(load: Load = LOAD, sale: SaleFacts = SALE, **more: object) -> list[str]:
        given_ = {"challan": CHALLAN, "standing": VERIFIED, "limits": LIMITS, **more}
        return codes(refusals_to_leave(load, sale, **given_))  # type: ignore[arg-type]

    assert why() == []
    assert why(challan=None) == ["challan_missing"]
    assert why(standing=StandingOn(Standing.LAPSED, ())) == ["buyer_lapsed"]
    assert why(replace(LOAD, at=NOON - timedelta(seconds=1))) == ["challan_not_valid"]
    assert why(replace(LOAD, at=NOON + timedelta(hours=9))) == ["challan_not_valid"]
    assert why(replace(LOAD, vehicle_no="JH12A3457")) == ["vehicle_differs"]
    assert why(replace(LOAD, grams=1_020_000)) == []
    assert why(replace(LOAD, grams=1_020_001)) == ["load_differs"]
    assert why(replace(LOAD, grams=0)) == ["not_positive"]
    assert why(sale=replace(SALE, reversed=True)) == ["sale_reversed"]
    assert why(sale=replace(SALE, note_pending=True)) == ["sale_held"]
    assert why(sale=replace(SALE, gone=True)) == ["already_left"]
    dear = replace(SALE, total_paise=10_000_001)
    assert why(sale=dear) == ["eway_missing"]
    assert why(sale=dear, challan=replace(CHALLAN, eway_no="123456789012")) == []


def test_a_licence_that_ends_today_still_opens_the_gate() -> None:
    """Sold in time, and asked again at the gate: the last day counts, the next one does not."""
    day = date(2026, 10, 16)
    dossier = Dossier(
        20, "20ZZDCD7900B1ZD", "ZZDCD7900B", "J-1", date(2025, 6, 30), day, None, None, day
    )
    for on, found in ((day, []), (day + timedelta(days=1), ["buyer_lapsed"])):
        standing = standing_on(dossier, on)
        assert codes(refusals_to_leave(LOAD, SALE, CHALLAN, standing, LIMITS)) == found


def test_why_a_challan_does_not_fit() -> None:
    def why(challan: Challan) -> list[str]:
        return codes(refusals_to_carry(challan, SALE, LIMITS))

    assert why(CHALLAN) == []
    assert why(replace(CHALLAN, grams=1_020_001)) == ["challan_quantity"]
    assert why(replace(CHALLAN, valid_to=NOON)) == ["ends_before_it_begins"]
    assert why(replace(CHALLAN, delivery_state="19")) == ["delivery_state_differs"]
    assert needs_eway(5_000_001, LIMITS, between_states=True)
    assert not needs_eway(5_000_001, LIMITS, between_states=False)


@given(st.integers(1, 10**8), st.integers(0, 10_000), st.integers(-10, 10))
def test_a_tolerance_is_the_same_both_ways(of: int, tolerance: int, more: int) -> None:
    edge = of * tolerance // 10_000
    assert within(of + edge, of, tolerance)
    assert within(of - edge, of, tolerance)
    assert within(of + edge + more, of, tolerance) == (abs(edge + more) * 10_000 <= of * tolerance)


SOLD = Sold(1_279_000, 1500, 1_918_500, tax_on(1_918_500, 500, Supply.WITHIN), 63_950, 50)


@given(st.integers(1, 1_279_000))
def test_a_note_keeps_the_sales_own_rates(grams_: int) -> None:
    sums = note_sums(SOLD, NoteKind.CREDIT, grams_)
    assert sums.amount_paise == (grams_ * 1500 + 500) // 1000
    assert sums.tax == tax_on(sums.amount_paise, 500, Supply.WITHIN)
    whole = note_sums(SOLD, NoteKind.REVERSAL, grams_)
    assert (whole.grams, whole.tax, whole.premium_paise) == (1_279_000, SOLD.tax, 63_950)


def test_a_note_needs_two_people_and_a_reason() -> None:
    free = AskFacts(reversed=False, pending=False, noted=False)
    assert refusals_to_ask(NoteKind.REVERSAL, "wrong buyer", free) == ()
    assert codes(refusals_to_ask(NoteKind.REVERSAL, "", free)) == ["missing"]
    for name, code in (
        ("reversed", "sale_reversed"),
        ("pending", "note_pending"),
        ("noted", "note_stands"),
    ):
        assert codes(refusals_to_ask(NoteKind.REVERSAL, "x", replace(free, **{name: True}))) == [
            code
        ]
    assert refusals_to_ask(NoteKind.CREDIT, "x", replace(free, noted=True)) == ()
    assert difference_note(1000, 1100) == (NoteKind.DEBIT, 100)
    assert codes(refusals_to_decide("user:1", "user:1", decided=False)) == ["second_person"]
    assert codes(refusals_to_decide("user:1", "user:2", decided=True)) == ["already_decided"]
    assert refusals_to_decide("user:1", "user:2", decided=False) == ()

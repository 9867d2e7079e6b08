from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.kernel.clock import IST
from coop.weighing.rules import (
    CONFIRMABLE,
    Facts,
    MemberFacts,
    PriceFacts,
    SiteFacts,
    Terms,
    WeighingEntry,
    content_bytes,
    content_sha256,
    payable_grams,
    refusals_to_weigh,
    settle,
)

NOW = datetime(2026, 10, 3, 4, 0, tzinfo=UTC)
ENTRY = WeighingEntry(
    id=UUID(int=1),
    cooperative="KDM01",
    centre="KDM01-C1",
    device="KDM01-C1-D1",
    device_seq=7,
    member_no="0235",
    site_code="S-334-01",
    grade_code=3,
    gross_g=16_100,
    tare_g=250,
    moisture=Decimal("4.5"),
    waste=Decimal("4.8"),
    rate_paise_per_kg=1075,
    weighed_at=NOW,
    paid_mode="cash",
    paper_no=None,
    place_in_row=False,
)
MEMBER = MemberFacts(date(1990, 1, 1), "day", date(2024, 6, 4), None, provisional=False)
FACTS = Facts(
    now=NOW,
    terms=Terms(),
    member=MEMBER,
    site=SiteFacts(334, True),
    grade_known=True,
    price=PriceFacts("DHB/2026/02", 1075),
    cash_today_paise=0,
)


def codes(entry: WeighingEntry = ENTRY, facts: Facts = FACTS) -> list[str]:
    return [refusal.code for refusal in refusals_to_weigh(entry, facts)]


def test_a_weighing_at_the_floor_is_settled() -> None:
    assert codes() == []
    worked_out = settle(ENTRY, FACTS)
    assert (worked_out.net_g, worked_out.payable_g, worked_out.amount_paise) == (
        15_850,
        15_454,
        16_613,
    )
    assert (worked_out.floor_paise_per_kg, worked_out.flags) == (1075, ())


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"gross_g": -16_100}, ["negative"]),
        ({"tare_g": -1}, ["negative"]),
        ({"moisture": Decimal(-1)}, ["negative"]),
        ({"rate_paise_per_kg": -1075}, ["negative"]),
        ({"waste": Decimal("100.01")}, ["percent_out_of_range"]),
        ({"waste": Decimal(100)}, []),
        ({"gross_g": 200_001}, ["implausible_weight"]),
        ({"gross_g": 200_000, "paid_mode": "upi"}, []),
        ({"tare_g": 16_100}, ["tare_not_below_gross"]),
        ({"tare_g": 400_000}, ["tare_not_below_gross"]),
        ({"gross_g": 16_100_000, "tare_g": 250_000}, ["implausible_weight"]),
        ({"weighed_at": NOW + timedelta(minutes=5)}, []),
        ({"weighed_at": NOW + timedelta(minutes=5, seconds=1)}, ["future_time"]),
        ({"weighed_at": NOW - timedelta(hours=72)}, []),
        ({"weighed_at": NOW - timedelta(hours=72, seconds=1)}, ["too_old"]),
        ({"rate_paise_per_kg": 1074}, ["rate_below_floor"]),
        ({"rate_paise_per_kg": 0}, ["rate_below_floor"]),
        ({"rate_paise_per_kg": 2150}, []),
        ({"rate_paise_per_kg": 2151}, ["rate_over_twice_floor"]),
        ({"gross_g": 251, "waste": Decimal(100)}, ["nothing_payable"]),
    ],
)
def test_what_is_wrong_with_an_entry_is_said_once(
    changes: dict[str, object], expected: list[str]
) -> None:
    assert codes(replace(ENTRY, **changes)) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"member": None}, ["unknown_member"]),
        ({"member": replace(MEMBER, born=date(2008, 10, 4))}, ["underage"]),
        ({"member": replace(MEMBER, born=date(2008, 10, 3))}, []),
        ({"member": replace(MEMBER, born=None)}, []),
        ({"member": replace(MEMBER, admitted_on=date(2026, 10, 4))}, ["not_yet_member"]),
        ({"member": replace(MEMBER, admitted_on=date(2026, 10, 3))}, []),
        ({"member": replace(MEMBER, ceased_on=date(2026, 10, 2))}, ["member_not_active"]),
        ({"member": replace(MEMBER, ceased_on=date(2026, 10, 3))}, []),
        ({"member": replace(MEMBER, provisional=True)}, []),
        ({"site": None}, ["unknown_site"]),
        ({"site": SiteFacts(334, False), "price": None}, ["site_not_allowed"]),
        ({"grade_known": False, "price": None}, ["unknown_grade"]),
        ({"price": None}, ["no_price_in_force"]),
        ({"centre_known": False}, ["unknown_centre"]),
        ({"own_cooperative": False, "member": None, "site": None}, ["other_cooperative"]),
        ({"cash_today_paise": 1_000_000 - 16_613}, []),
        ({"cash_today_paise": 1_000_000 - 16_612}, ["cash_limit"]),
    ],
)
def test_what_the_books_say_against_an_entry_is_said_once(
    changes: dict[str, object], expected: list[str]
) -> None:
    assert codes(facts=replace(FACTS, **changes)) == expected  # type: ignore[arg-type]


def test_several_reasons_are_said_in_the_order_to_put_them_right() -> None:
    entry = replace(ENTRY, tare_g=-1, weighed_at=NOW + timedelta(days=365))
    facts = replace(FACTS, member=None, site=SiteFacts(210, False), price=None)
    assert codes(entry, facts) == ["negative", "future_time", "unknown_member", "site_not_allowed"]


def test_a_mistyped_year_makes_nobody_old_enough_or_gone() -> None:
    entry = replace(ENTRY, weighed_at=NOW.replace(year=2036))
    gone = replace(MEMBER, ceased_on=date(2026, 10, 1))
    assert codes(entry, replace(FACTS, member=gone, price=None)) == ["future_time"]


def test_the_day_of_a_weighing_is_indias() -> None:
    evening = replace(ENTRY, weighed_at=datetime(2026, 10, 2, 18, 30, tzinfo=UTC))
    born = replace(MEMBER, born=date(2008, 10, 3))
    assert codes(evening, replace(FACTS, member=born)) == []
    before = replace(ENTRY, weighed_at=datetime(2026, 10, 2, 18, 29, 59, tzinfo=UTC))
    assert codes(before, replace(FACTS, member=born)) == ["underage"]


def test_what_waits_for_a_person_falls_away_once_confirmed_or_imported() -> None:
    old = replace(ENTRY, weighed_at=NOW - timedelta(hours=73), rate_paise_per_kg=2151)
    assert codes(old) == ["too_old", "rate_over_twice_floor"]
    assert codes(old, replace(FACTS, confirmed=frozenset({"too_old"}))) == ["rate_over_twice_floor"]
    confirmed = replace(FACTS, confirmed=CONFIRMABLE)
    assert settle(old, confirmed).flags == ("too_old", "rate_over_twice_floor")
    assert settle(old, replace(FACTS, imported=True)).flags == ("rate_over_twice_floor",)


def test_a_clock_that_is_off_and_a_provisional_member_are_flagged() -> None:
    provisional = replace(FACTS, member=replace(MEMBER, provisional=True))
    late = replace(ENTRY, weighed_at=NOW - timedelta(minutes=10, seconds=1))
    assert settle(late, provisional).flags == ("time_off", "provisional")
    on_time = replace(ENTRY, weighed_at=NOW - timedelta(minutes=10))
    assert settle(on_time, FACTS).flags == ()


def test_the_flags_fit_their_column() -> None:
    old = replace(ENTRY, weighed_at=NOW - timedelta(hours=73), rate_paise_per_kg=2151)
    facts = replace(FACTS, confirmed=CONFIRMABLE, member=replace(MEMBER, provisional=True))
    assert len(" ".join(settle(old, facts).flags)) <= 60


def test_what_is_refused_is_never_settled() -> None:
    with pytest.raises(ValueError, match="rate_below_floor"):
        settle(replace(ENTRY, rate_paise_per_kg=1), FACTS)


def test_other_paid_modes_have_no_daily_limit() -> None:
    facts = replace(FACTS, cash_today_paise=1_000_000)
    assert [codes(replace(ENTRY, paid_mode=mode), facts) for mode in ("upi", "bank", "later")] == [
        [],
        [],
        [],
    ]


def test_every_refusal_is_short_and_names_its_field() -> None:
    bad = replace(
        ENTRY,
        gross_g=-1,
        moisture=Decimal(101),
        weighed_at=NOW - timedelta(hours=99),
        rate_paise_per_kg=3,
    )
    nobody = replace(FACTS, member=None, centre_known=False)
    for refusal in refusals_to_weigh(bad, nobody):
        assert refusal.field
        assert len(str(refusal.message).split()) <= 15, refusal


def test_a_half_gram_is_rounded_up() -> None:
    assert payable_grams(1, 0, Decimal(52), Decimal(0), Decimal(2), Decimal(5)) == 1
    assert payable_grams(1, 0, Decimal("52.01"), Decimal(0), Decimal(2), Decimal(5)) == 0


percents = st.decimals(0, 100, places=2)


@given(st.integers(1, 10**7), st.integers(0, 10**6), percents, percents)
def test_payable_is_the_exact_product_rounded_once(
    net: int, tare: int, moisture: Decimal, waste: Decimal
) -> None:
    found = payable_grams(net + tare, tare, moisture, waste, Decimal(2), Decimal(5))
    kept = Fraction(100) - max(Fraction(0), Fraction(moisture) - 2)
    clean = Fraction(100) - max(Fraction(0), Fraction(waste) - 5)
    exact = net * kept * clean / 10_000
    assert Fraction(-1, 2) < exact - found <= Fraction(1, 2) or exact - found == Fraction(-1, 2)
    assert exact - found != Fraction(1, 2)  # half goes up
    assert 0 <= found <= net


@given(st.integers(1, 10**6), percents, percents, percents)
def test_more_moisture_never_pays_more(
    net: int, less: Decimal, more: Decimal, waste: Decimal
) -> None:
    less, more = sorted((less, more))
    wetter = payable_grams(net, 0, more, waste, Decimal(2), Decimal(5))
    assert wetter <= payable_grams(net, 0, less, waste, Decimal(2), Decimal(5))


def test_equal_values_have_equal_content() -> None:
    ist = ENTRY.weighed_at.astimezone(tz=None)
    same = replace(ENTRY, moisture=Decimal("4.50"), weighed_at=ist)
    assert content_bytes(same) == content_bytes(ENTRY)
    assert len(content_sha256(ENTRY)) == 32


@pytest.mark.parametrize(
    "changes",
    [
        {"device_seq": 8},
        {"member_no": "0236"},
        {"site_code": "S-334-02"},
        {"grade_code": 4},
        {"gross_g": 16_101},
        {"tare_g": 251},
        {"moisture": Decimal("4.51")},
        {"waste": Decimal("4.81")},
        {"rate_paise_per_kg": 1076},
        {"weighed_at": NOW + timedelta(microseconds=1)},
        {"paid_mode": "upi"},
        {"paper_no": "A-1"},
        {"id": UUID(int=2)},
    ],
)
def test_any_other_value_is_other_content(changes: dict[str, object]) -> None:
    assert content_bytes(replace(ENTRY, **changes)) != content_bytes(ENTRY)  # type: ignore[arg-type]


def test_a_place_counts_only_where_the_row_names_it() -> None:
    moved = replace(ENTRY, centre="KDM01-C2", device="KDM01-C2-D9")
    assert content_bytes(moved) == content_bytes(ENTRY)
    written, elsewhere = replace(ENTRY, place_in_row=True), replace(moved, place_in_row=True)
    assert content_bytes(written) != content_bytes(elsewhere)


def test_a_time_counts_only_where_the_row_names_it() -> None:
    stamped = replace(ENTRY, time_in_row=False)
    again = replace(stamped, weighed_at=NOW + timedelta(minutes=1))
    assert content_bytes(stamped) == content_bytes(again)


def test_from_a_death_on_nothing_is_bought_not_even_on_the_same_day() -> None:
    """What was brought before it was known stays; what comes after it is refused."""
    day = ENTRY.weighed_at.astimezone(IST).date()
    for minutes, refused in ((None, False), (60, False), (-1, True)):
        known_at = ENTRY.weighed_at + timedelta(minutes=minutes) if minutes is not None else None
        died = replace(MEMBER, ceased_on=day, death_known_at=known_at)
        assert ("member_not_active" in codes(facts=replace(FACTS, member=died))) == refused

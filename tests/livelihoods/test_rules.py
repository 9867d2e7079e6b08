"""Benchmarks, floor, income, kit, links and fund: rules without a database."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from coop.ledger.rules import Account
from coop.livelihoods.rules.benchmarks import Benchmark, Kind, Per, chosen, refusals_to_record
from coop.livelihoods.rules.floor import Measured, enough, worked
from coop.livelihoods.rules.fund import (
    FundFacts,
    Spending,
    lines_of,
    refusals_to_spend,
    refusals_to_take_back,
)
from coop.livelihoods.rules.groups import bands, by_village, median_of, villages
from coop.livelihoods.rules.income import (
    MonthEarned,
    Span,
    ToldIncome,
    refusals_to_tell,
    usual_month,
    whole_months,
)
from coop.livelihoods.rules.kit import (
    Held,
    KitMove,
    Move,
    held_of,
    refusals_to_move,
    stock_of,
    summed,
)
from coop.livelihoods.rules.links import LinkStands, LinkStep, Step, due_on, refusals_to_step

ON = date(2026, 11, 24)
LIVING = Benchmark(
    Kind.LIVING_INCOME, "Living income", "जीवन-योग्य आय", "Chhindwara", 23, 1_924_100,
    Per.HOUSEHOLD_MONTH, 450, date(2022, 10, 1), True, "Anker", True,
)  # fmt: skip
WAGE = Benchmark(
    Kind.MINIMUM_WAGE, "Wage", "मज़दूरी", "Jharkhand", 20, 43_400, Per.DAY, None, date(2025, 10, 1), False, "Jagran", False
)  # fmt: skip
SEEN = Measured(date(2026, 8, 1), date(2026, 10, 31), 600, 15_000, 9_000_000, 9_000_000, 10, 30, 0)


@given(
    days=some.integers(1, 5000), median=some.integers(1, 60_000), grams=some.integers(1, 10**8),
    paise=some.integers(1, 10**9), months=some.integers(1, 500), other=some.integers(0, 3_000_000),
    benchmark=some.sampled_from([LIVING, WAGE, replace(WAGE, per=Per.MONTH, paise=1_150_700)]),
)  # fmt: skip
def test_the_floor_closes_the_gap_and_a_paisa_less_does_not(
    days: int, median: int, grams: int, paise: int, months: int, other: int, benchmark: Benchmark
) -> None:
    measured = replace(
        SEEN, member_days=max(days, months), median_grams=median, grams=grams, paise=paise, home_months=months
    )  # fmt: skip
    got = worked(measured, benchmark, other, 26)
    if got.month_grams == 0:
        return
    assert got.floor_paise * got.month_grams >= got.needed_paise * 1000
    if got.floor_paise:
        assert (got.floor_paise - 1) * got.month_grams < got.needed_paise * 1000
    assert got.gap_paise == max(0, got.needed_paise - got.reached_paise)


def test_the_formula_by_hand() -> None:
    """15 kg x 20 days = 300 kg at 10 rupees = 3,000; a living income asks 64.14 a kilo."""
    got = worked(SEEN, LIVING, 0, 26)
    assert (got.days, got.month_grams, got.rate_paise, got.reached_paise) == (
        "20.00", 300_000, 1000, 300_000,
    )  # fmt: skip
    assert (got.gap_paise, got.floor_paise, got.gap_kg_paise) == (1_624_100, 6_414, 5_414)
    assert worked(SEEN, LIVING, 424_100, 26).floor_paise == 5_000
    # Other income is of the family, not of the day: a wage is not lessened by it.
    assert worked(SEEN, WAGE, 424_100, 26).needed_paise == 868_000


def test_too_few_days_tell_nothing() -> None:
    assert enough(SEEN, 30, 5)
    assert not enough(replace(SEEN, member_days=29), 30, 5)
    assert not enough(replace(SEEN, homes=4), 30, 5)
    assert not enough(replace(SEEN, median_grams=0), 30, 5)


def test_own_state_before_proxy_later_before_earlier_lower_before_higher() -> None:
    ratlam = replace(LIVING, area="Ratlam", paise=2_045_000)
    assert chosen([ratlam, LIVING], Kind.LIVING_INCOME, 20, ON) == LIVING
    own = replace(LIVING, state_lgd=20, proxy=False, paise=2_500_000, holds_from=ON)
    assert chosen([ratlam, LIVING, own], Kind.LIVING_INCOME, 20, ON) == own
    day_before = ON - timedelta(days=1)
    assert chosen([ratlam, LIVING, own], Kind.LIVING_INCOME, 20, day_before) == LIVING
    later = replace(WAGE, paise=45_000, holds_from=date(2026, 10, 1))
    assert chosen([WAGE, later], Kind.MINIMUM_WAGE, 20, ON) == later
    assert chosen([WAGE], Kind.MINIMUM_WAGE, 10, ON) is None


def test_what_a_benchmark_must_say() -> None:
    assert refusals_to_record(LIVING, ON) == ()
    wrong = replace(WAGE, per=Per.HOUSEHOLD_MONTH)
    assert {r.code for r in refusals_to_record(wrong, ON)} == {"per_does_not_fit", "family_missing"}
    far = replace(WAGE, holds_from=ON + timedelta(days=400))
    assert [r.field for r in refusals_to_record(far, ON)] == ["holds_from"]


@pytest.mark.parametrize(
    ("today", "began", "first", "last"),
    [
        (ON, None, date(2026, 8, 1), date(2026, 10, 31)),
        (ON, date(2026, 9, 25), date(2026, 10, 1), date(2026, 10, 31)),
        (ON, date(2026, 9, 1), date(2026, 9, 1), date(2026, 10, 31)),
        (ON, date(2026, 11, 3), date(2026, 11, 1), ON),
        (date(2026, 1, 15), None, date(2025, 10, 1), date(2025, 12, 31)),
    ],
)
def test_whole_months(today: date, began: date | None, first: date, last: date) -> None:
    got = whole_months(today, began)
    assert got == (first, last) or (began is not None and got == (began.replace(day=1), today))


def test_a_usual_month_counts_months_without_a_weighing() -> None:
    months = [MonthEarned(date(2026, 9, 1), 90_000, 1, 1), MonthEarned(date(2026, 11, 1), 7, 1, 1)]
    told = [ToldIncome("wages", Span(100_000, 300_000), ON)]
    got = usual_month(months, date(2026, 8, 1), date(2026, 10, 31), told)
    assert (got.dhibra_paise, got.total) == (30_000, Span(130_000, 330_000))
    assert got.gap(200_000) == Span(0, 70_000)
    assert not told[0].stands(ON + timedelta(days=366), 365)


def test_income_is_told_only_after_consent_and_the_right_way_round() -> None:
    assert refusals_to_tell(Span(1, 2), agreed=True) == ()
    codes = [r.code for r in refusals_to_tell(Span(2, 1), agreed=False)]
    assert codes == ["no_consent", "range_turned"]


@given(some.lists(some.tuples(some.sampled_from(Move), some.integers(1, 9)), max_size=40))
def test_neither_stock_nor_what_a_member_holds_goes_below_nothing(
    asked: list[tuple[Move, int]],
) -> None:
    done: list[tuple[Move, int]] = []
    for move, pieces in asked:
        sums = summed(done)
        there = Held(stock_of(sums), held_of(sums))
        if not refusals_to_move(KitMove("mask", move, pieces, "0001", ON), there, ON):
            done.append((move, pieces))
        assert stock_of(summed(done)) >= 0
        assert held_of(summed(done)) >= 0


def test_steps_of_another_livelihood() -> None:
    started = LinkStands(Step.STARTED, date(2026, 8, 1), date(2026, 8, 1))
    assert due_on(started) == date(2026, 10, 25)
    early = LinkStep(Step.MONTH_3, date(2026, 9, 1))
    assert [r.code for r in refusals_to_step(started, early, ON)] == ["too_early", "missing"]
    good = LinkStep(Step.MONTH_3, date(2026, 11, 1), 250_000)
    assert refusals_to_step(started, good, ON) == ()
    assert [r.code for r in refusals_to_step(started, LinkStep(Step.STOPPED, ON), ON)] == [
        "missing"
    ]
    assert [r.code for r in refusals_to_step(started, LinkStep(Step.MONTH_6, ON, 1), ON)] == [
        "step_order"
    ]
    stopped = LinkStands(Step.STOPPED, ON, date(2026, 8, 1))
    assert refusals_to_step(stopped, LinkStep(Step.STARTED, ON), ON)[0].code == "step_order"


def test_the_fund_spends_what_was_planned_and_is_there() -> None:
    spending = Spending(50_000, "cash", ON, "School", "7")
    facts = FundFacts(60_000, 60_000, ON, False)
    assert refusals_to_spend(spending, facts, ON) == ()
    assert [r.code for r in refusals_to_spend(spending, replace(facts, left_paise=40_000), ON)] == [
        "over_plan"
    ]
    assert [r.code for r in refusals_to_spend(spending, replace(facts, balance_paise=-1), ON)] == [
        "over_fund"
    ]
    assert [r.code for r in refusals_to_spend(spending, replace(facts, ended=True), ON)] == [
        "plan_ended"
    ]
    before = replace(spending, on=ON - timedelta(days=1))
    assert [r.code for r in refusals_to_spend(before, facts, ON)] == ["spending_day"]
    lines = lines_of(spending)
    assert [(one.account, one.paise) for one in lines] == [
        (Account.COMMON_FUND, 50_000),
        (Account.CASH, -50_000),
    ]
    assert [r.code for r in refusals_to_take_back(3, 3, taken_back=False, ended=False)] == [
        "same_person"
    ]
    assert [r.code for r in refusals_to_take_back(3, 4, taken_back=True, ended=False)] == [
        "already_reversed"
    ]


def test_small_groups_of_households_are_kept_back() -> None:
    got = bands([100_000] * 9 + [1_000_000] * 2 + [2_000_000] * 7, 2_000_000, 5, lambda _: 4)
    assert got[1].households == 0
    assert sum(one.households is None for one in got) >= 2
    rows = villages(
        by_village([("Dhab", 1)] * 9 + [("Tisri", 7)] * 2 + [("Khairatand", 100)] * 8),
        5,
        lambda _: 4,
    )
    assert {row.village: row.households for row in rows} == {
        "Dhab": None,
        "Khairatand": 5,
        "Tisri": None,
    }
    assert median_of([0, 0, 0, 80_000, 90_000], 5) == 0
    assert median_of([500_000, 100_000, 900_000, 733_100, 300_000], 5) == 500_000
    assert median_of([533_333, 100_000, 900_000, 733_100, 300_000], 5) == 550_000
    assert median_of([5, 1, 9, 7], 5) is None

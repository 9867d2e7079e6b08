"""Estimates against figures worked out by hand, coverage, counts of signs, what an activity must say."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.community.rules.coverage import Done, Hamlet, Place, coverage
from coop.community.rules.prevalence import Round, estimate, interval
from coop.community.rules.signs import Answered, Sign, SignCounts, counted, next_sign, shown
from coop.community.rules.work import (
    Activity,
    Meeting,
    refusals_of_activity,
    refusals_of_meeting,
)
from coop.kernel.rounding import Draw

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("at_work", "seen", "population", "least", "most"),
    [
        # z = 1.96 by hand: (p + z2/2n -+ z sqrt(p(1-p)/n + z2/4n2)) / (1 + z2/n)
        (10, 100, None, "0.055", "0.174"),
        (0, 30, None, "0.000", "0.114"),
        (30, 30, None, "0.886", "1.000"),
        # 100 of 200 count as 100 x 199 / 100 = 199: p = 0.1
        (10, 100, 200, "0.066", "0.150"),
        # 30 of 40 count as 30 x 39 / 10 = 117: p = 0.1
        (3, 30, 40, "0.058", "0.168"),
        (3, 30, 30, "0.100", "0.100"),
    ],
)
def test_wilson_by_hand(
    at_work: int, seen: int, population: int | None, least: str, most: str
) -> None:
    found = interval(at_work, seen, population)
    assert round(found.least, 3) == Decimal(least)
    assert round(found.most, 3) == Decimal(most)


@given(st.integers(1, 400), st.data())
def test_the_interval_contains_the_share_and_stays_a_share(seen: int, data: st.DataObject) -> None:
    at_work = data.draw(st.integers(0, seen))
    population = data.draw(st.none() | st.integers(seen, 2000))
    found = interval(at_work, seen, population)
    assert 0 <= found.least <= Decimal(at_work) / seen <= found.most <= 1


@given(st.integers(1, 60), st.integers(0, 60), st.integers(2, 5))
def test_it_narrows_with_more_children_and_with_a_smaller_village(
    seen: int, part: int, times: int
) -> None:
    at_work = min(part, seen)
    few, many = interval(at_work, seen), interval(at_work * times, seen * times)
    assert many.most - many.least < few.most - few.least
    wide, narrow = interval(at_work, seen, seen * 5), interval(at_work, seen, seen * 2)
    assert narrow.most - narrow.least <= wide.most - wide.least <= few.most - few.least


@pytest.mark.parametrize(("at_work", "seen"), [(1, 0), (-1, 5), (6, 5), (0, 0)])
def test_counts_that_do_not_fit_are_no_estimate(at_work: int, seen: int) -> None:
    with pytest.raises(ValueError, match="of"):
        interval(at_work, seen)


ROUND = Round("Namunatand", TODAY, False, 40, 60, 6)


def test_an_estimate_is_a_band_with_its_coverage() -> None:
    # 6 of 60 in 40 of 80 homes: N = 120, n = 60 x 119 / 60 = 119, 0.0580 to 0.1670
    found = estimate(ROUND, 80, 30)
    assert (found.coverage, found.least, found.most) == (50, 5, 20)
    # Without an end: 0.0466 to 0.2015; a list that knows 20 homes says nothing of 40.
    for homes in (0, 20):
        unknown = estimate(ROUND, homes, 30)
        assert (unknown.coverage, unknown.least, unknown.most) == (None, 0, 25)
    # Every home: 6 of 60 is 10 in 100, still shown as a band.
    every = estimate(ROUND, 40, 30)
    assert (every.coverage, every.least, every.most) == (100, 10, 15)


def test_nothing_is_said_of_few_children() -> None:
    found = estimate(replace(ROUND, children_seen=29, children_at_work=3), 80, 30)
    assert (found.least, found.most) == (None, None)
    assert estimate(replace(ROUND, children_seen=30, children_at_work=3), 80, 30).least is not None
    assert estimate(replace(ROUND, children_seen=0, children_at_work=0), 80, 0).least is None


@given(st.integers(30, 300), st.data())
def test_a_band_is_never_a_point(seen: int, data: st.DataObject) -> None:
    at_work = data.draw(st.integers(0, seen))
    homes = data.draw(st.integers(0, 300))
    found = estimate(replace(ROUND, children_seen=seen, children_at_work=at_work), homes, 30)
    assert found.least is not None
    assert found.most is not None
    assert 0 <= found.least < found.most <= 100
    assert found.least % 5 == found.most % 5 == 0
    assert found.least * seen <= 100 * at_work <= found.most * seen


def test_hamlets_with_gaps_come_first() -> None:
    hamlets = [
        Hamlet("a", "", "A", "", 3),
        Hamlet("a", "up", "A", "Up", 9),
        Hamlet("b", "", "B", "", 4),
        Hamlet("c", "", "C", "", 5),
    ]
    since = TODAY - timedelta(days=90)
    lines = coverage(
        hamlets,
        [Place("a", "up"), Place("b")],
        [Place("a")],
        [Done(Place("a"), since), Done(Place("b"), since - timedelta(1)), Done(Place("c"), TODAY + timedelta(1))],
        TODAY,
        90,
    )  # fmt: skip
    assert [(x.hamlet.village, x.hamlet.tola, x.gaps) for x in lines] == [
        ("C", "", 3),
        ("B", "", 2),
        ("A", "", 1),
        ("A", "Up", 0),
    ]
    assert lines[3].active_on == since
    assert not lines[2].partner


SIGNS = [
    Sign("advance", "a", "a", False, "x", False),
    Sign("papers", "p", "p", True, "x", False),
]
YES, NO, SKIPPED = Answered.YES, Answered.NO, Answered.SKIPPED


def test_signs_are_asked_one_by_one_and_counted_by_household() -> None:
    assert next_sign(SIGNS, {}) == SIGNS[0]
    assert next_sign(SIGNS, {"advance": SKIPPED}) == SIGNS[1]
    assert next_sign(SIGNS, {"advance": NO, "papers": YES}) is None
    sheets = [{"advance": YES, "papers": NO}, {"papers": YES}, {"advance": SKIPPED}, {}]
    assert counted(SIGNS, sheets) == SignCounts(3, 1, 1)


def test_what_is_shown_of_signs_is_rounded() -> None:
    low = [Draw(0, 0)] * 3
    assert shown(SignCounts(12, 4, 6), low) == SignCounts(15, None, 10)
    assert shown(SignCounts(12, 4, 6), [Draw(4, 1)] * 3) == SignCounts(10, None, 5)


SESSION = Activity(
    "awareness", "school", "Namunatand", "", TODAY, "hindi", {("F", "adult"): 4, ("M", "adult"): 0}
)


@pytest.mark.parametrize(
    ("changed", "own", "code"),
    [
        ({"topic": ""}, True, "topic"),
        ({"on_day": TODAY + timedelta(1)}, True, "future"),
        ({"reached": {("F", "adult"): 0}}, True, "nobody"),
        ({}, False, "not_assigned"),
    ],
)
def test_what_keeps_an_activity_out(changed: dict[str, object], own: bool, code: str) -> None:
    one = replace(SESSION, **changed)  # type: ignore[arg-type]  # fields by name
    assert [x.code for x in refusals_of_activity(one, TODAY, own_place=own)] == [code]
    assert list(refusals_of_activity(SESSION, TODAY, own_place=True)) == []


def test_what_keeps_a_meeting_out() -> None:
    good = Meeting(TODAY, ("parent",), "Bridge class")
    assert list(refusals_of_meeting(good, TODAY, TODAY)) == []
    early = list(refusals_of_meeting(replace(good, present=()), TODAY + timedelta(1), TODAY))
    assert [one.code for one in early] == ["before_formed", "nobody"]

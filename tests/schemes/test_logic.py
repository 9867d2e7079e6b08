"""The algebra of yes, no and not known, and measures of dates that are known in part."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.schemes.rules import logic
from coop.schemes.rules.dates import Measure, Span, measured, read_span, written
from coop.schemes.rules.logic import (
    AllOf,
    AnyOf,
    NotOf,
    Op,
    Rule,
    Truth,
    every,
    holds,
    lacks,
    opposite,
    some,
    truth,
)

truths = st.sampled_from([True, False, None])
many = st.lists(truths, max_size=6)
NAMES = ("h.a", "h.b", "h.c", "h.d")
atoms = st.sampled_from([logic.Test(name, name, Op.IS, True) for name in NAMES])
rules: st.SearchStrategy[Rule] = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: AllOf(tuple(parts))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
        inner.map(NotOf),
    ),
    max_leaves=8,
)
answers = st.fixed_dictionaries(dict.fromkeys(NAMES, truths))


@given(many)
def test_de_morgan_holds(parts: list[Truth]) -> None:
    assert opposite(every(parts)) == some(opposite(part) for part in parts)
    assert opposite(some(parts)) == every(opposite(part) for part in parts)


@given(many, many)
def test_order_and_grouping_do_not_matter(one: list[Truth], other: list[Truth]) -> None:
    assert every([*one, *other]) == every([*other, *one]) == every([every(one), every(other)])
    assert some([*one, *other]) == some([*other, *one]) == some([some(one), some(other)])


@given(truths)
def test_kleene_does_not_guess(part: Truth) -> None:
    assert opposite(opposite(part)) == part
    assert some([part, opposite(part)]) is (None if part is None else True)
    assert every([part, False]) is False
    assert some([part, True]) is True


@given(rules, answers, answers)
def test_knowing_more_never_turns_a_decision(
    rule: Rule, known: dict[str, Truth], more: dict[str, Truth]
) -> None:
    fuller = {name: more[name] if known[name] is None else known[name] for name in NAMES}
    came = truth(rule, lambda test: known[test.base])
    if came is not None:
        assert truth(rule, lambda test: fuller[test.base]) is came


@given(rules, answers, answers)
def test_only_what_is_lacking_can_matter(
    rule: Rule, known: dict[str, Truth], more: dict[str, Truth]
) -> None:
    wanted = lacks(rule, lambda test: known[test.base])
    assert (not wanted) == (truth(rule, lambda test: known[test.base]) is not None)
    assert wanted <= {test.base for test in logic.tests(rule)}
    other = {
        name: more[name] if known[name] is None and name not in wanted else known[name]
        for name in NAMES
    }
    assert lacks(rule, lambda test: other[test.base]) == wanted


@given(rules, answers)
def test_answering_what_is_lacking_decides(rule: Rule, known: dict[str, Truth]) -> None:
    wanted = lacks(rule, lambda test: known[test.base])
    full = {name: True if name in wanted else known[name] for name in NAMES}
    assert truth(rule, lambda test: full[test.base]) is not None


days = st.dates(date(1920, 1, 1), date(2030, 12, 31))


@given(days, st.integers(0, 800), days, st.sampled_from(Measure))
def test_a_span_measures_as_all_of_its_days(
    first: date, length: int, on: date, measure: Measure
) -> None:
    if first > on:
        return
    last = first + timedelta(days=length)
    got = measured(Span(first, last), measure, on)
    each = {
        measured(Span(day, day), measure, on).low
        for day in (first + timedelta(days=n) for n in range(length + 1))
        if day <= on
    }
    assert each == set(range(got.low, got.high + 1))  # no value between is left out


@given(
    days,
    st.integers(0, 900),
    days,
    st.sampled_from([op for op in Op if op not in (Op.IN, Op.HAS, Op.HAS_NONE, Op.WITHIN)]),
    st.integers(-2, 60),
)
def test_a_test_on_a_span_is_what_its_days_agree_on(
    first: date, length: int, on: date, op: Op, value: int
) -> None:
    if first > on:
        return
    test = logic.Test("p.age", "p.dob", op, value, Measure.YEARS)
    last = first + timedelta(days=length)
    came = {
        holds(test, Span(day, day), on)
        for day in (first + timedelta(days=n) for n in range(length + 1))
        if day <= on
    }
    assert holds(test, Span(first, last), on) is (came.pop() if len(came) == 1 else None)


def test_the_birthday_itself_completes_the_year() -> None:
    leap = read_span("2004-02-29")
    for day, age in (
        ("2024-02-28", 19),
        ("2024-02-29", 20),
        ("2026-02-28", 21),
        ("2026-03-01", 22),
    ):
        assert measured(leap, Measure.YEARS, date.fromisoformat(day)).low == age


def test_the_example_of_a_year_alone() -> None:
    on, dob = date(2026, 7, 1), read_span("1976")
    ages = {
        value: holds(logic.Test("p.age", "p.dob", Op.AT_LEAST, value, Measure.YEARS), dob, on)
        for value in (18, 60, 50)
    }
    assert ages == {18: True, 60: False, 50: None}


def test_months_on_31_march_may_lie_ahead() -> None:
    measure = Measure.MONTHS_ON_31_MARCH
    assert measured(read_span("2022-09-30"), measure, date(2026, 1, 1)).low == 42
    assert measured(read_span("2026-05-01"), measure, date(2026, 6, 1)).low == -2


@pytest.mark.parametrize("text", ["1976", "1975/1976", "2024-06", "2024-06-30"])
def test_a_span_is_written_as_it_was_read(text: str) -> None:
    assert written(read_span(text)) == text


def test_an_unknown_answer_leaves_every_test_unknown() -> None:
    on = date(2026, 1, 1)
    for op in Op:
        assert holds(logic.Test("p.x", "p.x", op, frozenset()), None, on) is None
    assert holds(logic.Test("p.x", "p.x", Op.HAS_NONE, frozenset()), frozenset({"A"}), on) is True

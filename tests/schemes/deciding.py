"""Households made to order: every criterion of a scheme holds, or all but one do.

Each way to make a rule true or false is a set of allowed answers by fact; ways are joined until all
criteria are as wanted. Candidates are the answers at and beside every threshold of the scheme.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import product

from coop.schemes.rules.dates import Measure, Span, measured
from coop.schemes.rules.facts import Answer, FactBook, Facts, Kind, Person
from coop.schemes.rules.logic import AllOf, AnyOf, NotOf, Rule, Test, holds, tests
from coop.schemes.rules.scheme import About, Catalogue, Criterion, Scheme, in_force

Way = Mapping[str, frozenset[Answer]]


@dataclass(frozen=True, slots=True)
class Ground:
    """A scheme on a day, with the answers that are tried for each of its facts."""

    scheme: Scheme
    on: date
    candidates: Mapping[str, frozenset[Answer]]

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        return in_force(self.scheme.criteria, self.on)


def ground(scheme: Scheme, catalogue: Catalogue, on: date) -> Ground:
    asked: dict[str, list[Test]] = {}
    for criterion in in_force(scheme.criteria, on):
        for test in tests(criterion.rule):
            asked.setdefault(test.base, []).append(test)
    return Ground(
        scheme,
        on,
        {name: frozenset(_answers(catalogue.book, name, asked[name], on)) for name in asked},
    )


def _thresholds(asked: list[Test]) -> Iterator[Decimal]:
    for test in asked:
        for value in test.value if isinstance(test.value, tuple) else (test.value,):
            assert isinstance(value, int | Decimal)
            yield Decimal(value)


def _answers(book: FactBook, name: str, asked: list[Test], on: date) -> Iterator[Answer]:
    fact = book.facts[name]
    match fact.kind:
        case Kind.BOOL:
            yield from (True, False)
        case Kind.ENUM:
            yield from fact.words
        case Kind.SET | Kind.SCHEMES:
            yield frozenset()
            for test in asked:
                assert isinstance(test.value, frozenset)
                yield from (frozenset({word}) for word in test.value)
        case Kind.INT:
            low, high = fact.low or 0, fact.high if fact.high is not None else 10**6
            yield from {
                int(value) + step
                for value in _thresholds(asked)
                for step in (-1, 0, 1)
                if low <= value + step <= high
            }
        case Kind.NUM:
            for value in _thresholds(asked):
                yield from (
                    value,
                    value + Decimal("0.01"),
                    max(value - Decimal("0.01"), Decimal(0)),
                )
        case Kind.DATE:
            for test in asked:
                yield from _days(test, on)


def _days(test: Test, on: date) -> Iterator[Span]:
    """Days at which what is measured reaches a threshold, and those around."""
    assert test.measure is not None
    length = {Measure.DAYS: 1.0, Measure.YEARS: 365.25}.get(test.measure, 30.44)
    march = test.measure is Measure.MONTHS_ON_31_MARCH
    start = date(on.year, 3, 31) if march else on
    for value in _thresholds([test]):
        for count in (int(value) - 1, int(value), int(value) + 1):
            about = start - timedelta(days=int(count * length))
            for step in range(-45, 46):
                near = about + timedelta(days=step)
                if near > on or near.year < 1900 or _count(near, test, on) != count:
                    continue
                if near == on or _count(near + timedelta(days=1), test, on) != count:
                    yield Span(near, near)  # the last day on which it is so: the birthday itself


def _count(day: date, test: Test, on: date) -> int:
    assert test.measure is not None
    return measured(Span(day, day), test.measure, on).low


def ways(rule: Rule, want: bool, on: Ground) -> list[Way]:
    match rule:
        case Test():
            fitting = frozenset(
                answer for answer in on.candidates[rule.base] if holds(rule, answer, on.on) is want
            )
            return [{rule.base: fitting}] if fitting else []
        case NotOf(part):
            return ways(part, not want, on)
        case AllOf(parts) | AnyOf(parts):
            each = [ways(part, want, on) for part in parts]
            if isinstance(rule, AllOf) == want:
                return list(joined(each))
            return [way for found in each for way in found]


def joined(each: Iterable[list[Way]]) -> Iterator[Way]:
    """One way of each list, together; contradictions drop out."""
    found: list[Way] = [{}]
    for further in each:
        found = [
            both
            for one, other in product(found, further)
            if (both := _both(one, other)) is not None
        ]
        found = sorted(found, key=len)[:400]
    return iter(found)


def _both(one: Way, other: Way) -> Way | None:
    merged = dict(one)
    for name, answers in other.items():
        merged[name] = merged[name] & answers if name in merged else answers
        if not merged[name]:
            return None
    return merged


def household_where(on: Ground, failing: str | None = None) -> Facts | None:
    """Facts with as few answers as can be: all criteria hold, or all but one, which fails."""
    return next(households_where(on, failing), None)


def households_where(on: Ground, failing: str | None = None) -> Iterator[Facts]:
    """The same, every way there is."""
    each = [ways(one.rule, one.id != failing, on) for one in on.criteria]
    for way in joined(sorted(each, key=len)):
        answers = {name: _plainest(found) for name, found in way.items()}
        household = {name: answer for name, answer in answers.items() if name.startswith("h.")}
        person = {name: answer for name, answer in answers.items() if name.startswith("p.")}
        persons = (Person("one", person),) if on.scheme.about is About.PERSON else ()
        yield Facts(household, persons)


def _plainest(answers: frozenset[Answer]) -> Answer:
    """Always the same of several: married before widow, the smallest number, no other benefit."""
    order = ["married", "unmarried", "JH", "OBC", "PHH", "govt", "F", "self_employed"]

    def key(answer: Answer) -> tuple[object, ...]:
        if isinstance(answer, str):
            return (order.index(answer) if answer in order else 99, answer)
        if isinstance(answer, frozenset):
            return (len(answer), tuple(sorted(answer)))
        if isinstance(answer, Span):  # the youngest that fits: on the birthday itself
            return (-answer.first.toordinal(),)
        return (answer,)

    return min(answers, key=key)


def days_to_look_at(scheme: Scheme) -> list[date]:
    """The first day of each stretch in which the same rows hold."""
    starts = {scheme.days.first or date(2010, 1, 1)}
    for row in [*scheme.criteria, *scheme.benefits]:
        if row.days.first:
            starts.add(row.days.first)
        if row.days.last and scheme.days.hold(row.days.last + timedelta(days=1)):
            starts.add(row.days.last + timedelta(days=1))
    return sorted(day for day in starts if scheme.days.hold(day))

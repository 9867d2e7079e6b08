"""Yes, no and not known: strong Kleene logic over tests of facts, and what is still to be asked.

A truth is True, False or None (unknown). A part that is decided never hides behind one that is not:
``all`` is false as soon as one part is, ``any`` is true as soon as one part is.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import assert_never

from coop.schemes.rules.dates import Measure, Range, Span, measured
from coop.schemes.rules.facts import Answer, Number

Truth = bool | None
Value = bool | str | Number | tuple[Number, Number] | frozenset[str]


class Op(StrEnum):
    """What a test asks of an answer."""

    IS = "="
    IS_NOT = "!="
    BELOW = "<"
    AT_MOST = "<="
    ABOVE = ">"
    AT_LEAST = ">="
    WITHIN = "within"
    IN = "in"
    HAS = "has"
    HAS_NONE = "hasnt"


@dataclass(frozen=True, slots=True)
class Test:
    """One question of a rule. ``fact`` is the name in the rule, ``base`` the one that is asked."""

    fact: str
    base: str
    op: Op
    value: Value
    measure: Measure | None = None


@dataclass(frozen=True, slots=True)
class AllOf:
    """Holds when every part does."""

    parts: tuple["Rule", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Holds when one part does."""

    parts: tuple["Rule", ...]


@dataclass(frozen=True, slots=True)
class NotOf:
    """Holds when its part does not."""

    part: "Rule"


Rule = Test | AllOf | AnyOf | NotOf
Look = Callable[[Test], Truth]


def every(parts: Iterable[Truth]) -> Truth:
    """False if any is false, else unknown if any is unknown, else true.

    >>> every([None, False]), every([True, None]), every([])
    (False, None, True)
    """
    seen = set(parts)
    return False if False in seen else (None if None in seen else True)


def some(parts: Iterable[Truth]) -> Truth:
    """True if any is true, else unknown if any is unknown, else false.

    >>> some([None, True]), some([False, None]), some([])
    (True, None, False)
    """
    seen = set(parts)
    return True if True in seen else (None if None in seen else False)


def opposite(part: Truth) -> Truth:
    """True and false change places; unknown stays.

    >>> opposite(None) is None
    True
    """
    return None if part is None else not part


def truth(rule: Rule, look: Look) -> Truth:
    """What a rule comes to when ``look`` tells each of its tests."""
    match rule:
        case Test():
            return look(rule)
        case AllOf(parts):
            return every(truth(part, look) for part in parts)
        case AnyOf(parts):
            return some(truth(part, look) for part in parts)
        case NotOf(part):
            return opposite(truth(part, look))


def lacks(rule: Rule, look: Look) -> frozenset[str]:
    """The facts that could still decide an undecided rule; none where it is decided.

    Within an undecided ``all`` or ``any`` the decided parts cannot matter any more.
    """
    if truth(rule, look) is not None:
        return frozenset()
    match rule:
        case Test():
            return frozenset((rule.base,))
        case AllOf(parts) | AnyOf(parts):
            return frozenset().union(*(lacks(part, look) for part in parts))
        case NotOf(part):
            return lacks(part, look)


def tests(rule: Rule) -> Iterator[Test]:
    """Every test within a rule."""
    match rule:
        case Test():
            yield rule
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from tests(part)
        case NotOf(part):
            yield from tests(part)


def holds(test: Test, answer: Answer | None, on: date) -> Truth:
    """What one test comes to on one answer; an unknown answer leaves every test unknown."""
    if answer is None:
        return None
    if isinstance(answer, Span):
        if test.measure is None:
            raise TypeError(f"{test.fact}: a date is not compared itself")
        return _holds_on_range(test, measured(answer, test.measure, on))
    if isinstance(answer, frozenset):
        meets = not answer.isdisjoint(_words(test))
        return meets if test.op is Op.HAS else not meets
    if isinstance(answer, str):
        return _holds_on_word(test, answer)
    if isinstance(answer, bool):
        return (answer == test.value) == (test.op is Op.IS)
    return _holds_on_number(test, answer)


def _words(test: Test) -> frozenset[str]:
    if not isinstance(test.value, frozenset):
        raise TypeError(f"{test.fact}: words are expected")
    return test.value


def _holds_on_word(test: Test, answer: str) -> bool:
    if test.op is Op.IN:
        return answer in _words(test)
    return (answer == test.value) == (test.op is Op.IS)


def _bounds(test: Test) -> tuple[Number, Number]:
    value = test.value
    if isinstance(value, tuple):
        return value
    if isinstance(value, str | frozenset):
        raise TypeError(f"{test.fact}: a number is expected")
    return value, value


def _holds_on_number(test: Test, answer: Number) -> bool:
    low, high = _bounds(test)
    match test.op:
        case Op.IS | Op.WITHIN:
            return low <= answer <= high
        case Op.IS_NOT:
            return answer != low
        case Op.BELOW:
            return answer < low
        case Op.AT_MOST:
            return answer <= low
        case Op.ABOVE:
            return answer > low
        case Op.AT_LEAST:
            return answer >= low
        case Op.IN | Op.HAS | Op.HAS_NONE:
            raise TypeError(f"{test.fact}: {test.op} does not suit a number")
        case _:
            assert_never(test.op)


def _holds_on_range(test: Test, possible: Range) -> Truth:
    """True if the test holds for every possible value, false if for none."""
    ends = (_holds_on_number(test, possible.low), _holds_on_number(test, possible.high))
    if test.op in (Op.IS, Op.IS_NOT, Op.WITHIN):
        low, high = _bounds(test)
        if possible.high < low or possible.low > high:
            return test.op is Op.IS_NOT
        if low <= possible.low and possible.high <= high:
            return test.op is not Op.IS_NOT
        return None
    return ends[0] if ends[0] == ends[1] else None

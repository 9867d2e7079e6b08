"""Judge a household by the whole catalogue, exactly and fast.

Every test of the catalogue is one bit. An answer sets bits of two whole numbers: tests that hold and
tests that do not; a bit in neither is unknown. What one answer sets is worked out once and kept, and
so is what a pattern of bits means for a scheme, so that a hundred thousand households cost a few
look-ups each. The meaning itself is ``coop.schemes.rules.logic`` and nothing else.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple, TypeVar

from coop.schemes.rules.answers import HOUSEHOLD
from coop.schemes.rules.facts import Answer, FactBook, Facts
from coop.schemes.rules.logic import Look, Rule, Test, Truth, holds, lacks, tests, truth
from coop.schemes.rules.scheme import About, Catalogue, Criterion, Scheme, in_force

NOT_IN_FORCE = "in_force"
_MOST_KEPT = 50_000

K = TypeVar("K")
V = TypeVar("V")


class Result(StrEnum):
    """What comes out for one scheme and one applicant."""

    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    NEEDS_FACTS = "needs_facts"


class Judgement(NamedTuple):
    """A result, the criteria that fail, and the facts that could still decide; both in order."""

    result: Result
    failing: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


class Outcome(NamedTuple):
    """A scheme's judgement of an applicant: a person's id, or ``household``."""

    scheme: str
    applicant: str
    judgement: Judgement


ELIGIBLE = Judgement(Result.ELIGIBLE)
CLOSED = Judgement(Result.NOT_ELIGIBLE, (NOT_IN_FORCE,))


def judge_plainly(scheme: Scheme, answers: Mapping[str, Answer], on: date) -> Judgement:
    """Judge one applicant by one scheme, criterion by criterion: the meaning in a few lines.

    ``answers``: of the household, and of the person where the scheme is about persons.
    """

    def look(test: Test) -> Truth:
        return holds(test, answers.get(test.base), on)

    if not scheme.days.hold(on):
        return CLOSED
    return _judgement(in_force(scheme.criteria, on), look)


def _judgement(criteria: Iterable[Criterion], look: Look) -> Judgement:
    seen = [(one, truth(one.rule, look)) for one in criteria]
    failing = sorted({one.id for one, came in seen if came is False})
    if failing:
        return Judgement(Result.NOT_ELIGIBLE, tuple(failing))
    missing = frozenset[str]().union(*(lacks(one.rule, look) for one, _ in seen))
    if missing:
        return Judgement(Result.NEEDS_FACTS, missing=tuple(sorted(missing)))
    return ELIGIBLE


class _Kept(dict[K, V]):
    """Works a value out at the first asking and keeps it; forgets all when there are too many."""

    def __init__(self, work_out: Callable[[K], V]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, key: K) -> V:
        if len(self) >= _MOST_KEPT:
            self.clear()
        value = self[key] = self._work_out(key)
        return value


class _Bits:
    """Which bit stands for which test or composed criterion."""

    def __init__(self) -> None:
        self.of: dict[Rule, int] = {}

    def __getitem__(self, rule: Rule) -> int:
        """The bit of a rule, a new one if it has none: the same rule shares it in all schemes."""
        return self.of.setdefault(rule, 1 << len(self.of))

    def looked_up(self, true: int, false: int) -> Look:
        """Read tests from a pattern."""

        def look(test: Test) -> Truth:
            bit = self.of[test]
            return True if true & bit else (False if false & bit else None)

        return look


class _Composed:
    """A criterion of several tests: its own bit, set from the bits of its tests."""

    def __init__(self, rule: Rule, bits: _Bits) -> None:
        self.bit = bits[rule]
        self.mask = _union(bits[test] for test in tests(rule))
        self.of_household = all(test.base.startswith("h.") for test in tests(rule))
        self.kept: _Kept[tuple[int, int], tuple[int, int]] = _Kept(
            lambda pattern: self._set(truth(rule, bits.looked_up(*pattern)))
        )

    def _set(self, came: Truth) -> tuple[int, int]:
        return (self.bit if came is True else 0, self.bit if came is False else 0)


class _Ruled:
    """A scheme on a day: the bits that must all hold, and what patterns of them mean."""

    def __init__(self, scheme: Scheme, criteria: tuple[Criterion, ...], bits: _Bits) -> None:
        self.code = scheme.code
        self.of_household = scheme.about is About.HOUSEHOLD
        self.mask = _union(bits[one.rule] for one in criteria)
        self.whole = self.mask | _union(
            bits[test] for one in criteria for test in tests(one.rule)
        )  # with the tests within composed criteria: they tell what is lacking
        self.failed: _Kept[int, Judgement] = _Kept(
            lambda false: Judgement(
                Result.NOT_ELIGIBLE,
                tuple(sorted({one.id for one in criteria if bits[one.rule] & false})),
            )
        )
        self.open: _Kept[tuple[int, int], Judgement] = _Kept(
            lambda pattern: _judgement(criteria, bits.looked_up(*pattern))
        )


class DayRules:
    """The catalogue as it stands on one day, made ready to judge any number of households."""

    def __init__(self, catalogue: Catalogue, on: date) -> None:
        self.on = on
        bits = _Bits()
        self._schemes = [
            _Ruled(scheme, in_force(scheme.criteria, on), bits) if scheme.days.hold(on) else scheme
            for _, scheme in sorted(catalogue.schemes.items())
        ]
        composed = {
            one.rule: _Composed(one.rule, bits)
            for scheme in catalogue.schemes.values()
            if scheme.days.hold(on)
            for one in in_force(scheme.criteria, on)
            if not isinstance(one.rule, Test)
        }
        self._composed_household = [one for one in composed.values() if one.of_household]
        self._composed_person = [one for one in composed.values() if not one.of_household]
        self._answers = _answers(bits, catalogue.book, on)

    def _pattern(
        self, answers: Mapping[str, Answer], composed: Iterable[_Composed], true: int, false: int
    ) -> tuple[int, int]:
        tables = self._answers
        for name, answer in answers.items():
            table = tables.get(name)
            if table is not None:
                holding, not_holding = table[answer]
                true |= holding
                false |= not_holding
        for one in composed:
            mask = one.mask
            holding, not_holding = one.kept[true & mask, false & mask]
            true |= holding
            false |= not_holding
        return true, false

    def _patterns(self, facts: Facts) -> tuple[tuple[int, int], list[tuple[str, int, int]]]:
        """The household's pattern, and each person's (the household's tests among it), by id."""
        true, false = self._pattern(facts.household, self._composed_household, 0, 0)
        persons = sorted(facts.persons, key=lambda person: person.id)
        return (true, false), [
            (person.id, *self._pattern(person.answers, self._composed_person, true, false))
            for person in persons
        ]

    def outcomes(self, facts: Facts) -> list[Outcome]:
        """Every scheme with each of its applicants, by scheme and applicant in code-point order."""
        (true, false), persons = self._patterns(facts)
        found: list[Outcome] = []
        for scheme in self._schemes:
            if isinstance(scheme, Scheme):
                found.extend(_closed(scheme, persons))
                continue
            code, mask, whole = scheme.code, scheme.mask, scheme.whole
            applicants = [(HOUSEHOLD, true, false)] if scheme.of_household else persons
            for applicant, holding, not_holding in applicants:
                if failed := not_holding & mask:
                    judgement = scheme.failed[failed]
                elif holding & mask == mask:
                    judgement = ELIGIBLE
                else:
                    judgement = scheme.open[holding & whole, not_holding & whole]
                found.append(Outcome(code, applicant, judgement))
        return found

    def results(self, facts: Facts) -> list[Result]:
        """The verdicts of ``outcomes`` alone, in the same order."""
        (true, false), persons = self._patterns(facts)
        found: list[Result] = []
        for scheme in self._schemes:
            if isinstance(scheme, Scheme):
                found.extend(outcome.judgement.result for outcome in _closed(scheme, persons))
                continue
            mask = scheme.mask
            applicants = [(HOUSEHOLD, true, false)] if scheme.of_household else persons
            for _, holding, not_holding in applicants:
                if not_holding & mask:
                    found.append(Result.NOT_ELIGIBLE)
                elif holding & mask == mask:
                    found.append(Result.ELIGIBLE)
                else:
                    found.append(Result.NEEDS_FACTS)
        return found


def _closed(scheme: Scheme, persons: list[tuple[str, int, int]]) -> Iterator[Outcome]:
    of_household = scheme.about is About.HOUSEHOLD
    for applicant in [HOUSEHOLD] if of_household else [person for person, _, _ in persons]:
        yield Outcome(scheme.code, applicant, CLOSED)


def _answers(bits: _Bits, book: FactBook, on: date) -> dict[str, "_Kept[Answer, tuple[int, int]]"]:
    """By fact: what an answer sets. Facts that no rule of the day reads have no table."""
    asked: dict[str, list[tuple[Test, int]]] = defaultdict(list)
    for rule, bit in bits.of.items():
        if isinstance(rule, Test):
            asked[rule.base].append((rule, bit))
    return {name: _Kept(_setting(asked[name], on)) for name in book.facts if name in asked}


def _setting(asked: list[tuple[Test, int]], on: date) -> Callable[[Answer], tuple[int, int]]:
    def work_out(answer: Answer) -> tuple[int, int]:
        seen = [(bit, holds(test, answer, on)) for test, bit in asked]
        return (
            _union(bit for bit, came in seen if came is True),
            _union(bit for bit, came in seen if came is False),
        )

    return work_out


def _union(bits: Iterable[int]) -> int:
    union = 0
    for bit in bits:
        union |= bit
    return union

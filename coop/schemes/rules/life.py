"""What happened in a household since it was checked last, so that it is checked again. Pure.

Worked out when somebody looks, from days alone: no task runs in between, and none is missed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from coop.kernel.words import Said, say
from coop.schemes.rules.dates import Measure, Span
from coop.schemes.rules.logic import Op, Test, Value, tests
from coop.schemes.rules.scheme import Days, Scheme, in_force
from coop.schemes.rules.screening import STATE


class Life(StrEnum):
    """Why a household is checked again."""

    BIRTHDAY = "birthday"
    SOON = "soon"
    BIRTH = "birth"
    JOINED = "joined"
    DEATH = "death"
    MARRIAGE = "marriage"
    MOVED = "moved"
    CLASS = "class"
    MIGRATION = "migration"
    LIST = "list"
    TOLD = "told"
    RULES = "rules"
    PASSBOOK = "passbook"


WORDS: Mapping[Life, Said] = {
    Life.BIRTHDAY: say("A birthday that decides something"),
    Life.SOON: say("A birthday that decides something is near"),
    Life.BIRTH: say("A child came into the family"),
    Life.JOINED: say("Somebody came into the family"),
    Life.DEATH: say("A death in the family"),
    Life.MARRIAGE: say("A marriage"),
    Life.MOVED: say("Somebody moved in or out"),
    Life.CLASS: say("A new class or school year"),
    Life.MIGRATION: say("Away for work, or back"),
    Life.LIST: say("The household list says something new"),
    Life.TOLD: say("The family told something new"),
    Life.RULES: say("The rules of a scheme changed"),
    Life.PASSBOOK: say("Look at the passbook: has it come?"),
}


@dataclass(frozen=True, slots=True)
class Born:
    """Somebody's birth as far as it is known. ``who``: a name or number to show."""

    person_no: str
    span: Span


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that a register says happened after the last check."""

    kind: Life
    on: date


@dataclass(frozen=True, slots=True)
class Household:
    """What is known of a household for this. ``in_class``: somebody's class is known."""

    checked_on: date
    in_jharkhand: bool
    born: tuple[Born, ...] = ()
    happened: tuple[Happened, ...] = ()
    in_class: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, since when; ``age`` and ``person_no`` at a birthday, ``schemes`` where rules changed (codes)."""

    kind: Life
    on: date
    person_no: str = ""
    age: int = 0
    schemes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Calendar:
    """A day with what holds on it: ages that decide something, changes of rules, own targets in days."""

    today: date
    ages: tuple[int, ...]
    changes: tuple[
        tuple[date, str, bool], ...
    ]  # the day, the scheme's code, whether it is a State's own
    ahead: int
    school_month: int


def deciding_ages(schemes: Iterable[Scheme], on: date) -> tuple[int, ...]:
    """Completed years at which a criterion of a public scheme turns, in order."""
    found: set[int] = set()
    for scheme in schemes:
        if scheme.private:
            continue
        for criterion in in_force(scheme.criteria, on):
            for test in tests(criterion.rule):
                if test.base == "p.dob" and test.measure is Measure.YEARS:
                    found |= _turns(test)
    return tuple(sorted(age for age in found if 0 < age < 120))


def _turns(test: Test) -> set[int]:
    """The values from which a test on whole years may say something else."""
    value: Value = test.value
    ends = value if isinstance(value, tuple) else (value,)
    numbers = [int(end) for end in ends if not isinstance(end, (bool, str, frozenset))]
    match test.op:
        case Op.BELOW | Op.AT_LEAST:
            return set(numbers)
        case Op.AT_MOST | Op.ABOVE:
            return {number + 1 for number in numbers}
        case Op.WITHIN:
            return {numbers[0], numbers[-1] + 1} if numbers else set()
        case _:
            return {number + step for number in numbers for step in (0, 1)}


def rule_changes(schemes: Iterable[Scheme]) -> tuple[tuple[date, str, bool], ...]:
    """Every day on which a public scheme, a criterion or a benefit begins or has ended, or a file says so."""
    found = set()
    for scheme in schemes:
        if scheme.private:
            continue
        of_state = any(criterion.id == STATE for criterion in scheme.criteria)
        rows: list[Days] = [scheme.days]
        rows += [row.days for row in scheme.criteria]
        rows += [row.days for row in scheme.benefits]
        found |= {(day, scheme.code, of_state) for day in scheme.again}
        for days in rows:
            if days.first is not None:
                found.add((days.first, scheme.code, of_state))
            if days.last is not None:
                found.add((days.last + timedelta(days=1), scheme.code, of_state))
    return tuple(sorted(found))


def reasons(household: Household, calendar: Calendar) -> tuple[Reason, ...]:
    """Why a household is to be checked again today, the latest first; none: nothing happened."""
    found = [Reason(one.kind, one.on) for one in household.happened]
    found += [one for born in household.born if (one := _birthday(born, household, calendar))]
    changed = [
        (day, code)
        for day, code, of_state in calendar.changes
        if household.checked_on < day <= calendar.today and (household.in_jharkhand or not of_state)
    ]
    if changed:
        codes = tuple(sorted({code for _, code in changed}))
        found.append(Reason(Life.RULES, max(day for day, _ in changed), schemes=codes))
    begins = date(calendar.today.year, calendar.school_month, 1)
    if household.in_class and household.checked_on < begins <= calendar.today:
        found.append(Reason(Life.CLASS, begins))
    return tuple(sorted(found, key=lambda one: (one.on, one.kind), reverse=True))


def _birthday(born: Born, household: Household, calendar: Calendar) -> Reason | None:
    """The last birthday that decided something since the check, else one that is near."""
    checked, today = household.checked_on, calendar.today
    days = sorted(
        (day, age)
        for age in calendar.ages
        for day in {birthday(born.span.first, age), birthday(born.span.last, age)}
    )
    reached = [(day, age) for day, age in days if checked < day <= today]
    if reached:
        return Reason(Life.BIRTHDAY, reached[-1][0], born.person_no, reached[-1][1])
    ahead = timedelta(days=calendar.ahead)
    near = [(day, age) for day, age in days if today < day and checked < day - ahead <= today]
    return Reason(Life.SOON, near[0][0], born.person_no, near[0][1]) if near else None


def birthday(born: date, age: int) -> date:
    """The day on which years are completed; of 29 February the 1st of March.

    >>> birthday(date(2008, 2, 29), 18)
    datetime.date(2026, 3, 1)
    """
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)

"""What is reported of children, and of which groups. Pure.

Reached, enrolled, attending, at risk, back in school: what a check of registers and people shows. None of
them says that a child does or does not work.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coop.kernel.clock import full_years
from coop.kernel.rounding import Draw, is_safe, rounded
from coop.schooling.rules.status import Status

_TRIES = 100
NOT_SHOWN = -1


class Measure(StrEnum):
    """What is counted; a child may stand in several."""

    REACHED = "reached"
    ENROLLED = "enrolled"
    ATTENDING = "attending"
    AT_RISK = "at_risk"
    BACK = "back"


class Grouping(StrEnum):
    """By what the same children are told apart; one at a time, never crossed."""

    VILLAGE = "village"
    SEX = "sex"
    AGE = "age"
    CASTE = "caste"
    DISABILITY = "disability"


_OUTSIDE = {Status.CONSENT_REFUSED, Status.ADULT, Status.NOT_OF_SCHOOL_AGE}
AT_RISK = frozenset(
    {Status.OUT_OF_SCHOOL, Status.LONG_ABSENT, Status.IRREGULAR, Status.PAST_COMPULSORY}
)
# Absent for weeks is still on the roll: enrolment and attendance are told apart.
_ATTENDING = {Status.ENROLLED, Status.RESIDENTIAL, Status.SPECIAL_TRAINING, Status.VOCATIONAL}
_ENROLLED = _ATTENDING | {
    Status.IRREGULAR,
    Status.LONG_ABSENT,
    Status.HOME_BASED,
    Status.OPEN_SCHOOL,
}
_WAS_AWAY = AT_RISK - {Status.IRREGULAR}


@dataclass(frozen=True, slots=True)
class ChildSeen:
    """A child of a kept check, without name or number; ``earlier``: statuses of checks before it."""

    status: Status
    earlier: frozenset[Status]
    village: str
    sex: str
    dob: date | None
    caste: str
    disability_pct: int | None


@dataclass(frozen=True, slots=True)
class Published:
    """What is shown: None is few. ``cells`` by grouping, group and measure.

    ``totals`` by measure; one that would tell too much of a group is not there.
    """

    totals: Mapping[Measure, int | None]
    cells: Mapping[tuple[Grouping, str, Measure], int | None]


def measures_of(child: ChildSeen) -> frozenset[Measure]:
    """In which counts a child stands; a child without consent or not of school age in none.

    >>> sorted(measures_of(ChildSeen(Status.ENROLLED, frozenset({Status.OUT_OF_SCHOOL}), "", "F", None, "", None)))
    [<Measure.ATTENDING: 'attending'>, <Measure.BACK: 'back'>, <Measure.ENROLLED: 'enrolled'>, <Measure.REACHED: 'reached'>]
    """
    if child.status in _OUTSIDE:
        return frozenset()
    found = {Measure.REACHED}
    if child.status in _ENROLLED:
        found.add(Measure.ENROLLED)
    if child.status in _ATTENDING:
        found.add(Measure.ATTENDING)
        if child.earlier & _WAS_AWAY:
            found.add(Measure.BACK)
    if child.status in AT_RISK:
        found.add(Measure.AT_RISK)
    return frozenset(found)


def group_of(child: ChildSeen, grouping: Grouping, on: date, disabled_from_pct: int) -> str:
    """A child's group; an empty text where it is not known."""
    match grouping:
        case Grouping.VILLAGE:
            return child.village
        case Grouping.SEX:
            return child.sex
        case Grouping.CASTE:
            return child.caste
        case Grouping.AGE:
            return _band(child.dob, on)
        case Grouping.DISABILITY:
            if child.disability_pct is None:
                return ""
            return "yes" if child.disability_pct >= disabled_from_pct else "no"


def _band(dob: date | None, on: date) -> str:
    """Bands of the school stages: to class 5, to class 8, and after the compulsory age."""
    if dob is None:
        return ""
    age = full_years(dob, on)
    return "6-10" if age <= 10 else "11-13" if age <= 13 else "14-17"


def published(
    children: Iterable[ChildSeen], on: date, disabled_from_pct: int, draw: Callable[[], Draw]
) -> Published:
    """Round all counts by chance, anew until no total helps to work out a group.

    Where no draw is found the total is left out: less is shown, never more.
    """
    totals: Counter[Measure] = Counter()
    counts: Counter[tuple[Grouping, str, Measure]] = Counter()
    groups: set[tuple[Grouping, str]] = set()
    for child in children:
        held = measures_of(child)
        if not held:
            continue
        totals.update(held)
        for grouping in Grouping:
            group = group_of(child, grouping, on, disabled_from_pct)
            groups.add((grouping, group))
            counts.update((grouping, group, measure) for measure in held)
    shown_totals: dict[Measure, int | None] = {}
    cells: dict[tuple[Grouping, str, Measure], int | None] = {}
    for measure in Measure:
        asked = {(g, name): counts[g, name, measure] for g, name in sorted(groups)}
        total, parts = _drawn(totals[measure], asked, draw)
        if total is not NOT_SHOWN:
            shown_totals[measure] = total
        cells |= {(*key, measure): shown for key, shown in parts.items()}
    return Published(shown_totals, cells)


def _drawn(
    total: int, counts: Mapping[tuple[Grouping, str], int], draw: Callable[[], Draw]
) -> tuple[int | None, dict[tuple[Grouping, str], int | None]]:
    parts: dict[tuple[Grouping, str], int | None] = {}
    for _ in range(_TRIES):
        shown = rounded(total, draw())
        parts = {key: rounded(count, draw()) for key, count in counts.items()}
        by_grouping: dict[str, list[int | None]] = {}
        for (grouping, _), part in parts.items():
            by_grouping.setdefault(grouping, []).append(part)
        if is_safe(shown, by_grouping):
            return shown, parts
    return NOT_SHOWN, parts

"""What each field of a child and of a register's row says for or against their being one. Pure.

Points are about natural logarithms of how much oftener a thing is seen of one child written twice
than of two children of the same villages (after Fellegi and Sunter, 1969).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from coop.members.rules.names import ALIKE, SAME, SLIPPED, likeness, place_key
from coop.schooling.rules.likeness import (
    DOUBTFUL,
    SLIP,
    alike,
    block_keys,
    house_of,
    parent_keys,
    pupil_keys,
)
from coop.schooling.rules.school import EnrolmentRow, School

CERTAIN_FROM, DOUBTFUL_FROM = 9.5, 7.0
_NAME = ((SAME, 4.0), (ALIKE, 3.8), (SLIPPED, 3.4), (SLIP, 2.6), (DOUBTFUL, 1.0))
_YEAR_ONLY = frozenset({"year", "estimated"})


class ChildFacts(Protocol):
    """What is looked at of a child."""

    @property
    def name_latin(self) -> str: ...  # noqa: D102  (the class says it)
    @property
    def name_hi(self) -> str: ...  # noqa: D102  (the class says it)
    @property
    def sex(self) -> str: ...  # noqa: D102  (the class says it)
    @property
    def dob(self) -> date | None: ...  # noqa: D102  (the class says it)
    @property
    def dob_precision(self) -> str: ...  # noqa: D102  (the class says it)
    @property
    def father_name(self) -> str: ...  # noqa: D102  (the class says it)
    @property
    def mother_name(self) -> str: ...  # noqa: D102  (the class says it)
    @property
    def village(self) -> str: ...  # noqa: D102  (the class says it)
    @property
    def district_lgd(self) -> int | None: ...  # noqa: D102  (the class says it)


@dataclass(frozen=True, slots=True)
class Traits:
    """A child or a pupil with folded keys; ``loose``: the day of birth stands for any of its year."""

    name: tuple[str, ...]
    father: tuple[str, ...]
    mother: tuple[str, ...]
    house: str
    sex: str
    dob: date | None
    loose: bool
    month_only: bool
    place: str
    district_lgd: int | None


@dataclass(frozen=True, slots=True)
class Found:
    """The sum of points, whether it is enough without a person, and what spoke for the pair.

    ``same_name``: the given name is written the same, not only alike.
    """

    points: float
    certain: bool
    same_name: bool
    reasons: tuple[str, ...]


def child_traits(child: ChildFacts) -> Traits:
    """Fold a child's names, both scripts."""
    keys = [key for text in (child.name_latin, child.name_hi) for key in pupil_keys(text)]
    return Traits(
        tuple(dict.fromkeys(keys)),
        parent_keys(child.father_name),
        parent_keys(child.mother_name),
        house_of(child.father_name),
        child.sex,
        child.dob,
        child.dob_precision in _YEAR_ONLY,
        child.dob_precision == "month",
        place_key(child.village) if child.village else "",
        child.district_lgd,
    )


def row_traits(row: EnrolmentRow, school: School | None) -> Traits:
    """Fold a row's names; a register that writes 1 January often knows the year only."""
    born = row.dob
    return Traits(
        pupil_keys(row.pupil_name),
        parent_keys(row.father_name),
        parent_keys(row.mother_name),
        house_of(row.father_name),
        row.sex,
        born,
        born is not None and (born.month, born.day) == (1, 1),
        month_only=False,
        place=place_key(school.village) if school is not None else "",
        district_lgd=school.district_lgd if school is not None else None,
    )


def near_keys(one: Traits, districts: Iterable[int | None]) -> set[tuple[object, ...]]:
    """Keys of which a child and its row share at least one; names are looked for by district."""
    sexes = one.sex or "FM"
    keys: set[tuple[object, ...]] = {
        ("name", place, sex, bones)
        for place in districts
        for sex in sexes
        for bones in block_keys(one.name)
    }
    if one.dob is not None and not one.loose:
        keys.add(("day", one.dob))
    for father in block_keys(one.father):
        keys |= {("parents", father, mother) for mother in block_keys(one.mother)}
    return keys


def evidence(child: Traits, pupil: Traits) -> Found | None:
    """Weigh a child and a row; None where sex or name tells them apart."""
    if child.sex and pupil.sex and child.sex != pupil.sex:
        return None
    name = alike(child.name, pupil.name)
    if name < DOUBTFUL:
        return None
    worth = next(points for least, points in _NAME if name >= least)
    said = [("name", worth), *_said(child, pupil)]
    points = sum(weight for _, weight in said)
    proofs = [weight for code, weight in said if code in ("father", "mother", "birth")]
    speak_for = sum(weight >= 2.0 for weight in proofs)
    against = sum(weight <= -3.0 for weight in proofs)
    certain = (
        points >= CERTAIN_FROM
        and name >= SLIP
        and speak_for >= (1 if against == 0 else 2)
        and against <= 1
    )
    reasons = tuple(code for code, weight in said if weight > 0)
    # What a person must decide never scores as high as what attaches by itself.
    if not certain:
        points = min(points, CERTAIN_FROM - 0.1)
    return Found(points, certain, name == SAME, reasons)


def _said(child: Traits, pupil: Traits) -> Iterator[tuple[str, float]]:
    yield "father", _parent(child.father, pupil.father)
    yield "mother", _parent(child.mother, pupil.mother)
    if child.house and pupil.house:
        yield "surname", 0.5 if likeness(child.house, pupil.house) > 0 else -1.5
    yield "birth", _birth(child, pupil)
    yield "village", _place(child, pupil)


def _parent(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    if not a or not b:
        return 0.0
    found = alike(a, b)
    if found >= SLIP:
        return 3.5 * found
    return 0.5 if found >= DOUBTFUL else -1.0 if block_keys(a) & block_keys(b) else -5.0


def _birth(child: Traits, pupil: Traits) -> float:
    """The day as far as both know it; registers are a year off now and then."""
    one, other = child.dob, pupil.dob
    if one is None or other is None:
        return 0.0
    years = abs(one.year - other.year)
    if child.loose or pupil.loose:
        return 2.0 if years == 0 else 0.0 if years == 1 else -4.0
    if child.month_only:
        same_month = one.month == other.month
        return (4.0 if years == 0 else 1.5) if same_month and years <= 1 else _near(one, other)
    if one == other:
        return 6.0
    if (one.month, one.day) == (other.month, other.day) and years == 1:
        return 3.5
    if years == 0 and (one.month, one.day) == (other.day, other.month):
        return 3.5
    return _near(one, other)


def _near(one: date, other: date) -> float:
    return -2.0 if abs((one - other).days) <= 400 else -5.0


def _place(child: Traits, pupil: Traits) -> float:
    if child.place and child.place == pupil.place:
        return 1.0
    if child.district_lgd and pupil.district_lgd and child.district_lgd != pupil.district_lgd:
        return -4.0
    return 0.0

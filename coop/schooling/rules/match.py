"""Which rows of the schools' registers are a child's: a score with its reasons. Pure.

By the pupil's number in a school where a person told it; else by names in both scripts, parents,
date of birth with its precision, sex and village. Certain pairs attach, doubtful ones queue for a
person, whose "not the same" is remembered. Two children never get one row.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from coop.schooling.rules.evidence import (
    CERTAIN_FROM,
    DOUBTFUL_FROM,
    Found,
    Traits,
    child_traits,
    evidence,
    near_keys,
    row_traits,
)
from coop.schooling.rules.school import EnrolmentRow, School, udise_now

__all__ = ["Child", "Decision", "Matched", "Pair", "RegisterRow", "current_rows", "match"]

_STEEP = 1.5  # points that make a pair e times likelier
_MARGIN = 1.5  # points by which the best child must lead, where two could be the pupil
TOLD, TWO_CHILDREN = "admission_no", "two_children"


@dataclass(frozen=True, slots=True)
class Child:
    """A child whose guardian consents to the look-up; texts are empty where nothing was given."""

    person_id: int
    name_latin: str
    name_hi: str
    sex: str
    dob: date | None
    dob_precision: str
    father_name: str
    mother_name: str
    village: str
    district_lgd: int | None


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A register's row with its number in the database."""

    id: int
    row: EnrolmentRow


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person said: this child is this pupil, or is not."""

    person_id: int
    udise: str
    admission_no: str
    same: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """A child and a row; ``score`` from 0 to 1, ``reasons`` short codes of what spoke for it."""

    person_id: int
    row_id: int
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matched:
    """Certain pairs, of which no two share a row, and doubtful ones for a person to decide."""

    certain: tuple[Pair, ...]
    doubtful: tuple[Pair, ...]


def pupil_of(row: EnrolmentRow, successors: Mapping[str, str]) -> tuple[str, str]:
    """A pupil's own number: the school as it lives on, and the number within the school."""
    return udise_now(row.udise, successors), row.admission_no


def current_rows(rows: Iterable[RegisterRow], on: date) -> list[RegisterRow]:
    """Of each pupil the row that tells most about a day: the latest that knows no later day.

    A school exports its register again and again; the same number within the same school is the
    same pupil. Where every row is of later days, the earliest one is the nearest.
    """
    best: dict[tuple[str, str], RegisterRow] = {}
    for one in rows:
        pupil = (one.row.udise, one.row.admission_no)
        stands = best.get(pupil)
        best[pupil] = one if stands is None else max(stands, one, key=lambda r: _nearness(r, on))
    return sorted(best.values(), key=lambda one: one.id)


def _nearness(one: RegisterRow, on: date) -> tuple[bool, int]:
    known = [day for day in (one.row.last_attended_on, one.row.tc_date) if day is not None]
    later = any(day > on for day in known)
    return (not later, -one.id if later else one.id)


def match(
    children: Sequence[Child],
    rows: Sequence[RegisterRow],
    schools: Mapping[str, School],
    decisions: Iterable[Decision] = (),
    taken: frozenset[int] = frozenset(),
) -> Matched:
    """Match children with the current rows; ``taken``: rows that another cooperative's child holds."""
    successors = {code: one.successor_udise for code, one in schools.items()}
    traits = {one.person_id: child_traits(one) for one in children}
    told, never = _told(children, rows, decisions, successors)
    owned = {row_id: person_id for person_id, row_id in told}
    pairs = [
        (person_id, row_id, found)
        for person_id, row_id, found in _candidates(traits, rows, schools, successors)
        if row_id not in owned and (person_id, row_id) not in never
    ]
    certain, doubtful = _settled(pairs, taken)
    certain += [Pair(person_id, row_id, 1.0, (TOLD,)) for person_id, row_id in told]
    held = {pair.row_id for pair in certain}
    return Matched(
        tuple(sorted(certain, key=_order)),
        tuple(sorted((pair for pair in doubtful if pair.row_id not in held), key=_order)),
    )


def _order(pair: Pair) -> tuple[int, float, int]:
    return (pair.person_id, -pair.score, pair.row_id)


def _told(
    children: Sequence[Child],
    rows: Sequence[RegisterRow],
    decisions: Iterable[Decision],
    successors: Mapping[str, str],
) -> tuple[list[tuple[int, int]], set[tuple[int, int]]]:
    """Pairs that a person made and those that a person refused; the last word of each holds."""
    known = {one.person_id for one in children}
    of_pupil: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in rows:
        of_pupil[pupil_of(row.row, successors)].append(row.id)
    last = {
        (one.person_id, udise_now(one.udise, successors), one.admission_no): one.same
        for one in decisions
    }
    told: dict[int, int] = {}
    never: set[tuple[int, int]] = set()
    for (person_id, udise, number), same in last.items():
        for row_id in of_pupil.get((udise, number), ()):
            if not same:
                never.add((person_id, row_id))
            elif person_id in known:
                told.setdefault(row_id, person_id)
    return [(person_id, row_id) for row_id, person_id in told.items()], never


def _candidates(
    traits: Mapping[int, Traits],
    rows: Sequence[RegisterRow],
    schools: Mapping[str, School],
    successors: Mapping[str, str],
) -> Iterable[tuple[int, int, Found]]:
    """Pairs worth a look, each with its evidence."""
    blocks: dict[tuple[object, ...], list[tuple[int, Traits]]] = defaultdict(list)
    for row in rows:
        school = schools.get(udise_now(row.row.udise, successors))
        one = row_traits(row.row, school)
        for key in near_keys(one, (one.district_lgd,)):
            blocks[key].append((row.id, one))
    everywhere = {None, *(one.district_lgd for one in schools.values())}
    for person_id, child in traits.items():
        places = {child.district_lgd, None} if child.district_lgd else everywhere
        keys = near_keys(child, places)
        near = {row_id: one for key in keys for row_id, one in blocks.get(key, ())}
        for row_id, pupil in near.items():
            found = evidence(child, pupil)
            if found is not None and found.points >= DOUBTFUL_FROM:
                yield person_id, row_id, found


def _settled(
    pairs: Sequence[tuple[int, int, Found]], taken: frozenset[int]
) -> tuple[list[Pair], list[Pair]]:
    """Attach a row to the one child that leads; the rest is for a person."""
    of_row: dict[int, list[tuple[int, Found]]] = defaultdict(list)
    for person_id, row_id, found in pairs:
        of_row[row_id].append((person_id, found))
    certain: list[Pair] = []
    doubtful: list[Pair] = []
    for row_id, offers in of_row.items():
        offers.sort(key=lambda offer: (not offer[1].certain, -offer[1].points, offer[0]))
        person_id, best = offers[0]
        rivals = [one for _, one in offers[1:] if one.certain]
        alone = all(_leads(best, rival) for rival in rivals)
        if best.certain and alone and row_id not in taken:
            certain.append(_pair(person_id, row_id, best))
            continue
        more = (TWO_CHILDREN,) if rivals or row_id in taken else ()
        doubtful += [_pair(child, row_id, found, more) for child, found in offers]
    return certain, doubtful


def _leads(best: Found, rival: Found) -> bool:
    """Brothers of one day are told apart by the name alone: written the same, not only alike."""
    clearer = best.same_name and not rival.same_name
    return clearer or best.points - rival.points >= _MARGIN


def _pair(person_id: int, row_id: int, found: Found, more: tuple[str, ...] = ()) -> Pair:
    score = 1 / (1 + math.exp((CERTAIN_FROM - found.points) / _STEEP))
    return Pair(person_id, row_id, round(score, 3), (*found.reasons, *more))

"""How many children work, estimated from a round of home visits in a village. Pure.

Wilson's interval for a share (Wilson 1927), with the correction for a finite population: n children seen
of about N count as n (N - 1) / (N - n). N is worked out from the homes: children seen x homes / homes visited.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil

_Z = Decimal("1.959964")  # two-sided 95 per cent of the normal distribution
_PERCENT = 100
BAND = 5  # what is shown is widened to multiples of this, so that no count can be worked back


@dataclass(frozen=True, slots=True)
class Round:
    """Home visits in a village, counted. ``whole``: every home was to be visited, else a sample."""

    village: str
    on_day: date
    whole: bool
    households_visited: int
    children_seen: int
    children_at_work: int


@dataclass(frozen=True, slots=True)
class Interval:
    """Least and most of a share, both from 0 to 1."""

    least: Decimal
    most: Decimal


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a page says of a village. Percentages are whole; ``least`` None: too few children seen."""

    village: str
    on_day: date
    whole: bool
    households: int
    households_visited: int
    coverage: int | None
    least: int | None
    most: int | None


def interval(at_work: int, seen: int, population: int | None = None) -> Interval:
    """Wilson's 95 per cent interval of at_work / seen; ``population`` None: without an end.

    Raises ValueError where the counts do not fit each other.

    >>> found = interval(10, 100)
    >>> round(found.least, 4), round(found.most, 4)
    (Decimal('0.0552'), Decimal('0.1744'))
    """
    if not (0 <= at_work <= seen and seen > 0):
        raise ValueError(f"{at_work} of {seen}")
    share = Decimal(at_work) / seen
    if population is not None and population <= seen:
        return Interval(share, share)
    n = Decimal(seen)
    if population is not None:
        n = n * (population - 1) / (population - seen)
    squared = _Z * _Z / n
    middle = (share + squared / 2) / (1 + squared)
    half = _Z * ((share * (1 - share) + squared / 4) / n).sqrt() / (1 + squared)
    # Rounding of the last digit must not push the share out of its own interval.
    return Interval(
        max(Decimal(0), min(middle - half, share)), min(Decimal(1), max(middle + half, share))
    )


def estimate(one: Round, households: int, least_children: int) -> Estimate:
    """What may be said of a village with so many homes on the household list.

    ``coverage`` is None where the list knows fewer homes than were visited: then how many there are is
    not known, and the interval is that of a village without an end.
    """
    known = households if households >= one.households_visited else 0
    coverage = one.households_visited * _PERCENT // known if known else None
    band = _band(one, known) if one.children_seen >= max(1, least_children) else (None, None)
    return Estimate(
        one.village, one.on_day, one.whole, known, one.households_visited, coverage, *band
    )


def _band(one: Round, households: int) -> tuple[int, int]:
    population = None
    if households:
        # Rounded up: a child more in the village only widens the interval.
        population = -(-one.children_seen * households // one.households_visited)
    found = interval(one.children_at_work, one.children_seen, population)
    least = int(found.least * _PERCENT) // BAND * BAND
    most = -(-ceil(found.most * _PERCENT) // BAND) * BAND
    if least == most:
        least, most = (least, least + BAND) if least < _PERCENT else (least - BAND, least)
    return least, most

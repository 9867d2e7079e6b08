"""Dates as people know them, and what is measured from them on the day of a check.

A date may be known to the month, to the year or as lying between two years; it then stands for
every day that it may be. All measures fall as the date gets later, and by at most one a day, so
the two ends of a span tell which values are possible.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

_FORMS = re.compile(
    r"(?P<y>[0-9]{4})(?:/(?P<to>[0-9]{4})|-(?P<m>[0-9]{2})(?:-(?P<d>[0-9]{2}))?)?", re.ASCII
)
EARLIEST, LATEST = 1900, 2100


class Span(NamedTuple):
    """Every day from ``first`` to ``last``; an exact date has both the same."""

    first: date
    last: date

    @property
    def exact(self) -> bool:
        """Whether it is one day."""
        return self.first == self.last


class Measure(StrEnum):
    """What is counted from a date to the day of the check."""

    YEARS = "years"
    MONTHS = "months"
    DAYS = "days"
    MONTHS_ON_31_MARCH = "months_on_31_march"


@dataclass(frozen=True, slots=True)
class Range:
    """The whole numbers that a measure may have, both ends possible."""

    low: int
    high: int


def read_span(text: str) -> Span:
    """Read ``YYYY-MM-DD``, ``YYYY-MM``, ``YYYY`` or ``YYYY/YYYY``, in years 1900 to 2100.

    Raises ValueError.

    >>> read_span("1976-02").last
    datetime.date(1976, 2, 29)
    >>> read_span("1975/1976").first
    datetime.date(1975, 1, 1)
    """
    found = _FORMS.fullmatch(text)
    if found is None:
        raise ValueError(text)
    year, to = int(found["y"]), int(found["to"] or found["y"])
    if not EARLIEST <= year <= to <= LATEST:
        raise ValueError(text)
    if found["m"] is None:
        return Span(date(year, 1, 1), date(to, 12, 31))
    month = int(found["m"])
    if found["d"] is None:
        return Span(date(year, month, 1), _last_day(year, month))
    day = date(year, month, int(found["d"]))
    return Span(day, day)


def _last_day(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def written(span: Span) -> str:
    """Write a span in the shortest of the four forms that says it.

    >>> written(read_span("1975/1976")), written(read_span("2024-06"))
    ('1975/1976', '2024-06')
    """
    first, last = span
    if first == last:
        return first.isoformat()
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return f"{first.year}" if first.year == last.year else f"{first.year}/{last.year}"
    return f"{first:%Y-%m}"


def measured(span: Span, measure: Measure, on: date) -> Range:
    """The values a measure may have on a day; days of the span after ``on`` are cut off.

    The first possible day must not be after ``on``.

    >>> measured(read_span("1976"), Measure.YEARS, date(2026, 7, 1))
    Range(low=49, high=50)
    """
    last = min(span.last, on)
    return Range(_count(last, measure, on), _count(span.first, measure, on))


def _count(since: date, measure: Measure, on: date) -> int:
    if measure is Measure.DAYS:
        return (on - since).days
    if measure is Measure.YEARS:
        return on.year - since.year - ((on.month, on.day) < (since.month, since.day))
    if measure is Measure.MONTHS:
        return 12 * (on.year - since.year) + on.month - since.month - (on.day < since.day)
    return 12 * (on.year - since.year) + 3 - since.month  # no month is longer than March

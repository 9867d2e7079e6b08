"""Quarters of the calendar year, by which reports are published. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = 3


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter by its first day."""

    first: date

    @property
    def label(self) -> str:
        """As it stands in an address.

        >>> Quarter(date(2026, 7, 1)).label
        '2026-Q3'
        """
        return f"{self.first.year}-Q{(self.first.month - 1) // _MONTHS + 1}"

    @property
    def last(self) -> date:
        """Its last day.

        >>> Quarter(date(2026, 10, 1)).last
        datetime.date(2026, 12, 31)
        """
        month = self.first.month + _MONTHS
        year = self.first.year + (month - 1) // 12
        return date(year, (month - 1) % 12 + 1, 1) - timedelta(days=1)


def quarter_of(day: date) -> Quarter:
    """The quarter that a day is in.

    >>> quarter_of(date(2026, 11, 24)).label
    '2026-Q4'
    """
    return Quarter(date(day.year, (day.month - 1) // _MONTHS * _MONTHS + 1, 1))


def quarter_named(label: str) -> Quarter | None:
    """The quarter of a label, or None where it is none.

    >>> quarter_named("2026-Q3") == quarter_of(date(2026, 8, 1)), quarter_named("2026-Q5")
    (True, None)
    """
    year, _, number = label.partition("-Q")
    if not (len(year) == 4 and year.isdecimal() and year.isascii() and number in "1234" and number):
        return None
    if int(year) < 1:
        return None
    return Quarter(date(int(year), (int(number) - 1) * _MONTHS + 1, 1))

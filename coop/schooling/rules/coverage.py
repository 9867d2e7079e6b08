"""What crosses the wall: a band of a quarter, in words that promise no more than was done. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from coop.kernel.words import Said, say


class Band(IntEnum):
    """In which band the share of households lies whose school-age children were looked up."""

    UNDER_HALF = 0
    HALF = 1
    THREE_QUARTERS = 2
    NINE_TENTHS = 3


BAND_NAMES: Mapping[Band, Said] = {
    Band.UNDER_HALF: say("under half of the households"),
    Band.HALF: say("half to three quarters of the households"),
    Band.THREE_QUARTERS: say("three quarters to nine tenths of the households"),
    Band.NINE_TENTHS: say("at least nine tenths of the households"),
}
# Stands beside every band, wherever it is shown.
CAVEAT: Said = say(
    "Looked up in school registers within 90 days. It does not prove that no child works."
)


@dataclass(frozen=True, slots=True)
class Quarter:
    """Three months of a calendar year; ``number`` 1 is January to March. Raises ValueError."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (1 <= self.number <= 4 and 2000 <= self.year <= 2999):
            raise ValueError("a quarter is 1 to 4 of a year")

    @property
    def label(self) -> str:
        """As it is told: 3/2026."""
        return f"{self.number}/{self.year}"

    @property
    def first_day(self) -> date:
        """The day on which it begins.

        >>> Quarter(2026, 4).first_day
        datetime.date(2026, 10, 1)
        """
        return date(self.year, 3 * self.number - 2, 1)


def quarter_of(day: date) -> Quarter:
    """The quarter that a day is in.

    >>> quarter_of(date(2026, 11, 24)).label
    '4/2026'
    """
    return Quarter(day.year, (day.month + 2) // 3)


def last_quarter(today: date) -> Quarter:
    """The last quarter that is over; of one that runs nothing is told.

    >>> last_quarter(date(2026, 11, 24)), last_quarter(date(2026, 2, 1))
    (Quarter(year=2026, number=3), Quarter(year=2025, number=4))
    """
    number = (today.month - 1) // 3
    return Quarter(today.year, number) if number else Quarter(today.year - 1, 4)

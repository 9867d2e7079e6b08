"""A household's income: from dhibra by the books, from elsewhere as it told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coop.kernel.refusal import Refusal
from coop.kernel.words import Said, say

SOURCES: Mapping[str, Said] = {
    "farming": say("Farming"),
    "livestock": say("Animals"),
    "wages": say("Daily wages"),
    "rural_work": say("Work of the panchayat"),
    "forest": say("From the forest"),
    "trade": say("A small trade"),
    "sent_home": say("Money sent home"),
    "schemes": say("Pension or scheme"),
    "other": say("Something else"),
}
HOWS: Mapping[str, Said] = {
    "read_aloud": say("Read aloud, agreed by word"),
    "thumb": say("Thumb print"),
    "signature": say("Signature"),
}


@dataclass(frozen=True, slots=True)
class Span:
    """Paise a month, from low to high; both the same where one number was told."""

    low: int
    high: int

    def plus(self, other: "Span") -> "Span":
        """Both added."""
        return Span(self.low + other.low, self.high + other.high)


NOTHING = Span(0, 0)


@dataclass(frozen=True, slots=True)
class ToldIncome:
    """What a household told about one source on a day."""

    source: str
    span: Span
    told_on: date

    def stands(self, on: date, holds_days: int) -> bool:
        """Whether it is young enough to count."""
        return on - self.told_on <= timedelta(days=holds_days)


@dataclass(frozen=True, slots=True)
class MonthEarned:
    """What a household's members weighed in a month; the first day of the month names it."""

    month: date
    paise: int
    grams: int
    member_days: int


@dataclass(frozen=True, slots=True)
class HouseholdIncome:
    """Income of a usual month and the gap to a need; paise. ``months``: whole months counted."""

    dhibra_paise: int
    months: int
    other: Span

    @property
    def total(self) -> Span:
        """All of it."""
        return Span(self.dhibra_paise + self.other.low, self.dhibra_paise + self.other.high)

    def gap(self, need_paise: int) -> Span:
        """What is missing: the least (with the most income told) and the most."""
        total = self.total
        return Span(max(0, need_paise - total.high), max(0, need_paise - total.low))


def months_between(first: date, last: date) -> int:
    """Calendar months from the one of ``first`` to the one of ``last``, both counted.

    >>> months_between(date(2026, 8, 1), date(2026, 10, 31))
    3
    """
    return (last.year - first.year) * 12 + last.month - first.month + 1


def whole_months(today: date, began: date | None, most: int = 3) -> tuple[date, date]:
    """First and last day of the last whole months, ``most`` at most, none before trade ``began``.

    Where no whole month has passed since, the running one from its beginning until today.

    >>> whole_months(date(2026, 11, 24), date(2026, 9, 25))
    (datetime.date(2026, 10, 1), datetime.date(2026, 10, 31))
    """
    running = today.replace(day=1)
    earliest = _month_on(running, -most)
    if began is not None:
        opened = began if began.day == 1 else _month_on(began.replace(day=1), 1)
        earliest = max(earliest, opened)
    if earliest >= running:
        return min(running, began or running), today
    return earliest, running - timedelta(days=1)


def usual_month(
    earned: Sequence[MonthEarned], first: date, last: date, told: Iterable[ToldIncome]
) -> HouseholdIncome:
    """A usual month: the average of what was weighed, months without a weighing counted as nothing."""
    months = months_between(first, last)
    paise = sum(one.paise for one in earned if first <= one.month <= last)
    other = NOTHING
    for one in told:
        other = other.plus(one.span)
    return HouseholdIncome((2 * paise + months) // (2 * months), months, other)


def refusals_to_tell(span: Span, *, agreed: bool) -> tuple[Refusal, ...]:
    """Why an answer is not written."""
    found = []
    if not agreed:
        message = say("The household has not agreed to be asked; ask that first.")
        found.append(Refusal("no_consent", message))
    if span.high < span.low:
        message = say("The highest is below the lowest; correct one of them.")
        found.append(Refusal("range_turned", message, "high"))
    return tuple(found)


def _month_on(first: date, count: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 + count, 12)
    return date(year, month + 1, 1)

"""Indicators of a monitoring and remediation system, as counts that name nobody. Pure.

A case counts once in each, on the day on which it came to be so; half-years do not overlap. So nothing is ever
drawn twice, and sums of half-years are counts of children.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from coop.kernel.clock import ist_day
from coop.kernel.rounding import Draw, Span, rounded, span_of
from coop.safeguarding.rules.book import Kind
from coop.safeguarding.rules.readers import CaseFacts
from coop.safeguarding.rules.state import answered, of_kind

_TRIES = 100
_NO_END = 10**6
# What may be said of a count must leave five possible ones, whatever is added and subtracted.
LEAST_WIDTH = 4


class Indicator(StrEnum):
    """What is counted; what each means stands in dated rows with a source."""

    TOLD = "told"
    AT_WORK = "at_work"
    SUPPORTED = "supported"
    VISITS = "visits"
    FOLLOWED = "followed"
    STOPPED = "stopped"


# Until any day: so many of the first need so many times as many of the second.
WITHIN: tuple[tuple[Indicator, Indicator, int], ...] = (
    (Indicator.AT_WORK, Indicator.TOLD, 1),
    (Indicator.SUPPORTED, Indicator.TOLD, 1),
    (Indicator.FOLLOWED, Indicator.TOLD, 1),
    (Indicator.FOLLOWED, Indicator.VISITS, 2),
    (Indicator.STOPPED, Indicator.AT_WORK, 1),
)


@dataclass(frozen=True, slots=True, order=True)
class Half:
    """Half a calendar year by its first day."""

    first: date

    @property
    def last(self) -> date:
        """Its last day.

        >>> Half(date(2026, 7, 1)).last
        datetime.date(2026, 12, 31)
        """
        month, year = (7, self.first.year) if self.first.month == 1 else (1, self.first.year + 1)
        return date(year, month, 1) - timedelta(days=1)

    @property
    def before(self) -> "Half":
        """The half-year before it."""
        return half_of(self.first - timedelta(days=1))

    @property
    def label(self) -> str:
        """As it stands in an address.

        >>> Half(date(2026, 7, 1)).label
        '2026-H2'
        """
        return f"{self.first.year}-H{1 if self.first.month == 1 else 2}"


def half_of(day: date) -> Half:
    """The half-year that a day is in.

    >>> half_of(date(2026, 11, 24)).before.label
    '2026-H1'
    """
    return Half(date(day.year, 1 if day.month < 7 else 7, 1))


@dataclass(frozen=True, slots=True)
class Shown:
    """A count as it is told: ``count`` None is few; ``hidden``: beside the others it would tell too much."""

    count: int | None
    hidden: bool = False

    @property
    def span(self) -> Span:
        """The counts that may stand behind it."""
        return Span(0, _NO_END) if self.hidden else span_of(self.count)


Told = Mapping[Indicator, Shown]


def counted(cases: Sequence[CaseFacts], half: Half) -> Mapping[Indicator, int]:
    """True counts of a half-year; they are kept nowhere."""
    days = [(one, day) for case in cases for one, day in _days(case)]
    return {
        one: sum(which is one and half.first <= day <= half.last for which, day in days)
        for one in Indicator
    }


def _days(case: CaseFacts) -> Iterator[tuple[Indicator, date]]:
    yield Indicator.TOLD, ist_day(min(one.raised_at for one in case.concerns))
    works = [
        line.on
        for line in of_kind(case.lines, Kind.RISK)
        if line.second in ("hazardous", "works", "bonded")
    ]
    if works:
        yield Indicator.AT_WORK, min(works)
    done = [one.on for one in answered(case.lines, Kind.STEP_END).values() if one.choice == "done"]
    if done:
        yield Indicator.SUPPORTED, min(done)
    visits = sorted(line.on for line in of_kind(case.lines, Kind.VISIT))
    yield from ((Indicator.VISITS, day) for day in visits)
    if len(visits) > 1:
        yield Indicator.FOLLOWED, visits[1]
    closed = case.standing.closed_on
    if works and closed is not None:
        yield Indicator.STOPPED, closed


def published(
    counts: Mapping[Indicator, int], earlier: Sequence[Told], draw: Callable[[], Draw]
) -> Told:
    """Round all counts by chance, anew until nothing can be worked out beside what was told before.

    ``earlier``: all half-years told before, the oldest first. At the last a count is hidden.
    """
    shown: dict[Indicator, Shown] = {}
    for _ in range(_TRIES):
        shown = {one: Shown(rounded(counts[one], draw())) for one in Indicator}
        if not _narrow([*earlier, shown]):
            return shown
    for one in (Indicator.STOPPED, Indicator.FOLLOWED, Indicator.SUPPORTED, Indicator.AT_WORK):
        shown[one] = Shown(None, hidden=True)
        if not _narrow([*earlier, shown]):
            return shown
    return dict.fromkeys(Indicator, Shown(None, hidden=True))


def _narrow(told: Sequence[Told]) -> bool:
    return any(one.most - one.least < LEAST_WIDTH for half in spans(told) for one in half.values())


def spans(told: Sequence[Told]) -> list[dict[Indicator, Span]]:
    """What somebody can work out who subtracts all half-years from each other, the oldest first."""
    found = [{one: half[one].span for one in Indicator} for half in told]
    for _ in range(3 * len(found) + 3):
        before = [dict(half) for half in found]
        for end in range(1, len(found) + 1):
            for inner, outer, times in WITHIN:
                _within(found[:end], inner, outer, times)
        if found == before:
            break
    return found


def _within(
    halves: Sequence[dict[Indicator, Span]], inner: Indicator, outer: Indicator, times: int
) -> None:
    """Tighten what may stand in each of two sums, of which the second is at least ``times`` the first."""
    most = sum(half[outer].most for half in halves) // times
    least = times * sum(half[inner].least for half in halves)
    small, large = sum(half[inner].least for half in halves), sum(half[outer].most for half in halves)  # fmt: skip
    for half in halves:
        one, two = half[inner], half[outer]
        half[inner] = Span(one.least, min(one.most, most - (small - one.least)))
        half[outer] = Span(max(two.least, least - (large - two.most)), two.most)


def together(told: Sequence[Told], one: Indicator) -> Span | None:
    """What the half-years say together; None where one of them is hidden."""
    parts = [half[one] for half in told]
    if any(part.hidden for part in parts):
        return None
    return Span(sum(p.span.least for p in parts), sum(p.span.most for p in parts))

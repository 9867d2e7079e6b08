"""The gap to a benchmark, a month and a kilo, and the floor that would close it.

Everything is measured from the cooperative's own weighings; nothing about a day's kilos is assumed.
"""

from dataclasses import dataclass
from datetime import date

from coop.kernel.money import amount_paise
from coop.livelihoods.rules.benchmarks import Benchmark, Per


@dataclass(frozen=True, slots=True)
class Measured:
    """What weighings between two days say. A member-day: one member on one day with a weighing.

    ``median_grams``: of a member-day. ``home_months``: months in which a household weighed, added up.
    ``unlisted``: members of no household list, each counted as a household.
    """

    first: date
    last: date
    member_days: int
    median_grams: int
    grams: int
    paise: int
    homes: int
    home_months: int
    unlisted: int


@dataclass(frozen=True, slots=True)
class Worked:
    """The formula with its numbers: paise, grams; ``days_hundredths``: member-days a month x 100."""

    benchmark: Benchmark
    days_hundredths: int
    month_grams: int
    rate_paise: int
    reached_paise: int
    other_paise: int
    day_paise: int | None
    needed_paise: int
    gap_paise: int
    floor_paise: int

    @property
    def gap_kg_paise(self) -> int:
        """What each kilo would have to bring more."""
        return max(0, self.floor_paise - self.rate_paise)

    @property
    def days(self) -> str:
        """Member-days a month, with two decimals."""
        return f"{self.days_hundredths // 100}.{self.days_hundredths % 100:02d}"


def enough(measured: Measured, least_days: int, least_homes: int) -> bool:
    """Whether so many member-days and households were seen that a usual day can be told."""
    seen = measured.member_days >= least_days and measured.homes >= least_homes
    return seen and measured.median_grams > 0


def worked(measured: Measured, benchmark: Benchmark, other_paise: int, work_days: int) -> Worked:
    """Work out the gap to a benchmark. Only for what is ``enough``; amounts round up to a paisa.

    ``other_paise``: a household's usual income from elsewhere a month, taken off a living income.
    A wage is multiplied by the member-days that a household really had.
    ``work_days``: days of work in a month, by which a monthly wage is divided.

    >>> from coop.livelihoods.rules.benchmarks import Kind
    >>> b = Benchmark(Kind.RURAL_WORK, "", "", "", 20, 28200, Per.DAY, None, date(2025, 4, 1), False, "", True)
    >>> m = Measured(date(2026, 8, 1), date(2026, 10, 31), 600, 15000, 9_000_000, 9_000_000, 10, 30, 0)
    >>> w = worked(m, b, 0, 26)
    >>> w.days, w.month_grams, w.rate_paise, w.needed_paise, w.floor_paise, w.gap_kg_paise
    ('20.00', 300000, 1000, 564000, 1880, 880)
    """
    days = (measured.member_days * 100 * 2 + measured.home_months) // (2 * measured.home_months)
    month_grams = measured.median_grams * days // 100
    rate = (measured.paise * 1000 * 2 + measured.grams) // (2 * measured.grams)
    reached = amount_paise(month_grams, rate)
    day = _a_day(benchmark, work_days)
    needed = max(0, benchmark.paise - other_paise) if day is None else -(-day * days // 100)
    return Worked(
        benchmark,
        days,
        month_grams,
        rate,
        reached,
        other_paise if day is None else 0,
        day,
        needed,
        max(0, needed - reached),
        -(-needed * 1000 // max(1, month_grams)),
    )


def _a_day(benchmark: Benchmark, work_days: int) -> int | None:
    if benchmark.per is Per.DAY:
        return benchmark.paise
    return -(-benchmark.paise // work_days) if benchmark.per is Per.MONTH else None

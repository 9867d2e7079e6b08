"""Benchmarks: what a family needs a month, or a day's work is worth, by a dated source."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coop.kernel.refusal import Refusal
from coop.kernel.words import say


class Kind(StrEnum):
    """What a benchmark measures."""

    LIVING_INCOME = "living_income"
    MINIMUM_WAGE = "minimum_wage"
    RURAL_WORK = "rural_work"


class Per(StrEnum):
    """For what the amount is."""

    HOUSEHOLD_MONTH = "household_month"
    MONTH = "month"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A dated amount in paise. ``proxy``: measured elsewhere. ``household_hundredths``: family size x 100."""

    kind: Kind
    name_en: str
    name_hi: str
    area: str
    state_lgd: int | None
    paise: int
    per: Per
    household_hundredths: int | None
    holds_from: date
    proxy: bool
    source: str
    verified: bool

    @property
    def family(self) -> str:
        """The size of the family that is meant, such as 4.5; empty where none is."""
        if self.household_hundredths is None:
            return ""
        whole, rest = divmod(self.household_hundredths, 100)
        return f"{whole}.{rest:02d}".rstrip("0").rstrip(".")


def chosen(rows: Iterable[Benchmark], kind: Kind, state_lgd: int, on: date) -> Benchmark | None:
    """The benchmark of a kind that holds for a State on a day; None where there is none.

    The State's own goes before a proxy, the latest before an older; of one day the lowest counts,
    so that no gap is made larger than a source bears out.
    """
    fitting = [one for one in rows if one.kind is kind and one.holds_from <= on]
    near = [one for one in fitting if one.state_lgd in (state_lgd, None) and not one.proxy]
    pool = near or [one for one in fitting if one.proxy]
    return min(pool, key=lambda one: (-one.holds_from.toordinal(), one.paise), default=None)


def refusals_to_record(one: Benchmark, today: date) -> tuple[Refusal, ...]:
    """Why a benchmark is not taken: it begins too far off, or its amount and its kind do not fit."""
    found = []
    if (one.kind is Kind.LIVING_INCOME) != (one.per is Per.HOUSEHOLD_MONTH):
        message = say("A living income is for a family and a month, a wage for work.")
        found.append(Refusal("per_does_not_fit", message, "per"))
    if (one.per is Per.HOUSEHOLD_MONTH) != (one.household_hundredths is not None):
        message = say("Give the size of the family for a living income, and for nothing else.")
        found.append(Refusal("family_missing", message, "family"))
    if (one.holds_from - today).days > 366:
        message = say("It begins more than a year from now; correct the day.")
        found.append(Refusal("too_far", message, "holds_from"))
    return tuple(found)

"""Rupees unlocked: what was seen to come, of households that were checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from coop.schemes.rules.facts import Text


@dataclass(frozen=True, slots=True)
class Unlocked:
    """Of a financial year: paise of cash seen, households screened and with a benefit, the median, the
    largest household's.
    """

    paise: int
    screened: int
    with_any: int
    median_paise: int | None
    largest: int = 0

    @property
    def paise_each(self) -> int | None:
        """Paise for each household screened, None where none was."""
        return self.paise // self.screened if self.screened else None


def unlocked(by_household: Mapping[int, int], screened: frozenset[int]) -> Unlocked:
    """``by_household``: paise seen, by household's row id; only what is above nothing counts."""
    amounts = sorted(paise for paise in by_household.values() if paise > 0)
    middle = len(amounts) // 2
    median = None
    if amounts:
        median = amounts[middle]
        if len(amounts) % 2 == 0:
            median = (amounts[middle - 1] + amounts[middle]) // 2
    return Unlocked(sum(amounts), len(screened), len(amounts), median, max(amounts, default=0))


@dataclass(frozen=True, slots=True)
class Told:
    """A word with its count; None where it would point at a household."""

    name: Text
    count: int | None


@dataclass(frozen=True, slots=True)
class ToldAges:
    """A stage with its applications by how late they are (in the order of ``Age``); None: kept back."""

    name: Text
    counts: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class ToldYear:
    """A financial year; paise. None: of too few households to tell."""

    first: date
    screened: int | None
    with_any: int | None
    paise: int | None
    paise_each: int | None
    median_paise: int | None


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that page, table and paper show. ``least``: households below which nothing is told."""

    years: tuple[ToldYear, ...]
    ages: tuple[ToldAges, ...]
    barriers: tuple[Told, ...]
    papers: tuple[Told, ...]
    villages: tuple[Told, ...]
    money: tuple[Told, ...]
    least: int
    on: date

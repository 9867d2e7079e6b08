"""Rupees unlocked, and counts that tell of no single household."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unlocked:
    """Of a financial year: paise of cash seen, households screened and with a benefit, the median."""

    paise: int
    screened: int
    with_any: int
    median_paise: int | None

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
    return Unlocked(sum(amounts), len(screened), len(amounts), median)


def told_counts(counts: Mapping[str, int], least: int) -> Mapping[str, int | None]:
    """Counts by group, None where fewer than ``least`` would point at a household.

    Where just one group is kept back and the total is known, it could be worked out: the smallest of
    the others is kept back with it.

    >>> dict(told_counts({"a": 9, "b": 2, "c": 7}, 5))
    {'a': 9, 'b': None, 'c': None}
    """
    hidden = {name for name, count in counts.items() if 0 < count < least}
    if len(hidden) == 1:
        others = [name for name in counts if name not in hidden and counts[name] > 0]
        hidden |= set(sorted(others, key=lambda name: (counts[name], name))[:1])
    return {name: None if name in hidden else count for name, count in counts.items()}

"""Counts and sums told so coarsely that two days' numbers, subtracted, tell of no household. Pure.

``told_cells`` keeps small groups back on one day; between two days one household joins, and the
difference would be its own amount. Chance here is a secret's answer to a text: the same for the same
count, so that asking again tells nothing, and another for one household more.
"""

from collections.abc import Callable

Chance = Callable[[str], int]
STEP = 5


def coarse(count: int, place: str, chance: Chance) -> int:
    """A count of households as a multiple of 5, up or down by chance that keeps the mean; 0 stays.

    >>> coarse(12, "", lambda _: 1), coarse(12, "", lambda _: 2), coarse(0, "", lambda _: 0)
    (15, 10, 0)
    """
    whole, rest = divmod(count, STEP)
    up = chance(f"{place}/{count}") % STEP < rest
    return max((whole + up) * STEP, STEP) if count else 0


def step_of(largest: int) -> int:
    """The smallest of 1, 2, 5, 10, 20, … that is no smaller than an amount.

    >>> step_of(1_240_000)
    2000000
    """
    step = 1
    while True:
        for times in (1, 2, 5):
            if step * times >= largest:
                return step * times
        step *= 10


def coarse_money(paise: int, largest: int) -> int:
    """A sum to the nearest step, one at least; a step hides the whole amount of the largest household.

    >>> coarse_money(6_130_000, 1_240_000)
    6000000
    """
    step = step_of(largest)
    return max((paise + step // 2) // step, 1) * step if paise else 0

"""Counts and sums of people as they are told: none of them leads back to one person. Pure.

Every count is rounded to a multiple of 5 by chance. There are two ways to tell:

Published once (`rounded`, `is_safe`), as a quarter's counts of children: a small one reads "few", chance
is drawn by who publishes and kept nowhere. What is shown leaves a span of possible counts; `narrowed` says
where a table, taken together with its total, would leave less.

Told anew each day (`told_counts`, `coarse_money`), as the counts of a desk: small groups are kept back and
larger ones with them, and chance is a secret's answer to a text: the same for the same count, so that asking
again tells nothing, and another for one household more, so that two days subtracted tell of no household.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

STEP = 5
Chance = Callable[[str], int]
FEW_UP_TO = 9  # what may stand behind "few": with none and with nine people alike
# What a total may take off the span of a part: with more, two reports in a row would tell who came.
_MAY_NARROW = 2


@dataclass(frozen=True, slots=True)
class Draw:
    """Chance for one count: ``up`` 0 to 4, ``down`` 0 to 3."""

    up: int
    down: int


@dataclass(frozen=True, slots=True)
class Span:
    """The counts that may stand behind what is shown, both ends included."""

    least: int
    most: int


def rounded(count: int, draw: Draw) -> int | None:
    """What is shown of a count of people; None: few.

    Up to the next multiple of 5 with a chance that keeps the mean, else down. 5 to 9 read "few" now and
    then, so that one child more never shows for certain.

    >>> rounded(4, Draw(0, 0)), rounded(12, Draw(1, 0)), rounded(12, Draw(2, 0)), rounded(6, Draw(3, 0))
    (None, 15, 10, None)
    """
    if count < STEP:
        return None
    told = _stepped(count, draw.up)
    # Told downwards as 5 only three times of four; told upwards it is from more than 5 in any case.
    return None if told == STEP and told <= count and draw.down == 0 else told


def _stepped(count: int, up: int) -> int:
    """The multiple of 5 above a count with a chance that keeps the mean, else the one below it."""
    whole, rest = divmod(count, STEP)
    return (whole + (up < rest)) * STEP


def span_of(shown: int | None) -> Span:
    """The counts that may stand behind what is shown.

    >>> span_of(None), span_of(5), span_of(20)
    (Span(least=0, most=9), Span(least=5, most=9), Span(least=16, most=24))
    """
    if shown is None:
        return Span(0, FEW_UP_TO)
    least = STEP if shown == STEP else shown - STEP + 1
    return Span(least, shown + STEP - 1)


def narrowed(total: int | None, parts: Sequence[int | None]) -> Iterator[int]:
    """The places of the parts of which the total, less all others, would tell more than they say."""
    whole, spans = span_of(total), [span_of(part) for part in parts]
    least, most = sum(one.least for one in spans), sum(one.most for one in spans)
    for place, one in enumerate(spans):
        low = max(one.least, whole.least - (most - one.most))
        high = min(one.most, whole.most - (least - one.least))
        if high - low < one.most - one.least - _MAY_NARROW:
            yield place


def is_safe(total: int | None, groups: Mapping[str, Sequence[int | None]]) -> bool:
    """Whether a total may stand beside what is shown of each grouping of the same people."""
    return not any(next(narrowed(total, parts), None) is not None for parts in groups.values())


@dataclass(frozen=True, slots=True)
class Cell:
    """How many things a group has, and of how many households."""

    count: int
    households: int


@dataclass(frozen=True, slots=True)
class Told:
    """Counts as they may be told; None where one is kept back. So is the total where it gives one away."""

    counts: Mapping[str, int | None]
    total: int | None

    @property
    def kept_back(self) -> frozenset[str]:
        """Groups that are not told."""
        return frozenset(name for name, count in self.counts.items() if count is None)


def told_cells(cells: Mapping[str, Cell], least: int) -> Told:
    """Keep back what is of fewer than ``least`` households, and others with it.

    With them go larger groups, one at least, by name and not by size: were it the smallest, the
    smallest that is told would be a bound for it. They are so many that their sum allows each of them
    more than one value. Where all are used up the total is kept back too.

    >>> told = told_cells({"a": Cell(9, 9), "b": Cell(2, 2), "c": Cell(7, 7)}, 5)
    >>> dict(told.counts), told.total
    ({'a': None, 'b': None, 'c': 7}, 18)
    """
    small = sorted(name for name, cell in cells.items() if 0 < cell.households < least)
    rest = sorted(name for name, cell in cells.items() if cell.households >= least)
    with_them = 1 if small and rest else 0
    while small and with_them < len(rest) and not _safe(cells, small, rest[:with_them], least):
        with_them += 1
    hidden = {*small, *rest[:with_them]} if small else set()
    if small and not _safe(cells, small, rest[:with_them], least):
        # Nothing is left to hide them behind: neither total nor a nought is told.
        return Told(dict.fromkeys(cells), None)
    total = sum(cell.count for cell in cells.values())
    return Told({name: None if name in hidden else cells[name].count for name in cells}, total)


def _safe(cells: Mapping[str, Cell], small: list[str], others: list[str], least: int) -> bool:
    """Whether the sum of what is kept back lies above the least that it can be, in things and households."""
    if not others:
        return False
    lowest = len(small) + len(others) * least
    held = [cells[name] for name in (*small, *others)]
    return all(
        sum(of) > lowest
        for of in ([cell.households for cell in held], [cell.count for cell in held])
    )


def told_counts(
    cells: Mapping[str, Cell], least: int, place: str, chance: Chance
) -> Mapping[str, int | None]:
    """Counts as a page tells them, None where one is kept back. ``place``: what is counted, for chance."""
    return {
        name: None if count is None else coarse(count, f"{place}/{name}", chance)
        for name, count in told_cells(cells, least).counts.items()
    }


def coarse(count: int, place: str, chance: Chance) -> int:
    """A count of households as a multiple of 5, up or down by chance that keeps the mean; 0 stays.

    >>> coarse(12, "", lambda _: 1), coarse(12, "", lambda _: 2), coarse(0, "", lambda _: 0)
    (15, 10, 0)
    """
    return max(_stepped(count, chance(f"{place}/{count}") % STEP), STEP) if count else 0


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

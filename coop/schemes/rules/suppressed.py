"""Counts that point at no household: small cells are kept back, and enough of the others with them.

Whoever knows the total, the rows that are told and this very rule still cannot work out a cell that
is kept back (tests/schemes/test_suppressed.py tries every way).
"""

from collections.abc import Mapping
from dataclasses import dataclass


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

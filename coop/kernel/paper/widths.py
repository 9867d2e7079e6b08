"""How wide a table's columns are: by their shares, but no number is torn over two lines."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coop.kernel.paper.line import run_of

PAD = 4  # points within a cell at each side
_LEAST_SIZE = 6
_LONGEST = 3  # of a column's words so many are measured: digits are all as wide as each other


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: its head, its share of the width in hundredths, and the side its cells keep to."""

    head: str
    share: int
    side: str = "left"
    bold: bool = False


def fitting(
    columns: Sequence[TableColumn],
    rows: Sequence[Sequence[str]],
    sums: Sequence[str],
    width: int,
    size: int,
    legible: Callable[[str], str],
) -> tuple[list[int], int]:
    """Widths, and a size at most ``size``, at which every word of a column of numbers has room.

    Who has room to spare gives it; a column of words keeps its longest one whole where its share
    does. Where that is not enough, all becomes smaller.
    """
    shares = _by_shares(columns, width)
    for smaller in range(size, _LEAST_SIZE - 1, -1):
        least = []
        for place, (column, share) in enumerate(zip(columns, shares, strict=True)):
            cells = [row[place] for row in rows]
            need = _least(column, cells, sums[place] if sums else "", smaller, legible)
            least.append(need if column.side == "right" else min(need, share))
        short = sum(max(need - share, 0) for need, share in zip(least, shares, strict=True))
        spare = [max(share - need, 0) for need, share in zip(least, shares, strict=True)]
        if short <= sum(spare):
            return _given(shares, least, spare, short), smaller
    return shares, _LEAST_SIZE


def _given(
    shares: Sequence[int], least: Sequence[int], spare: Sequence[int], short: int
) -> list[int]:
    whole = max(sum(spare), 1)
    made = [
        need if need > share else share - short * room // whole
        for share, need, room in zip(shares, least, spare, strict=True)
    ]
    over = sum(made) - sum(shares)  # of rounding, less than there are columns
    made[max(range(len(made)), key=spare.__getitem__)] -= over
    return made


def _least(
    column: TableColumn,
    cells: Sequence[str],
    total: str,
    size: int,
    legible: Callable[[str], str],
) -> int:
    """How wide a column must be so that its longest words have room. A no-break space is no end."""

    def longest(texts: Sequence[str], *, bold: bool) -> float:
        words = sorted({word for text in texts for word in text.split(" ")}, key=len)
        return max(
            (run_of(legible(word), size, bold=bold).width for word in words[-_LONGEST:]), default=0
        )

    widest = max(longest(cells, bold=column.bold), longest((column.head, total), bold=True))
    return int(widest) + 2 + 2 * PAD


def _by_shares(columns: Sequence[TableColumn], width: int) -> list[int]:
    """Widths of columns by their shares; what is left over goes to the first."""
    whole = sum(one.share for one in columns)
    made = [width * one.share // whole for one in columns]
    made[0] += width - sum(made)
    return made

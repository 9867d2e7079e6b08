"""An attack by differencing: whoever knows totals, rows and the rule works out no cell kept back."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as some

from coop.kernel.rounding import Cell, Told, told_cells

LEAST = 5
Published = tuple[tuple[int | None, ...], int | None]


def _told(households: Sequence[int], least: int = LEAST) -> Told:
    return told_cells({str(n): Cell(x, x) for n, x in enumerate(households)}, least)


def _published(households: Sequence[int], least: int) -> Published:
    told = _told(households, least)
    return tuple(told.counts[str(n)] for n in range(len(households))), told.total


@pytest.mark.parametrize(
    ("groups", "most", "least"), [(1, 16, 5), (2, 16, 5), (3, 13, 4), (4, 10, 3)]
)
def test_every_way_to_be_published_so_leaves_more_than_one_number(
    groups: int, most: int, least: int
) -> None:
    """Try all counts: what is published the same way differs in each cell that is kept back."""
    ways: dict[Published, list[tuple[int, ...]]] = defaultdict(list)
    for counts in product(range(most), repeat=groups):
        ways[_published(counts, least)].append(counts)
    tried = 0
    for (cells, total), possible in ways.items():
        # Larger counts than were tried could be published so too; such ways are not judged.
        if total is not None and total - sum(cell or 0 for cell in cells) >= most:
            continue
        for place, cell in enumerate(cells):
            if cell is None:
                tried += 1
                assert len({counts[place] for counts in possible}) > 1, (cells, total, possible)
    assert tried


@given(
    some.dictionaries(
        some.text("abcdefgh", min_size=1, max_size=3),
        some.integers(0, 40).flatmap(lambda n: some.tuples(some.integers(n, 4 * n), some.just(n))),
        max_size=9,
    )
)
def test_nothing_of_few_households_is_told_and_rows_minus_total_tell_nothing(
    given_: dict[str, tuple[int, int]],
) -> None:
    cells = {name: Cell(*both) for name, both in given_.items()}
    told = told_cells(cells, LEAST)
    for name, cell in cells.items():
        if 0 < cell.households < LEAST:
            assert told.counts[name] is None
    hidden = told.kept_back
    if hidden and told.total is not None:
        left = told.total - sum(count or 0 for count in told.counts.values())
        assert left == sum(cells[name].count for name in hidden)
        assert len(hidden) > 1
        assert sum(cells[name].households for name in hidden) > LEAST
    if not any(0 < cell.households < LEAST for cell in cells.values()):
        assert not hidden


def test_a_single_small_group_takes_a_large_one_with_it() -> None:
    told = _told((9, 2, 7))
    assert (dict(told.counts), told.total) == ({"0": None, "1": None, "2": 7}, 18)
    assert _told((2, 0)).total is None

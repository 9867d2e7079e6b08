"""The edge of a growing tree gives the same root and the same tiles as the whole tree."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coop.log.rules.growth import Edge, partial_widths
from coop.receipts.rules.tiles import tiles_of
from coop.receipts.rules.tree import EMPTY_ROOT, leaf_hash, root_of

LEAVES = [leaf_hash(n.to_bytes(3, "big")) for n in range(66_000)]


def test_an_empty_tree() -> None:
    assert Edge().root == EMPTY_ROOT


def test_every_root_to_six_hundred() -> None:
    edge = Edge()
    for size, leaf in enumerate(LEAVES[:600], 1):
        edge.add(leaf)
        assert (edge.size, edge.root) == (size, root_of(LEAVES[:size]))


def test_tiles_over_two_levels() -> None:
    edge = Edge()
    full = [tile for leaf in LEAVES for tile in edge.add(leaf)]
    assert edge.root == root_of(LEAVES)
    want = [(t.level, t.n) for t in tiles_of(len(LEAVES)) if t.width == 256]
    assert sorted((t.level, t.n) for t in full) == want
    for tile in full:
        width = 256**tile.level
        first = tile.n * 256 * width
        hashes = [
            root_of(LEAVES[at : at + width]) for at in range(first, first + 256 * width, width)
        ]
        assert tile.hashes == b"".join(hashes)
        assert tile.root == root_of(hashes)


@given(st.integers(0, 1500), st.integers(0, 600))
@settings(max_examples=30, deadline=None)
def test_it_goes_on_from_where_it_stood(size: int, more: int) -> None:
    levels, rest, hashes = [], LEAVES[:size], LEAVES[:size]
    while rest:
        levels.append(rest[len(rest) - len(rest) % 256 :])
        rest = [root_of(rest[at : at + 256]) for at in range(0, len(rest) - 255, 256)]
    edge = Edge(size, levels)
    for leaf in LEAVES[size : size + more]:
        edge.add(leaf)
    assert edge.root == root_of([*hashes, *LEAVES[size : size + more]])


@pytest.mark.parametrize(
    ("size", "levels"), [(1, []), (0, [[b""]]), (256, [[]]), (257, [[], [b""]])]
)
def test_an_edge_of_another_tree_is_refused(size: int, levels: list[list[bytes]]) -> None:
    with pytest.raises(ValueError, match="has no edge"):
        Edge(size, levels)


def test_widths() -> None:
    assert partial_widths(0) == []
    assert partial_widths(256) == [0, 1]
    assert partial_widths(65_537) == [1, 0, 1]

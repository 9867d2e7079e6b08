"""Tiles: addresses as C2SP writes them, and the tree that is put together again from them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.receipts.rules.tiles import (
    Tile,
    node_place,
    place_text,
    read_level,
    read_place,
    split_tile,
    stands_in,
    tiles_of,
    width_in,
)
from coop.receipts.rules.tree import leaf_hash, range_hash, root_of


@pytest.mark.parametrize(
    ("n", "text"),
    [
        (0, "000"),
        (7, "007"),
        (999, "999"),
        (1000, "x001/000"),
        (1234067, "x001/x234/067"),
        (10**9, "x001/x000/x000/000"),
    ],
)
def test_addresses(n: int, text: str) -> None:
    assert place_text(n) == text
    assert read_place(text) == (n, 256)
    assert read_place(place_text(n, 255)) == (n, 255)
    assert read_place(text + ".p/1") == (n, 1)


@pytest.mark.parametrize(
    "text",
    ["", "0", "00", "0000", "x001", "x000/001", "001/002", "x001/x002", "000/", "/000", "000.p/",
     "000.p/0", "000.p/01", "000.p/256", "000.p/1000", "000.p/-1", "०००", "000\n", "../000", "x1/000"],
)  # fmt: skip
def test_what_is_no_address(text: str) -> None:
    assert read_place(text) is None


@given(st.integers(0, 10**12), st.integers(1, 256))
def test_addresses_are_read_as_they_are_written(n: int, width: int) -> None:
    assert read_place(place_text(n, width)) == (n, width)


def test_levels() -> None:
    assert [read_level(text) for text in ("0", "9", "63")] == [0, 9, 63]
    assert [read_level(text) for text in ("64", "00", "01", "-1", "", "1 ", "१")] == [None] * 7


def test_the_example_of_the_specification() -> None:
    """A tree of 70,000: 273 full tiles and one of 112; one full and one of 17; one of a single hash."""
    found = [(tile.level, tile.width) for tile in tiles_of(70_000)]
    assert found == [(0, 256)] * 273 + [(0, 112), (1, 256), (1, 17), (2, 1)]
    assert [(t.level, t.width) for t in tiles_of(256)] == [(0, 256), (1, 1)]
    assert list(tiles_of(0)) == []


def test_a_narrower_tile_stays_true() -> None:
    assert width_in(0, 1, 300) == 44
    assert stands_in(Tile(0, 1, 44), 300)
    assert stands_in(Tile(0, 1, 1), 300)
    assert not stands_in(Tile(0, 1, 45), 300)
    assert not stands_in(Tile(0, 2, 1), 300)
    assert not stands_in(Tile(0, 1), 300)
    assert stands_in(Tile(0, 0), 300)
    assert stands_in(Tile(1, 0, 1), 300)
    assert not stands_in(Tile(1, 0, 2), 300)


@pytest.mark.parametrize("size", [1, 255, 256, 257, 1000, 65_536, 65_793])
def test_the_root_is_worked_out_from_tiles_alone(size: int) -> None:
    leaves = [leaf_hash(n.to_bytes(3, "big")) for n in range(size)]
    held: dict[tuple[int, int], tuple[bytes, ...]] = {}
    for tile in tiles_of(size):
        width = 256**tile.level
        first = tile.n * 256
        hashes = b"".join(
            root_of(leaves[at * width : (at + 1) * width])
            for at in range(first, first + tile.width)
        )
        held[tile.level, tile.n] = split_tile(hashes)

    def node(level: int, n: int) -> bytes:
        tile_level, tile_n, at, count = node_place(level, n)
        return root_of(held[tile_level, tile_n][at : at + count])

    assert range_hash(0, size, node) == root_of(leaves)

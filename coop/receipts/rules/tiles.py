"""Tiles: the tree cut into pieces of 256 hashes, so that anybody can mirror it (C2SP tlog-tiles).

Tile ``n`` of level ``l`` holds the hashes of the whole nodes ``(8 l, 256 n)`` to ``(8 l, 256 n + 255)``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

WIDTH = 256
HASH = 32
HIGHEST = 63
_PLACE = re.compile(r"((?:x[0-9]{3}/)*)([0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?")
_LEVEL = re.compile(r"0|[1-9][0-9]?")


@dataclass(frozen=True, slots=True)
class Tile:
    """A tile by its level, its place in it, and how many hashes stand in it (256: full)."""

    level: int
    n: int
    width: int = WIDTH

    @property
    def address(self) -> str:
        """Where it is served, below ``tile/``.

        >>> Tile(1, 1234067, 8).address
        '1/x001/x234/067.p/8'
        """
        return f"{self.level}/{place_text(self.n, self.width)}"


def place_text(n: int, width: int = WIDTH) -> str:
    """A tile's place as C2SP writes it, three digits an element, and its width where it is partial."""
    groups = [f"{n % 1000:03d}"]
    while n >= 1000:
        n //= 1000
        groups.append(f"x{n % 1000:03d}")
    return "/".join(reversed(groups)) + ("" if width == WIDTH else f".p/{width}")


def read_place(text: str) -> tuple[int, int] | None:
    """Place and width of a tile's address, None where C2SP would write it otherwise.

    >>> read_place("x001/234.p/7"), read_place("x000/001")
    ((1234, 7), None)
    """
    found = _PLACE.fullmatch(text)
    if found is None:
        return None
    n = int(found[1].replace("x", "").replace("/", "") + found[2])
    width = int(found[3]) if found[3] else WIDTH
    if width > WIDTH or place_text(n, width) != text:
        return None
    return n, width


def read_level(text: str) -> int | None:
    """A tile's level from 0 to 63, without leading zeros."""
    return int(text) if _LEVEL.fullmatch(text) and int(text) <= HIGHEST else None


def width_in(level: int, n: int, size: int) -> int:
    """How many hashes a tile has in a tree of this size; 0 where it has no such tile."""
    return max(0, min(WIDTH, (size >> 8 * level) - WIDTH * n))


def stands_in(tile: Tile, size: int) -> bool:
    """Whether a tree of this size has the tile's hashes: a narrower one stays true as the tree grows."""
    return 1 <= tile.width <= width_in(tile.level, tile.n, size)


def tiles_of(size: int) -> Iterator[Tile]:
    """Every tile of a tree, level by level, the partial one of a level last.

    >>> [tile.address for tile in tiles_of(257)]
    ['0/000', '0/001.p/1', '1/000.p/1']
    """
    level = 0
    while size >> 8 * level:
        count = size >> 8 * level
        for n in range((count + WIDTH - 1) // WIDTH):
            yield Tile(level, n, width_in(level, n, size))
        level += 1


def node_place(level: int, n: int) -> tuple[int, int, int, int]:
    """Where a whole node's hash comes from: a tile's level and place, and from which of its hashes on
    how many are joined.

    >>> node_place(9, 3)
    (1, 0, 6, 2)
    """
    tile_level, within = divmod(level, 8)
    first = n << within
    return tile_level, first // WIDTH, first % WIDTH, 1 << within


def split_tile(data: bytes) -> tuple[bytes, ...]:
    """The hashes of a tile's bytes."""
    return tuple(data[at : at + HASH] for at in range(0, len(data), HASH))

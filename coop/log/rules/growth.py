"""How the tree grows: hashes fill tiles, a full tile's hash goes up one level, the edge gives the root."""

from collections.abc import Iterable
from dataclasses import dataclass

from coop.receipts.rules.tiles import WIDTH, node_place
from coop.receipts.rules.tree import range_hash, root_of


@dataclass(frozen=True, slots=True)
class FullTile:
    """A tile that has just become full: its level, its place, its 256 hashes, the one over them."""

    level: int
    n: int
    hashes: bytes
    root: bytes


class Edge:
    """The right edge of a tree: the hashes of the tile of each level that is not full yet."""

    __slots__ = ("_levels", "size")

    def __init__(self, size: int = 0, levels: Iterable[Iterable[bytes]] = ()) -> None:
        """Begin at a size with what stands in its partial tiles, level by level from the leaves.

        Raises ValueError where that is not what a tree of this size has.
        """
        self.size = size
        self._levels = [list(level) for level in levels]
        widths = [len(level) for level in self._levels]
        if widths != partial_widths(size):
            raise ValueError(f"a tree of {size} has no edge of {widths}")

    def add(self, leaf: bytes) -> list[FullTile]:
        """Add a leaf's hash; return the tiles that it made full, the lowest first."""
        full: list[FullTile] = []
        self.size += 1
        level, above = 0, leaf
        while True:
            if level == len(self._levels):
                self._levels.append([])
            hashes = self._levels[level]
            hashes.append(above)
            if len(hashes) < WIDTH:
                return full
            above = root_of(hashes)
            n = (self.size >> 8 * (level + 1)) - 1
            full.append(FullTile(level, n, b"".join(hashes), above))
            self._levels[level] = []
            level += 1

    @property
    def root(self) -> bytes:
        """The root over all leaves so far."""
        return range_hash(0, self.size, self._node)

    def _node(self, level: int, n: int) -> bytes:
        """The whole nodes that a root is made of all stand in tiles that are not full."""
        tile_level, _, at, count = node_place(level, n)
        return root_of(self._levels[tile_level][at : at + count])


def partial_widths(size: int) -> list[int]:
    """How many hashes stand in each level's last tile, as far as there are levels.

    >>> partial_widths(70_000)
    [112, 17, 1]
    """
    widths = []
    while size:
        widths.append(size % WIDTH)
        size //= WIDTH
    return widths

"""What a witness looks at before it signs: the log's signature, and that the tree only grew.

``fetch`` is given a name such as ``checkpoint`` or ``tile/0/000`` and gives the bytes, or None.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coop.receipts.rules.note import Checkpoint, Head, read_checkpoint
from coop.receipts.rules.tiles import HASH, Tile, node_place, split_tile, width_in
from coop.receipts.rules.tree import (
    EMPTY_ROOT,
    consistency_holds,
    consistency_ranges,
    range_hash,
    root_of,
)
from coop.receipts.rules.trust_list import LogKey

Fetch = Callable[[str], bytes | None]


class NotSignedError(ValueError):
    """A witness will not sign. ``evidence``: what was fetched, by name."""

    def __init__(self, why: str, evidence: dict[str, bytes]) -> None:
        super().__init__(why)
        self.evidence = evidence


class ForkError(NotSignedError):
    """The log shows another tree than before, or nothing that leads from the one to the other.

    With the checkpoint that was signed before, the evidence proves it to anybody.
    """


class UnreadableError(ValueError):
    """The log could not be judged: a checkpoint or a tile does not come. To be tried again."""


@dataclass(frozen=True, slots=True)
class Look:
    """What the log shows now, and that it grew from what was signed before."""

    checkpoint: Checkpoint
    data: bytes


def look(fetch: Fetch, keys: Sequence[LogKey], last: Head | None) -> Look:
    """Look at a log before signing. ``last``: what was signed before, None at the first time.

    Raises ForkError, to be shouted about, NotSignedError for a checkpoint that is not this log's,
    and UnreadableError.
    """
    seen: dict[str, bytes] = {}

    def get(name: str) -> bytes | None:
        found = fetch(name)
        if found is not None:
            seen[name] = found
        return found

    data = get("checkpoint")
    if data is None:
        raise UnreadableError("the log shows no checkpoint")
    shown = read_checkpoint(data, keys)
    if shown is None or not shown.logged:
        raise NotSignedError("the checkpoint is not signed by the log's key", seen)
    _judge(_Tiles(get, shown.head.size), shown.head, last, seen)
    return Look(shown, data)


def _judge(tiles: "_Tiles", now: Head, last: Head | None, seen: dict[str, bytes]) -> None:
    if last is not None and now.origin != last.origin:
        raise NotSignedError(f"this is the log {now.origin}; signed before was {last.origin}", seen)
    if last is not None and now.size < last.size:
        why = f"the log shows {now.size} leaves; {last.size} were signed before"
        raise ForkError(why, seen)
    if last is not None and now.size == last.size:
        if now.root != last.root:
            raise ForkError(f"two roots for {now.size} leaves", seen)
        return
    if not _root_stands(tiles, now):
        raise ForkError("the tiles do not lead to the root that is signed", seen)
    if last is None:
        return
    path = [range_hash(*one, tiles.node) for one in consistency_ranges(last.size, now.size)]
    if not consistency_holds(last.size, last.root, now.size, now.root, path):
        raise ForkError(f"the tree of {now.size} did not grow from that of {last.size}", seen)


def _root_stands(tiles: "_Tiles", now: Head) -> bool:
    return range_hash(0, now.size, tiles.node) == now.root if now.size else now.root == EMPTY_ROOT


class _Tiles:
    """Whole nodes, worked out from the tiles of a tree of one size; each tile is fetched once."""

    def __init__(self, get: Fetch, size: int) -> None:
        self._get, self._size = get, size
        self._held: dict[tuple[int, int], bytes] = {}

    def node(self, level: int, n: int) -> bytes:
        """The hash of a whole node of the tree."""
        tile_level, tile_n, at, count = node_place(level, n)
        hashes = self._tile(tile_level, tile_n)[HASH * at : HASH * (at + count)]
        return root_of(split_tile(hashes))

    def _tile(self, level: int, n: int) -> bytes:
        if (level, n) not in self._held:
            width = width_in(level, n, self._size)
            name = f"tile/{Tile(level, n, width).address}"
            # A log may put a full tile in a partial one's place once it stands.
            data = self._get(name) or self._get(f"tile/{Tile(level, n).address}") or b""
            if len(data) < HASH * width:
                raise UnreadableError(f"the log does not give {name}")
            self._held[level, n] = data[: HASH * width]
        return self._held[level, n]

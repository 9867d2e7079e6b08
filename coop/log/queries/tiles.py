"""Tiles and paths: read from full tiles and the edge, never from the whole tree."""

from collections import OrderedDict
from collections.abc import Iterable

from coop.kernel.db import Transaction
from coop.log.rules.growth import partial_widths
from coop.receipts.rules.tiles import WIDTH, Tile, node_place, split_tile
from coop.receipts.rules.tree import Range, inclusion_ranges, range_hash, root_of, whole_nodes

_HELD_TILES = 2048
TileKey = tuple[int, int]
# Full tiles never change, so what was read once may be held: 8 KB each.
_held: OrderedDict[TileKey, bytes] = OrderedDict()


def forget_tiles() -> None:
    """Forget what is held in memory: another database, or a test that spoils one."""
    _held.clear()


async def edge_of(tx: Transaction, size: int) -> list[list[bytes]]:
    """The hashes in each level's partial tile of the whole tree, from the leaves upwards."""
    widths = partial_widths(size)
    keys = [(level, size >> 8 * (level + 1)) for level, width in enumerate(widths) if width]
    held = await _partial_tiles(tx, keys)
    return [
        list(split_tile(held.get((level, size >> 8 * (level + 1)), b"")))[:width]
        for level, width in enumerate(widths)
    ]


async def tile_bytes(tx: Transaction, tile: Tile) -> bytes | None:
    """The hashes of a tile side by side; None where the tree has not grown so far.

    A partial tile may be asked for at any width that was reached.
    """
    key = (tile.level, tile.n)
    data = (await tiles_held(tx, [key])).get(key, b"")[: 32 * tile.width]
    return data if len(data) == 32 * tile.width else None


async def tiles_held(tx: Transaction, keys: Iterable[TileKey]) -> dict[TileKey, bytes]:
    """The hashes of tiles by level and place, as far as each is filled."""
    found: dict[TileKey, bytes] = {}
    missing: list[TileKey] = []
    for key in keys:
        if key in _held:
            _held.move_to_end(key)
            found[key] = _held[key]
        else:
            missing.append(key)
    if not missing:
        return found
    rows = await tx.fetch(
        "SELECT t.level, t.n, t.hashes FROM unnest($1::smallint[], $2::bigint[]) w (level, n)"
        " JOIN log_tile t ON (t.level, t.n) = (w.level, w.n)",
        [level for level, _ in missing],
        [n for _, n in missing],
    )
    for row in rows:
        found[row["level"], row["n"]] = _held[row["level"], row["n"]] = row["hashes"]
    while len(_held) > _HELD_TILES:
        _held.popitem(last=False)
    return found | await _partial_tiles(tx, [key for key in missing if key not in found])


async def _partial_tiles(tx: Transaction, keys: Iterable[TileKey]) -> dict[TileKey, bytes]:
    """What stands so far in tiles that are not full: leaves, or the hashes over full tiles below."""
    wanted = list(keys)
    if not wanted:
        return {}
    rows = await tx.fetch(
        """SELECT w.level, w.n, coalesce(
             CASE WHEN w.level = 0 THEN (
               SELECT string_agg(l.hash, '' ORDER BY l.leaf_index) FROM log_leaf l
               WHERE l.leaf_index >= w.n * 256 AND l.leaf_index < (w.n + 1) * 256)
             ELSE (
               SELECT string_agg(t.root, '' ORDER BY t.n) FROM log_tile t
               WHERE t.level = w.level - 1 AND t.n >= w.n * 256 AND t.n < (w.n + 1) * 256)
             END, '') AS hashes
           FROM unnest($1::smallint[], $2::bigint[]) w (level, n)""",
        [level for level, _ in wanted],
        [n for _, n in wanted],
    )
    return {(row["level"], row["n"]): row["hashes"] for row in rows}


async def range_hashes(tx: Transaction, ranges: Iterable[Range]) -> list[bytes]:
    """The hashes over ranges of a proof. Raises LookupError where the tree has not grown so far."""
    wanted = list(ranges)
    places = {node: node_place(*node) for start, end in wanted for node in whole_nodes(start, end)}
    held = await tiles_held(tx, {(level, n) for level, n, _, _ in places.values()})

    def node_hash(level: int, n: int) -> bytes:
        tile_level, tile_n, at, count = places[level, n]
        data = held.get((tile_level, tile_n), b"")[32 * at : 32 * (at + count)]
        if len(data) != 32 * count:
            raise LookupError(f"the log has no node {level}/{n}")
        return root_of(split_tile(data))

    return [range_hash(start, end, node_hash) for start, end in wanted]


async def path_of(tx: Transaction, index: int, size: int) -> list[bytes]:
    """A leaf's path to the root of a tree of this size."""
    return await range_hashes(tx, inclusion_ranges(index, size))


async def entry_bundle(tx: Transaction, n: int, width: int) -> bytes | None:
    """The receipts of a leaf tile, each after its length in two bytes; None where they do not stand yet."""
    first = n * WIDTH
    rows = await tx.fetch(
        "SELECT r.signed FROM log_leaf l JOIN receipt r ON r.id = l.receipt_id"
        " WHERE l.leaf_index >= $1 AND l.leaf_index < $2 ORDER BY l.leaf_index",
        first,
        first + width,
    )
    if len(rows) != width:
        return None
    return b"".join(len(row["signed"]).to_bytes(2, "big") + row["signed"] for row in rows)

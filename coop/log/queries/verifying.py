"""What `coop log verify` asks: the tree is worked out anew from the receipts' bytes and compared."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from asyncpg import Record

from coop.kernel.db import Transaction
from coop.log.rules.growth import Edge
from coop.receipts.queries import log_keys
from coop.receipts.rules.note import Head, read_checkpoint
from coop.receipts.rules.tree import leaf_hash
from coop.receipts.rules.trust_list import LogKey

_PAGE = 5000
_MAY_WAIT = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Found:
    """The first fault of each kind, and the log as the receipts say it."""

    faults: tuple[str, ...]
    size: int
    root: bytes
    checkpoints: int


class _Faults:
    """Keeps the first fault of a kind."""

    def __init__(self) -> None:
        self._first: dict[str, str] = {}

    def add(self, kind: str, about: object) -> None:
        self._first.setdefault(kind, f"{kind}: {about}")

    @property
    def told(self) -> tuple[str, ...]:
        return tuple(self._first.values())


async def verify_log(tx: Transaction, origin: str, at: datetime) -> Found:
    """Compare every leaf, tile, checkpoint and cosignature with the receipts. Run as the owner."""
    faults = _Faults()
    keys = tuple(one.key for one in await log_keys(tx))
    heads = _Heads(await _checkpoints(tx), origin, keys, faults)
    edge = Edge()
    heads.reached(edge)
    tiles = _Tiles(faults)
    async for row in _leaves(tx):
        index = edge.size
        if row["leaf_index"] != index:
            faults.add("leaf missing", index)
            break
        _compare_leaf(row, faults)
        await tiles.compare(tx, edge, row)
        heads.reached(edge)
    heads.close(edge.size)
    await tiles.close(tx)
    await _cosignatures(tx, origin, faults)
    await _strays(tx, at, faults)
    return Found(faults.told, edge.size, edge.root, heads.count)


def _compare_leaf(row: Record, faults: _Faults) -> None:
    if row["signed"] is None:
        faults.add("leaf without its receipt", row["leaf_index"])
    elif leaf_hash(row["signed"]) != row["hash"]:
        faults.add("leaf differs from its receipt", row["leaf_index"])


async def _leaves(tx: Transaction) -> AsyncIterator[Record]:
    """The leaves in order with their receipts, a page at a time."""
    after = -1
    while True:
        rows = await tx.fetch(
            "SELECT l.leaf_index, l.hash, r.signed FROM log_leaf l LEFT JOIN receipt r ON r.id = l.receipt_id"
            " WHERE l.leaf_index > $1 ORDER BY l.leaf_index LIMIT $2",
            after,
            _PAGE,
        )
        for row in rows:
            yield row
        if len(rows) < _PAGE:
            return
        after = rows[-1]["leaf_index"]


class _Tiles:
    """Compares each full tile with the stored one; the receipts' own bytes say what it must hold."""

    def __init__(self, faults: _Faults) -> None:
        self._faults = faults
        self._full: dict[int, int] = {}

    async def compare(self, tx: Transaction, edge: Edge, row: Record) -> None:
        signed = row["signed"]
        for tile in edge.add(row["hash"] if signed is None else leaf_hash(signed)):
            self._full[tile.level] = tile.n + 1
            kept = await tx.fetchrow(
                "SELECT hashes, root FROM log_tile WHERE level = $1 AND n = $2", tile.level, tile.n
            )
            if kept is None:
                self._faults.add("tile missing", f"{tile.level}/{tile.n}")
            elif (kept["hashes"], kept["root"]) != (tile.hashes, tile.root):
                self._faults.add("tile differs from its receipts", f"{tile.level}/{tile.n}")

    async def close(self, tx: Transaction) -> None:
        for row in await tx.fetch("SELECT level, max(n) AS n FROM log_tile GROUP BY 1 ORDER BY 1"):
            if row["n"] >= self._full.get(row["level"], 0):
                self._faults.add("tile beyond the leaves", f"{row['level']}/{row['n']}")


async def _checkpoints(tx: Transaction) -> list[Record]:
    return await tx.fetch("SELECT id, size, root, note FROM log_checkpoint ORDER BY id")


class _Heads:
    """Compares each checkpoint's root as the tree grows past its size."""

    def __init__(
        self, rows: list[Record], origin: str, keys: tuple[LogKey, ...], faults: _Faults
    ) -> None:
        self._faults, self.count = faults, len(rows)
        self._at: dict[int, list[bytes]] = {}
        self._last = rows[-1]["size"] if rows else None
        largest = 0
        for number, row in enumerate(rows, 1):
            if row["id"] != number:
                faults.add("checkpoint missing before", row["id"])
            self._at.setdefault(row["size"], []).append(row["root"])
            self._signature(row, origin, keys)
            if row["size"] < largest:
                faults.add("checkpoint smaller than one before", row["id"])
            largest = max(largest, row["size"])

    def _signature(self, row: Record, origin: str, keys: tuple[LogKey, ...]) -> None:
        read = read_checkpoint(row["note"], keys)
        head = Head(origin, row["size"], row["root"])
        if read is None or not read.logged or read.head != head:
            self._faults.add("checkpoint whose signature does not hold", row["id"])

    def reached(self, edge: Edge) -> None:
        roots = self._at.pop(edge.size, None)
        if roots is not None and any(root != edge.root for root in roots):
            self._faults.add("checkpoint's root differs from the receipts", edge.size)

    def close(self, size: int) -> None:
        if self._at:
            self._faults.add("checkpoint of more leaves than there are", min(self._at))
        if (self._last or 0) != size:
            self._faults.add("last checkpoint does not cover the leaves", f"{self._last} of {size}")


async def _cosignatures(tx: Transaction, origin: str, faults: _Faults) -> None:
    """Each line holds for the checkpoint that it stands under."""
    keys = {one.id: one.key for one in await log_keys(tx)}
    rows = await tx.fetch(
        """SELECT c.id, c.log_key_id, c.size, c.line, extract(epoch FROM c.seen_at)::bigint AS seen,
                  (SELECT p.root FROM log_checkpoint p WHERE p.size = c.size ORDER BY p.id DESC LIMIT 1) AS root
           FROM log_cosignature c ORDER BY c.id"""
    )
    for row in rows:
        text = Head(origin, row["size"], row["root"] or b"").text
        key = keys.get(row["log_key_id"])
        read = read_checkpoint(f"{text}\n{row['line']}".encode(), [key] if key else [])
        if read is None or [one.timestamp for one in read.cosignatures] != [row["seen"]]:
            faults.add("cosignature that does not hold", row["id"])


async def _strays(tx: Transaction, at: datetime, faults: _Faults) -> None:
    """Receipts that should stand in the log by now; the clock of their posting is in them."""
    late = await tx.fetchval(
        """SELECT min(r.id) FROM receipt r WHERE r.issued_at < $1
             AND NOT EXISTS (SELECT FROM log_leaf l WHERE l.receipt_id = r.id)""",
        at - _MAY_WAIT,
    )
    if late is not None:
        faults.add("receipt without a leaf for over a minute", late)

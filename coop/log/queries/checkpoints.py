"""Checkpoints and the cosignatures under them."""

from dataclasses import dataclass
from datetime import datetime

from coop.kernel.db import SYSTEM, Transaction, transaction


@dataclass(frozen=True, slots=True)
class StoredCheckpoint:
    """A checkpoint as it was signed, without cosignatures."""

    size: int
    root: bytes
    note: bytes
    signed_at: datetime


_COLUMNS = "SELECT size, root, note, signed_at FROM log_checkpoint"


async def newest_checkpoint(tx: Transaction) -> StoredCheckpoint | None:
    """The last one signed, None before the first."""
    row = await tx.fetchrow(f"{_COLUMNS} ORDER BY id DESC LIMIT 1")
    return StoredCheckpoint(*row.values()) if row else None


async def checkpoint_of_size(tx: Transaction, size: int) -> StoredCheckpoint | None:
    """The last one signed of a size."""
    row = await tx.fetchrow(f"{_COLUMNS} WHERE size = $1 ORDER BY id DESC LIMIT 1", size)
    return StoredCheckpoint(*row.values()) if row else None


async def cosignature_lines(tx: Transaction, size: int) -> str:
    """The lines under a size's checkpoint of witnesses in the list: of each its first and its last.

    A witness may sign the same checkpoint every minute of a quiet night.
    """
    rows = await tx.fetch(
        """SELECT c.line FROM log_cosignature c WHERE c.size = $1
             AND c.seen_at IN (
               (SELECT min(o.seen_at) FROM log_cosignature o WHERE o.log_key_id = c.log_key_id AND o.size = $1),
               (SELECT max(o.seen_at) FROM log_cosignature o WHERE o.log_key_id = c.log_key_id AND o.size = $1))
             AND NOT EXISTS (SELECT FROM log_key_state s WHERE s.log_key_id = c.log_key_id AND s.state = 2)
           ORDER BY c.seen_at, c.id""",
        size,
    )
    return "".join(row["line"] for row in rows)


@dataclass(frozen=True, slots=True)
class Place:
    """A receipt's leaf, and the tree that its proof is made for."""

    index: int
    size: int
    root: bytes


async def place_of(tx: Transaction, cti: bytes) -> Place | None:
    """Where a receipt stands, in the smallest tree that a witness of the list saw, else in the newest.

    The first cosigned one is proof for ever: also if the receipt's key is stolen later.
    """
    row = await tx.fetchrow(
        """SELECT l.leaf_index, coalesce(seen.size, newest.size), coalesce(seen.root, newest.root)
           FROM receipt r JOIN log_leaf l ON l.receipt_id = r.id
           LEFT JOIN LATERAL (
             SELECT c.size, p.root FROM log_cosignature c JOIN log_checkpoint p ON p.size = c.size
             WHERE c.size > l.leaf_index AND NOT EXISTS (
               SELECT FROM log_key_state s WHERE s.log_key_id = c.log_key_id AND s.state = 2)
             ORDER BY c.size LIMIT 1) seen ON true
           CROSS JOIN LATERAL (SELECT size, root FROM log_checkpoint ORDER BY id DESC LIMIT 1) newest
           WHERE r.cti = $1""",
        cti,
    )
    return Place(*row.values()) if row else None


async def stands(cti: bytes) -> bool:
    """Whether a receipt has its leaf; a question of its own, for a page that holds no transaction."""
    async with transaction(SYSTEM) as tx:
        return await place_of(tx, cti) is not None


@dataclass(frozen=True, slots=True)
class WitnessSeen:
    """A witness of the list and what it signed last; None where it has signed nothing yet."""

    name: str
    size: int | None
    seen_at: datetime | None


async def witnesses(tx: Transaction) -> tuple[WitnessSeen, ...]:
    """The witnesses whose keys are in use, by name."""
    rows = await tx.fetch(
        """SELECT k.name, c.size, c.seen_at FROM log_key k
           LEFT JOIN LATERAL (SELECT size, seen_at FROM log_cosignature c WHERE c.log_key_id = k.id
                              ORDER BY seen_at DESC LIMIT 1) c ON true
           WHERE k.type = 4 AND NOT EXISTS (SELECT FROM log_key_state s WHERE s.log_key_id = k.id)
           ORDER BY k.name, k.id"""
    )
    return tuple(WitnessSeen(*row.values()) for row in rows)

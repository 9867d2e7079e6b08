"""The integrator: takes committed receipts into the tree and signs a checkpoint, one at a time.

It runs in every worker and polls twice a second; the database lets one of them work at once.
"""

import asyncio
from pathlib import Path

import structlog

from coop.kernel import clock
from coop.kernel.db import SYSTEM, Transaction, transaction
from coop.log.queries.checkpoints import StoredCheckpoint, newest_checkpoint
from coop.log.queries.tiles import edge_of
from coop.log.rules.growth import Edge, FullTile
from coop.receipts.operations.log_keys import Signers, log_signers
from coop.receipts.rules.note import Head, sign_head
from coop.receipts.rules.tree import leaf_hash
from coop.settings import settings

AT_ONCE = 2000
_LOCK = 0x0C00_10C6
_EVERY, _AFTER_A_FAULT = 0.5, 15.0


async def integrate(tx: Transaction, keys: Path, origin: str, most: int = AT_ONCE) -> int | None:
    """Take up to ``most`` waiting receipts in and sign a checkpoint; return how many.

    None where somebody else is at it, or where the log has no key yet. A checkpoint is also signed
    where there is none, and where the log's keys have changed since the last.
    """
    if not await tx.fetchval("SELECT pg_try_advisory_xact_lock($1)", _LOCK):
        return None
    signers = await log_signers(tx, keys)
    if not signers:
        return None
    rows = await tx.fetch(
        "SELECT w.receipt_id, r.signed FROM"
        " (SELECT receipt_id FROM log_waiting ORDER BY receipt_id LIMIT $1) w"
        " JOIN receipt r ON r.id = w.receipt_id ORDER BY w.receipt_id",
        most,
    )
    newest = await newest_checkpoint(tx)
    if not rows and newest is not None and _signed_by(newest, signers):
        return 0
    size = newest.size if newest else 0
    edge = Edge(size, await edge_of(tx, size))
    hashes = [leaf_hash(row["signed"]) for row in rows]
    full = [tile for one in hashes for tile in edge.add(one)]
    await _write_leaves(tx, size, [row["receipt_id"] for row in rows], hashes)
    await _write_tiles(tx, full)
    head = Head(origin, edge.size, edge.root)
    await tx.execute(
        # Numbered without a gap, which the lock allows: one that is gone is missed.
        "INSERT INTO log_checkpoint (id, size, root, note, signed_at)"
        " SELECT coalesce(max(id), 0) + 1, $1, $2, $3, $4 FROM log_checkpoint",
        head.size,
        head.root,
        sign_head(head, signers),
        clock.now(),
    )
    return len(rows)


def _signed_by(checkpoint: StoredCheckpoint, signers: Signers) -> bool:
    """Whether a checkpoint carries a line of each key that signs now, and of no other."""
    head = Head(signers[0][0].name, checkpoint.size, checkpoint.root)
    return checkpoint.note == sign_head(head, signers)


async def _write_leaves(
    tx: Transaction, first: int, receipts: list[int], hashes: list[bytes]
) -> None:
    """The first leaf's key refuses a place that is taken: two trees can never come of one log."""
    if not receipts:
        return
    await tx.execute(
        "INSERT INTO log_leaf (leaf_index, receipt_id, hash)"
        " SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bytea[])",
        list(range(first, first + len(receipts))),
        receipts,
        hashes,
    )
    await tx.execute("DELETE FROM log_waiting WHERE receipt_id = ANY ($1::bigint[])", receipts)


async def _write_tiles(tx: Transaction, full: list[FullTile]) -> None:
    if full:
        await tx.execute(
            "INSERT INTO log_tile (level, n, hashes, root)"
            " SELECT * FROM unnest($1::smallint[], $2::bigint[], $3::bytea[], $4::bytea[])",
            [tile.level for tile in full],
            [tile.n for tile in full],
            [tile.hashes for tile in full],
            [tile.root for tile in full],
        )


async def integrate_waiting() -> int:
    """Take in all that waits now, a transaction a batch; return how many."""
    done = 0
    while True:
        async with transaction(SYSTEM) as tx:
            taken = await integrate(tx, settings().keys, settings().log_origin)
        done += taken or 0
        if not taken or taken < AT_ONCE:
            return done


async def keep_integrating() -> None:
    """Do so until cancelled; a fault is logged and tried again."""
    log = structlog.get_logger("coop.log")
    while True:
        pause = _EVERY
        try:
            await integrate_waiting()
        except Exception as error:  # whatever it was: a log that stands still is the worse fault
            log.warning("receipts not taken into the log", error=f"{type(error).__name__}: {error}")
            pause = _AFTER_A_FAULT
        await asyncio.sleep(pause)

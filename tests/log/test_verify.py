"""`coop log verify` finds what somebody with the database's own password changed."""

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import pytest

from coop.kernel import clock
from coop.kernel.db import SYSTEM, Transaction
from coop.log.operations.integrate import integrate_waiting
from coop.log.queries.verifying import Found, verify_log
from coop.running import Running
from coop.settings import settings
from tests.trade import Trade, entry, post

FLIP = "set_byte({0}, {1}, get_byte({0}, {1}) # 1)"
# What an insider would do, and the kind of fault that betrays it.
EDITS = {
    "a receipt's byte": (
        f"UPDATE receipt SET signed = {FLIP.format('signed', 40)} WHERE id = {{receipt}}",
        "leaf differs from its receipt",
    ),
    "a receipt gone": (
        "DELETE FROM receipt WHERE id = {receipt}", "leaf without its receipt",
    ),
    "a leaf's hash": (
        f"UPDATE log_leaf SET hash = {FLIP.format('hash', 3)} WHERE leaf_index = {{leaf}}",
        "leaf differs from its receipt",
    ),
    "a leaf of another receipt": (
        "UPDATE log_leaf SET receipt_id = receipt_id + 1000000 WHERE leaf_index = {leaf}",
        "leaf without its receipt",
    ),
    "two leaves exchanged": (
        "UPDATE log_leaf SET receipt_id = -receipt_id WHERE leaf_index IN ({leaf}, {next});"
        " UPDATE log_leaf a SET receipt_id = (SELECT -b.receipt_id FROM log_leaf b"
        " WHERE b.leaf_index = {leaf} + {next} - a.leaf_index) WHERE leaf_index IN ({leaf}, {next})",
        "leaf",
    ),
    "a leaf gone": ("DELETE FROM log_leaf WHERE leaf_index = {leaf}", "leaf missing"),
    "the last leaf gone": (
        "DELETE FROM log_leaf WHERE leaf_index = {last}", "receipt without a leaf",
    ),
    "a stored hash": (
        f"UPDATE log_tile SET hashes = {FLIP.format('hashes', 777)} WHERE (level, n) = (0, 0)",
        "tile differs from its receipts: 0/0",
    ),
    "a tile's own hash": (
        f"UPDATE log_tile SET root = {FLIP.format('root', 7)} WHERE (level, n) = (0, 1)",
        "tile differs from its receipts: 0/1",
    ),
    "a tile gone": ("DELETE FROM log_tile WHERE (level, n) = (0, 0)", "tile missing: 0/0"),
    "a tile too many": (
        "INSERT INTO log_tile SELECT 5, 0, hashes, root FROM log_tile LIMIT 1",
        "tile beyond the leaves: 5/0",
    ),
    "a checkpoint's root": (
        f"UPDATE log_checkpoint SET root = {FLIP.format('root', 1)} WHERE size = {{size}}",
        "checkpoint",
    ),
    "a checkpoint's signature": (
        "UPDATE log_checkpoint SET note = set_byte(note, octet_length(note) - 20, 65)"
        " WHERE size = {size}",
        "checkpoint whose signature does not hold",
    ),
    "a checkpoint's size": (
        "UPDATE log_checkpoint SET size = size + 100000 WHERE size = {size}", "checkpoint",
    ),
    "a checkpoint of fewer leaves at the end": (
        "INSERT INTO log_checkpoint (id, size, root, note, signed_at)"
        " SELECT (SELECT max(id) + 1 FROM log_checkpoint), size, root, note, signed_at"
        " FROM log_checkpoint ORDER BY id LIMIT 1",
        "checkpoint smaller than one before",
    ),
    "the last checkpoints gone": (
        "DELETE FROM log_checkpoint WHERE size = {size}", "last checkpoint does not cover",
    ),
    "a false cosignature": (
        "INSERT INTO log_cosignature (log_key_id, size, seen_at, line, received_at, received_by)"
        " SELECT id, {size}, now(), '— x AAAAAAA=' || chr(10), now(), 'x' FROM log_key LIMIT 1",
        "cosignature that does not hold",
    ),
}  # fmt: skip


@asynccontextmanager
async def _insider(database: Running) -> AsyncIterator[Any]:
    """The database's superuser with every trigger and foreign key off; all is undone."""
    owner = await asyncpg.connect(database.addresses.owner)
    opened = owner.transaction()
    await opened.start()
    try:
        await owner.execute("SET LOCAL session_replication_role = replica")
        yield owner
    finally:
        await opened.rollback()
        await owner.close()


async def _verified(owner: Any, later: int = 120) -> Found:
    tx = Transaction(owner, SYSTEM)
    return await verify_log(tx, settings().log_origin, clock.now() + clock.seconds(later))


@pytest.fixture(scope="module")
async def two_tiles(trade: Trade, database: Running) -> None:
    """More than two full tiles, so that every kind of row is there."""
    async with _insider(database) as owner:
        count = await owner.fetchval("SELECT count(*) FROM receipt")
    for _ in range(max(0, 560 - count) // 80 + 1):
        await post(trade.here, *(entry(trade.here) for _ in range(80)))
        await integrate_waiting()


async def test_a_clean_log_has_no_fault(two_tiles: None, database: Running) -> None:
    async with _insider(database) as owner:
        found = await _verified(owner)
        size = await owner.fetchval("SELECT count(*) FROM log_leaf")
        root = await owner.fetchval("SELECT root FROM log_checkpoint ORDER BY id DESC LIMIT 1")
    assert (found.faults, found.size, found.root) == ((), size, root)
    assert found.checkpoints > 2


@pytest.mark.parametrize("what", EDITS)
async def test_an_edit_is_found(two_tiles: None, database: Running, what: str) -> None:
    statement, kind = EDITS[what]
    chance = random.Random(what)
    async with _insider(database) as owner:
        size = await owner.fetchval("SELECT max(size) FROM log_checkpoint")
        leaf = chance.randrange(size - 2)
        receipt = await owner.fetchval(
            "SELECT receipt_id FROM log_leaf WHERE leaf_index = $1", leaf
        )
        done = statement.format(receipt=receipt, leaf=leaf, next=leaf + 1, last=size - 1, size=size)
        for one in done.split(";"):
            assert not (await owner.execute(one)).endswith(" 0"), one
        faults = (await _verified(owner)).faults
    assert any(fault.startswith(kind) for fault in faults), faults
    assert all("\n" not in fault for fault in faults)


async def test_a_receipt_may_wait_a_minute_and_no_longer(
    two_tiles: None, trade: Trade, database: Running
) -> None:
    await post(trade.here, entry(trade.here))
    async with _insider(database) as owner:
        assert (await _verified(owner, later=30)).faults == ()
        late = (await _verified(owner, later=90)).faults
    assert len(late) == 1
    assert late[0].startswith("receipt without a leaf for over a minute")
    await integrate_waiting()

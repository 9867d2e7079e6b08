"""The integrator against PostgreSQL: every committed receipt once, no gap, whoever else is at it."""

import asyncio
import time
from typing import Any

import asyncpg
import pytest

from coop.kernel.db import SYSTEM, Reach, transaction
from coop.log.operations.integrate import AT_ONCE, integrate, integrate_waiting, keep_integrating
from coop.log.operations.serving import proof_of, served_checkpoint
from coop.log.queries.tiles import tile_bytes
from coop.receipts.operations.log_keys import log_signers
from coop.receipts.rules.log_proof import read_proof
from coop.receipts.rules.note import read_checkpoint
from coop.receipts.rules.tiles import split_tile, tiles_of
from coop.receipts.rules.tree import inclusion_holds, leaf_hash, root_of
from coop.running import Running
from coop.settings import settings
from coop.weighing.operations.post import post_entries
from tests.trade import REACH, Trade, entry, post


async def _leaves() -> list[Any]:
    async with transaction(SYSTEM) as tx:
        return await tx.fetch(
            "SELECT l.leaf_index, l.hash, r.signed, r.cti FROM log_leaf l"
            " JOIN receipt r ON r.id = l.receipt_id ORDER BY l.leaf_index"
        )


async def _waiting() -> int:
    async with transaction(SYSTEM) as tx:
        return int(await tx.fetchval("SELECT count(*) FROM log_waiting"))


async def test_every_receipt_has_one_leaf_in_a_row(logged: Trade) -> None:
    rows = await _leaves()
    assert [row["leaf_index"] for row in rows] == list(range(len(rows)))
    assert [row["hash"] for row in rows] == [leaf_hash(row["signed"]) for row in rows]
    async with transaction(SYSTEM) as tx:
        assert await tx.fetchval("SELECT count(*) FROM receipt") == len(rows)
    assert await _waiting() == 0
    assert await integrate_waiting() == 0


async def test_checkpoint_tiles_and_proofs_say_the_same_tree(logged: Trade) -> None:
    rows = await _leaves()
    async with transaction(SYSTEM) as tx:
        keys = [key for key, _ in await log_signers(tx, settings().keys)]
        served = read_checkpoint(await served_checkpoint(tx) or b"", keys)
        assert served is not None
        assert served.logged
        assert served.head.origin == "abhrak.example/mr1" == keys[0].name
        assert served.head.size == len(rows)
        assert served.head.root == root_of([row["hash"] for row in rows])
        tiles = [split_tile(await tile_bytes(tx, tile) or b"") for tile in tiles_of(len(rows))]
        assert [one for tile in tiles[:1] for one in tile] == [row["hash"] for row in rows][:256]
        for row in rows[:: max(1, len(rows) // 50)]:
            data = await proof_of(tx, settings().keys, settings().log_origin, row["cti"])
            proof = read_proof(data or b"")
            assert proof is not None
            found = read_checkpoint(proof.checkpoint, keys)
            assert found is not None
            head = found.head
            assert head.root == root_of([one["hash"] for one in rows[: head.size]])
            assert proof.index == row["leaf_index"]
            assert inclusion_holds(proof.index, head.size, row["hash"], proof.path, head.root)
        assert await proof_of(tx, settings().keys, settings().log_origin, bytes(10)) is None


async def test_over_a_thousand_receipts_in_batches(trade: Trade) -> None:
    """Full tiles are written, and the tree goes on where it stood."""
    await integrate_waiting()
    before = len(await _leaves())
    for _ in range(3):
        await post(trade.here, *(entry(trade.here) for _ in range(200)))
    taken = []
    while True:
        async with transaction(SYSTEM) as tx:
            done = await integrate(tx, settings().keys, settings().log_origin, most=170)
        if not done:
            break
        taken.append(done)
    assert taken == [170, 170, 170, 90]
    rows = await _leaves()
    assert len(rows) == before + 600
    async with transaction(SYSTEM) as tx:
        heads = await tx.fetch("SELECT size, root FROM log_checkpoint ORDER BY id DESC LIMIT 4")
        assert await tx.fetchval("SELECT count(*) FROM log_tile") == len(rows) // 256
    for head in heads:
        assert head["root"] == root_of([row["hash"] for row in rows[: head["size"]]])


async def test_ids_that_commit_out_of_order_are_not_passed_over(trade: Trade) -> None:
    """A receipt drawn first and committed last gets its leaf too."""
    await integrate_waiting()
    before = len(await _leaves())
    drawn, late = asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        async with transaction(REACH) as tx:
            await post_entries(tx, trade.there.desk(), [entry(trade.there)])
            drawn.set()
            await late.wait()

    posting = asyncio.create_task(slow())
    await drawn.wait()
    await post(trade.here, entry(trade.here), entry(trade.here))
    assert await integrate_waiting() == 2
    late.set()
    await posting
    assert await integrate_waiting() == 1
    async with transaction(SYSTEM) as tx:
        ids = await tx.fetch(
            "SELECT receipt_id FROM log_leaf WHERE leaf_index >= $1 ORDER BY leaf_index", before
        )
    found = [row["receipt_id"] for row in ids]
    assert len(found) == 3
    assert found[2] < found[0]


async def test_a_receipt_that_was_not_committed_waits_for_nothing(trade: Trade) -> None:
    await integrate_waiting()

    async def given_up() -> None:
        async with transaction(REACH) as tx:
            await post_entries(tx, trade.there.desk(), [entry(trade.there)])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await given_up()
    assert await _waiting() == 0
    assert await integrate_waiting() == 0


async def test_two_integrators_at_once(trade: Trade) -> None:
    await integrate_waiting()
    before = len(await _leaves())
    await post(trade.here, *(entry(trade.here) for _ in range(40)))
    done = await asyncio.gather(*(integrate_waiting() for _ in range(6)))
    assert sum(done) == 40
    rows = await _leaves()
    assert len(rows) == before + 40
    assert [row["leaf_index"] for row in rows] == list(range(len(rows)))


async def test_posting_and_integrating_side_by_side(trade: Trade) -> None:
    stop = asyncio.Event()

    async def poster() -> None:
        for side in (trade.here, trade.there) * 4:
            await post(side, *(entry(side) for _ in range(5)))
        stop.set()

    async def taker() -> None:
        while not stop.is_set():
            await integrate_waiting()
            await asyncio.sleep(0.001)

    await asyncio.gather(poster(), taker(), taker())
    await integrate_waiting()
    rows = await _leaves()
    assert [row["leaf_index"] for row in rows] == list(range(len(rows)))
    async with transaction(SYSTEM) as tx:
        assert await tx.fetchval("SELECT count(*) FROM receipt") == len(rows)


async def test_a_new_checkpoint_stands_within_a_second(trade: Trade) -> None:
    await integrate_waiting()
    before = len(await _leaves())
    running = asyncio.create_task(keep_integrating())
    try:
        await asyncio.sleep(0.1)
        await post(trade.here, entry(trade.here))
        posted = time.monotonic()
        while len(await _leaves()) == before:
            assert time.monotonic() - posted < 2
            await asyncio.sleep(0.02)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_no_gap_can_be_written_and_no_place_taken_twice(
    logged: Trade, database: Running
) -> None:
    rows = await _leaves()
    app = await asyncpg.connect(database.addresses.app)
    try:
        await post(logged.here, entry(logged.here))
        async with transaction(SYSTEM) as tx:
            waiting = await tx.fetchval("SELECT receipt_id FROM log_waiting LIMIT 1")
        for index in (len(rows) + 1, len(rows) - 1, -1):
            with pytest.raises(asyncpg.IntegrityConstraintViolationError):
                await app.execute(
                    "INSERT INTO log_leaf (leaf_index, receipt_id, hash) VALUES ($1, $2, $3)",
                    index, waiting, bytes(32),
                )  # fmt: skip
    finally:
        await app.close()
    assert await integrate_waiting() == 1


async def test_without_reach_nothing_is_seen_of_receipts(logged: Trade) -> None:
    """The public reads need no reach for hashes; entries they cannot read."""
    async with transaction(Reach("public", ())) as tx:
        assert await served_checkpoint(tx) is not None
        assert await tx.fetchval("SELECT count(*) FROM log_leaf") > 0
        assert await tx.fetchval("SELECT count(*) FROM receipt") == 0
    assert AT_ONCE >= 1000

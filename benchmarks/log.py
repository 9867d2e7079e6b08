"""The public log: taking in a thousand receipts, and a receipt's proof; the tree is there already."""

import random
import time
from decimal import Decimal
from uuid import uuid4

from benchmarks.clients import GROSS, TARE
from benchmarks.ground import GRADE, MEMBERS, RATE, Desk
from coop.kernel import clock
from coop.kernel.db import SYSTEM, close_pool, open_pool, transaction
from coop.log.operations.integrate import integrate, integrate_waiting
from coop.log.operations.serving import proof_of
from coop.log.queries.tiles import forget_tiles
from coop.running import Running
from coop.settings import settings
from coop.weighing.operations.post import Desk as PostingDesk
from coop.weighing.operations.post import post_entries
from coop.weighing.rules import WeighingEntry

BEFORE, BATCH, PROOFS = 5000, 1000, 500


async def measure(running: Running, desk: Desk) -> None:
    """Post, take in, prove; print milliseconds."""
    await open_pool(running.addresses.app)
    try:
        await _post(desk, BEFORE)
        await integrate_waiting()
        times = []
        for _ in range(3):
            await _post(desk, BATCH)
            began = time.perf_counter()
            async with transaction(SYSTEM) as tx:
                taken = await integrate(tx, settings().keys, settings().log_origin, BATCH)
            times.append((time.perf_counter() - began) * 1e3)
            assert taken == BATCH, taken
        print(
            f"  log: {BATCH} receipts taken in, signed and committed: {min(times):.0f} ms (aim 200)"
        )
        first, again = await _proofs(forget=True), await _proofs(forget=False)
        print(
            f"  log: a proof, p50 {again[0]:.2f} p95 {again[1]:.2f} ms (aim 2);"
            f" with no tile in memory p50 {first[0]:.2f} p95 {first[1]:.2f} ms"
        )
    finally:
        await close_pool()


async def _post(desk: Desk, count: int) -> None:
    async with transaction(SYSTEM) as tx:
        centre, device = await tx.fetch(
            "SELECT id, code FROM collection_centre WHERE cooperative_id = $1"
            " UNION ALL (SELECT id, code FROM device WHERE cooperative_id = $1 LIMIT 1)",
            desk.cooperative_id,
        )
    poster = PostingDesk(
        desk.cooperative_id, desk.code, None, {centre["code"]: centre["id"]},
        {device["code"]: device["id"]}, imported=True,
    )  # fmt: skip
    for at in range(0, count, 250):
        entries = [_entry(desk, centre["code"]) for _ in range(min(250, count - at))]
        async with transaction(SYSTEM) as tx:
            answers = await post_entries(tx, poster, entries)
        assert all(answer.booked for answer in answers), answers[0]


def _entry(desk: Desk, centre: str) -> WeighingEntry:
    return WeighingEntry(
        id=uuid4(), cooperative=desk.code, centre=centre, device=None, device_seq=None,
        member_no=f"{random.randint(1, MEMBERS):04d}", site_code="S-B-01", grade_code=GRADE,
        gross_g=GROSS, tare_g=TARE, moisture=Decimal(2), waste=Decimal(5), rate_paise_per_kg=RATE,
        weighed_at=clock.now(), paid_mode="upi", paper_no=None, place_in_row=True,
    )  # fmt: skip


async def _proofs(*, forget: bool) -> tuple[float, float]:
    """p50 and p95 of a proof in milliseconds, each in a transaction of its own."""
    async with transaction(SYSTEM) as tx:
        ctis = [
            row["cti"]
            for row in await tx.fetch("SELECT cti FROM receipt ORDER BY random() LIMIT $1", PROOFS)
        ]
    taken = []
    for cti in ctis:
        if forget:
            forget_tiles()
        began = time.perf_counter()
        async with transaction(SYSTEM) as tx:
            assert await proof_of(tx, settings().keys, settings().log_origin, cti)
        taken.append((time.perf_counter() - began) * 1e3)
    ordered = sorted(taken)
    return ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]

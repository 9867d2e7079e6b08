"""A log with receipts in it: posted by both cooperatives, taken in by the integrator."""

import pytest_asyncio
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from coop.kernel.db import SYSTEM, transaction
from coop.log.operations.integrate import integrate_waiting
from coop.receipts.operations.keys import make_missing_keys
from coop.receipts.operations.log_keys import add_witness
from coop.receipts.rules.trust_list import WITNESS, LogKey
from coop.running import Running
from coop.settings import settings
from tests.trade import REACH, Side, Trade, _side, entry, post

DRILL = Ed25519PrivateKey.generate()
DRILL_KEY = LogKey("drill.example/w1", WITNESS, DRILL.public_key().public_bytes_raw())


@pytest_asyncio.fixture(scope="session")
async def logged(trade: Trade) -> Trade:
    """At least some receipts of both cooperatives stand in the log."""
    for side in (trade.here, trade.there):
        await post(side, *(entry(side) for _ in range(30)))
    await integrate_waiting()
    async with transaction(SYSTEM) as tx:
        assert await tx.fetchval("SELECT count(*) FROM log_leaf") >= 60
    return trade


@pytest_asyncio.fixture(scope="session")
async def drill(trade: Trade, database: Running) -> Side:
    """A cooperative of its own, so that nobody else's keys are stolen, and a witness in the list."""
    async with transaction(REACH) as tx:
        side = await _side(tx, "DRILL1")
        await add_witness(tx, DRILL_KEY)
        await make_missing_keys(tx, settings().keys, settings().trust_domain)
    return side

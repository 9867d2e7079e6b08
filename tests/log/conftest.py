"""A log with receipts in it: posted by both cooperatives, taken in by the integrator."""

import pytest_asyncio

from coop.kernel.db import SYSTEM, transaction
from coop.log.operations.integrate import integrate_waiting
from tests.trade import Trade, entry, post


@pytest_asyncio.fixture(scope="session")
async def logged(trade: Trade) -> Trade:
    """At least some receipts of both cooperatives stand in the log."""
    for side in (trade.here, trade.there):
        await post(side, *(entry(side) for _ in range(30)))
    await integrate_waiting()
    async with transaction(SYSTEM) as tx:
        assert await tx.fetchval("SELECT count(*) FROM log_leaf") >= 60
    return trade

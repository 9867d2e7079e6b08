"""The role to which children's words are granted; the application's own role has no right to them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from coop.kernel.db import Reach, Transaction, transaction


@asynccontextmanager
async def voice_transaction(reach: Reach) -> AsyncIterator[Transaction]:
    """Open a transaction in the children's role; row guards go on counting the reach."""
    async with transaction(reach) as tx:
        await tx.execute("SELECT set_config('role', current_database() || '_school', true)")
        yield tx

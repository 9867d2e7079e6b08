"""The role to which what is said is granted; neither the application's nor schooling's has a right to it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from coop.kernel.db import Reach, Transaction, transaction


@asynccontextmanager
async def voice_transaction(reach: Reach) -> AsyncIterator[Transaction]:
    """Open a transaction in the box's role; row guards go on counting the reach."""
    async with transaction(reach) as tx:
        await tx.execute("SELECT set_config('role', current_database() || '_voice', true)")
        yield tx

"""Safeguarding's own login: no other role of the database reads a case, nor may take this one."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from coop.kernel.db import SAFE, Reach, Transaction, transaction

# Entries and reads of cases stand in the agency's chain, so that a cooperative's own people who
# may read their trail do not learn that there is a case, nor who told of it.
CHAIN = None


@asynccontextmanager
async def safe_transaction(reach: Reach) -> AsyncIterator[Transaction]:
    """Open a transaction of safeguarding's login; it is never part of another one."""
    async with transaction(reach, SAFE) as tx:
        yield tx

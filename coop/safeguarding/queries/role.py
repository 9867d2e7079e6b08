"""Safeguarding's own login: no other role of the database reads a case, nor may take this one."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from coop.audit.operations import CASES_CHAIN
from coop.kernel.db import SAFE, Reach, Transaction, transaction

# Entries stand in a chain of their own and reads with the agency's, so that a cooperative's own people
# who may read their trail do not learn that there is a case, nor who told of it.
CHAIN = CASES_CHAIN


@asynccontextmanager
async def safe_transaction(reach: Reach) -> AsyncIterator[Transaction]:
    """Open a transaction of safeguarding's login; it is never part of another one."""
    async with transaction(reach, SAFE) as tx:
        yield tx

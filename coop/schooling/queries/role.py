"""The role to which children's rows are granted; the application's own role has no right to them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from coop.kernel.db import Reach, Transaction, transaction

_TAKE = "SELECT set_config('role', current_database() || '_school', true)"
_LEAVE = "SELECT set_config('role', 'none', true)"


@asynccontextmanager
async def as_school(tx: Transaction) -> AsyncIterator[None]:
    """Take schooling's role within the block; row guards go on counting the transaction's reach.

    Weighing, sales and payments may not import this (import contract), and their role may not read
    what it opens (grants): nothing seen of a child touches a weighing or pay.
    """
    await tx.execute(_TAKE)
    yield
    await tx.execute(_LEAVE)  # after an error the transaction ends, and the role with it


@asynccontextmanager
async def school_transaction(reach: Reach) -> AsyncIterator[Transaction]:
    """Open a transaction that is schooling's from end to end."""
    async with transaction(reach) as tx, as_school(tx):
        yield tx

"""The database as its owner sees it."""

from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest_asyncio

from coop.running import Running


@pytest_asyncio.fixture
async def owner(database: Running) -> AsyncIterator[Any]:
    """A connection of the owner, whose changes are undone."""
    connection = await asyncpg.connect(database.addresses.owner)
    undo = connection.transaction()
    await undo.start()
    yield connection
    await undo.rollback()
    await connection.close()

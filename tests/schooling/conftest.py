"""The two cooperatives whose children these tests are about."""

import pytest_asyncio

from coop.running import Running
from tests.schooling.family import Town, open_town


@pytest_asyncio.fixture(scope="session")
async def town(database: Running) -> Town:
    """Kept for all tests of this folder; each makes families of its own."""
    return await open_town()

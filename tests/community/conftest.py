"""A town of its own: two cooperatives, a focal point's view, a partner with a tied person."""

import pytest_asyncio

from coop.running import Running
from tests.schooling.family import Town, open_town


@pytest_asyncio.fixture(scope="session")
async def town(database: Running) -> Town:
    """A town of its own."""
    return await open_town("COMA", "COMB")

"""The two cooperatives of these tests, with two focal points, a standby and nobody."""

import pytest_asyncio

from coop.running import Running
from tests.safeguarding.village import Village, open_village


@pytest_asyncio.fixture(scope="session")
async def village(database: Running) -> Village:
    """Kept for all tests of this folder; each tells concerns of its own."""
    return await open_village()

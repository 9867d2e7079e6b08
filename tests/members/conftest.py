"""What the tests of members share."""

import pytest_asyncio

from coop.running import Running
from tests.members.people import Pair, open_pair


@pytest_asyncio.fixture(scope="session")
async def pair(database: Running) -> Pair:
    """Two cooperatives with managers, a clerk and a board member, kept for all tests."""
    return await open_pair()

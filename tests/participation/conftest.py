"""The box of these tests: a cooperative of their own, so that nobody else counts its messages."""

import pytest_asyncio

from coop.kernel.db import transaction
from tests.participation.box import Box, open_box_of
from tests.trade import REACH, Trade, _side


@pytest_asyncio.fixture(scope="session")
async def box(trade: Trade) -> Box:
    """A box with its two readers."""
    async with transaction(REACH) as tx:
        side = await _side(tx, "VOICEA")
    return await open_box_of(side)

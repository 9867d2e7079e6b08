"""The box of these tests: a cooperative of their own, so that nobody else counts its messages."""

from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
import pytest_asyncio

from coop.kernel.db import Reach, Transaction, transaction
from coop.participation.controllers import handed
from coop.participation.queries.readers import readers_by_role
from coop.participation.queries.role import voice_transaction
from tests.participation.box import Box, open_box_of
from tests.trade import REACH, Trade, _side


@pytest_asyncio.fixture(scope="session")
async def box(trade: Trade) -> Box:
    """A box with its two readers."""
    async with transaction(REACH) as tx:
        side = await _side(tx, "VOICEA")
    return await open_box_of(side)


@pytest_asyncio.fixture
async def own(trade: Trade) -> Box:
    """A box of a test's own."""
    async with transaction(REACH) as tx:
        side = await _side(tx, f"V{uuid4().hex[:6].upper()}")
    return await open_box_of(side)


@pytest_asyncio.fixture
async def at_own(own: Box) -> AsyncIterator[Transaction]:
    """A transaction of a reader."""
    async with voice_transaction(Reach("user:1", (own.side.id,))) as tx:
        yield tx


@pytest.fixture(autouse=True)
def by_role(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who reads is asked of the roles here; that it is asked of the named is tests/safeguarding's."""
    monkeypatch.setattr(handed._handed, "readers", readers_by_role)

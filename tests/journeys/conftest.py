"""One demo and one Chromium for all journeys of a worker; the journeys run on one worker."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
import pytest_asyncio

from tests.journeys.browsing import ARGUMENTS, CHROMIUM, play
from tests.journeys.served import Served, demo


@pytest.fixture(scope="session")
def served() -> Iterator[Served]:
    """A demo in a process of its own; what a journey leaves in it the next one finds."""
    with demo() as running:
        yield running


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Any]:
    """One Chromium; each journey opens a context of its own."""
    async with play.async_playwright() as playing:
        opened = await playing.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        await opened.close()

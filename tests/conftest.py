"""What tests share: one embedded database a worker, and the first cooperatives in it."""

import gc
import logging
import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import httpx
import hypothesis
import pytest
import pytest_asyncio

# Before anything of ours is imported: the surroundings are read once.
_HOME = tempfile.TemporaryDirectory(prefix="coop-test-", ignore_cleanup_errors=True)
Path(_HOME.name).chmod(0o755)
os.environ["COOP_HOME"] = str(Path(_HOME.name) / "home")
for _name in (
    "COOP_DATABASE_URL",
    "COOP_APP_DATABASE_URL",
    "COOP_SAFE_DATABASE_URL",
    "COOP_PUBLIC_URL",
):
    os.environ.pop(_name, None)

from argon2 import PasswordHasher  # noqa: E402

from coop.app import create_app  # noqa: E402  (after the surroundings)
from coop.identity.operations import passwords  # noqa: E402
from coop.kernel.db import SAFE, SYSTEM, Transaction, close_pool, open_pool, transaction  # noqa: E402  (after the surroundings)
from coop.kernel.web.headers import SecurityHeaders  # noqa: E402
from coop.running import Running, ready_database  # noqa: E402
from coop.settings import settings  # noqa: E402
from tests.trade import Trade, open_trade  # noqa: E402

SAMPLE = Path(__file__).parent / "sample"
# A machine that does something else for a second has told nothing about us.
hypothesis.settings.register_profile(
    "busy", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("busy")
# A line for each of many thousand requests, kept for nobody.
logging.getLogger("httpx").setLevel(logging.WARNING)
# A tenth of a second is right for a person who signs in, and minutes for a thousand of the tests'. What
# people get is the library's own choice; tests/identity holds it to that.
SHIPPED_HASHER = passwords._HASHER
passwords._HASHER = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


# What shares a costly start (a demo, a browser, a loaded sample) stays on one worker.
_TOGETHER = (
    "tests/journeys/",
    "tests/importing/",
    "tests/log/",
)
# What lasts longest begins, so that no worker waits for the other at the end.
_FIRST = (
    *_TOGETHER,
    "tests/torture/",
    "tests/ledger/",
    "tests/receipts/",
    "tests/house/",
    "tests/safeguarding/",
    "tests/reports/",
    "tests/sales/",
)


def _scope(nodeid: str) -> str:
    """What stays on one worker: those groups, and every file."""
    file = nodeid.split("::")[0]
    return next((group for group in _TOGETHER if file.startswith(group)), file)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each scope in a piece, the long ones first."""

    def place(item: pytest.Item) -> int:
        first = (at for at, start in enumerate(_FIRST) if item.nodeid.startswith(start))
        return next(first, len(_FIRST))

    items.sort(key=place)


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was imported and collected stays: the collector need not look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One more than there are processors: a journey and a command wait half of their time for others."""
    return len(os.sched_getaffinity(0)) + 1


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Hand out scope after scope in the order of the collection."""
    from xdist.scheduler import LoadScopeScheduling

    class Scopes(LoadScopeScheduling):  # type: ignore[misc]  # it carries no types
        def _split_scope(self, nodeid: str) -> str:
            return _scope(nodeid)

    config.option.loadscopereorder = False
    return Scopes(config, log)


@pytest.fixture(scope="session")
def sample() -> Path:
    """The folder of sample files."""
    return SAMPLE


@pytest_asyncio.fixture(scope="session")
async def database() -> AsyncIterator[Running]:
    """A migrated database, the pool open as the application's role."""
    running = await ready_database(settings())
    await _hurry(running.addresses.owner)
    await open_pool(running.addresses.app)
    await open_pool(running.addresses.safe, engine=SAFE)
    yield running
    await close_pool()
    await close_pool(SAFE)
    running.leave()


async def _hurry(owner_url: str) -> None:
    """Wait for no disk: this database outlives no power cut, and tests/torture cuts it elsewhere."""
    owner = await asyncpg.connect(owner_url)
    await owner.execute("ALTER SYSTEM SET synchronous_commit = off")
    await owner.execute("SELECT pg_reload_conf()")
    await owner.close()


@pytest_asyncio.fixture(scope="session")
async def trade(database: Running) -> Trade:
    """Two cooperatives with devices, members, sites and prices, kept for all tests."""
    return await open_trade()


@pytest.fixture(scope="session")
def application() -> SecurityHeaders:
    """The whole application, made once a worker: five hundred routes take half a second."""
    return create_app()


@pytest_asyncio.fixture
async def client(
    database: Running, application: SecurityHeaders
) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody's browser or program before the whole application."""
    transport = httpx.ASGITransport(app=application)  # type: ignore[arg-type]  # its scope is looser
    headers = {"origin": "http://testserver", "accept": "text/html"}
    async with httpx.AsyncClient(
        transport=transport, base_url="http://testserver", headers=headers
    ) as opened:
        yield opened


class _Undo(Exception):
    """Ends a test's transaction without a trace."""


@pytest_asyncio.fixture
async def tx(database: Running) -> AsyncIterator[Transaction]:
    """A transaction of the application's role with the agency's reach, undone after the test."""
    try:
        async with transaction(SYSTEM) as opened:
            yield opened
            raise _Undo
    except _Undo:
        pass


@pytest.fixture
def frozen_now() -> Iterator[None]:
    """The clock at the day the sample is judged on."""
    from datetime import datetime

    from coop.kernel import clock

    with clock.frozen(datetime.fromisoformat("2026-11-01T09:00:00+05:30")):
        yield

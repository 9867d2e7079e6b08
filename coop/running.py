"""From a folder to a working database: start or join the server, migrate, connect. And back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from coop.kernel import embedded
from coop.kernel.db import SAFE, close_pool, open_pool
from coop.migrating import create_database, migrate
from coop.settings import Settings


@dataclass(frozen=True, slots=True)
class Addresses:
    """The owner's, the application's and the safeguarding pages' database addresses."""

    owner: str
    app: str
    safe: str


@dataclass(frozen=True, slots=True)
class Running:
    """Addresses and, where it is ours, the embedded server."""

    addresses: Addresses
    server: embedded.Server | None

    def leave(self) -> None:
        """Leave the embedded server; the last process to leave stops it."""
        if self.server is not None:
            embedded.stop(self.server)


async def ready_database(given: Settings) -> Running:
    """Return a migrated database, embedded unless ``COOP_DATABASE_URL`` names a server."""
    server = None
    owner_url = given.database_url
    if owner_url is None:
        server = embedded.start(given.home)
        owner_url = await create_database(server.owner_url, embedded.DATABASE)
    try:
        app, safe = await migrate(
            given.home, owner_url, app_url=given.app_database_url, safe_url=given.safe_database_url
        )
    except BaseException:
        if server is not None:
            embedded.stop(server)
        raise
    return Running(Addresses(owner_url, app, safe), server)


@asynccontextmanager
async def connected(
    given: Settings, *, as_owner: bool = False, size: int = 4
) -> AsyncIterator[Running]:
    """A command's surroundings: a migrated database and the pool open within the block."""
    running = await ready_database(given)
    try:
        await open_pool(running.addresses.owner if as_owner else running.addresses.app, size=size)
        await open_pool(running.addresses.safe, size=1, engine=SAFE)
        try:
            yield running
        finally:
            await close_pool()
            await close_pool(SAFE)
    finally:
        running.leave()

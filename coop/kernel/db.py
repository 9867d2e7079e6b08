"""The one way to the database: a transaction that says who acts and how far they reach.

Row-level security reads both from the transaction, so that a forgotten WHERE leaks nothing.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import asyncpg
from piccolo.engine.postgres import PostgresEngine

ALL = "*"
_SETTINGS = "SELECT set_config('coop.actor', $1, true), set_config('coop.cooperatives', $2, true)"


class LateEngine(PostgresEngine):
    """Piccolo's engine; stock it connects when it is made, before anybody named a database."""

    async def check_version(self) -> None:
        """Nothing: the embedded server and the README say which versions serve."""

    async def prep_database(self) -> None:
        """Nothing: the migrations make the extensions."""


DB = LateEngine(config={"dsn": ""}, extensions=())
# Safeguarding's own login: a case is read by no other connection.
SAFE = LateEngine(config={"dsn": ""}, extensions=())


@dataclass(frozen=True, slots=True)
class Reach:
    """Who acts, and in which cooperatives (row ids); ``None`` is the agency's reach: all."""

    actor: str
    cooperatives: tuple[int, ...] | None

    @property
    def places(self) -> str:
        """The text that the database's policies read: ids between commas, or ``*``."""
        if self.cooperatives is None:
            return ALL
        return ",".join(str(number) for number in self.cooperatives)


NOWHERE = Reach("public", ())
SYSTEM = Reach("system", None)


class Transaction:
    """An open transaction; SQL takes ``$1`` placeholders and returns asyncpg records."""

    __slots__ = ("_connection", "reach")

    def __init__(self, connection: Any, reach: Reach) -> None:
        self._connection = connection
        self.reach = reach

    async def fetch(self, sql: str, *values: object) -> list[asyncpg.Record]:
        """Return all rows."""
        rows: list[asyncpg.Record] = await self._connection.fetch(sql, *values)
        return rows

    async def fetchrow(self, sql: str, *values: object) -> asyncpg.Record | None:
        """Return the first row or None."""
        row: asyncpg.Record | None = await self._connection.fetchrow(sql, *values)
        return row

    async def fetchval(self, sql: str, *values: object) -> Any:
        """Return the first column of the first row or None."""
        return await self._connection.fetchval(sql, *values)

    async def execute(self, sql: str, *values: object) -> str:
        """Run one statement, or several without values; return its command tag."""
        tag: str = await self._connection.execute(sql, *values)
        return tag

    async def executemany(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """Run one statement for each row, in one round trip."""
        await self._connection.executemany(sql, rows)

    @asynccontextmanager
    async def tried(self) -> AsyncIterator[None]:
        """Run a block for what it raises; whatever it wrote is undone, raised or not."""
        inner = self._connection.transaction()
        await inner.start()
        try:
            yield
        finally:
            await inner.rollback()

    async def reach_as(self, reach: Reach) -> None:
        """Say anew who acts; used once a token has told who it is."""
        self.reach = reach
        await self._connection.execute(_SETTINGS, reach.actor, reach.places)


@asynccontextmanager
async def transaction(
    reach: Reach | None, engine: PostgresEngine = DB
) -> AsyncIterator[Transaction]:
    """Open a transaction. ``None`` reaches nothing until ``reach_as`` or a token says who acts.

    Nested blocks are a programming error: Piccolo would join them in silence.
    """
    opened = engine.transaction(allow_nested=False)
    try:
        async with opened:
            tx = Transaction(opened.connection, reach or NOWHERE)
            if reach is not None:
                await tx.execute(_SETTINGS, reach.actor, reach.places)
            yield tx
    except BaseException:
        # Piccolo keeps the connection when COMMIT itself is refused (a journal that does not
        # sum to zero): give it back, or the pool runs dry.
        if engine.current_transaction.get() is opened:
            engine.current_transaction.reset(opened.context)
            if engine.pool is not None:
                await engine.pool.release(opened.connection)
        raise


# Our statements read a row by its key; planning one anew takes longer than running it.
_PLANS = {
    "plan_cache_mode": "force_generic_plan",
    "jit": "off",
    "application_name": "coop",
    "timezone": "UTC",
}


async def _leave_as_is(_connection: object) -> None:
    """All we set is local to a transaction, so nothing is to be reset: a round trip saved."""


async def open_pool(url: str, *, size: int = 10, engine: PostgresEngine = DB) -> None:
    """Connect the application's pool."""
    engine.config = {"dsn": url, "reset": _leave_as_is, "server_settings": _PLANS}
    await engine.start_connection_pool(min_size=1, max_size=size)


async def close_pool(engine: PostgresEngine = DB) -> None:
    """Disconnect."""
    await engine.close_connection_pool()

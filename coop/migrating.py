"""Bring a database up to date: database, roles, then the one line of migrations.

The owner migrates and verifies; the application and the safeguarding pages connect as roles
that own nothing. Their passwords are drawn once into ``roles.toml`` beside the keys.
"""

import contextlib
import io
import secrets
import tomllib
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import asyncpg

from coop.kernel.db import DB
from coop.kernel.refusal import Unusable

_LOCK = 0x0C00_9A11


def _with_login(url: str, name: str, password: str, database: str) -> str:
    """The same server and options, another role."""
    parts = urlsplit(url)
    place = parts.netloc.rpartition("@")[2]
    login = f"{quote(name, safe='')}:{quote(password, safe='')}"
    netloc = f"{login}@{place}"
    return urlunsplit((parts.scheme, netloc, f"/{database}", parts.query, ""))


def _database_of(url: str) -> str:
    return urlsplit(url).path.lstrip("/") or "coop"


async def migrate(
    home: Path, owner_url: str, *, app_url: str | None, safe_url: str | None
) -> tuple[str, str]:
    """Create roles, run what has not run yet; return the application's and safeguarding's addresses."""
    database = _database_of(owner_url)
    passwords = _passwords(home)
    try:
        await _roles(
            owner_url, database, passwords, given=(app_url is not None, safe_url is not None)
        )
    except (OSError, asyncpg.PostgresError) as error:
        raise Unusable(f"the database cannot be used: {error}") from error
    held, DB.config = DB.config, {"dsn": owner_url}
    lock = await asyncpg.connect(owner_url)
    try:
        await lock.execute("SELECT pg_advisory_lock($1)", _LOCK)  # two migrators at once collide
        if await _anything_to_run(lock):
            await _forwards()
    finally:
        await lock.close()
        DB.config = held
    return (
        app_url or _with_login(owner_url, f"{database}_app", passwords["app"], database),
        safe_url or _with_login(owner_url, f"{database}_safe", passwords["safe"], database),
    )


async def create_database(server_url: str, name: str) -> str:
    """Make the database where it is missing; return its address."""
    connection = await asyncpg.connect(server_url)
    try:
        if not await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", name):
            await connection.execute(f'CREATE DATABASE "{name}"')
    finally:
        await connection.close()
    parts = urlsplit(server_url)
    return urlunsplit((parts.scheme, parts.netloc, f"/{name}", parts.query, ""))


def _passwords(home: Path) -> dict[str, str]:
    kept = home / "roles.toml"
    if not kept.exists():
        lines = [f'{role} = "{secrets.token_urlsafe(24)}"' for role in ("app", "safe")]
        kept.touch(mode=0o600)
        kept.write_text("\n".join(lines) + "\n", "ascii")
    return {name: str(value) for name, value in tomllib.loads(kept.read_text("ascii")).items()}


async def _roles(
    owner_url: str, database: str, passwords: dict[str, str], given: tuple[bool, bool]
) -> None:
    """The application's and the safeguarding role; one given by address is not ours to change."""
    connection = await asyncpg.connect(owner_url)
    try:
        for role, foreign in zip(("app", "safe"), given, strict=True):
            name = f"{database}_{role}"
            exists = await connection.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", name)
            if not exists:
                await connection.execute(
                    f'CREATE ROLE "{name}" LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB'
                )
            if not foreign:
                await connection.execute(f"ALTER ROLE \"{name}\" PASSWORD '{passwords[role]}'")
            await connection.execute(f'GRANT USAGE ON SCHEMA public TO "{name}"')
        for role in ("school", "voice"):
            await _taken_role(connection, database, role)
    finally:
        await connection.close()


async def _taken_role(connection: asyncpg.Connection, database: str, role: str) -> None:
    """A role that children's rows, or their words, are granted to; nobody signs in with it, it is taken."""
    name, app = f"{database}_{role}", f"{database}_app"
    if not await connection.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", name):
        await connection.execute(  # one text is one transaction: all of it or nothing
            f'CREATE ROLE "{name}" NOLOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB;'
            f'GRANT USAGE ON SCHEMA public TO "{name}";'
            f'GRANT "{name}" TO "{app}" WITH INHERIT FALSE, SET TRUE'
        )


async def _anything_to_run(connection: asyncpg.Connection) -> bool:
    """Piccolo's own question takes half a second of imports; this one is asked at each start."""
    from coop.paths import MIGRATIONS

    if not await connection.fetchval("SELECT to_regclass('public.migration')"):
        return True
    done = await connection.fetchval("SELECT count(*) FROM migration WHERE app_name = 'coop'")
    return bool(done != len(list(MIGRATIONS.glob("coop_*.py"))))


async def _forwards() -> None:
    from piccolo.apps.migrations.commands.forwards import run_forwards

    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        result = await run_forwards(app_name="coop")
    if not result.success:
        raise Unusable(f"the migration did not finish: {result.message}\n{said.getvalue()[-2000:]}")


async def run_sql(text: str) -> None:
    """Run a migration's SQL in its transaction; ``:app``, ``:safe``, ``:school`` and ``:voice`` are the roles."""
    running = DB.current_transaction.get()
    if running is None:
        raise Unusable("migrations run inside a transaction; use: coop migrate")
    database = await running.connection.fetchval("SELECT current_database()")
    for role in ("app", "safe", "school", "voice"):
        text = text.replace(f"TO :{role}", f'TO "{database}_{role}"')
    await running.connection.execute(text + "\nSELECT 1;")  # asyncpg trips over a text of comments

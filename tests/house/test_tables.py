"""What the tables promise, asked of a migrated database itself."""

from collections.abc import AsyncIterator

import asyncpg
import pytest
import pytest_asyncio
from piccolo.columns import DoublePrecision, Float, Real
from piccolo.columns.base import Column
from piccolo.table import Table

from coop.piccolo_app import APP_CONFIG
from coop.running import Running

# Rows of these are never changed: a correction is a new row. Taking one off this list takes a
# decision in docs/decisions.
NEVER_CHANGED = {"journal", "ledger_entry", "audit_entry", "audit_read", "weighing", "receipt"}

# Carries cooperative_id and is read by strangers: the reason.
OPEN_TO_ALL = {
    "receipt_key",  # public keys, printed in the list that anybody fetches
    "status_list",  # numbers of public lists, which anybody fetches
}

# Kept by Piccolo itself.
NOT_OURS = {"migration"}

_TYPES = {  # Piccolo's word for a column to PostgreSQL's
    "BIGSERIAL": "bigint",
    "SERIAL": "integer",
    "VARCHAR": "character varying",
    "TIMESTAMPTZ": "timestamp with time zone",
    "TEXT[]": "ARRAY",
}


@pytest_asyncio.fixture
async def owner(database: Running) -> AsyncIterator[asyncpg.Connection]:
    """A connection as the owner, whose changes are undone."""
    connection = await asyncpg.connect(database.addresses.owner)
    undo = connection.transaction()
    await undo.start()
    yield connection
    await undo.rollback()
    await connection.close()


@pytest_asyncio.fixture
async def app(database: Running) -> AsyncIterator[asyncpg.Connection]:
    """A connection as the application's role."""
    connection = await asyncpg.connect(database.addresses.app)
    yield connection
    await connection.close()


async def _tables(connection: asyncpg.Connection) -> set[str]:
    rows = await connection.fetch(
        "SELECT oid::regclass::text AS relname FROM pg_class"
        " WHERE relnamespace IN ('public'::regnamespace, 'safeguarding'::regnamespace)"
        " AND relkind IN ('r', 'p') AND NOT relispartition"
    )
    return {row["relname"] for row in rows} - NOT_OURS


async def _columns(connection: asyncpg.Connection) -> dict[str, dict[str, tuple[str, bool]]]:
    """By table and column: PostgreSQL's type, and whether it may be empty."""
    rows = await connection.fetch(
        "SELECT CASE table_schema WHEN 'public' THEN '' ELSE table_schema || '.' END || table_name AS table_name,"
        " column_name, data_type, is_nullable FROM information_schema.columns"
        " WHERE table_schema IN ('public', 'safeguarding')"
    )
    found: dict[str, dict[str, tuple[str, bool]]] = {}
    for row in rows:
        of_table = found.setdefault(row["table_name"], {})
        of_table[row["column_name"]] = (row["data_type"], row["is_nullable"] == "YES")
    return found


def _named(table: type[Table]) -> str:
    """The name as PostgreSQL prints it: with its schema where that is not the usual one."""
    schema = table._meta.schema
    return f"{schema}.{table._meta.tablename}" if schema else table._meta.tablename


def _declared(table: type[Table]) -> dict[str, Column]:
    return {column._meta.db_column_name: column for column in table._meta.columns}


def _type(column: Column) -> str:
    stated = column.column_type.upper().partition("(")[0]
    return _TYPES.get(stated, stated.lower())


async def test_every_table_is_declared_and_every_declared_one_is_made(
    owner: asyncpg.Connection,
) -> None:
    """``tables.py`` and ``migrations/sql`` name the same; a new module stands in piccolo_app."""
    declared = {_named(table) for table in APP_CONFIG.table_classes}
    assert declared
    made = await _tables(owner)
    assert declared == made, f"only declared: {declared - made}; only made: {made - declared}"


async def test_columns_match_the_migrations(owner: asyncpg.Connection) -> None:
    """Names, types and what may be empty are the same in ``tables.py`` and in the database."""
    made = await _columns(owner)
    differ = []
    for table in APP_CONFIG.table_classes:
        name = _named(table)
        declared = {key: (_type(c), c._meta.null) for key, c in _declared(table).items()}
        for column in declared.keys() | made.get(name, {}).keys():
            said, is_ = declared.get(column), made.get(name, {}).get(column)
            if said != is_:
                differ.append(f"{name}.{column}: tables.py {said}, database {is_}")
    assert not differ, "\n".join(sorted(differ))


async def test_no_column_is_a_float(owner: asyncpg.Connection) -> None:
    """A rupee is 100 paise, not 99.99999."""
    declared = [
        f"{table._meta.tablename}.{name}"
        for table in APP_CONFIG.table_classes
        for name, column in _declared(table).items()
        if isinstance(column, Real | Float | DoublePrecision)
    ]
    made = [
        f"{table}.{name}"
        for table, columns in (await _columns(owner)).items()
        for name, (type_, _) in columns.items()
        if type_ in ("real", "double precision", "money")
    ]
    assert not declared + made, "money in paise and weight in grams are BigInt"


async def test_paise_and_grams_are_whole_numbers(owner: asyncpg.Connection) -> None:
    """A column that ends in the unit is an integer of it."""
    found = [
        f"{table}.{name} is {type_}"
        for table, columns in (await _columns(owner)).items()
        for name, (type_, _) in columns.items()
        if name.endswith(("_paise", "_grams")) and type_ not in ("bigint", "integer")
    ]
    assert not found, f"make it BigInt: {found}"


async def test_what_is_never_changed_is_guarded(owner: asyncpg.Connection) -> None:
    """Each calls ``coop_append_only`` in its SQL file."""
    rows = await owner.fetch(
        "SELECT tgrelid::regclass::text AS t FROM pg_trigger WHERE tgname = 'append_only'"
    )
    unguarded = NEVER_CHANGED - {row["t"] for row in rows}
    assert not unguarded, f"SELECT coop_append_only('...'): {sorted(unguarded)}"


async def _append_only(connection: asyncpg.Connection) -> list[str]:
    rows = await connection.fetch(
        "SELECT c.oid::regclass::text AS relname FROM pg_class c JOIN pg_trigger g ON g.tgrelid = c.oid"
        " WHERE g.tgname = 'append_only' AND NOT c.relispartition ORDER BY 1"
    )
    return [row["relname"] for row in rows]


async def test_the_application_can_change_nothing_that_was_written(
    owner: asyncpg.Connection, app: asyncpg.Connection
) -> None:
    """UPDATE, DELETE and TRUNCATE are refused by want of the right, before any trigger is asked."""
    tables = await _append_only(owner)
    assert set(tables) >= NEVER_CHANGED
    columns = await _columns(owner)
    for table in tables:
        column = next(iter(columns[table]))
        for change in (
            f"UPDATE {table} SET {column} = {column}",
            f"DELETE FROM {table}",
            f"TRUNCATE {table}",
        ):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await app.execute(change)


async def test_the_owner_empties_nothing_by_accident(owner: asyncpg.Connection) -> None:
    """The trigger refuses the owner too: a mistyped command loses no book."""
    for table in await _append_only(owner):
        with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="append-only"):
            async with owner.transaction():
                await owner.execute(f"TRUNCATE {table} CASCADE")


async def test_rows_of_a_cooperative_are_guarded(owner: asyncpg.Connection) -> None:
    """A forgotten WHERE leaks nothing: row-level security wherever ``cooperative_id`` stands."""
    columns = await _columns(owner)
    rows = await owner.fetch(
        "SELECT oid::regclass::text AS relname FROM pg_class"
        " WHERE relnamespace IN ('public'::regnamespace, 'safeguarding'::regnamespace) AND relrowsecurity"
    )
    guarded = {row["relname"] for row in rows}
    carry = {table for table in await _tables(owner) if "cooperative_id" in columns[table]}
    assert carry >= OPEN_TO_ALL
    carry -= OPEN_TO_ALL
    assert not carry - guarded, f"SELECT coop_guard_rows('...'): {sorted(carry - guarded)}"


async def test_the_application_has_no_way_round_the_guard(
    owner: asyncpg.Connection, app: asyncpg.Connection
) -> None:
    """It owns nothing, steps over no row-level security, reaches no partition by its name."""
    role = await app.fetchval("SELECT current_user")
    powers = await owner.fetchrow(
        "SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb AS any_power,"
        " (SELECT count(*) FROM pg_class WHERE relowner = r.oid) AS owned"
        " FROM pg_roles r WHERE rolname = $1",
        role,
    )
    assert powers is not None
    assert (powers["any_power"], powers["owned"]) == (False, 0)
    open_partitions = await owner.fetch(
        "SELECT relname FROM pg_class WHERE relispartition AND relkind = 'r'"
        " AND has_table_privilege($1, oid, 'SELECT, INSERT, UPDATE, DELETE')",
        role,
    )
    assert not open_partitions, "grant on the parent table only"

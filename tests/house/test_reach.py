"""What the database itself holds against the application: reach, append-only, balance."""

import inspect
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import asyncpg
import pytest
import pytest_asyncio

from coop.access.roles import Role
from coop.kernel import clock
from coop.running import Running
from tests.trade import Trade, entry, person, post

_COLUMNS = """SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attname = $1
   AND NOT a.attisdropped ORDER BY 1"""
# Open by nature, and why.
OPEN_TO_ALL = {
    "receipt_key": "public halves, which the signed list tells every stranger anyway",
    "status_list": "which lists were opened; they are served to every stranger",
}


@pytest_asyncio.fixture(scope="session")
async def traded(database: Running, trade: Trade) -> Trade:
    """Both cooperatives with a few weighings and a clerk each."""
    for side in (trade.here, trade.there):
        await post(side, *(entry(side, paid_mode=mode) for mode in ("cash", "upi", "later")))
        await person(Role.CLERK, side)
    return trade


@pytest_asyncio.fixture
async def app(database: Running) -> AsyncIterator[Any]:
    """A bare connection of the application's role; what it does is undone."""
    connection = await asyncpg.connect(database.addresses.app)
    opened = connection.transaction()
    await opened.start()
    yield connection
    await opened.rollback()
    await connection.close()


async def _as_owner(database: Running, sql: str, *values: object) -> list[Any]:
    owner = await asyncpg.connect(database.addresses.owner)
    try:
        found: list[Any] = await owner.fetch(sql, *values)
        return found
    finally:
        await owner.close()


async def _reach(app: Any, text: str) -> None:
    await app.execute("SELECT set_config('coop.cooperatives', $1, true)", text)


async def _readable(database: Running, table: str) -> bool:
    sql = "SELECT has_table_privilege('coop_app', $1, 'SELECT')"
    return bool((await _as_owner(database, sql, f'"{table}"'))[0][0])


async def test_the_application_is_neither_owner_nor_above_the_guards(app: Any) -> None:
    row = await app.fetchrow(
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user"
    )
    assert not any(row.values())
    owned = await app.fetchval(
        "SELECT count(*) FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE r.rolname = current_user"
    )
    assert owned == 0


async def test_a_row_is_seen_by_its_cooperative_only(
    database: Running, traded: Trade, app: Any
) -> None:
    tables = [row["relname"] for row in await _as_owner(database, _COLUMNS, "cooperative_id")]
    assert len(tables) > 15
    leaks, seen = [], 0
    for table in tables:
        if not await _readable(database, table):
            continue
        for text, allowed in (
            (str(traded.here.id), {traded.here.id}),
            (str(traded.there.id), {traded.there.id}),
            (f"{traded.here.id},{traded.there.id}", {traded.here.id, traded.there.id}),
            ("", set()),
            ("0", set()),
            ("-1", set()),
        ):
            await _reach(app, text)
            rows = await app.fetch(
                f'SELECT DISTINCT cooperative_id FROM "{table}" WHERE cooperative_id IS NOT NULL'
            )
            found = {row["cooperative_id"] for row in rows}
            seen += len(found)
            if not found <= allowed:
                leaks.append((table, text, sorted(found - allowed)))
    assert {leak[0] for leak in leaks} == set(OPEN_TO_ALL), leaks
    assert seen > 20


async def test_the_guarded_tables_hold_rows_of_both(database: Running, traded: Trade) -> None:
    for table in (
        "weighing",
        "receipt",
        "journal",
        "ledger_entry",
        "member",
        "person",
        "kept_total",
    ):
        rows = await _as_owner(database, f'SELECT DISTINCT cooperative_id FROM "{table}"')
        assert {traded.here.id, traded.there.id} <= {row["cooperative_id"] for row in rows}, table


async def test_personal_rows_without_the_column_are_not_an_open_door(
    database: Running, traded: Trade, app: Any
) -> None:
    """Versions, nominees and cessations hang on a person or member; they must be guarded too."""
    await _reach(app, "")
    for table in ("person_version", "nominee", "member_cessation"):
        exists = await _as_owner(database, "SELECT to_regclass($1) IS NOT NULL", table)
        if not exists[0][0] or not await _readable(database, table):
            continue
        assert await app.fetchval(f'SELECT count(*) FROM "{table}"') == 0, table


async def test_nobody_writes_into_another_cooperative(
    database: Running, traded: Trade, app: Any
) -> None:
    await _reach(app, str(traded.here.id))
    for sql in (
        "INSERT INTO desk_day (cooperative_id, clerk_id, day, site_code, tare_grams, moisture_hundredths,"
        " waste_hundredths, paid_mode, chosen_at) VALUES ($1, 1, now()::date, 'x', 1, 1, 1, 'cash', now())",
        "INSERT INTO number_series VALUES ($1, 9900, 'R1', 5)",
        "INSERT INTO journal (cooperative_id, fy, no, day, posted_at, about, document)"
        " VALUES ($1, 9900, 1, now()::date, now(), 'weighing', 'x')",
        "INSERT INTO kept_total VALUES ($1, 1010, 0, 77, 5, 0)",
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with app.transaction():
                await app.execute(sql, traded.there.id)
    for table in ("kept_total", "number_series", "day_total", "audit_head"):
        done = await app.execute(
            f'UPDATE "{table}" SET cooperative_id = cooperative_id WHERE cooperative_id = $1',
            traded.there.id,
        )
        assert done == "UPDATE 0", table


async def test_what_is_posted_stays(database: Running, traded: Trade, app: Any) -> None:
    rows = await _as_owner(
        database,
        "SELECT DISTINCT c.oid::regclass::text AS relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
        " WHERE t.tgname = 'append_only_whole' AND NOT c.relispartition ORDER BY 1",
    )
    tables = [row["relname"] for row in rows]
    assert {"weighing", "receipt", "journal", "ledger_entry", "audit_entry", "desk_entry"} <= set(
        tables
    )
    await _reach(app, "*")
    for table in tables:
        column = (
            await _as_owner(
                database,
                "SELECT attname FROM pg_attribute WHERE attrelid = $1::text::regclass AND attnum > 0 LIMIT 1",
                table,
            )
        )[0]["attname"]
        for sql in (
            f'UPDATE {table} SET "{column}" = "{column}"',
            f"DELETE FROM {table}",
            f"TRUNCATE {table} CASCADE",
        ):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                async with app.transaction():
                    await app.execute(sql)


async def test_the_owner_changes_nothing_by_accident(database: Running, traded: Trade) -> None:
    owner = await asyncpg.connect(database.addresses.owner)
    try:
        for table in (
            "weighing",
            "receipt",
            "journal",
            "ledger_entry",
            "audit_entry",
            "desk_entry",
        ):
            assert await owner.fetchval(f'SELECT count(*) FROM "{table}"') > 0, table
            for sql in (f'DELETE FROM "{table}"', f'TRUNCATE "{table}" CASCADE'):
                with pytest.raises(asyncpg.IntegrityConstraintViolationError):
                    async with owner.transaction():
                        await owner.execute(sql)
    finally:
        await owner.close()


@pytest.mark.parametrize(
    ("paise", "balances"),
    [
        ((), False),
        ((5,), False),
        ((0,), False),
        ((5, -4), False),
        ((5, -5), True),
        ((5, -2, -3), True),
    ],
)
async def test_a_journal_sums_to_zero_at_commit(
    database: Running, traded: Trade, paise: tuple[int, ...], balances: bool
) -> None:
    app = await asyncpg.connect(database.addresses.app)
    opened = app.transaction()
    try:
        await opened.start()
        await _reach(app, str(traded.here.id))
        values = (traded.here.id, 9900, 1)
        await app.execute(
            "INSERT INTO journal (cooperative_id, fy, no, day, posted_at, about, document)"
            " VALUES ($1, $2, $3, $4, $5, 'test', 'x')",
            *values, date(2026, 11, 1), clock.now(),
        )  # fmt: skip
        for line_no, amount in enumerate(paise, start=1):
            await app.execute(
                "INSERT INTO ledger_entry (cooperative_id, fy, journal_no, line_no, account_code, amount_paise)"
                " VALUES ($1, $2, $3, $4, 1010, $5)",
                *values, line_no, amount,
            )  # fmt: skip
        if balances:
            await app.execute("SET CONSTRAINTS ALL IMMEDIATE")  # the same check; nothing is kept
            await opened.rollback()
        else:
            with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="does not balance"):
                await opened.commit()
    finally:
        await app.close()
    kept = await _as_owner(database, "SELECT count(*) FROM journal WHERE fy = 9900")
    assert kept[0][0] == 0


async def test_a_line_added_later_to_a_posted_journal_is_refused(
    database: Running, traded: Trade
) -> None:
    app = await asyncpg.connect(database.addresses.app)
    opened = app.transaction()
    try:
        await opened.start()
        await _reach(app, str(traded.here.id))
        row = await app.fetchrow("SELECT fy, no FROM journal ORDER BY no DESC LIMIT 1")
        await app.execute(
            "INSERT INTO ledger_entry (cooperative_id, fy, journal_no, line_no, account_code, amount_paise)"
            " VALUES ($1, $2, $3, 99, 1010, 100)",
            traded.here.id, row["fy"], row["no"],
        )  # fmt: skip
        with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="does not balance"):
            await opened.commit()
    finally:
        await app.close()


def test_functions_that_look_past_the_guards_pin_their_search_path() -> None:
    """A SECURITY DEFINER function without search_path runs what somebody else planted."""
    from coop import paths

    source = inspect.getsourcefile(paths)
    assert source is not None
    from pathlib import Path

    folder = Path(source).parents[1] / "migrations" / "sql"
    found = 0
    for file in folder.glob("*.sql"):
        for function in file.read_text("utf-8").split("CREATE FUNCTION")[1:]:
            head = function.split("$$")[0]
            if "SECURITY DEFINER" in head:
                found += 1
                assert "SET search_path" in head, file.name
    assert found >= 3

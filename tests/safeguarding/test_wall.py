"""The wall: what the database lets each role read, and the one band that crosses."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import asyncpg
import pytest
import pytest_asyncio

from coop.cli.proofs import SEALS
from coop.kernel.db import Reach, transaction
from coop.ledger.queries import first_broken_seals
from coop.running import Running
from coop.safeguarding.rules.book import Kind
from coop.schooling.operations.coverage import keep_coverage, keep_ended_quarters
from coop.schooling.queries.coverage import coverage_of, last_coverage
from coop.schooling.queries.role import school_transaction
from coop.schooling.rules.coverage import Band, Quarter
from tests.safeguarding.village import Village, tell, write
from tests.schooling.acts import owner_rows
from tests.schooling.family import AGENCY, consent, new_family
from tests.weighing.taken_back import insider

TABLES = ("reader", "protection_case", "case_words", "concern", "case_line", "legal_duty", "case_form", "case_fact")  # fmt: skip
DENIED = asyncpg.InsufficientPrivilegeError
QUARTER = Quarter(2026, 3)


@pytest_asyncio.fixture
async def app(database: Running) -> AsyncIterator[Any]:
    """A bare connection of the application's role, with every reach."""
    async for one in _open(database.addresses.app):
        yield one


@pytest_asyncio.fixture
async def safe(database: Running) -> AsyncIterator[Any]:
    """A bare connection of safeguarding's login."""
    async for one in _open(database.addresses.safe):
        yield one


async def _open(address: str) -> AsyncIterator[Any]:
    connection = await asyncpg.connect(address)
    undo = connection.transaction()
    await undo.start()
    await connection.execute("SELECT set_config('coop.cooperatives', '*', true)")
    yield connection
    await undo.rollback()
    await connection.close()


async def _denied(connection: Any, sql: str) -> None:
    with pytest.raises(DENIED):
        async with connection.transaction():
            await connection.execute(sql)


@pytest.mark.parametrize("table", TABLES)
async def test_the_application_reads_and_writes_nothing_of_a_case(
    database: Running, village: Village, app: Any, table: str
) -> None:
    number = await tell(village.here, words="x")
    if table == "case_line":
        await write(village.first, number, Kind.RISK, "high", second="hazardous")
    rows = await owner_rows(database, f"SELECT count(*) AS n FROM safeguarding.{table}")
    assert rows[0]["n"] > 0 or table == "case_fact"
    await _denied(app, f"SELECT * FROM safeguarding.{table}")
    await _denied(app, f"SELECT count(*) FROM safeguarding.{table}")
    await _denied(app, f"DELETE FROM safeguarding.{table}")
    # Not as schooling either, whose role it may take.
    await app.execute("SELECT set_config('role', current_database() || '_school', true)")
    await _denied(app, f"SELECT * FROM safeguarding.{table}")


async def test_the_application_cannot_become_safeguarding(app: Any) -> None:
    await _denied(app, "SELECT set_config('role', current_database() || '_safe', true)")
    await _denied(app, "SET SESSION AUTHORIZATION coop_safe")


async def test_trade_reads_no_childs_status(app: Any) -> None:
    for table in ("school_check", "child_version", "hand_confirmation", "guardian_consent"):
        await _denied(app, f"SELECT * FROM {table}")


async def test_who_reads_children_hears_no_voice_and_the_other_way_round(app: Any) -> None:
    voices = ("voice_message", "voice_words", "voice_reply", "voice_withheld", "voice_board")
    children = ("child_version", "school_check", "sign_answer", "village_check", "enrolment_row")
    for role, shut, open_ in (("school", voices, children), ("voice", children, voices)):
        await app.execute("SELECT set_config('role', current_database() || $1, true)", f"_{role}")
        for table in shut:
            await _denied(app, f"SELECT * FROM {table}")
        for table in open_:
            await app.execute(f"SELECT 1 FROM {table} LIMIT 1")
        await app.execute("SELECT set_config('role', 'none', true)")


async def test_safeguarding_reads_no_trade(safe: Any) -> None:
    for table in ("weighing", "sale", "journal", "ledger_entry", "voucher", "person_version"):
        await _denied(safe, f"SELECT * FROM {table}")
    await _denied(safe, "SELECT * FROM password_row")
    await _denied(safe, "SELECT login FROM user_account")


async def test_safeguarding_changes_no_line_and_sees_its_reach_only(
    village: Village, safe: Any
) -> None:
    await tell(village.here)
    for sql in (
        "UPDATE safeguarding.case_line SET choice = 'low'",
        "DELETE FROM safeguarding.case_line",
        "DELETE FROM safeguarding.concern",
        "UPDATE safeguarding.reader SET valid_until = '2999-01-01'",
    ):
        await _denied(safe, sql)
    for table in ("protection_case", "concern", "case_line", "case_words", "case_form"):
        await safe.execute(
            "SELECT set_config('coop.cooperatives', $1, true)", str(village.there.id)
        )
        rows = await safe.fetch(f"SELECT DISTINCT cooperative_id FROM safeguarding.{table}")
        assert {row["cooperative_id"] for row in rows} <= {village.there.id}, table
        await safe.execute("SELECT set_config('coop.cooperatives', '', true)")
        assert await safe.fetchval(f"SELECT count(*) FROM safeguarding.{table}") == 0


async def test_only_an_administrators_reach_names_readers(village: Village, safe: Any) -> None:
    await safe.execute("SELECT set_config('coop.cooperatives', $1, true)", str(village.here.id))
    await _denied(
        safe,
        f"""INSERT INTO safeguarding.reader (cooperative_id, user_id, woman, training, trained_on, valid_until, named_by, named_at)
            VALUES ({village.here.id}, {village.first}, true, 'x', '2026-01-01', '2999-01-01', 'x', now())""",
    )


async def test_a_band_is_kept_once_and_nothing_under_thirty_households(
    database: Running, village: Village, app: Any
) -> None:
    side = village.there
    reach = Reach("user:1", ())  # a buyer's: no cooperative at all

    async def now(quarter: Quarter = QUARTER) -> int | None:
        async with school_transaction(AGENCY) as tx:
            sql = "SELECT coop_children_checked($1, $2)"
            return await tx.fetchval(sql, side.id, quarter.first_day)  # type: ignore[no-any-return]

    async def keep(quarter: Quarter) -> bool:
        async with school_transaction(AGENCY) as tx:
            return await keep_coverage(tx, side.id, quarter)

    children: list[int] = []
    for number in range(30):
        family = await new_family(side)
        await consent(family)
        children.append(family.child_id)
        if number == 28:
            assert await now() is None
            assert await keep(Quarter(2026, 1))
    assert await now() == Band.UNDER_HALF
    assert await now(Quarter(2026, 4)) is None  # not over yet
    for share, band in ((15, Band.HALF), (23, Band.THREE_QUARTERS), (27, Band.NINE_TENTHS)):
        await _check(database, side.id, children[:share], date(2026, 9, 1))
        assert await now() == band
        assert await now(Quarter(2026, 2)) == Band.UNDER_HALF
    # Nothing crosses before it is kept; then what was kept crosses, whatever comes later.
    async with transaction(reach) as tx:
        assert await coverage_of(tx, side.id, QUARTER) is None
    assert sorted(await asyncio.gather(keep(QUARTER), keep(QUARTER))) == [False, True]
    assert not await keep(Quarter(2026, 4))
    await owner_rows(database, "DELETE FROM school_check WHERE person_id = ANY ($1)", children[:20])
    assert await now() == Band.UNDER_HALF
    async with transaction(reach) as tx:
        kept = await coverage_of(tx, side.id, QUARTER)
        assert kept is not None
        assert kept.band is Band.NINE_TENTHS
        few = await coverage_of(tx, side.id, Quarter(2026, 1))
        assert few is not None
        assert few.band is None  # of a quarter with 29 households nothing is told, also not later
        assert await coverage_of(tx, side.id, Quarter(2026, 4)) is None
        said = await last_coverage(tx, side.code)
        assert said is not None
        assert "Quarter 3/2026, kept on " in str(said)
        assert "Quarter 4/2026 still runs" in str(said)
    # The application works no band out by itself and sees no row.
    await _denied(app, f"SELECT coop_children_checked({side.id}, '2026-07-01')")
    await _denied(app, "SELECT * FROM coverage_quarter")
    async with transaction(reach) as tx:
        assert await last_coverage(tx, village.here.code) is None
    assert await keep_ended_quarters() > 0
    assert await keep_ended_quarters() == 0
    async with insider(database) as owner:
        await owner.execute(
            "UPDATE coverage_quarter SET band = 0 WHERE cooperative_id = $1", side.id
        )
        assert "coverage:kept" in " ".join(await first_broken_seals(owner, SEALS))


async def _check(database: Running, own: int, children: list[int], on: date) -> None:
    """A look-up of these children on a day, written by the owner."""
    await owner_rows(
        database,
        """WITH run AS (INSERT INTO school_check_run (cooperative_id, on_day, rule, recorded_by, recorded_at)
             VALUES ($1, $2, 'in-45', 'console:test', now()) RETURNING id),
           counted AS (INSERT INTO school_check_count SELECT id, $1, 'enrolled', cardinality($3::bigint[]) FROM run)
           INSERT INTO school_check (cooperative_id, run_id, person_id, status, udise, admission_no, evidence, reason,
             reason_values, recorded_at)
           SELECT $1, run.id, child, 'enrolled', '', '', 'none', '', '{}', now() FROM run, unnest($3::bigint[]) child""",
        own,
        on,
        children,
    )

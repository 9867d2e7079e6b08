"""The ground: every table of the first release, by the SQL files of ``migrations/sql`` in order."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

ID = "2026-11-24T10:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "ground"
SQL = Path(__file__).parent / "sql"
FILES = (
    "00_ground", "10_cooperatives", "15_audit", "20_identity", "30_ledger", "35_receipts", "40_sites",
    "45_members", "50_prices", "55_schooling", "60_buyers", "70_weighing",
)


async def forwards():
    from coop.migrating import run_sql

    manager = MigrationManager(migration_id=ID, app_name="coop", description=DESCRIPTION)

    async def up():
        for name in FILES:
            text = (SQL / f"{name}.sql").read_text("utf-8")
            await run_sql(text)

    async def down():
        text = (SQL / "00_ground.down.sql").read_text("utf-8")
        await run_sql(text)

    manager.add_raw(up)
    manager.add_raw_backwards(down)
    return manager

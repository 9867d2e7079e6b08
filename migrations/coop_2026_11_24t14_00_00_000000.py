"""From lots to a buyer's receipt: log, people, notices, buyers, sales, reversals, money."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

ID = "2026-11-24T14:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "from lots to a buyer's receipt"
SQL = Path(__file__).parent / "sql"
FILES = (
    "80_ledger", "82_log", "84_people", "85_people", "86_notices", "87_buyers", "88_sales", "89_lot_balance",
    "90_reversals", "92_money",
)


async def forwards():
    from coop.migrating import run_sql

    manager = MigrationManager(migration_id=ID, app_name="coop", description=DESCRIPTION)

    async def up():
        for name in FILES:
            await run_sql((SQL / f"{name}.sql").read_text("utf-8"))

    manager.add_raw(up)
    return manager

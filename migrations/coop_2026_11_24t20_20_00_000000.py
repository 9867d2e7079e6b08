"""The band of children looked up is kept when its quarter ends."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

ID = "2026-11-24T20:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "coverage kept"
SQL = Path(__file__).parent / "sql"
FILES = ("154_coverage",)


async def forwards():
    from coop.migrating import run_sql

    manager = MigrationManager(migration_id=ID, app_name="coop", description=DESCRIPTION)

    async def up():
        for name in FILES:
            await run_sql((SQL / f"{name}.sql").read_text("utf-8"))

    manager.add_raw(up)
    return manager

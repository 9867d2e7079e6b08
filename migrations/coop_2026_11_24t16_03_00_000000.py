"""Participation: the feedback box, what was done about it, who was heard before a decision."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

ID = "2026-11-24T16:03:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "participation"
SQL = Path(__file__).parent / "sql"
FILES = ("102_participation",)


async def forwards():
    from coop.migrating import run_sql

    manager = MigrationManager(migration_id=ID, app_name="coop", description=DESCRIPTION)

    async def up():
        for name in FILES:
            await run_sql((SQL / f"{name}.sql").read_text("utf-8"))

    manager.add_raw(up)
    return manager

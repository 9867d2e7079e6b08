"""Indicators of cases are published a half-year at a time; how long signs are kept; the box has a role."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

ID = "2026-11-24T20:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "indicators of cases"
SQL = Path(__file__).parent / "sql"
FILES = ("156_indicators", "158_voice_role", "160_sounds")


async def forwards():
    from coop.migrating import run_sql

    manager = MigrationManager(migration_id=ID, app_name="coop", description=DESCRIPTION)

    async def up():
        for name in FILES:
            await run_sql((SQL / f"{name}.sql").read_text("utf-8"))

    manager.add_raw(up)
    return manager

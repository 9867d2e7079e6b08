"""What a household told goes with its consent, and with the erasure of one of it."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

ID = "2026-11-24T19:48:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "what was told is forgotten"
SQL = Path(__file__).parent / "sql"
FILES = ("149_told_forgotten",)


async def forwards():
    from coop.migrating import run_sql

    manager = MigrationManager(migration_id=ID, app_name="coop", description=DESCRIPTION)

    async def up():
        for name in FILES:
            await run_sql((SQL / f"{name}.sql").read_text("utf-8"))

    manager.add_raw(up)
    return manager

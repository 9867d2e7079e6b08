"""Questions of the benefit desk as a voice speaks them."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

ID = "2026-11-24T21:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "spoken questions"
SQL = Path(__file__).parent / "sql"
FILES = ("160_scheme_clips",)


async def forwards():
    from coop.migrating import run_sql

    manager = MigrationManager(migration_id=ID, app_name="coop", description=DESCRIPTION)

    async def up():
        for name in FILES:
            await run_sql((SQL / f"{name}.sql").read_text("utf-8"))

    manager.add_raw(up)
    return manager

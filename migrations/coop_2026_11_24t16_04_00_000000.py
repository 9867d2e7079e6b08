"""Livelihoods: benchmarks, income told, kit, training, other livelihoods, the common fund's plans."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

ID = "2026-11-24T16:04:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "livelihoods"
SQL = Path(__file__).parent / "sql"


async def forwards():
    from coop.migrating import run_sql

    manager = MigrationManager(migration_id=ID, app_name="coop", description=DESCRIPTION)

    async def up():
        await run_sql((SQL / "104_livelihoods.sql").read_text("utf-8"))

    manager.add_raw(up)
    return manager

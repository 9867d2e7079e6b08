"""ONE Piccolo app: dependencies are kept per app, and our migrations are one line of history."""

from piccolo.conf.apps import AppConfig, table_finder

from coop.paths import MIGRATIONS

TABLE_MODULES = [
    "coop.audit.tables",
    "coop.cooperatives.tables",
    "coop.identity.tables",
    "coop.ledger.tables",
    "coop.receipts.tables",
    "coop.log.tables",
    "coop.participation.tables",
    "coop.sites.tables",
    "coop.members.tables.book",
    "coop.members.tables.acts",
    "coop.prices.tables",
    "coop.schooling.tables.register",
    "coop.schooling.tables.children",
    "coop.schooling.tables.checks",
    "coop.schooling.tables",
    "coop.schemes.tables",
    "coop.buyers.tables",
    "coop.safeguarding.tables",
    "coop.weighing.tables",
    "coop.sales.tables",
    "coop.payments.tables",
    "coop.livelihoods.tables",
    "coop.closing.tables",
    "coop.importing.tables",
    "coop.reports.tables",
    "coop.community.tables",
]

APP_CONFIG = AppConfig(
    app_name="coop",
    migrations_folder_path=str(MIGRATIONS),
    table_classes=table_finder(modules=TABLE_MODULES, exclude_imported=True),
)

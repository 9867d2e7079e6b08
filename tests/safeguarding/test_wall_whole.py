"""The wall by the catalogue of the database: what trade's role may touch of children, cases and voices, in whole."""

import re

import asyncpg

from coop.kernel import clock
from coop.running import Running

BEHIND = re.compile(
    r"^(child|voice|guardian|pupil|register|hand_conf|follow_up|facilitator|school_check|schooling|coverage)"
)
# What crosses: published, rounded counts, and what a board tells everybody. Nothing of one child.
CROSSES = {"child_report", "child_report_cell", "voice_board"}
_TABLES = """
SELECT c.oid::regclass::text AS name, n.nspname AS schema, c.relname AS plain,
       has_table_privilege($1, c.oid, 'SELECT') OR has_any_column_privilege($1, c.oid, 'SELECT') AS reads,
       has_table_privilege($1, c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE') AS writes
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm') AND n.nspname IN ('public', 'safeguarding')
"""


async def test_the_applications_role_touches_nothing_behind_the_wall(database: Running) -> None:
    app = await asyncpg.connect(database.addresses.app)
    owner = await asyncpg.connect(database.addresses.owner)
    try:
        role = await app.fetchval("SELECT current_user")
        assert not await owner.fetchval("SELECT has_schema_privilege($1, 'safeguarding', 'USAGE')", role)  # fmt: skip
        rows = await owner.fetch(_TABLES, role)
        behind = [row for row in rows if row["schema"] == "safeguarding" or BEHIND.match(row["plain"])]  # fmt: skip
        assert len(behind) > 30
        open_ = {row["plain"] for row in behind if row["reads"] or row["writes"]}
        assert open_ <= CROSSES, open_ - CROSSES
        for row in behind:
            if row["plain"] in CROSSES:
                continue
            for sql in ("SELECT 1 FROM {} LIMIT 1", "SELECT count(*) FROM {}", "DELETE FROM {}"):
                try:
                    await app.execute(sql.format(row["name"]))
                except asyncpg.InsufficientPrivilegeError:
                    continue
                raise AssertionError(f"{row['name']} answers: {sql}")
        views = await owner.fetch(
            "SELECT viewname FROM pg_views WHERE schemaname = 'public' AND definition ~ 'child_version|voice_words|safeguarding\\.'"
        )
        for view in views:
            assert not await owner.fetchval(
                "SELECT has_table_privilege($1, $2, 'SELECT')", role, view["viewname"]
            ), view
    finally:
        await app.close()
        await owner.close()


async def test_functions_that_cross_give_a_band_or_nothing(database: Running) -> None:
    """Which functions with their owner's rights the application may call that read behind the wall."""
    owner = await asyncpg.connect(database.addresses.owner)
    app = await asyncpg.connect(database.addresses.app)
    try:
        role = await app.fetchval("SELECT current_user")
        names = await owner.fetch(
            "SELECT proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname IN ('public', 'safeguarding')"
            " AND prosecdef AND has_function_privilege($1, p.oid, 'EXECUTE') AND prorettype <> 'trigger'::regtype"
            " AND prosrc ~ 'child_version|guardian_consent|voice_|coverage_quarter|safeguarding\\.|school_check|hand_confirmation'",
            role,
        )
        assert {row["proname"] for row in names} == {"coop_coverage_kept"}
        sql, day = (
            "SELECT band FROM coop_coverage_kept($1, $2)",
            clock.today().replace(month=1, day=1),
        )
        assert await app.fetchval(sql, 1, day) in (None, 0, 1, 2, 3)
    finally:
        await app.close()
        await owner.close()

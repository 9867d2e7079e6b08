"""Notices and sites of the first release come through the second migration as they were."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import pytest_asyncio

from coop.kernel.db import SYSTEM, Transaction
from coop.ledger import queries as ledger
from coop.migrating import create_database
from coop.paths import MIGRATIONS
from coop.prices.queries.proof import FAULTS, NOTICE_SEAL
from coop.running import Running
from coop.sites.queries.proof import FAULTS as SITE_FAULTS
from coop.sites.queries.proof import SITE_SEAL

SQL = Path(MIGRATIONS) / "sql"
GROUND = ("00_ground", "10_cooperatives", "15_audit", "40_sites", "50_prices")
OLD = """
INSERT INTO grade VALUES (1, 'Mixed', 'मिश्रित', '25253010', 'kg', now());
INSERT INTO price_notice_line (notice_no, published_at, effective_from, district_lgd, grade_code, picker_floor_paise,
  buyer_floor_paise, premium_paise, authority, reference, supersedes, recorded_at)
  SELECT 'OLD/' || n, '2026-10-01', '2026-10-02', 334 - n, 1, 1000, 1200, 50, 'Agency', '', '', now() FROM generate_series(1, 2) n;
INSERT INTO price_period (district_lgd, grade_code, during, line_id)
  SELECT district_lgd, grade_code, tstzrange(effective_from, NULL), id FROM price_notice_line;
INSERT INTO site (code, version, name, village, block, district_lgd, state_lgd, land_status, collection_allowed, remarks, recorded_at)
  VALUES ('S-1', 1, 'Heap', 'V', 'B', 334, 20, 'GM', true, '', now());
INSERT INTO audit_entry (fy, chain, seq, at, actor, tag, about_table, about_row, facts, previous, hash)
  SELECT 2627, 'AGENCY', n, now(), 'console:x', 'notice:published', 'price_notice_line', 'OLD/' || n,
         '{"lines":1,"notice_no":"OLD/' || n || '"}', '\\x', '\\x' FROM generate_series(1, 2) n;
INSERT INTO audit_entry (fy, chain, seq, at, actor, tag, about_table, about_row, facts, previous, hash)
  VALUES (2627, 'AGENCY', 3, now(), 'console:x', 'site:recorded', 'site', 'S-1', '{"code":"S-1","version":1}', '\\x', '\\x');
"""


@pytest_asyncio.fixture
async def old(database: Running) -> AsyncIterator[Any]:
    """A database of the first release with two notices and a site; dropped after the test."""
    name = "first_release"
    connection = await asyncpg.connect(await create_database(database.addresses.owner, name))
    try:
        for file in GROUND:
            await _run(connection, file)
        await connection.execute(OLD)
        yield connection
    finally:
        await connection.close()
        owner = await asyncpg.connect(database.addresses.owner)
        await owner.execute(f'DROP DATABASE "{name}"')
        await owner.close()


async def _run(connection: Any, file: str) -> None:
    text = (SQL / f"{file}.sql").read_text("utf-8")
    await connection.execute(text.replace("TO :app", "TO coop_app") + "\nSELECT 1;")


async def test_what_stood_stands(old: Any) -> None:
    await _run(old, "86_notices")
    rows = await old.fetch(
        "SELECT n.notice_no, n.part, n.consultation, l.picker_floor_paise FROM price_notice n"
        " JOIN price_notice_line l ON l.notice_id = n.id ORDER BY n.id"
    )
    assert [tuple(row) for row in rows] == [
        ("OLD/1", 1, "not_recorded", 1000),
        ("OLD/2", 1, "not_recorded", 1000),
    ]
    for table in ("price_notice_line", "site"):
        with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="append-only"):
            await old.execute(f"DELETE FROM {table}")
    tx = Transaction(old, SYSTEM)
    found = [await tx.fetchval(question) for question in {**FAULTS, **SITE_FAULTS}.values()]
    assert [text for text in found if text] == []
    assert await ledger.first_broken_seals(tx, [NOTICE_SEAL, SITE_SEAL]) == []

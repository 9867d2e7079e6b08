"""The one figure of schooling that others may ask for: the band of a quarter as it was kept at its end.

It needs no role: the database tells what was kept and nothing else, whoever asks.
"""

from dataclasses import dataclass
from datetime import date

from coop.cooperatives.queries import cooperative_named
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.words import Said, say
from coop.schooling.rules.coverage import (
    BAND_NAMES,
    CAVEAT,
    Band,
    Quarter,
    last_quarter,
    quarter_of,
)


@dataclass(frozen=True, slots=True)
class CoverageKept:
    """What was kept of a quarter, and on which day; ``band`` None: too few households."""

    band: Band | None
    kept_on: date


async def coverage_of(
    tx: Transaction, cooperative_id: int, quarter: Quarter
) -> CoverageKept | None:
    """What was kept of a quarter; None while it runs, or where it ended within the hour.

    Handed in by ``routes.py`` to whoever packs a buyer's due diligence. Works in any transaction of
    the application, whatever its reach.
    """
    row = await tx.fetchrow(
        "SELECT band, kept_on FROM coop_coverage_kept($1, $2)", cooperative_id, quarter.first_day
    )
    if row is None:
        return None
    return CoverageKept(None if row["band"] is None else Band(row["band"]), row["kept_on"])


async def without_coverage(tx: Transaction, quarter: Quarter) -> list[int]:
    """Cooperatives (row ids) of which nothing is kept of a quarter. Needs schooling's role."""
    rows = await tx.fetch(
        """SELECT c.id FROM cooperative c WHERE NOT EXISTS (
             SELECT FROM coverage_quarter q WHERE q.cooperative_id = c.id AND q.quarter_from = $1) ORDER BY c.id""",
        quarter.first_day,
    )
    return [row["id"] for row in rows]


async def last_coverage(tx: Transaction, code: str) -> Said | None:
    """What was kept of a cooperative's last finished quarter in words, with what it does not say; else None."""
    today = clock.today()
    found, quarter = await cooperative_named(tx, code), last_quarter(today)
    kept = await coverage_of(tx, found.id, quarter) if found is not None else None
    if kept is None or kept.band is None:
        return None
    return say(
        "Quarter %(quarter)s, kept on %(day)s: %(band)s. %(caveat)s Quarter %(running)s still runs; it is told later.",
        quarter=quarter.label,
        day=f"{kept.kept_on:%d-%m-%Y}",
        band=BAND_NAMES[kept.band],
        caveat=CAVEAT,
        running=quarter_of(today).label,
    )

"""The one figure of schooling that others may ask for. It needs no role: the database tells a band
and nothing else, whoever asks.
"""

from coop.cooperatives.queries import cooperative_named
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.words import Said, say
from coop.schooling.rules.coverage import BAND_NAMES, CAVEAT, Band, Quarter, last_quarter


async def coverage_of(tx: Transaction, cooperative_id: int, quarter: Quarter) -> Band | None:
    """In which band a finished quarter lies; None below 30 households, or where it is not over.

    Handed in by ``routes.py`` to whoever packs a buyer's due diligence. Works in any transaction of
    the application, whatever its reach.
    """
    band: int | None = await tx.fetchval(
        "SELECT coop_children_checked($1, $2)", cooperative_id, quarter.first_day
    )
    return None if band is None else Band(band)


async def last_coverage(tx: Transaction, code: str) -> Said | None:
    """The band of a cooperative's last finished quarter in words, with what it does not say; else None."""
    found, quarter = await cooperative_named(tx, code), last_quarter(clock.today())
    band = await coverage_of(tx, found.id, quarter) if found is not None else None
    if band is None:
        return None
    return say(
        "%(quarter)s: %(band)s. %(caveat)s",
        quarter=f"{quarter.number}/{quarter.year}",
        band=BAND_NAMES[band],
        caveat=CAVEAT,
    )

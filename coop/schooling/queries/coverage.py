"""The one figure of schooling that others may ask for. It needs no role: the database tells a band
and nothing else, whoever asks.
"""

from coop.kernel.db import Transaction
from coop.schooling.rules.coverage import Band, Quarter


async def coverage_of(tx: Transaction, cooperative_id: int, quarter: Quarter) -> Band | None:
    """In which band a finished quarter lies; None below 30 households, or where it is not over.

    Handed in by ``routes.py`` to whoever packs a buyer's due diligence. Works in any transaction of
    the application, whatever its reach.
    """
    band: int | None = await tx.fetchval(
        "SELECT coop_children_checked($1, $2)", cooperative_id, quarter.first_day
    )
    return None if band is None else Band(band)

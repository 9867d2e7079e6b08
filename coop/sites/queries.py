"""Sites as they are recorded now."""

from coop.kernel.db import Transaction
from coop.sites.rules import Site


async def sites(tx: Transaction) -> dict[str, Site]:
    """Every site's latest version, by code."""
    rows = await tx.fetch(
        """SELECT DISTINCT ON (code) code, name, village, block, district_lgd, state_lgd, lat_thousandths,
                  lon_thousandths, land_status, collection_allowed, remarks FROM site ORDER BY code, version DESC"""
    )
    return {row["code"]: Site(*row.values()) for row in rows}

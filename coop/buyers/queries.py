"""Buyers as they are recorded now."""

from typing import Any

from coop.buyers.rules import Buyer, Dossier
from coop.kernel.db import Transaction


async def buyers(tx: Transaction) -> dict[str, Buyer]:
    """Every buyer's latest version, by code."""
    rows = await tx.fetch(
        """SELECT DISTINCT ON (buyer_code) buyer_code, name, kind, town, district_lgd, suspension_reason,
                  state_lgd, gstin, pan, dealer_licence_no, licence_from, licence_to, suspended_from, suspended_to,
                  undertaking_signed_on FROM buyer ORDER BY buyer_code, version DESC"""
    )
    return {row["buyer_code"]: _buyer(*row.values()) for row in rows}


def _buyer(*values: Any) -> Buyer:
    """A row's values in the order of the two dataclasses' fields."""
    code, name, kind, town, district, reason, *dossier = values
    return Buyer(code, name, kind, town, district, reason, Dossier(*dossier))

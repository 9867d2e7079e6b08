"""Buyers as they are recorded now."""

from datetime import date
from typing import Any

from coop.buyers.rules import Buyer, Dossier, StandingOn, standing_on
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


async def standing_of(tx: Transaction, buyer_code: str, on: date) -> StandingOn | None:
    """A buyer's standing on a day, by the latest version; None where there is no such buyer."""
    found = (await buyers(tx)).get(buyer_code)
    return None if found is None else standing_on(found.dossier, on)

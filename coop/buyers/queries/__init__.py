"""Buyers as they are recorded now: the row a sale needs, the standing on a day, the list of a file."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from coop.buyers.queries.known import Known, known_buyer, known_buyers
from coop.buyers.rules import Buyer, Dossier, ItemKind, StandingOn
from coop.buyers.rules.listed import listed_from
from coop.buyers.rules.standing import speaking
from coop.kernel import clock
from coop.kernel.db import Transaction

__all__ = [
    "BuyerRow",
    "Known",
    "buyer_of",
    "buyers",
    "known_buyer",
    "known_buyers",
    "last_version",
    "listed_buyers",
    "standing_of",
]


@dataclass(frozen=True, slots=True)
class BuyerRow:
    """A buyer as a sale needs it.

    ``id`` is the row id of the buyer's first version and stays the same for ever: it is the
    ``buyer_id`` of ledger lines and sales. ``gstin`` is that of the accepted paper, empty where
    the buyer is not registered; ``state_lgd`` and ``district_lgd`` are of the address.
    """

    id: int
    code: str
    name: str
    kind: str
    gstin: str
    state_lgd: int | None
    district_lgd: int | None


async def buyer_of(tx: Transaction, buyer_code: str, on: date | None = None) -> BuyerRow | None:
    """A buyer by its code as of a day in India (today), in one query; None where there is none."""
    known = await known_buyer(tx, buyer_code)
    if known is None:
        return None
    day = on or clock.today()
    gstin = speaking(known.papers, ItemKind.GSTIN, day, known.demands(day))
    return BuyerRow(
        known.id,
        known.code,
        known.name,
        known.kind,
        gstin.number if gstin else "",
        known.state_lgd,
        known.district_lgd,
    )


async def standing_of(tx: Transaction, buyer_code: str, on: date) -> StandingOn | None:
    """A buyer's standing on a day, in one query; None where there is no such buyer."""
    known = await known_buyer(tx, buyer_code)
    return None if known is None else known.standing(on)


_VERSION = """buyer_code, name, kind, town, district_lgd, suspension_reason, state_lgd, gstin, pan,
                  dealer_licence_no, licence_from, licence_to, suspended_from, suspended_to, undertaking_signed_on"""


async def buyers(tx: Transaction) -> dict[str, Buyer]:
    """Every buyer's latest version, by code.

    Name, place, GSTIN and PAN are as known now; licence, undertaking and suspension as a list said
    last. Whether one may buy is not decided by these: ask ``known_buyers`` or ``standing_of``.
    """
    rows = await tx.fetch(
        f"SELECT DISTINCT ON (buyer_code) {_VERSION} FROM buyer ORDER BY buyer_code, version DESC"  # noqa: S608  (columns of ours)
    )
    return {row["buyer_code"]: _version(*row.values()) for row in rows}


async def last_version(tx: Transaction, buyer_code: str) -> Buyer | None:
    """A buyer's latest version."""
    row = await tx.fetchrow(
        f"SELECT {_VERSION} FROM buyer WHERE buyer_code = $1 ORDER BY version DESC LIMIT 1",  # noqa: S608  (columns of ours)
        buyer_code,
    )
    return None if row is None else _version(*row.values())


async def listed_buyers(tx: Transaction) -> dict[str, Buyer]:
    """Every buyer as the last list that named it said, by code."""
    rows = await tx.fetch(
        f"""SELECT DISTINCT ON (buyer_code) {_VERSION}, listed FROM buyer
            WHERE listed IS NOT NULL OR act_id IS NULL ORDER BY buyer_code, version DESC"""  # noqa: S608  (columns of ours)
    )
    return {
        row["buyer_code"]: listed_from(row["listed"]) if row["listed"] else _version(*values)
        for row in rows
        for *values, _ in [row.values()]
    }


def _version(*values: Any) -> Buyer:
    """A row's values in the order of the two dataclasses' fields."""
    code, name, kind, town, district, reason, *dossier = values
    return Buyer(code, name, kind, town, district, reason, Dossier(*dossier))

"""Questions about receipts: the list of keys, statuses, the receipts of a reach."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from coop.kernel.db import Transaction


@dataclass(frozen=True, slots=True)
class ServedList:
    """A signed list of keys and when it ends."""

    signed: bytes
    expires_at: datetime


async def trust_list(tx: Transaction) -> ServedList | None:
    """The list in force, or None before the first."""
    row = await tx.fetchrow("SELECT signed, expires_at FROM trust_list ORDER BY seq DESC LIMIT 1")
    return ServedList(row["signed"], row["expires_at"]) if row else None


async def statuses(tx: Transaction, list_no: int) -> dict[int, int]:
    """Status by place of a list, places that are not valid only."""
    rows = await tx.fetch("SELECT sidx, status FROM coop_statuses($1)", list_no)
    return {row["sidx"]: row["status"] for row in rows if row["status"]}


async def list_exists(tx: Transaction, list_no: int) -> bool:
    """Whether the status list was opened."""
    return bool(await tx.fetchval("SELECT 1 FROM status_list WHERE n = $1", list_no))


async def signed_receipts(tx: Transaction, kind: int | None) -> list[bytes]:
    """The receipts within reach in the order they were posted."""
    rows = await tx.fetch(
        "SELECT signed FROM receipt WHERE $1::smallint IS NULL OR kind = $1 ORDER BY id", kind
    )
    return [row["signed"] for row in rows]


async def cooperative_names(tx: Transaction, code: str) -> tuple[str, str] | None:
    """A cooperative's name in Hindi and English, by the code that its receipts carry."""
    row = await tx.fetchrow("SELECT name_hi, name_en FROM cooperative WHERE code = $1", code)
    return (row["name_hi"], row["name_en"]) if row else None


async def grade_names(tx: Transaction) -> dict[int, tuple[str, str]]:
    """The grades' names in Hindi and English."""
    rows = await tx.fetch("SELECT code, name_hi, name_en FROM grade")
    return {row["code"]: (row["name_hi"], row["name_en"]) for row in rows}


async def first_claims(tx: Transaction, ctis: Iterable[bytes]) -> dict[bytes, datetime]:
    """When receipts were first claimed by their buyer, by their id; never by whom."""
    rows = await tx.fetch("SELECT cti, claimed_at FROM coop_first_claims($1)", list(ctis))
    return {row["cti"]: row["claimed_at"] for row in rows}

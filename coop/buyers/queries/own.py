"""What a buyer's own person may see: which buyer they act for, and its receipts."""

from dataclasses import dataclass
from datetime import datetime

from coop.buyers.queries.known import Known, known_buyer
from coop.kernel.db import Transaction
from coop.kernel.refusal import NotThere


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """A receipt of a buyer as issued; ``signed`` are its COSE bytes."""

    cooperative: str
    name_hi: str
    name_en: str
    fy: int
    kind: int
    no: int
    cti: bytes
    sidx: int
    issued_at: datetime
    signed: bytes
    claimed_at: datetime | None


async def own_buyer(tx: Transaction, user_id: int | None) -> Known:
    """The buyer whom a person acts for. Raises NotThere where there is none."""
    code = await tx.fetchval(
        "SELECT b.buyer_code FROM buyer_person p JOIN buyer b ON b.id = p.buyer_id WHERE p.user_id = $1",
        user_id,
    )
    known = await known_buyer(tx, code) if code else None
    if known is None:
        raise NotThere
    return known


async def receipts_of(
    tx: Transaction, buyer_id: int, *, limit: int, offset: int = 0
) -> list[ReceiptRow]:
    """A buyer's receipts, the newest first; nothing to whom neither acts for it nor is the agency."""
    rows = await tx.fetch(
        """SELECT r.*, c.claimed_at FROM coop_receipts_of_buyer($1) r LEFT JOIN receipt_claim c ON c.cti = r.cti
           ORDER BY r.issued_at DESC, r.cti LIMIT $2 OFFSET $3""",
        buyer_id,
        limit,
        offset,
    )
    return [ReceiptRow(*row.values()) for row in rows]


async def receipt_of(tx: Transaction, buyer_id: int, cti: bytes) -> ReceiptRow | None:
    """One receipt of a buyer by its id, or None where it is not theirs."""
    row = await tx.fetchrow(
        """SELECT r.*, c.claimed_at FROM coop_receipts_of_buyer($1) r LEFT JOIN receipt_claim c ON c.cti = r.cti
           WHERE r.cti = $2""",
        buyer_id,
        cti,
    )
    return ReceiptRow(*row.values()) if row else None


async def receipt_count(tx: Transaction, buyer_id: int) -> int:
    """How many receipts a buyer has."""
    return int(await tx.fetchval("SELECT count(*) FROM coop_receipts_of_buyer($1)", buyer_id))


async def is_receipt_of(tx: Transaction, buyer_id: int, cti: bytes) -> bool:
    """Whether a receipt was issued for a sale to this buyer."""
    return bool(
        await tx.fetchval(
            "SELECT EXISTS (SELECT FROM coop_receipts_of_buyer($1) r WHERE r.cti = $2)",
            buyer_id,
            cti,
        )
    )


async def is_sale_receipt(tx: Transaction, cti: bytes) -> bool:
    """Whether a sale's receipt of this id was issued here, in whichever cooperative."""
    return bool(await tx.fetchval("SELECT coop_is_sale_receipt($1)", cti))

"""The way of one receipt, from the scale to the buyer; nobody's name."""

from dataclasses import dataclass
from datetime import datetime

from coop.kernel.db import Transaction


@dataclass(frozen=True, slots=True)
class Trail:
    """Where a weighing went; None or empty where it did not come so far. Weights in grams."""

    cooperative_id: int
    name_hi: str
    name_en: str
    weighed_at: datetime
    posted_at: datetime
    device: str
    clerk: bool
    grams: int
    grade_code: int
    rate_paise: int
    floor_paise: int
    issued_at: datetime
    leaf: int | None
    logged_at: datetime | None
    witnessed_at: datetime | None
    reversed_at: datetime | None
    reversal_reason: str
    lot: str
    lot_at: datetime | None
    chained_at: datetime | None
    lot_fy: int | None
    lot_no: int | None


@dataclass(frozen=True, slots=True)
class LotSale:
    """A sale out of the receipt's lot: its number, when, to whom, when it left and what the buyer weighed."""

    number: str
    sold_at: datetime
    buyer_code: str
    grams: int
    left_at: datetime | None
    vehicle: str
    read_at: datetime | None
    buyer_grams: int | None


_TRAIL = """
SELECT c.id, c.name_hi, c.name_en, w.weighed_at, w.posted_at, coalesce(d.code, '') AS device, w.clerk_id IS NOT NULL AS clerk,
       w.payable_grams, w.grade_code, w.rate_paise, w.floor_paise, r.issued_at, l.leaf_index,
       (SELECT min(p.signed_at) FROM log_checkpoint p WHERE p.size > l.leaf_index) AS logged_at,
       (SELECT min(s.seen_at) FROM log_cosignature s WHERE s.size > l.leaf_index) AS witnessed_at,
       v.reversed_at, coalesce(v.reason, '') AS reason, coalesce(t.number, '') AS lot, t.made_at,
       (SELECT a.at FROM audit_entry a WHERE a.cooperative_id = c.id AND a.fy = w.fy AND a.tag = 'weighing:posted'
          AND a.about_row = w.fy || '/' || w.no LIMIT 1) AS chained_at, t.fy AS lot_fy, t.no AS lot_no
FROM cooperative c JOIN weighing w ON w.cooperative_id = c.id
JOIN receipt r ON (r.cooperative_id, r.fy, r.kind, r.no) = (w.cooperative_id, w.fy, 1, w.no)
LEFT JOIN device d ON d.id = w.device_id LEFT JOIN log_leaf l ON l.receipt_id = r.id
LEFT JOIN weighing_reversal v ON (v.cooperative_id, v.weighing_fy, v.weighing_no) = (w.cooperative_id, w.fy, w.no)
LEFT JOIN lot_purchase q ON (q.cooperative_id, q.fy, q.weighing_no) = (w.cooperative_id, w.fy, w.no)
LEFT JOIN lot t ON (t.cooperative_id, t.fy, t.no) = (q.cooperative_id, q.lot_fy, q.lot_no)
WHERE c.code = $1 AND w.fy = $2 AND w.no = $3
"""


async def trail(tx: Transaction, code: str, fy: int, no: int) -> Trail | None:
    """The way of a weighing's receipt within reach."""
    row = await tx.fetchrow(_TRAIL, code, fy, no)
    return Trail(*row.values()) if row else None


async def sales_of(tx: Transaction, found: Trail) -> list[LotSale]:
    """The sales out of a receipt's lot, in order of time."""
    if found.lot_fy is None:
        return []
    rows = await tx.fetch(
        """SELECT s.number, s.sold_at, s.buyer_code, s.quantity_grams, g.left_at, coalesce(g.vehicle_no, '') AS vehicle,
                  b.read_at, b.buyer_grams
           FROM sale s LEFT JOIN gate_out g ON (g.cooperative_id, g.sale_fy, g.sale_no) = (s.cooperative_id, s.fy, s.no)
           LEFT JOIN weighbridge_reading b ON (b.cooperative_id, b.sale_fy, b.sale_no) = (s.cooperative_id, s.fy, s.no)
           WHERE (s.cooperative_id, s.lot_fy, s.lot_no) = ($1, $2, $3) ORDER BY s.sold_at, s.no""",
        found.cooperative_id,
        found.lot_fy,
        found.lot_no,
    )
    return [LotSale(*row.values()) for row in rows]

"""Sales as they stand: what an act on one must know."""

from dataclasses import dataclass
from datetime import datetime

from asyncpg import Record

from coop.kernel.db import Transaction
from coop.sales.queries.lots import LotKey
from coop.sales.rules.balance import Heap
from coop.sales.rules.dispatch import Challan, SaleFacts
from coop.sales.rules.notes import Sold
from coop.sales.rules.tax import Supply, Tax


@dataclass(frozen=True, slots=True)
class PendingNote:
    """A note that was asked for and not decided."""

    id: int
    kind: str
    grams: int
    reason: str
    asked_at: datetime
    asked_by: str


@dataclass(frozen=True, slots=True)
class SaleState:
    """A sale, its papers and what became of it; ``cti`` and ``sidx`` are its receipt's."""

    fy: int
    no: int
    number: str
    lot: LotKey
    buyer_id: int
    buyer_code: str
    place_of_supply: str
    sold: Sold
    cost: Heap
    cti: bytes
    sidx: int
    challan_id: int | None
    challan: Challan | None
    left_at: datetime | None
    read: bool
    reversed: bool
    noted: bool
    pending: PendingNote | None

    @property
    def facts(self) -> SaleFacts:
        """What the gate decides on."""
        return SaleFacts(
            self.sold.grams,
            self.place_of_supply,
            self.sold.tax.total_paise,
            self.sold.tax.supply is Supply.BETWEEN,
            self.reversed,
            self.pending is not None and self.pending.kind == "reversal",
            self.left_at is not None,
        )


_STATE = """
SELECT s.fy, s.no, s.number, l.fy AS lot_fy, l.no AS lot_no, l.number AS lot_number, s.grade_code, s.buyer_id, s.buyer_code, s.place_of_supply,
       s.quantity_grams, s.rate_paise, s.amount_paise, s.supply, s.tax_rate, s.cgst_paise, s.sgst_paise, s.igst_paise, s.round_off_paise,
       s.total_paise, s.premium_paise, s.premium_rate_paise, s.cost_paise, r.cti, r.sidx,
       k.id AS challan_id, k.challan_no, k.vehicle_no, k.quantity_grams AS challan_grams, k.valid_from, k.valid_to, k.delivery_state, k.eway_no,
       g.left_at, w.slip_no IS NOT NULL AS read,
       EXISTS (SELECT FROM sale_note n WHERE (n.cooperative_id, n.sale_fy, n.sale_no) = (s.cooperative_id, s.fy, s.no) AND n.kind = 'reversal') AS reversed,
       EXISTS (SELECT FROM sale_note n WHERE (n.cooperative_id, n.sale_fy, n.sale_no) = (s.cooperative_id, s.fy, s.no)) AS noted,
       q.id AS request_id, q.kind, q.grams, q.reason, q.asked_at, q.asked_by
FROM sale s JOIN lot l ON (l.cooperative_id, l.fy, l.no) = (s.cooperative_id, s.lot_fy, s.lot_no)
JOIN receipt r ON (r.cooperative_id, r.fy, r.kind, r.no) = (s.cooperative_id, s.fy, 2, s.no)
LEFT JOIN LATERAL (SELECT * FROM sale_challan c WHERE (c.cooperative_id, c.sale_fy, c.sale_no) = (s.cooperative_id, s.fy, s.no) ORDER BY c.id DESC LIMIT 1) k ON true
LEFT JOIN gate_out g ON (g.cooperative_id, g.sale_fy, g.sale_no) = (s.cooperative_id, s.fy, s.no)
LEFT JOIN weighbridge_reading w ON (w.cooperative_id, w.sale_fy, w.sale_no) = (s.cooperative_id, s.fy, s.no)
LEFT JOIN LATERAL (SELECT * FROM sale_note_request x WHERE (x.cooperative_id, x.sale_fy, x.sale_no) = (s.cooperative_id, s.fy, s.no)
  AND NOT EXISTS (SELECT FROM sale_note_decision d WHERE d.request_id = x.id) ORDER BY x.id LIMIT 1) q ON true
WHERE s.cooperative_id = $1 AND s.number = $2
"""


async def sale_state(tx: Transaction, cooperative_id: int, number: str) -> SaleState | None:
    """A cooperative's sale by its public number; None where it has none."""
    row = await tx.fetchrow(_STATE, cooperative_id, number)
    return None if row is None else _state(row)


def _state(row: Record) -> SaleState:
    tax = Tax(
        Supply(row["supply"]),
        row["tax_rate"],
        row["cgst_paise"],
        row["sgst_paise"],
        row["igst_paise"],
        row["round_off_paise"],
        row["total_paise"],
    )
    return SaleState(
        fy=row["fy"],
        no=row["no"],
        number=row["number"],
        lot=LotKey(row["lot_fy"], row["lot_no"], row["lot_number"], row["grade_code"]),
        buyer_id=row["buyer_id"],
        buyer_code=row["buyer_code"],
        place_of_supply=row["place_of_supply"],
        sold=Sold(
            row["quantity_grams"],
            row["rate_paise"],
            row["amount_paise"],
            tax,
            row["premium_paise"],
            row["premium_rate_paise"],
        ),
        cost=Heap(row["quantity_grams"], row["cost_paise"]),
        cti=row["cti"],
        sidx=row["sidx"],
        challan_id=row["challan_id"],
        challan=_challan(row),
        left_at=row["left_at"],
        read=row["read"],
        reversed=row["reversed"],
        noted=row["noted"],
        pending=_pending(row),
    )


def _challan(row: Record) -> Challan | None:
    if row["challan_id"] is None:
        return None
    return Challan(
        row["challan_no"],
        row["vehicle_no"],
        row["challan_grams"],
        row["valid_from"],
        row["valid_to"],
        row["delivery_state"],
        row["eway_no"],
    )


def _pending(row: Record) -> PendingNote | None:
    if row["request_id"] is None:
        return None
    return PendingNote(
        row["request_id"],
        row["kind"],
        row["grams"],
        row["reason"],
        row["asked_at"],
        row["asked_by"],
    )

"""What must be known to record a sale, asked at once after the cooperative's chain is locked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from coop.kernel.db import Transaction
from coop.sales.rules.balance import Heap
from coop.sales.rules.offer import LotFacts, Offer

_FACTS = """
SELECT a.content AS earlier, a.answer, l.fy AS lot_fy, l.no AS lot_no, l.grade_code, l.district_lgd, l.made_at,
       b.stock_grams, b.stock_paise, b.purchase_count, b.purchases_root,
       p.line_id, n.buyer_floor_paise, n.premium_paise,
       y.id AS buyer_version_id, y.gstin, y.state_lgd,
       (SELECT min(f.id) FROM buyer f WHERE f.buyer_code = $4) AS buyer_id,
       (SELECT g.gstin FROM gst_registration g WHERE g.cooperative_id = $1 AND g.holds_from <= $6 ORDER BY g.holds_from DESC, g.id DESC LIMIT 1) AS own_gstin,
       (SELECT s.last_no FROM number_series s WHERE s.cooperative_id = $1 AND s.fy = $7 AND s.series = 'R2') AS last_receipt,
       (SELECT s.last_no FROM number_series s WHERE s.cooperative_id = $1 AND s.fy = $7 AND s.series = 'J') AS last_journal,
       (SELECT coop_taken_indexes($8::bigint[])) AS taken,
       (SELECT max(q.n) FROM status_list q WHERE q.cooperative_id = $1) AS list_no
FROM (SELECT 1) one
LEFT JOIN sales_act a ON a.cooperative_id = $1 AND a.operation_id = $2
LEFT JOIN lot l ON l.cooperative_id = $1 AND l.number = $3
LEFT JOIN lot_balance b ON (b.cooperative_id, b.lot_fy, b.lot_no) = (l.cooperative_id, l.fy, l.no)
LEFT JOIN price_period p ON p.district_lgd = l.district_lgd AND p.grade_code = l.grade_code AND p.during @> $5::timestamptz
LEFT JOIN price_notice_line n ON n.id = p.line_id
LEFT JOIN LATERAL (SELECT v.id, v.gstin, v.state_lgd FROM buyer v WHERE v.buyer_code = $4 ORDER BY v.version DESC LIMIT 1) y ON true
"""


@dataclass(frozen=True, slots=True)
class LotState:
    """A lot as a sale needs it: its key, what is left at what cost, and what stands in it."""

    fy: int
    no: int
    facts: LotFacts
    stock: Heap
    purchase_count: int
    purchases_root: bytes


@dataclass(frozen=True, slots=True)
class Price:
    """The notice's line in force at the lot's district, for its grade, at the second of the sale."""

    line_id: int
    buyer_floor_paise: int
    premium_paise: int


@dataclass(frozen=True, slots=True)
class BuyerRows:
    """A buyer in the books: its first row, its newest, and what the paper needs of it."""

    id: int
    version_id: int
    gstin: str
    state_lgd: int | None


@dataclass(frozen=True, slots=True)
class SaleGathered:
    """All that the database knows about an offer, and where the posting continues."""

    earlier: bytes | None
    answer: str
    lot: LotState | None
    price: Price | None
    buyer: BuyerRows | None
    own_gstin: str
    last_receipt: int
    last_journal: int
    taken: tuple[int, ...]
    list_no: int | None


async def gather(
    tx: Transaction,
    cooperative_id: int,
    fy: int,
    offer: Offer,
    sold_day: date,
    operation_id: UUID | None,
    places: Sequence[int],
) -> SaleGathered:
    """Ask once about an offer; ``places`` are candidates for the receipt's status place."""
    row = await tx.fetchrow(
        _FACTS,
        cooperative_id,
        operation_id,
        offer.lot,
        offer.buyer_code,
        offer.sold_at,
        sold_day,
        fy,
        places,
    )
    if row is None:
        raise AssertionError("the question has one row")
    lot = price = buyer = None
    if row["lot_fy"] is not None:
        made: datetime = row["made_at"]
        facts = LotFacts(row["grade_code"], row["district_lgd"], made, row["stock_grams"])
        stock = Heap(row["stock_grams"], row["stock_paise"])
        lot = LotState(
            row["lot_fy"], row["lot_no"], facts, stock, row["purchase_count"], row["purchases_root"]
        )
    if row["line_id"] is not None:
        price = Price(row["line_id"], row["buyer_floor_paise"], row["premium_paise"])
    if row["buyer_id"] is not None:
        buyer = BuyerRows(row["buyer_id"], row["buyer_version_id"], row["gstin"], row["state_lgd"])
    return SaleGathered(
        row["earlier"],
        row["answer"] or "",
        lot,
        price,
        buyer,
        row["own_gstin"] or "",
        row["last_receipt"] or 0,
        row["last_journal"] or 0,
        tuple(row["taken"]),
        row["list_no"],
    )

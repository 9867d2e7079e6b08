"""Sales as pages and papers show them: the list with its sums, one sale, its notes."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from asyncpg import Record

from coop.kernel.db import Transaction

PAGE = 25


@dataclass(frozen=True, slots=True)
class SaleFilter:
    """What of the sales is asked for; None: all. ``state``: reserved, gone, held or reversed."""

    cooperative_id: int | None = None
    lot: str | None = None
    buyer_code: str | None = None
    grade_code: int | None = None
    state: str | None = None
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class SaleLine:
    """A sale in the list; grams, and paise before tax and with it."""

    id: int
    number: str
    buyer_code: str
    buyer: str
    grade_code: int
    sold_at: datetime
    grams: int
    rate_paise: int
    amount_paise: int
    total_paise: int
    state: str

    @property
    def path(self) -> str:
        """The sale's page."""
        return f"/sales/{self.number}"


@dataclass(frozen=True, slots=True)
class SaleSums:
    """The sums over all sales that fit; those that were taken back are not in them."""

    count: int
    grams: int
    amount_paise: int
    tax_paise: int
    total_paise: int
    premium_paise: int


_STATE = """CASE WHEN EXISTS (SELECT FROM sale_note n WHERE (n.cooperative_id, n.sale_fy, n.sale_no) = (s.cooperative_id, s.fy, s.no) AND n.kind = 'reversal') THEN 'reversed'
  WHEN EXISTS (SELECT FROM sale_note_request q WHERE (q.cooperative_id, q.sale_fy, q.sale_no) = (s.cooperative_id, s.fy, s.no)
    AND NOT EXISTS (SELECT FROM sale_note_decision d WHERE d.request_id = q.id)) THEN 'held'
  WHEN EXISTS (SELECT FROM gate_out o WHERE (o.cooperative_id, o.sale_fy, o.sale_no) = (s.cooperative_id, s.fy, s.no)) THEN 'gone' ELSE 'reserved' END"""
_FITTING = f"""
WITH x AS (
  SELECT s.id, s.number, s.buyer_code, y.name AS buyer, s.grade_code, s.sold_at, s.quantity_grams, s.rate_paise, s.amount_paise, s.total_paise, {_STATE} AS state,
         s.cgst_paise + s.sgst_paise + s.igst_paise AS tax_paise, s.premium_paise
  FROM sale s JOIN buyer y ON y.id = s.buyer_version_id JOIN lot l ON (l.cooperative_id, l.fy, l.no) = (s.cooperative_id, s.lot_fy, s.lot_no)
  WHERE ($1::bigint IS NULL OR s.cooperative_id = $1) AND ($2::text IS NULL OR l.number = $2) AND ($3::text IS NULL OR s.buyer_code = $3)
    AND ($4::int IS NULL OR s.grade_code = $4) AND ($5::date IS NULL OR s.sold_day >= $5) AND ($6::date IS NULL OR s.sold_day <= $6))
"""  # noqa: S608  (parts of ours)
_LINES = "".join(
    (
        _FITTING,
        """SELECT id, number, buyer_code, buyer, grade_code, sold_at, quantity_grams, rate_paise, amount_paise, total_paise, state
  FROM x WHERE ($7::text IS NULL OR state = $7) AND ($8::bigint IS NULL OR id < $8) ORDER BY id DESC LIMIT $9""",
    )
)
_SUMS = "".join(
    (
        _FITTING,
        """SELECT count(*)::int, coalesce(sum(quantity_grams), 0)::bigint, coalesce(sum(amount_paise), 0)::bigint, coalesce(sum(tax_paise), 0)::bigint,
  coalesce(sum(total_paise), 0)::bigint, coalesce(sum(premium_paise), 0)::bigint FROM x
  WHERE ($7::text IS NULL OR state = $7) AND (state <> 'reversed' OR $7 = 'reversed')""",
    )
)


def _values(asked: SaleFilter) -> tuple[object, ...]:
    return (
        asked.cooperative_id,
        asked.lot,
        asked.buyer_code,
        asked.grade_code,
        asked.first_day,
        asked.last_day,
        asked.state,
    )


async def sales_before(
    tx: Transaction, asked: SaleFilter, before: int | None
) -> tuple[list[SaleLine], int | None]:
    """A page of sales within reach, the newest first, and the cursor of the next page or None."""
    rows = await tx.fetch(_LINES, *_values(asked), before, PAGE + 1)
    lines = [SaleLine(*row.values()) for row in rows[:PAGE]]
    return lines, lines[-1].id if len(rows) > PAGE else None


async def sale_sums(tx: Transaction, asked: SaleFilter) -> SaleSums:
    """The sums over all sales that fit."""
    row = await tx.fetchrow(_SUMS, *_values(asked))
    return SaleSums(*row.values()) if row else SaleSums(0, 0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class NoteShown:
    """A credit or debit note as its paper shows it; positive sums in paise."""

    number: str
    kind: str
    sale: str
    issued_at: datetime
    grams: int
    amount_paise: int
    cgst_paise: int
    sgst_paise: int
    igst_paise: int
    round_off_paise: int
    total_paise: int
    premium_paise: int
    reason: str
    signed: bytes | None


@dataclass(frozen=True, slots=True)
class SalePaper:
    """A sale as its invoice or bill of supply shows it."""

    cooperative_id: int
    code: str
    coop_name_hi: str
    coop_name_en: str
    block: str
    state_lgd: int
    number: str
    own_no: str
    lot: str
    purchase_count: int
    first_weighed_at: datetime
    last_weighed_at: datetime
    grade_code: int
    name_hi: str
    name_en: str
    hsn: str
    buyer_code: str
    buyer: str
    buyer_town: str
    dealer_licence_no: str
    licence_to: date | None
    grams: int
    rate_paise: int
    floor_paise: int
    amount_paise: int
    own_gstin: str
    party: str
    place_of_supply: str
    supply: str
    tax_rate: int
    cgst_paise: int
    sgst_paise: int
    igst_paise: int
    round_off_paise: int
    total_paise: int
    premium_paise: int
    sold_at: datetime
    posted_at: datetime
    signed: bytes
    status: int
    loaded_grams: int | None
    buyer_grams: int | None
    within_tolerance: bool | None
    notes: tuple[NoteShown, ...] = ()


_PAPER = """
SELECT s.cooperative_id, c.code, c.name_hi AS coop_hi, c.name_en AS coop_en, c.block, c.state_lgd, s.number, s.own_no, l.number AS lot, b.purchase_count, l.first_weighed_at,
       l.last_weighed_at, s.grade_code, g.name_hi, g.name_en, g.hsn, s.buyer_code, y.name, y.town, y.dealer_licence_no, y.licence_to,
       s.quantity_grams, s.rate_paise, s.floor_paise, s.amount_paise, s.own_gstin, s.party, s.place_of_supply, s.supply, s.tax_rate, s.cgst_paise,
       s.sgst_paise, s.igst_paise, s.round_off_paise, s.total_paise, s.premium_paise, s.sold_at, s.posted_at, r.signed,
       coalesce((SELECT t.status FROM receipt_status t WHERE t.sidx = r.sidx ORDER BY t.id DESC LIMIT 1), 0)::int AS status,
       o.loaded_grams, w.buyer_grams, w.within_tolerance
FROM sale s JOIN cooperative c ON c.id = s.cooperative_id JOIN lot l ON (l.cooperative_id, l.fy, l.no) = (s.cooperative_id, s.lot_fy, s.lot_no)
JOIN lot_balance b ON (b.cooperative_id, b.lot_fy, b.lot_no) = (l.cooperative_id, l.fy, l.no) JOIN grade g ON g.code = s.grade_code
JOIN buyer y ON y.id = s.buyer_version_id JOIN receipt r ON (r.cooperative_id, r.fy, r.kind, r.no) = (s.cooperative_id, s.fy, 2, s.no)
LEFT JOIN gate_out o ON (o.cooperative_id, o.sale_fy, o.sale_no) = (s.cooperative_id, s.fy, s.no)
LEFT JOIN weighbridge_reading w ON (w.cooperative_id, w.sale_fy, w.sale_no) = (s.cooperative_id, s.fy, s.no)
WHERE s.number = $1
"""
_NOTES = """
SELECT n.number, n.kind, s.number AS sale, n.issued_at, n.grams, n.amount_paise, n.cgst_paise, n.sgst_paise, n.igst_paise, n.round_off_paise,
       n.total_paise, n.premium_paise, q.reason, r.signed
FROM sale_note n JOIN sale s ON (s.cooperative_id, s.fy, s.no) = (n.cooperative_id, n.sale_fy, n.sale_no) JOIN sale_note_request q ON q.id = n.request_id
LEFT JOIN receipt r ON (r.cooperative_id, r.fy, r.kind, r.no) = (n.cooperative_id, n.fy, 3, n.receipt_no)
WHERE s.number = $1 OR n.number = $1 ORDER BY n.issued_at, n.no
"""


async def sale_paper(tx: Transaction, number: str) -> SalePaper | None:
    """A sale within reach by its public number, with its notes."""
    row = await tx.fetchrow(_PAPER, number)
    if row is None:
        return None
    notes = tuple(_note(one) for one in await tx.fetch(_NOTES, number))
    return replace(SalePaper(*row.values()), notes=notes)


async def note_paper(tx: Transaction, number: str) -> NoteShown | None:
    """A note within reach by its public number."""
    rows = await tx.fetch(_NOTES, number)
    return _note(rows[0]) if rows else None


def _note(row: Record) -> NoteShown:
    return NoteShown(*row.values())

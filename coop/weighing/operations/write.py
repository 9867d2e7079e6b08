"""The one statement that books weighings: entry, weighing, journal, lines, totals, receipt, audit.

One round trip instead of ten: `make bench` measures what that is worth. All of it runs in the
transaction that holds the cooperative's audit head, so numbers follow each other without a gap.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from coop.audit.operations import Head, Link
from coop.kernel.db import Transaction
from coop.ledger.rules import Line, added_totals
from coop.weighing.rules.digest import row_sha256

_WRITE = """
WITH entry AS (
  INSERT INTO desk_entry (entry_id, cooperative_id, content, fy, weighing_no)
  SELECT i, $1, c, $2, n FROM unnest($4::uuid[], $5::bytea[], $6::bigint[]) AS u (i, c, n)
), booked AS (
  INSERT INTO weighing (cooperative_id, fy, no, posted_at, member_id, site_id, grade_code, price_line_id,
    centre_id, device_id, device_seq, clerk_id, paper_no, gross_grams, tare_grams, payable_grams,
    moisture_hundredths, waste_hundredths, rate_paise, floor_paise, amount_paise, paid_mode,
    weighed_at, weighed_day, flags)
  SELECT $1, $2, u.no, $3, u.member_id, u.site_id, u.grade, u.line_id, u.centre_id, u.device_id, u.seq, u.clerk_id,
    u.paper, u.gross, u.tare, u.payable, u.moisture, u.waste, u.rate, u.floor, u.amount, u.mode, u.at, u.day, u.flags
  FROM unnest($6::bigint[], $7::bigint[], $8::bigint[], $9::int[], $10::bigint[], $11::bigint[], $12::bigint[],
    $13::bigint[], $14::bigint[], $15::text[], $16::bigint[], $17::bigint[], $18::bigint[], $19::int[],
    $20::int[], $21::bigint[], $22::bigint[], $23::bigint[], $24::text[], $25::timestamptz[], $26::date[],
    $27::text[]) AS u (no, member_id, site_id, grade, line_id, centre_id, device_id, seq, clerk_id,
    paper, gross, tare, payable, moisture, waste, rate, floor, amount, mode, at, day, flags)
), posted AS (
  INSERT INTO journal (cooperative_id, fy, no, day, posted_at, about, document)
  SELECT $1, $2, j, coop_book_day($1, d, $3), $3, 'weighing', t FROM unnest($28::bigint[], $26::date[], $29::text[]) AS u (j, d, t)
), lines AS (
  INSERT INTO ledger_entry (cooperative_id, fy, journal_no, line_no, account_code, amount_paise, member_id, grade_code, stock_grams)
  SELECT $1, $2, u.* FROM unnest($30::bigint[], $31::smallint[], $32::int[], $33::bigint[], $34::bigint[], $35::int[], $36::bigint[]) AS u
), totals AS (
  INSERT INTO kept_total AS k (cooperative_id, account_code, member_id, grade_code, amount_paise, stock_grams)
  SELECT $1, u.* FROM unnest($37::int[], $38::bigint[], $39::int[], $40::bigint[], $41::bigint[]) AS u
  ON CONFLICT (cooperative_id, account_code, member_id, grade_code, buyer_id) DO UPDATE
  SET amount_paise = k.amount_paise + excluded.amount_paise, stock_grams = k.stock_grams + excluded.stock_grams
), days AS (
  INSERT INTO day_total AS k (cooperative_id, day, weighing_count, payable_grams, amount_paise, cash_paise)
  SELECT $1, d, count(*), sum(g), sum(p), coalesce(sum(p) FILTER (WHERE m = 'cash'), 0)
  FROM unnest($26::date[], $18::bigint[], $23::bigint[], $24::text[]) AS u (d, g, p, m) GROUP BY d
  ON CONFLICT (cooperative_id, day) DO UPDATE SET weighing_count = k.weighing_count + excluded.weighing_count,
    payable_grams = k.payable_grams + excluded.payable_grams, amount_paise = k.amount_paise + excluded.amount_paise,
    cash_paise = k.cash_paise + excluded.cash_paise
), cash AS (
  INSERT INTO member_day_cash AS k (cooperative_id, member_id, day, cash_paise)
  SELECT $1, m, d, sum(p) FROM unnest($7::bigint[], $26::date[], $23::bigint[], $24::text[]) AS u (m, d, p, mode)
  WHERE mode = 'cash' GROUP BY m, d
  ON CONFLICT (cooperative_id, member_id, day) DO UPDATE SET cash_paise = k.cash_paise + excluded.cash_paise
), numbers AS (
  INSERT INTO number_series (cooperative_id, fy, series, last_no)
  VALUES ($1, $2, 'R1', ($6::bigint[])[array_upper($6::bigint[], 1)]), ($1, $2, 'J', ($28::bigint[])[array_upper($28::bigint[], 1)])
  ON CONFLICT (cooperative_id, fy, series) DO UPDATE SET last_no = excluded.last_no
), receipts AS (
  INSERT INTO receipt (cooperative_id, fy, kind, no, cti, sidx, issued_at, signed)
  SELECT $1, $2, 1, n, c, s, $3, b FROM unnest($6::bigint[], $42::bytea[], $43::bigint[], $44::bytea[]) AS u (n, c, s, b)
), audited AS (
  INSERT INTO audit_entry (fy, cooperative_id, chain, seq, at, actor, tag, about_table, about_row, facts, previous, hash)
  SELECT $2, $1, $45::text, s, a, $46::text, $47::text, 'weighing', r, f, p, h
  FROM unnest($48::bigint[], $49::timestamptz[], $50::text[], $51::text[], $52::bytea[], $53::bytea[]) AS u (s, a, r, f, p, h)
)
UPDATE audit_head SET last_seq = $54, last_hash = $55 WHERE chain = $45::text
"""


@dataclass(frozen=True, slots=True)
class Booking:
    """One weighing ready to be written; weights in grams, money in paise."""

    entry_id: UUID
    content: bytes
    no: int
    journal_no: int
    document: str
    member_id: int
    site_id: int
    grade_code: int
    price_line_id: int
    centre_id: int | None
    device_id: int | None
    device_seq: int | None
    clerk_id: int | None
    paper_no: str
    gross_grams: int
    tare_grams: int
    payable_grams: int
    moisture_hundredths: int
    waste_hundredths: int
    rate_paise: int
    floor_paise: int
    amount_paise: int
    paid_mode: str
    weighed_at: datetime
    weighed_day: date
    flags: str
    lines: tuple[Line, ...]
    cti: bytes
    place: int
    signed: bytes


async def write(
    tx: Transaction,
    cooperative_id: int,
    fy: int,
    posted_at: datetime,
    head: Head,
    bookings: Sequence[Booking],
    chained: Sequence[Link],
) -> None:
    """Write bookings and their audit entries; both in order and never empty."""
    lines = [(b.journal_no, place, line) for b in bookings for place, line in enumerate(b.lines, 1)]
    totals = added_totals(line for _, _, line in lines)
    await tx.execute(
        _WRITE,
        cooperative_id,
        fy,
        posted_at,
        *_columns(bookings),
        [journal for journal, _, _ in lines],
        [place for _, place, _ in lines],
        [int(line.account) for _, _, line in lines],
        [line.paise for _, _, line in lines],
        [line.member_id for _, _, line in lines],
        [line.grade_code for _, _, line in lines],
        [line.stock_grams for _, _, line in lines],
        [t.account for t in totals],
        [t.member_id for t in totals],
        [t.grade_code for t in totals],
        [t.paise for t in totals],
        [t.stock_grams for t in totals],
        [b.cti for b in bookings],
        [b.place for b in bookings],
        [b.signed for b in bookings],
        head.chain,
        chained[0].actor,
        chained[0].label,
        [c.seq for c in chained],
        [c.at for c in chained],
        [c.row for c in chained],
        [c.facts for c in chained],
        [c.previous for c in chained],
        [c.hash for c in chained],
        chained[-1].seq,
        chained[-1].hash,
    )


_COLUMNS = (
    "entry_id",
    "content",
    "no",
    "member_id",
    "site_id",
    "grade_code",
    "price_line_id",
    "centre_id",
    "device_id",
    "device_seq",
    "clerk_id",
    "paper_no",
    "gross_grams",
    "tare_grams",
    "payable_grams",
    "moisture_hundredths",
    "waste_hundredths",
    "rate_paise",
    "floor_paise",
    "amount_paise",
    "paid_mode",
    "weighed_at",
    "weighed_day",
    "flags",
    "journal_no",
    "document",
)


def _columns(bookings: Sequence[Booking]) -> list[list[object]]:
    """Arguments 4 to 29: one list a column, in the statement's order."""
    return [[getattr(b, name) for b in bookings] for name in _COLUMNS]


def row_digest(b: Booking, fy: int, posted_at: datetime) -> str:
    """The digest of a row as it is written, in the order of ``coop.weighing.queries.proof``."""
    whose = (fy, b.no, b.member_id, b.site_id, b.grade_code, b.price_line_id)
    desk = (b.centre_id, b.device_id, b.device_seq, b.clerk_id, b.paper_no)
    weights = (b.gross_grams, b.tare_grams, b.payable_grams)
    shares = (b.moisture_hundredths, b.waste_hundredths)
    money = (b.rate_paise, b.floor_paise, b.amount_paise, b.paid_mode)
    times = (b.weighed_at, b.weighed_day, posted_at)
    return row_sha256(
        *whose, *desk, *weights, *shares, *money, *times, b.flags, str(b.entry_id), b.content
    )

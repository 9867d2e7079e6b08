"""The one statement that books a sale: sale, lot, journal, totals, receipt, audit entry.

It runs in the transaction that holds the cooperative's audit head, so numbers follow each other
without a gap. The lot's balance follows its movement by the database's own trigger.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from operator import attrgetter

from coop.audit.operations import Head, Link
from coop.kernel.db import Transaction
from coop.ledger.rules import Line, added_totals
from coop.sales.rules.once import Once

_WRITE = """
WITH kept AS (
  INSERT INTO sales_act (cooperative_id, operation_id, act, content, answer, at)
  SELECT $1, $35::uuid, 'sale', $36::bytea, $4, $3 WHERE $35::uuid IS NOT NULL
), booked AS (
  INSERT INTO sale (cooperative_id, fy, posted_at, no, number, own_no, lot_fy, lot_no, grade_code, buyer_id, buyer_version_id, buyer_code,
    price_line_id, quantity_grams, rate_paise, floor_paise, amount_paise, own_gstin, party, place_of_supply, supply, tax_rate,
    cgst_paise, sgst_paise, igst_paise, round_off_paise, total_paise, premium_rate_paise, premium_paise, cost_paise, journal_no,
    sold_at, sold_day, sold_by)
  VALUES ($1, $2, $3, $5, $4, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28,
    $29, $30, $31, $32, $33, $34)
), moved AS (
  INSERT INTO lot_movement (cooperative_id, lot_fy, lot_no, kind, grams, cost_paise, happened_at, posted_at, fy, journal_no, sale_fy, sale_no, reason, about_no, actor)
  VALUES ($1, $7, $8, 'sold', -$14::bigint, -$30::bigint, $32, $3, $2, NULL, $2, $5, '', '', $34)
), posted AS (
  INSERT INTO journal (cooperative_id, fy, no, day, posted_at, about, document) VALUES ($1, $2, $31, coop_book_day($1, $33, $3), $3, 'sale', $4)
), lines AS (
  INSERT INTO ledger_entry (cooperative_id, fy, journal_no, line_no, account_code, amount_paise, grade_code, buyer_id)
  SELECT $1, $2, $31, u.ord, u.account, u.paise, u.grade, u.buyer
  FROM unnest($37::int[], $38::bigint[], $39::int[], $40::bigint[]) WITH ORDINALITY AS u (account, paise, grade, buyer, ord)
), totals AS (
  INSERT INTO kept_total AS k (cooperative_id, account_code, member_id, grade_code, buyer_id, amount_paise, stock_grams)
  SELECT $1, u.account, 0, u.grade, u.buyer, u.paise, 0
  FROM unnest($41::int[], $42::bigint[], $43::int[], $44::bigint[]) AS u (account, paise, grade, buyer)
  ON CONFLICT (cooperative_id, account_code, member_id, grade_code, buyer_id) DO UPDATE SET amount_paise = k.amount_paise + excluded.amount_paise
), numbers AS (
  INSERT INTO number_series (cooperative_id, fy, series, last_no) VALUES ($1, $2, 'R2', $5), ($1, $2, 'J', $31)
  ON CONFLICT (cooperative_id, fy, series) DO UPDATE SET last_no = excluded.last_no
), receipts AS (
  INSERT INTO receipt (cooperative_id, fy, kind, no, cti, sidx, issued_at, signed) VALUES ($1, $2, 2, $5, $45, $46, $3, $47)
), owned AS (
  INSERT INTO buyer_receipt (buyer_id, cooperative_id, fy, kind, no, cti) VALUES ($10, $1, $2, 2, $5, $45)
), audited AS (
  INSERT INTO audit_entry (fy, cooperative_id, chain, seq, at, actor, tag, about_table, about_row, facts, previous, hash)
  VALUES ($2, $1, $48::text, $49, $50, $34, $51, 'sale', $52, $53, $54, $55)
)
UPDATE audit_head SET last_seq = $49, last_hash = $55 WHERE chain = $48::text
"""


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class SaleBooking:
    """A sale ready to be written, in the order of its seal; grams and paise."""

    number: str
    no: int
    own_no: str
    lot_fy: int
    lot_no: int
    grade_code: int
    buyer_id: int
    buyer_version_id: int
    buyer_code: str
    price_line_id: int
    quantity_grams: int
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
    premium_rate_paise: int
    premium_paise: int
    cost_paise: int
    journal_no: int
    sold_at: datetime
    sold_day: date
    sold_by: str


# Not astuple, which copies in depth what cannot change: a fifth of the time of a sale.
_COLUMNS = tuple(one.name for one in fields(SaleBooking))
_values = attrgetter(*_COLUMNS)


@dataclass(frozen=True, slots=True)
class SaleReceipt:
    """The signed receipt with its id and its place in the status list."""

    cti: bytes
    place: int
    signed: bytes


def seal_rows(booking: SaleBooking, lines: Sequence[Line]) -> list[str]:
    """The rows that the sale's seal will find, as PostgreSQL writes them (``queries.seals``).

    Worked out here, so that the sale and its entry go out in one statement; every `coop ledger
    verify` compares them with the rows as they stand.
    """
    told: list[object] = []
    for name, value in zip(_COLUMNS, _values(booking), strict=True):
        if name == "no":
            continue  # the entry's about_row says it
        if isinstance(value, datetime):
            since = value.astimezone(UTC) - _EPOCH
            told.append((since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds)
        else:
            told.append(value.isoformat() if isinstance(value, date) else value)
    entries = [
        [int(line.account), line.paise, line.grade_code, line.stock_grams, line.buyer_id]
        for line in lines
    ]
    return [json.dumps(row, ensure_ascii=False) for row in (told, *entries)]


async def write(
    tx: Transaction,
    cooperative_id: int,
    fy: int,
    posted_at: datetime,
    once: Once | None,
    head: Head,
    booking: SaleBooking,
    lines: Sequence[Line],
    receipt: SaleReceipt,
    link: Link,
) -> None:
    """Write a sale with all that belongs to it."""
    totals = added_totals(lines)
    await tx.execute(
        _WRITE,
        cooperative_id,
        fy,
        posted_at,
        *_values(booking),
        once.operation_id if once else None,
        once.content if once else None,
        [int(line.account) for line in lines],
        [line.paise for line in lines],
        [line.grade_code for line in lines],
        [line.buyer_id for line in lines],
        [total.account for total in totals],
        [total.paise for total in totals],
        [total.grade_code for total in totals],
        [total.buyer_id for total in totals],
        receipt.cti,
        receipt.place,
        receipt.signed,
        head.chain,
        link.seq,
        link.at,
        link.label,
        link.row,
        link.facts,
        link.previous,
        link.hash,
    )

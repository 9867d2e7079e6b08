"""Post journals. Called inside an act's transaction, after the cooperative's chain is locked."""

from collections.abc import Sequence
from datetime import date

from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.ledger.rules import PAGE_JOURNALS, Line, added_totals

JOURNALS = "J"
_NEXT = """
INSERT INTO number_series AS n (cooperative_id, fy, series, last_no) VALUES ($1, $2, $3, 1)
ON CONFLICT (cooperative_id, fy, series) DO UPDATE SET last_no = n.last_no + 1 RETURNING last_no
"""
_TURN = """
INSERT INTO book_page_total (cooperative_id, fy, page_no, day, account_code, amount_paise, stock_grams, line_count)
SELECT $1, $2, (j.no - 1) / $5, j.day, e.account_code, sum(e.amount_paise), sum(e.stock_grams), count(*)
FROM journal j JOIN ledger_entry e ON (e.cooperative_id, e.fy, e.journal_no) = (j.cooperative_id, j.fy, j.no)
WHERE j.cooperative_id = $1 AND j.fy = $2 AND j.no > $3 AND j.no <= $4
  AND e.cooperative_id = $1 AND e.fy = $2 AND e.journal_no > $3 AND e.journal_no <= $4
GROUP BY 3, 4, 5 ON CONFLICT DO NOTHING
"""
_POST = """
WITH posted AS (
  INSERT INTO journal (cooperative_id, fy, no, day, posted_at, about, document) VALUES ($1, $2, $3, coop_book_day($1, $4, $5), $5, $6, $7)
), lines AS (
  INSERT INTO ledger_entry (cooperative_id, fy, journal_no, line_no, account_code, amount_paise, member_id, grade_code, stock_grams, buyer_id)
  SELECT $1, $2, $3, u.ord, u.account, u.paise, u.member, u.grade, u.grams, u.buyer
  FROM unnest($8::int[], $9::bigint[], $10::bigint[], $11::int[], $12::bigint[], $13::bigint[])
       WITH ORDINALITY AS u (account, paise, member, grade, grams, buyer, ord)
), added AS (
  SELECT * FROM unnest($14::int[], $15::bigint[], $16::int[], $17::bigint[], $18::bigint[], $19::bigint[])
         AS u (account, member, grade, buyer, paise, grams)
), kept AS (
  -- An INSERT that would meet its conflict is checked before it does: less stock is no row of its own.
  UPDATE kept_total k SET amount_paise = k.amount_paise + a.paise, stock_grams = k.stock_grams + a.grams FROM added a
  WHERE (k.cooperative_id, k.account_code, k.member_id, k.grade_code, k.buyer_id) = ($1, a.account, a.member, a.grade, a.buyer)
  RETURNING k.account_code, k.member_id, k.grade_code, k.buyer_id
)
INSERT INTO kept_total AS k (cooperative_id, account_code, member_id, grade_code, buyer_id, amount_paise, stock_grams)
SELECT $1, a.* FROM added a
WHERE NOT EXISTS (SELECT FROM kept WHERE (kept.account_code, kept.member_id, kept.grade_code, kept.buyer_id) = (a.account, a.member, a.grade, a.buyer))
ON CONFLICT (cooperative_id, account_code, member_id, grade_code, buyer_id) DO UPDATE
SET amount_paise = k.amount_paise + excluded.amount_paise, stock_grams = k.stock_grams + excluded.stock_grams
"""


async def next_number(tx: Transaction, cooperative_id: int, fy: int, series: str) -> int:
    """Take the next number of a series; it is gone only if the transaction commits.

    ``series``: ``J`` journals, ``R1`` to ``R3`` receipts by kind, or a domain's own of at most 8 signs.
    """
    return int(await tx.fetchval(_NEXT, cooperative_id, fy, series))


async def post_journal(
    tx: Transaction,
    cooperative_id: int,
    lines: Sequence[Line],
    *,
    day: date,
    about: str,
    document: str,
) -> int:
    """Post one journal and keep its totals; return its number in this financial year.

    ``day`` is when it happened; where that day is closed already the books take the day of posting.
    ``about`` names the act, ``document`` the paper's public number. The act's caller records it.
    Raises ValueError for lines that do not sum to zero; the database refuses them once more at COMMIT.
    """
    if len(lines) < 2 or sum(line.paise for line in lines) != 0:
        raise ValueError(f"{document}: the lines of a journal sum to zero and are two at least")
    at = clock.now()
    fy = clock.financial_year(at)
    no = await next_number(tx, cooperative_id, fy, JOURNALS)
    totals = added_totals(lines)
    await tx.execute(
        _POST,
        cooperative_id,
        fy,
        no,
        day,
        at,
        about,
        document,
        [int(line.account) for line in lines],
        [line.paise for line in lines],
        [line.member_id for line in lines],
        [line.grade_code for line in lines],
        [line.stock_grams for line in lines],
        [line.buyer_id for line in lines],
        [total.account for total in totals],
        [total.member_id for total in totals],
        [total.grade_code for total in totals],
        [total.buyer_id for total in totals],
        [total.paise for total in totals],
        [total.stock_grams for total in totals],
    )
    return no


async def turn_pages(tx: Transaction, cooperative_id: int) -> None:
    """Keep the sums of the book's pages that are full and not summed yet.

    Nothing new is said by them: they are sums of what was recorded, which `coop ledger verify` proves.
    """
    books = await tx.fetch(
        "SELECT fy, last_no, after_no FROM book_unsummed WHERE cooperative_id = $1", cooperative_id
    )
    for book in books:
        full = book["last_no"] // PAGE_JOURNALS * PAGE_JOURNALS
        if full > book["after_no"]:
            await tx.execute(
                _TURN, cooperative_id, book["fy"], book["after_no"], full, PAGE_JOURNALS
            )

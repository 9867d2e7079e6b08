"""What the pages of the books show: by keys and kept sums, never by a walk through all lines.

Full pages of 500 journals are summed by account and day; what is not summed yet is at most one page
a year's book (and is read line by line).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from asyncpg import Record

from coop.kernel.db import Transaction
from coop.ledger.rules import PAGE_JOURNALS, page_of


@dataclass(frozen=True, slots=True)
class AccountSum:
    """An account with its balance: paise, debit positive; grams of the stock account.

    ``as_kept``: over all days the lines sum to what the postings keep.
    """

    code: int
    name_hi: str
    name_en: str
    kind: str
    paise: int
    grams: int
    as_kept: bool = True


@dataclass(frozen=True, slots=True)
class Place:
    """Where a list goes on: after this line, towards older ones."""

    fy: int
    no: int
    line_no: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of an account with the balance after it; paise, debit positive."""

    fy: int
    journal_no: int
    line_no: int
    day: date
    about: str
    document: str
    member_no: str
    buyer_code: str
    grade_code: int
    paise: int
    grams: int
    balance_paise: int


# One statement, so that a posting meanwhile cannot stand between the sums and what is kept of them.
_SUMS = """
WITH both_parts AS (
  SELECT p.account_code, p.day, p.amount_paise AS paise, p.stock_grams AS grams FROM book_page_total p WHERE p.cooperative_id = $1
  UNION ALL
  SELECT e.account_code, e.day, e.amount_paise, e.stock_grams FROM coop_unsummed_lines($1) e),
summed AS (
  SELECT account_code, coalesce(sum(paise) FILTER (WHERE day <= $2), 0)::bigint AS paise,
         coalesce(sum(grams) FILTER (WHERE day <= $2), 0)::bigint AS grams, bool_or(day <= $2) AS by_then, sum(paise) AS whole
  FROM both_parts GROUP BY 1),
kept AS (SELECT account_code, sum(amount_paise) AS paise FROM kept_total WHERE cooperative_id = $1 GROUP BY 1)
SELECT a.code, a.name_hi, a.name_en, a.kind, coalesce(s.paise, 0) AS paise, coalesce(s.grams, 0) AS grams,
       coalesce(s.whole, 0) = coalesce(k.paise, 0) AS as_kept
FROM summed s FULL JOIN kept k USING (account_code) JOIN account a ON a.code = account_code
WHERE s.by_then OR coalesce(s.whole, 0) <> coalesce(k.paise, 0) ORDER BY a.code
"""


async def balances_on(tx: Transaction, cooperative_id: int, day: date) -> list[AccountSum]:
    """The balance of each account that has lines up to a day, that day among them."""
    return [AccountSum(*row.values()) for row in await tx.fetch(_SUMS, cooperative_id, day)]


async def account(tx: Transaction, code: int) -> AccountSum | None:
    """An account of the chart, without a balance."""
    row = await tx.fetchrow(
        "SELECT code, name_hi, name_en, kind FROM account WHERE code = $1", code
    )
    if row is None:
        return None
    return AccountSum(row["code"], row["name_hi"], row["name_en"], row["kind"], 0, 0)


_LINES = """
SELECT e.fy, e.journal_no, e.line_no, j.day, j.about, j.document, coalesce(m.member_no, '') AS member_no,
       coalesce(b.buyer_code, '') AS buyer_code, e.grade_code, e.amount_paise, e.stock_grams
FROM ledger_entry e
CROSS JOIN LATERAL (SELECT k.day, k.about, k.document FROM journal k
                    WHERE (k.cooperative_id, k.fy, k.no) = (e.cooperative_id, e.fy, e.journal_no) LIMIT 1) j -- by key, line by line
LEFT JOIN member m ON m.id = e.member_id AND e.member_id <> 0 LEFT JOIN buyer b ON b.id = e.buyer_id AND e.buyer_id <> 0
WHERE e.cooperative_id = $1 AND e.account_code = $2
"""
_NEWEST = " ORDER BY e.fy DESC, e.journal_no DESC, e.line_no DESC LIMIT "


async def account_entries(
    tx: Transaction, cooperative_id: int, code: int, after: Place | None, most: int
) -> list[Entry]:
    """Lines of an account, the newest first, with the balance after each; pages without any are skipped."""
    rows: list[Record] = []
    for fy, page in await _pages_with(tx, cooperative_id, code, after):
        low, high = page * PAGE_JOURNALS, (page + 1) * PAGE_JOURNALS
        bound = after if after and (after.fy, page_of(after.no)) == (fy, page) else None
        found = await tx.fetch(
            _LINES
            + "AND e.fy = $3 AND e.journal_no > $4 AND e.journal_no <= $5 AND (e.journal_no, e.line_no) < ($6, $7)"
            + _NEWEST
            + "$8",
            cooperative_id,
            code,
            fy,
            low,
            high,
            bound.no if bound else high + 1,
            bound.line_no if bound else 0,
            most - len(rows),
        )
        rows += found
        if len(rows) >= most:
            break
    if not rows:
        return []
    first = rows[0]
    newest = Place(first["fy"], first["journal_no"], first["line_no"])
    return _with_balances(rows, await _balance_at(tx, cooperative_id, code, newest))


async def _pages_with(
    tx: Transaction, cooperative_id: int, code: int, after: Place | None
) -> Sequence[tuple[int, int]]:
    """Pages on which an account has lines, the newest first; those that are not summed always count."""
    rows = await tx.fetch(
        """SELECT DISTINCT p.fy, p.page_no FROM book_page_total p WHERE p.cooperative_id = $1 AND p.account_code = $2
           UNION SELECT b.fy, x FROM book_unsummed b, generate_series(b.after_no / 500, (b.last_no - 1) / 500) x
           WHERE b.cooperative_id = $1
             ORDER BY 1 DESC, 2 DESC""",
        cooperative_id,
        code,
    )
    pages = [(row["fy"], row["page_no"]) for row in rows]
    if after is None:
        return pages
    return [one for one in pages if one <= (after.fy, page_of(after.no))]


async def _balance_at(tx: Transaction, cooperative_id: int, code: int, place: Place) -> int:
    """The balance after a line: the pages before its own, and its own page up to it."""
    page = page_of(place.no)
    return int(
        await tx.fetchval(
            """SELECT coalesce((SELECT sum(p.amount_paise) FROM book_page_total p WHERE p.cooperative_id = $1 AND p.account_code = $2
                                   AND (p.fy, p.page_no) < ($3, $4)), 0)
                      + coalesce((SELECT sum(e.amount_paise) FROM coop_unsummed_lines($1) e WHERE e.account_code = $2
                                   AND (e.fy < $3 OR (e.fy = $3 AND e.journal_no <= $4 * 500))), 0)
                      + coalesce((SELECT sum(e.amount_paise) FROM ledger_entry e WHERE e.cooperative_id = $1 AND e.account_code = $2
                                   AND e.fy = $3 AND e.journal_no > $4 * 500 AND e.journal_no <= $5
                                   AND (e.journal_no, e.line_no) <= ($5, $6)), 0)""",
            cooperative_id,
            code,
            place.fy,
            page,
            place.no,
            place.line_no,
        )
    )


_PARTY_SUM = """
SELECT coalesce(sum(e.amount_paise), 0)::bigint FROM ledger_entry e WHERE e.cooperative_id = $1 AND e.account_code = $2
"""


def _with_balances(rows: Sequence[Record], balance: int) -> list[Entry]:
    made = []
    for row in rows:
        made.append(_entry(row, balance))
        balance -= row["amount_paise"]
    return made


def _entry(row: Record, balance: int) -> Entry:
    fy, no, line_no, day, about, document, member, buyer, grade, paise, grams = row.values()
    return Entry(fy, no, line_no, day, about, document, member, buyer, grade, paise, grams, balance)


async def party_entries(
    tx: Transaction,
    cooperative_id: int,
    code: int,
    after: Place | None,
    most: int,
    *,
    member_id: int = 0,
    buyer_ids: Sequence[int] = (),
) -> list[Entry]:
    """One member's or buyer's lines of an account, the newest first, by their own key."""
    # The index holds lines of members (buyers) only: that none is 0 must be said, whatever $3 is.
    party = (
        "e.member_id = $3 AND e.member_id <> 0"
        if member_id
        else "e.buyer_id = ANY ($3::bigint[]) AND e.buyer_id <> 0"
    )
    who: object = member_id or list(buyer_ids)
    place = after or Place(9999, 2**62, 0)
    older = f" AND {party} AND (e.fy, e.journal_no, e.line_no) < ($4, $5, $6)"
    rows = await tx.fetch(
        _LINES + older + _NEWEST + "$7",
        cooperative_id,
        code,
        who,
        place.fy,
        place.no,
        place.line_no,
        most,
    )
    balance = await tx.fetchval(
        _PARTY_SUM + older,
        cooperative_id,
        code,
        who,
        place.fy,
        place.no,
        place.line_no,
    )
    return _with_balances(rows, balance)


@dataclass(frozen=True, slots=True)
class JournalRow:
    """A journal in a day's book; paise: the sum of its debits."""

    fy: int
    no: int
    about: str
    document: str
    posted_at: datetime
    paise: int


async def day_book(
    tx: Transaction, cooperative_id: int, day: date, after: Place | None, most: int
) -> list[JournalRow]:
    """The journals of a day in the order of their numbers, those after a place."""
    pages = await tx.fetch(
        """SELECT DISTINCT p.fy, p.page_no FROM book_page_total p WHERE p.cooperative_id = $1 AND p.day = $2
           UNION SELECT b.fy, x FROM book_unsummed b, generate_series(b.after_no / 500, (b.last_no - 1) / 500) x
           WHERE b.cooperative_id = $1
             ORDER BY 1, 2""",
        cooperative_id,
        day,
    )
    found: list[JournalRow] = []
    for page in pages:
        if after and (page["fy"], page["page_no"]) < (after.fy, page_of(after.no)):
            continue
        low = page["page_no"] * PAGE_JOURNALS
        if after and after.fy == page["fy"]:
            low = max(low, after.no)
        rows = await tx.fetch(
            """SELECT j.fy, j.no, j.about, j.document, j.posted_at,
                      (SELECT coalesce(sum(e.amount_paise), 0)::bigint FROM ledger_entry e
                       WHERE e.cooperative_id = j.cooperative_id AND e.fy = j.fy AND e.journal_no = j.no AND e.amount_paise > 0) AS paise
               FROM journal j WHERE j.cooperative_id = $1 AND j.fy = $2 AND j.no > $3 AND j.no <= $4 AND j.day = $5
               ORDER BY j.no LIMIT $6""",
            cooperative_id,
            page["fy"],
            low,
            (page["page_no"] + 1) * PAGE_JOURNALS,
            day,
            most - len(found),
        )
        found += [JournalRow(*row.values()) for row in rows]
        if len(found) >= most:
            break
    return found

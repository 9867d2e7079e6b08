"""What `coop ledger verify` asks: each question finds the first fault of its kind."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass

from asyncpg import DataError, Record

from coop.audit.rules import ZERO, AuditTag, Seal, entry_hash, rows_digest
from coop.kernel.db import Transaction


@dataclass(frozen=True, slots=True)
class Counts:
    """How much was verified."""

    journals: int
    receipts: int
    audit_entries: int


# Each returns text about the first fault, or no row. Run as owner: row guards do not apply.
LEDGER_FAULTS = {
    "journal does not sum to zero": """
        SELECT format('%s/%s/%s: %s paise in %s lines', j.cooperative_id, j.fy, j.no, coalesce(sum(e.amount_paise), 0), count(e.*))
        FROM journal j LEFT JOIN ledger_entry e ON (e.cooperative_id, e.fy, e.journal_no) = (j.cooperative_id, j.fy, j.no)
        GROUP BY j.cooperative_id, j.fy, j.no
        HAVING coalesce(sum(e.amount_paise), 0) <> 0 OR count(e.*) < 2 ORDER BY 1 LIMIT 1""",
    "lines of a journal are not numbered from one on": """
        SELECT format('%s/%s/%s', cooperative_id, fy, journal_no) FROM ledger_entry GROUP BY cooperative_id, fy, journal_no
        HAVING min(line_no) <> 1 OR max(line_no) <> count(*) LIMIT 1""",
    "ledger line without its journal": """
        SELECT format('%s/%s/%s', e.cooperative_id, e.fy, e.journal_no) FROM ledger_entry e
        WHERE NOT EXISTS (SELECT FROM journal j WHERE (j.cooperative_id, j.fy, j.no) = (e.cooperative_id, e.fy, e.journal_no)) LIMIT 1""",
    "kept total differs from its lines": """
        WITH s AS (SELECT cooperative_id, account_code, member_id, grade_code, buyer_id, sum(amount_paise) paise, sum(stock_grams) grams
                   FROM ledger_entry GROUP BY 1, 2, 3, 4, 5)
        SELECT format('%s account %s member %s grade %s buyer %s: kept %s, lines %s', coalesce(k.cooperative_id, s.cooperative_id),
               coalesce(k.account_code, s.account_code), coalesce(k.member_id, s.member_id),
               coalesce(k.grade_code, s.grade_code), coalesce(k.buyer_id, s.buyer_id), k.amount_paise, s.paise)
        FROM kept_total k FULL JOIN s ON (s.cooperative_id, s.account_code, s.member_id, s.grade_code, s.buyer_id)
             = (k.cooperative_id, k.account_code, k.member_id, k.grade_code, k.buyer_id)
        WHERE k.amount_paise IS DISTINCT FROM s.paise OR k.stock_grams IS DISTINCT FROM s.grams LIMIT 1""",
    "head of an audit chain that is nobody's": """
        SELECT coalesce(h.chain, c.code) FROM audit_head h FULL JOIN cooperative c ON c.id = h.cooperative_id
        WHERE CASE WHEN h.cooperative_id IS NULL AND h.chain IS NOT NULL
                   THEN h.chain NOT IN ('AGENCY', 'SAFE-CASES')
                   ELSE h.chain IS DISTINCT FROM c.code END LIMIT 1""",
    "page of the book differs from its lines": """
        WITH s AS (SELECT e.cooperative_id, e.fy, (e.journal_no - 1) / 500 AS page_no, j.day, e.account_code,
                          sum(e.amount_paise) paise, sum(e.stock_grams) grams, count(*) n
                   FROM ledger_entry e JOIN journal j ON (j.cooperative_id, j.fy, j.no) = (e.cooperative_id, e.fy, e.journal_no)
                   WHERE EXISTS (SELECT FROM book_page_total x WHERE (x.cooperative_id, x.fy, x.page_no)
                                 = (e.cooperative_id, e.fy, (e.journal_no - 1) / 500)) GROUP BY 1, 2, 3, 4, 5)
        SELECT format('%s/%s page %s %s account %s: kept %s, lines %s', coalesce(k.cooperative_id, s.cooperative_id), coalesce(k.fy, s.fy),
               coalesce(k.page_no, s.page_no), coalesce(k.day, s.day), coalesce(k.account_code, s.account_code), k.amount_paise, s.paise)
        FROM book_page_total k FULL JOIN s ON (s.cooperative_id, s.fy, s.page_no, s.day, s.account_code)
             = (k.cooperative_id, k.fy, k.page_no, k.day, k.account_code)
        WHERE (k.amount_paise, k.stock_grams, k.line_count) IS DISTINCT FROM (s.paise::bigint, s.grams::bigint, s.n::integer) LIMIT 1""",
    "page of the book missing": """
        SELECT format('%s/%s', cooperative_id, fy) FROM (SELECT cooperative_id, fy, max(page_no) + 1 AS pages, count(DISTINCT page_no) AS n
          FROM book_page_total GROUP BY 1, 2) x WHERE pages <> n LIMIT 1""",
    "day total differs from its weighings": """
        WITH s AS (SELECT w.cooperative_id, w.weighed_day AS day, count(*) FILTER (WHERE v.no IS NULL) n,
                          coalesce(sum(w.payable_grams) FILTER (WHERE v.no IS NULL), 0) grams,
                          coalesce(sum(w.amount_paise) FILTER (WHERE v.no IS NULL), 0) paise,
                          coalesce(sum(w.amount_paise - coalesce(v.cash_back_paise, 0)) FILTER (WHERE w.paid_mode = 'cash'), 0) cash
                   FROM weighing w LEFT JOIN weighing_reversal v
                     ON (v.cooperative_id, v.weighing_fy, v.weighing_no) = (w.cooperative_id, w.fy, w.no) GROUP BY 1, 2)
        SELECT format('%s %s: kept %s paise, weighings %s', coalesce(k.cooperative_id, s.cooperative_id), coalesce(k.day, s.day), k.amount_paise, s.paise)
        FROM day_total k FULL JOIN s ON (s.cooperative_id, s.day) = (k.cooperative_id, k.day)
        WHERE (k.weighing_count, k.payable_grams, k.amount_paise, k.cash_paise)
              IS DISTINCT FROM (s.n::integer, s.grams::bigint, s.paise::bigint, s.cash::bigint) LIMIT 1""",
    "cash of a member's day differs from its weighings and payouts": """
        WITH paid AS (SELECT w.cooperative_id, w.member_id, w.weighed_day AS day, sum(w.amount_paise - coalesce(v.cash_back_paise, 0)) cash
                   FROM weighing w LEFT JOIN weighing_reversal v
                     ON (v.cooperative_id, v.weighing_fy, v.weighing_no) = (w.cooperative_id, w.fy, w.no)
                   WHERE w.paid_mode = 'cash' GROUP BY 1, 2, 3
                   UNION ALL
                   SELECT p.cooperative_id, p.member_id, p.on_day, CASE WHEN r.no IS NULL THEN p.amount_paise ELSE 0 END
                   FROM voucher p LEFT JOIN voucher_reversal r ON (r.cooperative_id, r.fy, r.series, r.no) = (p.cooperative_id, p.fy, p.series, p.no)
                   WHERE p.kind = 'paid' AND p.mode = 'cash'),
        s AS (SELECT cooperative_id, member_id, day, sum(cash) cash FROM paid GROUP BY 1, 2, 3)
        SELECT format('%s member %s %s: kept %s, weighings %s', coalesce(k.cooperative_id, s.cooperative_id),
               coalesce(k.member_id, s.member_id), coalesce(k.day, s.day), k.cash_paise, s.cash)
        FROM member_day_cash k FULL JOIN s ON (s.cooperative_id, s.member_id, s.day) = (k.cooperative_id, k.member_id, k.day)
        WHERE k.cash_paise IS DISTINCT FROM s.cash::bigint LIMIT 1""",
    "journal number missing": """
        SELECT format('%s/%s: last %s, highest %s, rows %s', n.cooperative_id, n.fy, n.last_no, max(j.no), count(j.*))
        FROM number_series n LEFT JOIN journal j ON (j.cooperative_id, j.fy) = (n.cooperative_id, n.fy)
        WHERE n.series = 'J' GROUP BY n.cooperative_id, n.fy, n.last_no
        HAVING coalesce(max(j.no), 0) <> n.last_no OR count(j.*) <> n.last_no LIMIT 1""",
    "receipt number missing": """
        SELECT format('%s/%s/kind %s: last %s, highest %s, rows %s', n.cooperative_id, n.fy, right(n.series, 1), n.last_no, max(r.no), count(r.*))
        FROM number_series n LEFT JOIN receipt r ON (r.cooperative_id, r.fy, 'R' || r.kind) = (n.cooperative_id, n.fy, n.series)
        WHERE n.series LIKE 'R_' GROUP BY n.cooperative_id, n.fy, n.series, n.last_no
        HAVING coalesce(max(r.no), 0) <> n.last_no OR count(r.*) <> n.last_no LIMIT 1""",
    "numbers outside any series": """
        SELECT format('%s/%s', cooperative_id, fy) FROM (
          SELECT cooperative_id, fy, 'J' AS series FROM journal UNION
          SELECT cooperative_id, fy, 'R' || kind FROM receipt) x
        WHERE NOT EXISTS (SELECT FROM number_series n WHERE (n.cooperative_id, n.fy, n.series) = (x.cooperative_id, x.fy, x.series)) LIMIT 1""",
    "weighing, receipt, journal and entry do not belong together": """
        SELECT format('%s/%s/%s', coalesce(w.cooperative_id, r.cooperative_id), coalesce(w.fy, r.fy), coalesce(w.no, r.no))
        FROM weighing w FULL JOIN (SELECT * FROM receipt WHERE kind = 1) r ON (r.cooperative_id, r.fy, r.no) = (w.cooperative_id, w.fy, w.no)
        LEFT JOIN desk_entry d ON (d.cooperative_id, d.fy, d.weighing_no) = (w.cooperative_id, w.fy, w.no)
        LEFT JOIN cooperative c ON c.id = w.cooperative_id
        LEFT JOIN journal j ON j.cooperative_id = w.cooperative_id AND j.fy = w.fy AND j.about = 'weighing'
             AND j.document = format('%s-%s-S%s', c.code, lpad((w.fy / 100)::text, 2, '0'), lpad(w.no::text, greatest(5, length(w.no::text)), '0'))
        LEFT JOIN ledger_entry e ON (e.cooperative_id, e.fy, e.journal_no) = (j.cooperative_id, j.fy, j.no) AND e.line_no = 1
        WHERE w.no IS NULL OR r.no IS NULL OR d.entry_id IS NULL OR j.no IS NULL
           OR e.amount_paise IS DISTINCT FROM w.amount_paise OR e.stock_grams IS DISTINCT FROM w.payable_grams LIMIT 1""",
    "weighing whose amount is not weight times rate": """
        SELECT format('%s/%s/%s', cooperative_id, fy, no) FROM weighing
        WHERE amount_paise <> (payable_grams::numeric * rate_paise + 500 - mod(payable_grams::numeric * rate_paise + 500, 1000)) / 1000
           OR rate_paise < floor_paise LIMIT 1""",
}


def unrecorded(tag: AuditTag, rows: str) -> str:
    """The question for rows without their audit entry; ``rows``: SQL of cooperative_id and about_row."""
    return f"""SELECT format('%s/%s', x.cooperative_id, x.about) FROM ({rows}) x (cooperative_id, about)
        WHERE NOT EXISTS (SELECT FROM audit_entry a WHERE a.cooperative_id = x.cooperative_id
                          AND a.tag = '{tag.label}' AND a.about_row = x.about) LIMIT 1"""  # noqa: S608  (constants of ours)


# Each question ends in LIMIT 1, which makes the planner hope for an early find: without one it would
# walk row by row. Here there is none, so whole tables are compared at once.
_WHOLE_TABLES = """
SET LOCAL enable_nestloop = off; SET LOCAL enable_mergejoin = off; SET LOCAL work_mem = '64MB'"""


async def first_faults(tx: Transaction, more: Mapping[str, str] | None = None) -> list[str]:
    """The first fault of each kind, or nothing; ``more`` are the questions of other domains."""
    return [fault async for fault in each_fault(tx, LEDGER_FAULTS | dict(more or {}))]


async def each_fault(tx: Transaction, questions: Mapping[str, str]) -> AsyncIterator[str]:
    """The same, of these questions only, each told as soon as it is found."""
    await tx.execute(_WHOLE_TABLES)
    for kind, question in questions.items():
        about = await tx.fetchval(question)
        if about is not None:
            yield f"{kind}: {about}"


async def first_broken_seals(tx: Transaction, seals: Sequence[Seal]) -> list[str]:
    """For each kind of act the first whose rows are not those that its entry was chained with.

    An entry chained before its act was sealed carries no digest: the chain holds it to that.
    """
    broken = [await _first_broken(tx, seal) for seal in seals]
    return [
        f"rows of {seal.tag.label} differ from its entry: {about}"
        for seal, about in zip(seals, broken, strict=True)
        if about is not None
    ]


async def _first_broken(tx: Transaction, seal: Seal) -> str | None:
    """What the first entry that its rows do not fit is about."""
    entries = await tx.fetch(
        "SELECT cooperative_id, about_row, facts FROM audit_entry"
        " WHERE tag = $1 AND facts LIKE '%\"rows_sha256\":%' ORDER BY id",
        seal.tag.label,
    )
    about = None
    try:
        async with tx.tried():
            for entry in entries:
                about = str(entry["about_row"])
                rows = await tx.fetch(seal.rows, entry["cooperative_id"], about)
                digest = rows_digest(row[0] for row in rows)
                if f'"rows_sha256":"{digest}"' not in entry["facts"]:
                    return about
    except DataError:  # an entry that was spoilt names no row at all: a fault, not an error
        return about
    return None


async def first_chain_fault(tx: Transaction) -> str | None:
    """Walk every audit chain from its first entry to its head; tell the first break."""
    for head in await tx.fetch("SELECT chain, last_seq, last_hash FROM audit_head ORDER BY chain"):
        last, seq = ZERO, 0
        async for row in _chain(tx, head["chain"]):
            seq += 1
            if row["seq"] != seq or row["previous"] != last:
                return f"audit chain {head['chain']}: entry {seq} does not follow the one before"
            last = entry_hash(
                last,
                head["chain"],
                seq,
                row["at"],
                row["actor"],
                row["tag"],
                row["about_table"],
                row["about_row"],
                row["facts"],
            )
            if last != row["hash"]:
                return f"audit chain {head['chain']}: entry {seq} was changed"
        if (seq, last) != (head["last_seq"], head["last_hash"]):
            return f"audit chain {head['chain']}: ends at {seq}, its head says {head['last_seq']}"
    strays = await tx.fetchval(
        "SELECT chain FROM audit_entry a WHERE NOT EXISTS (SELECT FROM audit_head h WHERE h.chain = a.chain) LIMIT 1"
    )
    return f"audit chain {strays}: has no head" if strays else None


async def _chain(tx: Transaction, chain: str) -> AsyncIterator[Record]:
    """The entries of a chain in order, a page at a time."""
    after = 0
    while True:
        rows = await tx.fetch(
            "SELECT seq, at, actor, tag, about_table, about_row, facts, previous, hash FROM audit_entry"
            " WHERE chain = $1 AND seq > $2 ORDER BY seq LIMIT 5000",
            chain,
            after,
        )
        for row in rows:
            yield row
        if len(rows) < 5000:
            return
        after = rows[-1]["seq"]


async def receipts_of_audit_fault(tx: Transaction) -> str | None:
    """Every weighing and its receipt's bytes are those that its audit entry was chained with.

    The entry's text is compared, not parsed: one that was spoilt is a fault, not an error.
    """
    found = await tx.fetchval(
        """SELECT format('%s/%s/%s', r.cooperative_id, r.fy, r.no) FROM receipt r
           LEFT JOIN weighing w ON (w.cooperative_id, w.fy, w.no) = (r.cooperative_id, r.fy, r.no)
           LEFT JOIN audit_entry a ON a.cooperative_id = r.cooperative_id AND a.fy = r.fy AND a.tag = 'weighing:posted'
                AND a.about_row = r.fy || '/' || r.no
           WHERE r.kind = 1 AND (a.facts LIKE format('{"grams":%s,"journal":%%,"paise":%s,"receipt":"%s/%s","row_sha256":"%%","sha256":"%s"}',
                 w.payable_grams, w.amount_paise, r.fy, r.no, encode(sha256(r.signed), 'hex'))) IS NOT TRUE LIMIT 1"""
    )
    return f"weighing or receipt differs from its audit entry: {found}" if found else None


async def counts(tx: Transaction) -> Counts:
    """How many journals, receipts and audit entries stand."""
    return Counts(
        await tx.fetchval("SELECT count(*) FROM journal"),
        await tx.fetchval("SELECT count(*) FROM receipt"),
        await tx.fetchval("SELECT count(*) FROM audit_entry"),
    )

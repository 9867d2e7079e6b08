"""The cash box as the books have it, its counts, and the days that are closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from asyncpg import Record

from coop.audit.rules import AuditTag, Seal
from coop.closing.rules import Pieces
from coop.kernel.db import Transaction
from coop.ledger.queries import unrecorded

# about_row is the count's id, and the closed day.
COUNT_SEAL = Seal(
    AuditTag.CASH_COUNTED,
    """SELECT jsonb_build_array(n.id, n.day, n.opening_paise, n.expected_paise, n.counted_paise, n.after_fy, n.after_no,
              n.reason, n.words, n.operation_id, encode(n.content, 'hex'), n.counted_by, n.counted_role,
              n.counted_at AT TIME ZONE 'UTC', (SELECT jsonb_agg(jsonb_build_array(l.value_paise, l.kind, l.pieces)
                ORDER BY l.value_paise, l.kind) FROM cash_count_line l WHERE l.count_id = n.id))::text
       FROM cash_count n WHERE n.cooperative_id = $1 AND n.id = $2::text::bigint""",
)
CLOSE_SEAL = Seal(
    AuditTag.DAY_CLOSED,
    """SELECT jsonb_build_array(c.day, c.count_id, c.counted_by, c.journal_fy, c.journal_no, c.operation_id, c.confirmed_by,
              c.confirmed_role, c.closed_at AT TIME ZONE 'UTC',
              (SELECT jsonb_agg(jsonb_build_array(e.line_no, e.account_code, e.amount_paise) ORDER BY e.line_no)
               FROM ledger_entry e WHERE (e.cooperative_id, e.fy, e.journal_no) = (c.cooperative_id, c.journal_fy, c.journal_no)))::text
       FROM closed_day c WHERE c.cooperative_id = $1 AND c.day = $2::text::date""",
)
SEALS = (COUNT_SEAL, CLOSE_SEAL)
FAULTS = {
    "count of the cash box differs from its notes and coins": """
        SELECT n.id::text FROM cash_count n LEFT JOIN cash_count_line l ON l.count_id = n.id AND l.cooperative_id = n.cooperative_id
        GROUP BY n.id HAVING n.counted_paise <> coalesce(sum(l.value_paise::bigint * l.pieces), 0) LIMIT 1""",
    "notes and coins of no count": """
        SELECT l.count_id::text FROM cash_count_line l LEFT JOIN cash_count n
          ON (n.id, n.cooperative_id) = (l.count_id, l.cooperative_id) WHERE n.id IS NULL LIMIT 1""",
    "closed day and its journal do not belong together": """
        SELECT format('%s/%s', c.cooperative_id, c.day) FROM closed_day c JOIN cash_count n ON n.id = c.count_id
        LEFT JOIN journal j ON (j.cooperative_id, j.fy, j.no) = (c.cooperative_id, c.journal_fy, c.journal_no) AND j.about = 'cash count'
        LEFT JOIN LATERAL (SELECT count(*) AS n, sum(e.amount_paise) FILTER (WHERE e.account_code = 1010) AS cash,
                sum(e.amount_paise) FILTER (WHERE e.account_code = 5310) AS differs FROM ledger_entry e
          WHERE (e.cooperative_id, e.fy, e.journal_no) = (j.cooperative_id, j.fy, j.no)) s ON true
        WHERE (CASE WHEN n.counted_paise = n.expected_paise THEN c.journal_no IS NULL
               ELSE (s.n, s.cash, s.differs) = (2, n.counted_paise - n.expected_paise, n.expected_paise - n.counted_paise) END) IS NOT TRUE LIMIT 1""",
    "journal of a cash count without its closed day": """
        SELECT format('%s/%s/%s', j.cooperative_id, j.fy, j.no) FROM journal j WHERE j.about = 'cash count' AND NOT EXISTS (
          SELECT FROM closed_day c WHERE (c.cooperative_id, c.journal_fy, c.journal_no) = (j.cooperative_id, j.fy, j.no)) LIMIT 1""",
    "cash count without its audit entry": unrecorded(
        AuditTag.CASH_COUNTED, "SELECT cooperative_id, id::text FROM cash_count"
    ),
    "closed day without its audit entry": unrecorded(
        AuditTag.DAY_CLOSED, "SELECT cooperative_id, day::text FROM closed_day"
    ),
}


@dataclass(frozen=True, slots=True)
class Denomination:
    """A note or coin to be counted; ``verified``: somebody checked the list against its source."""

    value_paise: int
    kind: str
    verified: bool

    @property
    def name(self) -> str:
        """Its input: ``note_50000``."""
        return f"{self.kind}_{self.value_paise}"


@dataclass(frozen=True, slots=True)
class Box:
    """The cash box by the books; paise. Since the last close: what came in and what went out.

    ``since``: the day of the last close, None before the first. ``after``: the last journal.
    """

    opening_paise: int
    in_paise: int
    out_paise: int
    expected_paise: int
    since: date | None
    after_fy: int
    after_no: int


@dataclass(frozen=True, slots=True)
class Close:
    """A count with, where another confirmed it, its close; paise."""

    count_id: int
    cooperative_id: int
    code: str
    name_hi: str
    name_en: str
    day: date
    opening_paise: int
    expected_paise: int
    counted_paise: int
    reason: str
    words: str
    counted_by: int
    counted_name: str
    counted_role: str
    counted_at: datetime
    confirmed_name: str | None
    confirmed_role: str | None
    closed_at: datetime | None
    closed_count: int | None
    journal_fy: int | None
    journal_no: int | None
    newer: bool
    after_fy: int
    after_no: int

    @property
    def closed(self) -> bool:
        """Whether this very count is the day's close."""
        return self.closed_count == self.count_id

    @property
    def difference_paise(self) -> int:
        """What the box holds over the books; below zero it is short."""
        return self.counted_paise - self.expected_paise

    @property
    def path(self) -> str:
        """Its page."""
        return f"/closing/{self.count_id}"


async def denominations(tx: Transaction, day: date) -> list[Denomination]:
    """Notes and coins in use on a day, notes first, the largest first."""
    rows = await tx.fetch(
        """SELECT value_paise, kind, verified FROM denomination WHERE holds_from <= $1
           AND (holds_until IS NULL OR holds_until >= $1) ORDER BY kind DESC, value_paise DESC""",
        day,
    )
    return [Denomination(*row.values()) for row in rows]


# Cash lines after the journal that the last close was counted at; its own difference counts as opened.
_BOX = """
WITH last AS (SELECT c.day, c.closed_at, c.journal_fy, c.journal_no, n.counted_paise, n.after_fy, n.after_no
  FROM closed_day c JOIN cash_count n ON n.id = c.count_id WHERE c.cooperative_id = $1 ORDER BY c.closed_at DESC LIMIT 1),
moved AS (SELECT coalesce(sum(e.amount_paise) FILTER (WHERE e.amount_paise > 0), 0)::bigint AS in_paise,
                 coalesce(-sum(e.amount_paise) FILTER (WHERE e.amount_paise < 0), 0)::bigint AS out_paise
  FROM ledger_entry e LEFT JOIN last l ON true WHERE e.cooperative_id = $1 AND e.account_code = 1010
   AND (l.day IS NULL OR ((e.fy, e.journal_no) > (l.after_fy, l.after_no)
        AND (e.fy, e.journal_no) IS DISTINCT FROM (l.journal_fy, l.journal_no))))
SELECT coalesce(l.counted_paise, 0)::bigint AS opening_paise, m.in_paise, m.out_paise,
       coalesce((SELECT sum(k.amount_paise) FROM kept_total k WHERE k.cooperative_id = $1 AND k.account_code = 1010), 0)::bigint AS expected_paise,
       l.day AS since, coalesce(j.fy, 0) AS after_fy, coalesce(j.last_no, 0)::bigint AS after_no
FROM moved m LEFT JOIN last l ON true
LEFT JOIN LATERAL (SELECT fy, last_no FROM number_series WHERE cooperative_id = $1 AND series = 'J' ORDER BY fy DESC LIMIT 1) j ON true
"""


async def box(tx: Transaction, cooperative_id: int) -> Box:
    """The cash box of a cooperative as the books have it now."""
    row = await tx.fetchrow(_BOX, cooperative_id)
    if row is None:
        raise LookupError("the question gives one row")
    return Box(*row.values())


async def day_closed(tx: Transaction, cooperative_id: int, day: date) -> bool:
    """Whether a day of a cooperative is closed."""
    found = await tx.fetchval(
        "SELECT 1 FROM closed_day WHERE cooperative_id = $1 AND day = $2", cooperative_id, day
    )
    return found is not None


_CLOSE = """
SELECT n.id, n.cooperative_id, k.code, k.name_hi, k.name_en, n.day, n.opening_paise, n.expected_paise, n.counted_paise,
       n.reason, n.words, n.counted_by, coalesce(u.display_name, '') AS counted_name, n.counted_role, n.counted_at,
       w.display_name AS confirmed_name, c.confirmed_role, c.closed_at, c.count_id AS closed_count, c.journal_fy, c.journal_no,
       EXISTS (SELECT FROM cash_count x WHERE x.cooperative_id = n.cooperative_id AND x.id > n.id) AS newer, n.after_fy, n.after_no
FROM cash_count n JOIN cooperative k ON k.id = n.cooperative_id
LEFT JOIN closed_day c ON (c.cooperative_id, c.day) = (n.cooperative_id, n.day)
LEFT JOIN user_account u ON u.id = n.counted_by LEFT JOIN user_account w ON w.id = c.confirmed_by
"""


async def close_of(tx: Transaction, count_id: int) -> Close | None:
    """A count within reach."""
    return _close(await tx.fetchrow(_CLOSE + "WHERE n.id = $1", count_id))


async def close_of_operation(
    tx: Transaction, cooperative_id: int, operation_id: UUID
) -> tuple[Close, bytes] | None:
    """The count that a form with this id made, with the digest of what it said."""
    sql = _CLOSE + "WHERE n.cooperative_id = $1 AND n.operation_id = $2"
    found = _close(await tx.fetchrow(sql, cooperative_id, operation_id))
    if found is None:
        return None
    content = await tx.fetchval("SELECT content FROM cash_count WHERE id = $1", found.count_id)
    return found, bytes(content)


async def closes(tx: Transaction, cooperative_id: int, before: int, most: int) -> list[Close]:
    """A cooperative's closes and the count that waits, the newest first; ``before``: a count's id."""
    rows: Sequence[Record] = await tx.fetch(
        _CLOSE
        + """WHERE n.cooperative_id = $1 AND ($2 = 0 OR n.id < $2) AND (c.count_id = n.id OR (c.count_id IS NULL
             AND NOT EXISTS (SELECT FROM cash_count x WHERE x.cooperative_id = n.cooperative_id AND x.id > n.id)))
             ORDER BY n.id DESC LIMIT $3""",
        cooperative_id,
        before,
        most,
    )
    return [Close(*row.values()) for row in rows]


async def counts_waiting(tx: Transaction) -> int:
    """How many cooperatives within reach have a last count that nobody confirmed yet."""
    return int(
        await tx.fetchval(
            """SELECT count(*) FROM cash_count n WHERE NOT EXISTS (SELECT FROM closed_day c
                 WHERE (c.cooperative_id, c.day) = (n.cooperative_id, n.day)) AND NOT EXISTS (SELECT FROM cash_count x
                 WHERE x.cooperative_id = n.cooperative_id AND x.id > n.id)"""
        )
    )


async def pieces_of(tx: Transaction, count_id: int) -> list[Pieces]:
    """What a count counted, the largest first."""
    rows = await tx.fetch(
        "SELECT value_paise, kind, pieces FROM cash_count_line WHERE count_id = $1 ORDER BY kind DESC, value_paise DESC",
        count_id,
    )
    return [Pieces(*row.values()) for row in rows]


async def late_of(tx: Transaction, cooperative_id: int, day: date) -> int:
    """How many weighings of a day were booked after its close, on a later day of the books."""
    return int(
        await tx.fetchval(
            """SELECT count(*) FROM weighing w JOIN closed_day c ON (c.cooperative_id, c.day) = (w.cooperative_id, w.weighed_day)
               WHERE w.cooperative_id = $1 AND w.weighed_day = $2 AND w.posted_at >= c.closed_at""",
            cooperative_id,
            day,
        )
    )


def _close(row: Record | None) -> Close | None:
    return Close(*row.values()) if row else None

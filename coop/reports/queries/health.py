"""Counts about cooperatives' books within reach: nobody's name."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from asyncpg import Record

from coop.audit.rules import entry_hash
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.reports.rules.health import Counts
from coop.reports.rules.price_chart import Week


@dataclass(frozen=True, slots=True)
class Office:
    """A cooperative with its counts."""

    id: int
    code: str
    name_hi: str
    name_en: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class ChainChecked:
    """The newest entries of a cooperative's chain, worked out anew: how many, of how many, right or not."""

    checked: int
    of: int
    holds: bool


# Every sum is taken of one cooperative at a time; what is kept by postings is not summed again.
_HEALTH = """
SELECT c.id, c.code, c.name_hi, c.name_en,
  coalesce((SELECT sum(k.amount_paise) FROM kept_total k WHERE k.cooperative_id = c.id), 0)::bigint AS off,
  coalesce((SELECT sum(greatest(n.last_no - (SELECT count(*) FROM journal j WHERE j.cooperative_id = c.id AND j.fy = n.fy), 0))
     FROM number_series n WHERE n.cooperative_id = c.id AND n.series = 'J'), 0)::bigint AS journals,
  coalesce((SELECT sum(greatest(n.last_no - (SELECT count(*) FROM receipt r WHERE r.cooperative_id = c.id AND r.fy = n.fy
     AND 'R' || r.kind = n.series), 0)) FROM number_series n WHERE n.cooperative_id = c.id AND n.series LIKE 'R_'), 0)::bigint AS receipts,
  (SELECT count(*) FROM log_waiting q JOIN receipt r ON r.id = q.receipt_id WHERE r.cooperative_id = c.id) AS waiting,
  (SELECT min(r.issued_at) FROM log_waiting q JOIN receipt r ON r.id = q.receipt_id WHERE r.cooperative_id = c.id) AS oldest,
  (SELECT count(*) FROM weighing w WHERE w.cooperative_id = c.id AND w.rate_paise < w.floor_paise) AS below,
  (SELECT count(*) FROM weighing w WHERE w.cooperative_id = c.id AND w.rate_paise > 2 * w.floor_paise AND w.weighed_day > $1) AS far,
  (SELECT count(*) FROM weighing_reversal v WHERE v.cooperative_id = c.id AND v.reason <> 'undo' AND v.reversed_at > $2) AS back,
  (SELECT count(*) FROM weighing_reversal v WHERE v.cooperative_id = c.id AND v.reason = 'undo' AND v.reversed_at > $2) AS undone,
  (SELECT count(*) FROM reversal_request q WHERE q.cooperative_id = c.id
     AND NOT EXISTS (SELECT FROM reversal_decision d WHERE d.request_id = q.id)) AS asked,
  (SELECT count(*) FROM waiting_entry e WHERE e.cooperative_id = c.id AND NOT EXISTS (SELECT FROM waiting_entry_decision d
     WHERE (d.cooperative_id, d.entry_id) = (e.cooperative_id, e.entry_id))) AS late,
  coalesce((SELECT sum(k.amount_paise) FROM kept_total k WHERE k.cooperative_id = c.id AND k.account_code = 1010), 0)::bigint AS cash,
  (SELECT max(s.opened_at) FROM role_assignment a JOIN session s ON s.user_id = a.user_id WHERE a.cooperative_id = c.id) AS signed_in
FROM cooperative c WHERE ($3::text IS NULL OR c.code = $3)
  AND ((SELECT coop_reach_all()) OR c.id = ANY ((SELECT coop_reach())::bigint[])) ORDER BY c.code
"""


async def offices(tx: Transaction, days: int, code: str | None = None) -> list[Office]:
    """Every cooperative within reach with its counts, or the one of a code; the last ``days`` days."""
    since = clock.now() - clock.seconds(days * 86_400)
    rows = await tx.fetch(_HEALTH, clock.ist_day(since), since, code)
    return [_office(row, days) for row in rows]


def _office(row: Record, days: int) -> Office:
    number, code, name_hi, name_en, *counted = row.values()
    counts: Any = [*counted, days]
    return Office(number, code, name_hi, name_en, Counts(*counts))


async def chain_checked(tx: Transaction, cooperative_id: int, most: int = 2000) -> ChainChecked:
    """Work the newest entries of a chain out anew; the whole is for `coop ledger verify`."""
    head = await tx.fetchrow(
        "SELECT chain, last_seq, last_hash FROM audit_head WHERE cooperative_id = $1",
        cooperative_id,
    )
    if head is None:
        return ChainChecked(0, 0, holds=False)
    rows = await tx.fetch(
        """SELECT seq, at, actor, tag, about_table, about_row, facts, previous, hash FROM audit_entry
           WHERE chain = $1 AND seq > $2 ORDER BY seq""",
        head["chain"],
        max(head["last_seq"] - most, 0),
    )
    last: bytes | None = None
    for row in rows:
        fields = [row[name] for name in ("at", "actor", "tag", "about_table", "about_row", "facts")]
        made = entry_hash(row["previous"], head["chain"], row["seq"], *fields)
        if made != row["hash"] or (last is not None and row["previous"] != last):
            return ChainChecked(len(rows), head["last_seq"], holds=False)
        last = row["hash"]
    complete = len(rows) == min(head["last_seq"], most)
    ends = not rows or last == head["last_hash"]
    return ChainChecked(len(rows), head["last_seq"], holds=complete and ends)


async def graded(tx: Transaction, cooperative_id: int, since: date) -> list[int]:
    """The grades weighed since a day, the heaviest first."""
    rows = await tx.fetch(
        """SELECT grade_code FROM weighing WHERE cooperative_id = $1 AND weighed_day >= $2
           GROUP BY grade_code ORDER BY sum(payable_grams) DESC, grade_code""",
        cooperative_id,
        since,
    )
    return [row["grade_code"] for row in rows]


async def weeks(tx: Transaction, cooperative_id: int, grade_code: int, since: date) -> list[Week]:
    """What was paid for a grade since a day, by week; weighings that were taken back left out."""
    rows = await tx.fetch(
        """SELECT date_trunc('week', w.weighed_day)::date AS monday, max(w.floor_paise)::bigint AS floor, min(w.rate_paise)::bigint AS lowest,
                  (sum(w.rate_paise::numeric * w.payable_grams) / sum(w.payable_grams))::bigint AS mean, count(*)::int AS n
           FROM weighing w WHERE w.cooperative_id = $1 AND w.grade_code = $2 AND w.weighed_day >= $3
             AND NOT EXISTS (SELECT FROM weighing_reversal v
               WHERE (v.cooperative_id, v.weighing_fy, v.weighing_no) = (w.cooperative_id, w.fy, w.no))
           GROUP BY 1 ORDER BY 1""",
        cooperative_id,
        grade_code,
        since,
    )
    return [Week(*row.values()) for row in rows]


@dataclass(frozen=True, slots=True)
class SignIn:
    """When somebody of a role signed in last; no name."""

    role: str
    at: datetime | None


async def sign_ins(tx: Transaction, cooperative_id: int) -> list[SignIn]:
    """Who of a cooperative signed in when last, by role; kept for thirty days."""
    rows = await tx.fetch(
        """SELECT a.role, max(s.opened_at) AS at FROM role_assignment a LEFT JOIN session s ON s.user_id = a.user_id
           WHERE a.cooperative_id = $1 AND NOT EXISTS (SELECT FROM role_assignment_end e WHERE e.assignment_id = a.id)
           GROUP BY a.role ORDER BY at DESC NULLS LAST, a.role""",
        cooperative_id,
    )
    return [SignIn(*row.values()) for row in rows]

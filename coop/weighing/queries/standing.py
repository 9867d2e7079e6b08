"""How a slip stands by now, the slip of a reversal, and what an overseer should look at."""

from dataclasses import dataclass
from datetime import date, datetime

from coop.kernel.db import Transaction
from coop.receipts.rules.receipt import REVERSAL, document_no
from coop.weighing.queries.slips import STATES, Named
from coop.weighing.rules.numbers import SlipNumber

_PURCHASE = 1


@dataclass(frozen=True, slots=True)
class Standing:
    """How a weighing stands: its state, since when, why, by whom; numbers of slips it leads to.

    ``asked_role`` and ``decided_role`` are empty where the poster undid it alone.
    """

    state: str
    since: datetime
    reason: str
    asked_role: str
    decided_role: str
    reversal: str
    replaced_by: str


@dataclass(frozen=True, slots=True)
class ReversalSlip:
    """The slip of a reversal; grams and paise of the weighing that it takes back."""

    number: str
    cooperative_id: int
    cooperative: Named
    weighing: str
    reversed_at: datetime
    weighed_at: datetime
    member_no: str
    grade_code: int
    grade: Named
    payable_grams: int
    rate_paise: int
    amount_paise: int
    cash_back_paise: int
    paid_mode: str
    reason: str
    asked_role: str
    decided_role: str
    replaced_by: str
    signed: bytes


async def standing(tx: Transaction, cooperative_id: int, number: SlipNumber) -> Standing | None:
    """How a weighing stands, None where it stands as it was posted."""
    row = await tx.fetchrow(
        """SELECT x.status, coalesce(v.reversed_at, q.asked_at) AS since, coalesce(v.reason, q.reason) AS reason,
                  v.fy, v.no, v.replaced_fy, v.replaced_no, q.asked_role, d.decided_role
           FROM weighing_state x
           LEFT JOIN weighing_reversal v ON (v.cooperative_id, v.weighing_fy, v.weighing_no) = (x.cooperative_id, x.fy, x.no)
           LEFT JOIN LATERAL (SELECT * FROM reversal_request r WHERE (r.cooperative_id, r.fy, r.weighing_no) = (x.cooperative_id, x.fy, x.no)
                              AND (v.no IS NULL OR r.id = v.request_id) ORDER BY r.id DESC LIMIT 1) q ON true
           LEFT JOIN reversal_decision d ON d.request_id = q.id
           WHERE x.cooperative_id = $1 AND x.fy = $2 AND x.no = $3 AND x.status <> 0""",
        cooperative_id,
        number.fy,
        number.no,
    )
    if row is None:
        return None
    return Standing(
        STATES[row["status"]],
        row["since"],
        row["reason"],
        row["asked_role"] or "",
        row["decided_role"] or "",
        _document(number.code, row["fy"], REVERSAL, row["no"]),
        _document(number.code, row["replaced_fy"], _PURCHASE, row["replaced_no"]),
    )


def _document(code: str, fy: int | None, kind: int, no: int | None) -> str:
    return "" if fy is None or no is None else document_no(code, fy, kind, no)


async def replaces(tx: Transaction, cooperative_id: int, number: SlipNumber) -> str:
    """The number of the slip in whose place this one was booked; empty where there is none."""
    row = await tx.fetchrow(
        "SELECT weighing_fy, weighing_no FROM weighing_reversal"
        " WHERE cooperative_id = $1 AND replaced_fy = $2 AND replaced_no = $3",
        cooperative_id,
        number.fy,
        number.no,
    )
    if row is None:
        return ""
    return document_no(number.code, row["weighing_fy"], _PURCHASE, row["weighing_no"])


async def reversal_slip(tx: Transaction, number: SlipNumber) -> ReversalSlip | None:
    """The slip of a reversal's number, within reach."""
    row = await tx.fetchrow(
        """SELECT c.id, c.name_hi, c.name_en, v.*, w.weighed_at, m.member_no, w.grade_code, g.name_hi AS grade_hi,
                  g.name_en AS grade_en, w.payable_grams, w.rate_paise, w.amount_paise, w.paid_mode,
                  q.asked_role, d.decided_role, r.signed
           FROM cooperative c JOIN weighing_reversal v ON v.cooperative_id = c.id
           JOIN weighing w ON (w.cooperative_id, w.fy, w.no) = (v.cooperative_id, v.weighing_fy, v.weighing_no)
           JOIN member m ON m.id = w.member_id JOIN grade g ON g.code = w.grade_code
           JOIN receipt r ON (r.cooperative_id, r.fy, r.kind, r.no) = (v.cooperative_id, v.fy, 3, v.no)
           LEFT JOIN reversal_request q ON q.id = v.request_id LEFT JOIN reversal_decision d ON d.request_id = q.id
           WHERE c.code = $1 AND v.fy = $2 AND v.no = $3""",
        number.code,
        number.fy,
        number.no,
    )
    if row is None:
        return None
    return ReversalSlip(
        number.text,
        row["cooperative_id"],
        Named(row["name_hi"], row["name_en"], number.code),
        document_no(number.code, row["weighing_fy"], _PURCHASE, row["weighing_no"]),
        row["reversed_at"],
        row["weighed_at"],
        row["member_no"],
        row["grade_code"],
        Named(row["grade_hi"], row["grade_en"]),
        row["payable_grams"],
        row["rate_paise"],
        row["amount_paise"],
        row["cash_back_paise"],
        row["paid_mode"],
        row["reason"],
        row["asked_role"] or "",
        row["decided_role"] or "",
        _document(number.code, row["replaced_fy"], _PURCHASE, row["replaced_no"]),
        row["signed"],
    )


@dataclass(frozen=True, slots=True)
class UndoCount:
    """How often a clerk or a device undid on a day; ``name`` is empty for who may not see it."""

    day: date
    cooperative: Named
    user_id: int | None
    device: str
    name: str
    times: int


@dataclass(frozen=True, slots=True)
class Correction:
    """A weighing that was taken back or replaced after a request, or undone."""

    reversal: str
    weighing: str
    cooperative: Named
    reversed_at: datetime
    reason: str
    amount_paise: int
    new_amount_paise: int | None
    asked_role: str
    decided_role: str
    replaced_by: str


async def undo_counts(
    tx: Transaction, cooperative_id: int | None, since: date, until: date, *, named: bool
) -> list[UndoCount]:
    """Undone weighings by clerk or device and day, most first; names only where ``named``."""
    rows = await tx.fetch(
        """WITH undone AS (
             SELECT v.cooperative_id, v.user_id, v.device_id, w.weighed_day AS day, count(*) AS times
             FROM weighing_reversal v
             JOIN weighing w ON (w.cooperative_id, w.fy, w.no) = (v.cooperative_id, v.weighing_fy, v.weighing_no)
             WHERE v.reason = 'undo' AND ($1::bigint IS NULL OR v.cooperative_id = $1)
               AND w.weighed_day BETWEEN $2 AND $3 GROUP BY 1, 2, 3, 4)
           SELECT u.day, c.code, c.name_hi, c.name_en, u.user_id, coalesce(d.code, '') AS device,
                  CASE WHEN $4 THEN coalesce(p.display_name, '') ELSE '' END AS name, u.times::int
           FROM undone u JOIN cooperative c ON c.id = u.cooperative_id
           LEFT JOIN device d ON d.id = u.device_id LEFT JOIN user_account p ON p.id = u.user_id
           ORDER BY u.times DESC, u.day DESC, c.code LIMIT 200""",
        cooperative_id,
        since,
        until,
        named,
    )
    return [
        UndoCount(
            r["day"],
            Named(r["name_hi"], r["name_en"], r["code"]),
            r["user_id"],
            r["device"],
            r["name"],
            r["times"],
        )
        for r in rows
    ]


async def corrections(
    tx: Transaction, cooperative_id: int | None, since: date, until: date, most: int = 200
) -> list[Correction]:
    """Weighings taken back on these days, the newest first."""
    rows = await tx.fetch(
        """SELECT c.code, c.name_hi, c.name_en, v.fy, v.no, v.weighing_fy, v.weighing_no, v.reversed_at, v.reason,
                  w.amount_paise, n.amount_paise AS new_paise, v.replaced_fy, v.replaced_no, q.asked_role, d.decided_role
           FROM weighing_reversal v JOIN cooperative c ON c.id = v.cooperative_id
           JOIN weighing w ON (w.cooperative_id, w.fy, w.no) = (v.cooperative_id, v.weighing_fy, v.weighing_no)
           LEFT JOIN weighing n ON (n.cooperative_id, n.fy, n.no) = (v.cooperative_id, v.replaced_fy, v.replaced_no)
           LEFT JOIN reversal_request q ON q.id = v.request_id LEFT JOIN reversal_decision d ON d.request_id = q.id
           WHERE ($1::bigint IS NULL OR v.cooperative_id = $1)
             AND (v.reversed_at AT TIME ZONE 'Asia/Kolkata')::date BETWEEN $2 AND $3
           ORDER BY v.reversed_at DESC, v.no DESC LIMIT $4""",
        cooperative_id,
        since,
        until,
        most,
    )
    return [
        Correction(
            document_no(r["code"], r["fy"], REVERSAL, r["no"]),
            document_no(r["code"], r["weighing_fy"], _PURCHASE, r["weighing_no"]),
            Named(r["name_hi"], r["name_en"], r["code"]),
            r["reversed_at"],
            r["reason"],
            r["amount_paise"],
            r["new_paise"],
            r["asked_role"] or "",
            r["decided_role"] or "",
            _document(r["code"], r["replaced_fy"], _PURCHASE, r["replaced_no"]),
        )
        for r in rows
    ]

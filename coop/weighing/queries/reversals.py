"""Questions about weighings that are taken back or asked to be."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from coop.access.permission import Permission
from coop.access.roles import ROLES, Place
from coop.cooperatives.queries import bylaws, value_on
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import NotThere
from coop.weighing.rules.numbers import SlipNumber
from coop.weighing.rules.reversal import ReversalFacts

_DECIDERS = tuple(
    role
    for role, terms in ROLES.items()
    if terms.place is Place.COOPERATIVE and Permission.WEIGHING_REVERSAL_DECIDE in terms.permissions
)


@dataclass(frozen=True, slots=True)
class Taken:
    """A weighing as whoever takes it back must know it; grams, paise; its receipt's cti and place."""

    cooperative_id: int
    code: str
    fy: int
    no: int
    member_id: int
    member_no: str
    site_code: str
    centre: str
    grade_code: int
    gross_grams: int
    tare_grams: int
    payable_grams: int
    moisture_hundredths: int
    waste_hundredths: int
    rate_paise: int
    amount_paise: int
    paid_mode: str
    paper_no: str
    clerk_id: int | None
    device_id: int | None
    weighed_at: datetime
    weighed_day: date
    posted_at: datetime
    cti: bytes
    sidx: int
    stands: str
    stock_grams: int
    reversal_fy: int | None
    reversal_no: int | None
    open_request: int | None
    decided: bool


_TAKEN = """
SELECT w.cooperative_id, c.code, w.fy, w.no, w.member_id, m.member_no, s.code AS site_code,
       coalesce(k.code, '') AS centre, w.grade_code, w.gross_grams, w.tare_grams, w.payable_grams,
       w.moisture_hundredths, w.waste_hundredths, w.rate_paise, w.amount_paise, w.paid_mode, w.paper_no,
       w.clerk_id, w.device_id, w.weighed_at, w.weighed_day, w.posted_at, r.cti, r.sidx,
       coop_purchase_stands(w.cooperative_id, w.fy, w.no) AS stands,
       coalesce((SELECT t.stock_grams FROM kept_total t WHERE t.cooperative_id = w.cooperative_id AND t.account_code = 1310
                 AND t.member_id = 0 AND t.grade_code = w.grade_code AND t.buyer_id = 0), 0) AS stock_grams,
       v.fy AS reversal_fy, v.no AS reversal_no,
       (SELECT q.id FROM reversal_request q WHERE (q.cooperative_id, q.fy, q.weighing_no) = (w.cooperative_id, w.fy, w.no)
         AND NOT EXISTS (SELECT FROM reversal_decision x WHERE x.request_id = q.id)) AS open_request,
       coop_weighing_decided(w.cooperative_id, w.fy, w.no) AS decided
FROM cooperative c JOIN weighing w ON w.cooperative_id = c.id
JOIN receipt r ON (r.cooperative_id, r.fy, r.kind, r.no) = (w.cooperative_id, w.fy, 1, w.no)
JOIN member m ON m.id = w.member_id JOIN site s ON s.id = w.site_id
LEFT JOIN collection_centre k ON k.id = w.centre_id
LEFT JOIN weighing_reversal v ON (v.cooperative_id, v.weighing_fy, v.weighing_no) = (w.cooperative_id, w.fy, w.no)
WHERE """


async def taken(tx: Transaction, number: SlipNumber) -> Taken | None:
    """The weighing of a slip's number within reach."""
    row = await tx.fetchrow(
        _TAKEN + "c.code = $1 AND w.fy = $2 AND w.no = $3", number.code, number.fy, number.no
    )
    return Taken(*row.values()) if row else None


async def taken_of_entry(tx: Transaction, entry_id: UUID) -> Taken | None:
    """The weighing that an entry's id was booked as, within reach."""
    found = await tx.fetchrow(
        "SELECT cooperative_id, fy, weighing_no FROM desk_entry WHERE entry_id = $1", entry_id
    )
    if found is None:
        return None
    row = await tx.fetchrow(
        _TAKEN + "w.cooperative_id = $1 AND w.fy = $2 AND w.no = $3", *found.values()
    )
    return Taken(*row.values()) if row else None


async def as_it_stands(tx: Transaction, weighing: Taken) -> Taken:
    """The weighing anew, read under a lock. Raises NotThere."""
    row = await tx.fetchrow(
        _TAKEN + "w.cooperative_id = $1 AND w.fy = $2 AND w.no = $3",
        weighing.cooperative_id,
        weighing.fy,
        weighing.no,
    )
    if row is None:
        raise NotThere
    return Taken(*row.values())


async def reversal_facts(tx: Transaction, weighing: Taken) -> ReversalFacts:
    """What the rules of reversal ask, as it stands now."""
    within = await undo_seconds(tx, weighing.cooperative_id)
    return ReversalFacts(
        now=clock.now(),
        posted_at=weighing.posted_at,
        undo_within=clock.seconds(within),
        stands=weighing.stands,
        taken_back=weighing.reversal_no is not None,
        asked_for=weighing.open_request is not None,
        payable_grams=weighing.payable_grams,
        stock_grams=weighing.stock_grams,
        decided=weighing.decided,
    )


async def undo_seconds(tx: Transaction, cooperative_id: int) -> int:
    """For how many seconds a poster may undo, by the setting of today."""
    return int(value_on(await bylaws(tx), "undo_within", cooperative_id, clock.today()))


@dataclass(frozen=True, slots=True)
class Request:
    """A request to take a weighing back, and what was decided on it."""

    id: int
    cooperative_id: int
    operation_id: UUID
    content: bytes
    reason: str
    words: str
    cash_back_paise: int
    corrected: str
    asked_by: int
    asked_role: str
    asked_at: datetime
    decision_operation: UUID | None
    outcome: str | None
    decided_by: int | None
    decided_role: str | None
    decided_words: str | None
    decided_at: datetime | None


_REQUEST = """
SELECT q.id, q.cooperative_id, q.operation_id, q.content, q.reason, q.words, q.cash_back_paise, q.corrected,
       q.asked_by, q.asked_role, q.asked_at,
       d.operation_id AS decision_operation, d.outcome, d.decided_by, d.decided_role, d.words AS decided_words, d.decided_at
FROM reversal_request q LEFT JOIN reversal_decision d ON d.request_id = q.id WHERE """


async def request_of_operation(
    tx: Transaction, cooperative_id: int, operation_id: UUID
) -> Request | None:
    """The request that a form with this id made."""
    row = await tx.fetchrow(
        _REQUEST + "q.cooperative_id = $1 AND q.operation_id = $2", cooperative_id, operation_id
    )
    return Request(*row.values()) if row else None


async def last_request(tx: Transaction, cooperative_id: int, fy: int, no: int) -> Request | None:
    """The last request about a weighing, decided or not."""
    row = await tx.fetchrow(
        _REQUEST
        + "q.cooperative_id = $1 AND q.fy = $2 AND q.weighing_no = $3 ORDER BY q.id DESC LIMIT 1",
        cooperative_id,
        fy,
        no,
    )
    return Request(*row.values()) if row else None


async def second_persons(tx: Transaction, cooperative_id: int, asked_by: int) -> int:
    """How many others of a cooperative may decide now: manager, treasurer, board, not the asker."""
    return int(
        await tx.fetchval(
            """SELECT count(DISTINCT a.user_id) FROM role_assignment a
               WHERE a.cooperative_id = $1 AND a.role = ANY ($2::text[]) AND a.user_id <> $3
                 AND a.holds_from <= $4 AND (a.holds_to IS NULL OR a.holds_to > $4)
                 AND NOT EXISTS (SELECT FROM role_assignment_end e WHERE e.assignment_id = a.id)
                 AND NOT EXISTS (SELECT FROM account_closed x WHERE x.user_id = a.user_id)""",
            cooperative_id,
            list(_DECIDERS),
            asked_by,
            clock.now(),
        )
    )


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """A request that waits for a decision, as the queue shows it."""

    number: str
    cooperative_id: int
    name_hi: str
    name_en: str
    grade_code: int
    payable_grams: int
    amount_paise: int
    reason: str
    asked_by: int
    asked_role: str
    asked_at: datetime


async def open_requests(tx: Transaction, most: int = 200) -> list[OpenRequest]:
    """Requests within reach that nobody decided yet, the longest waiting first."""
    rows = await tx.fetch(
        """SELECT format('%s-%s-S%s', c.code, lpad((w.fy / 100)::text, 2, '0'), lpad(w.no::text, greatest(5, length(w.no::text)), '0')) AS number,
                  q.cooperative_id, c.name_hi, c.name_en, w.grade_code, w.payable_grams, w.amount_paise,
                  q.reason, q.asked_by, q.asked_role, q.asked_at
           FROM reversal_request q JOIN cooperative c ON c.id = q.cooperative_id
           JOIN weighing w ON (w.cooperative_id, w.fy, w.no) = (q.cooperative_id, q.fy, q.weighing_no)
           WHERE NOT EXISTS (SELECT FROM reversal_decision d WHERE d.request_id = q.id)
           ORDER BY q.id LIMIT $1""",
        most,
    )
    return [OpenRequest(*row.values()) for row in rows]


async def floor_then(tx: Transaction, site_code: str, grade_code: int, at: datetime) -> int | None:
    """The picker's floor in paise a kilogram at a site, for a grade, at an instant; None without one."""
    paise: int | None = await tx.fetchval(
        """SELECT l.picker_floor_paise FROM price_period p JOIN price_notice_line l ON l.id = p.line_id
           WHERE p.district_lgd = (SELECT district_lgd FROM site WHERE code = $1 ORDER BY version DESC LIMIT 1)
             AND p.grade_code = $2 AND p.during @> $3::timestamptz""",
        site_code,
        grade_code,
        at,
    )
    return paise

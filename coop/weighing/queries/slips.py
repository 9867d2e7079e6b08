"""Slips, the last ones of a desk, a clerk's day, and the figures of a day."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from asyncpg import Record

from coop.kernel import clock
from coop.kernel.db import Transaction

# What a slip is called by what its receipt says.
STATES = {0: "posted", 1: "void", 2: "held", 3: "replaced"}


class Named(NamedTuple):
    """A thing with its name in both languages and, where it has one, its code."""

    name_hi: str
    name_en: str
    code: str = ""


class Policy(NamedTuple):
    """What makes collecting lawful, as the slip names it; ``verified``: somebody saw the text."""

    name_hi: str
    name_en: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Slip:
    """A weighing slip as printed; weights in grams, money in paise."""

    number: str
    cooperative: Named
    centre: Named
    weighed_at: datetime
    member_no: str
    site: Named
    grade_code: int
    grade: Named
    gross_grams: int
    tare_grams: int
    payable_grams: int
    rate_paise: int
    floor_paise: int
    amount_paise: int
    paid_mode: str
    month_paise: int
    balance_paise: int
    signed: bytes
    cooperative_id: int
    state: str = "posted"
    reprints: int = 0
    permission: str | None = None
    policy: Policy | None = None

    @property
    def deduction_grams(self) -> int:
        """What moisture and waste took off the net weight."""
        return self.gross_grams - self.tare_grams - self.payable_grams


@dataclass(frozen=True, slots=True)
class LastSlip:
    """A slip in the desk's list of the last five."""

    number: str
    member_no: str
    grade_code: int
    payable_grams: int
    amount_paise: int
    state: str = "posted"
    undo_path: str | None = None
    undo_seconds: int = 0

    @property
    def path(self) -> str:
        """The slip's page."""
        return f"/slips/{self.number}"


@dataclass(frozen=True, slots=True)
class SiteChoice:
    """A site where collection is allowed."""

    code: str
    name_hi: str
    name_en: str
    district_lgd: int


@dataclass(frozen=True, slots=True)
class GradeKey:
    """A grade's key at the desk with today's floor, which is what is paid."""

    code: int
    name_hi: str
    name_en: str
    paise: int | None


@dataclass(frozen=True, slots=True)
class ChosenDay:
    """A clerk's settings of a day; shares in hundredths of a per cent."""

    site_code: str
    tare_grams: int
    moisture_hundredths: int
    waste_hundredths: int
    paid_mode: str


@dataclass(frozen=True, slots=True)
class DayFigures:
    """What a reach weighed, owes and paid in cash on a day."""

    weighed_grams: int
    payable_paise: int
    paid_paise: int
    receipts: int
    members: int


_SLIP = """
SELECT c.id, c.code, c.name_hi, c.name_en, k.name AS centre, w.*, m.member_no, s.name AS site,
       (SELECT n.name_hi FROM site n WHERE n.code = s.code ORDER BY n.version DESC LIMIT 1) AS site_hi,
       (SELECT x.name_hi FROM collection_centre_name x WHERE x.centre_id = k.id ORDER BY x.id DESC LIMIT 1) AS centre_hi,
       y.words_hi AS policy_hi, y.words_en AS policy_en, y.verified AS policy_verified, q.reference AS permit, q.issued_by,
       g.name_hi AS grade_hi, g.name_en AS grade_en, r.signed,
       (SELECT coalesce(sum(x.amount_paise), 0)::bigint FROM weighing x WHERE x.cooperative_id = w.cooperative_id
         AND x.member_id = w.member_id AND x.weighed_day >= date_trunc('month', w.weighed_day)::date
         AND x.weighed_day <= w.weighed_day AND (x.fy, x.no) <= (w.fy, w.no)
         AND NOT EXISTS (SELECT FROM weighing_reversal v WHERE (v.cooperative_id, v.weighing_fy, v.weighing_no)
                         = (x.cooperative_id, x.fy, x.no))) AS month_paise,
       coalesce((SELECT -t.amount_paise FROM kept_total t WHERE t.cooperative_id = w.cooperative_id
         AND t.account_code = 2110 AND t.member_id = w.member_id AND t.grade_code = 0), 0) AS balance_paise
FROM cooperative c JOIN weighing w ON w.cooperative_id = c.id JOIN member m ON m.id = w.member_id
JOIN site s ON s.id = w.site_id JOIN grade g ON g.code = w.grade_code
JOIN receipt r ON (r.cooperative_id, r.fy, r.kind, r.no) = (w.cooperative_id, w.fy, 1, w.no)
LEFT JOIN collection_centre k ON k.id = w.centre_id
LEFT JOIN LATERAL (SELECT * FROM policy_reference z WHERE z.holds_from <= w.weighed_day
                   ORDER BY z.holds_from DESC, z.id DESC LIMIT 1) y ON true
LEFT JOIN LATERAL (SELECT * FROM (SELECT DISTINCT ON (p.reference) p.* FROM site_permission p WHERE p.site_code = s.code
                                  ORDER BY p.reference, p.id DESC) p
                   WHERE p.valid_from <= w.weighed_day AND (p.valid_to IS NULL OR p.valid_to >= w.weighed_day)
                   ORDER BY p.valid_to DESC NULLS FIRST LIMIT 1) q ON true
WHERE c.code = $1 AND w.fy = $2 AND w.no = $3
"""


async def slip(tx: Transaction, code: str, fy: int, no: int, number: str) -> Slip | None:
    """The slip of a cooperative's number, within reach."""
    row = await tx.fetchrow(_SLIP, code, fy, no)
    if row is None:
        return None
    return Slip(
        number,
        Named(row["name_hi"], row["name_en"], row["code"]),
        Named(row["centre_hi"] or "", row["centre"] or ""),
        row["weighed_at"],
        row["member_no"],
        Named(row["site_hi"] or "", row["site"]),
        row["grade_code"],
        Named(row["grade_hi"], row["grade_en"]),
        row["gross_grams"],
        row["tare_grams"],
        row["payable_grams"],
        row["rate_paise"],
        row["floor_paise"],
        row["amount_paise"],
        row["paid_mode"],
        row["month_paise"],
        row["balance_paise"],
        row["signed"],
        row["cooperative_id"],
        permission=", ".join(filter(None, (row["permit"], row["issued_by"]))) or None,
        policy=Policy(row["policy_hi"], row["policy_en"], row["policy_verified"])
        if row["policy_en"]
        else None,
    )


async def last_slips(
    tx: Transaction, cooperative_id: int, clerk_id: int, undo_within: int
) -> list[LastSlip]:
    """A clerk's last five slips, newest first; ``undo_within``: for how many seconds one is undone."""
    rows = await tx.fetch(
        """SELECT format('%s-%s-S%s', c.code, lpad((w.fy / 100)::text, 2, '0'), lpad(w.no::text, greatest(5, length(w.no::text)), '0')) AS number,
                  m.member_no, w.grade_code, w.payable_grams, w.amount_paise, coalesce(x.status, 0) AS status,
                  w.posted_at, coop_purchase_stands(w.cooperative_id, w.fy, w.no) = 'free'
                    AND NOT coop_weighing_decided(w.cooperative_id, w.fy, w.no) AS free
           FROM weighing w JOIN member m ON m.id = w.member_id JOIN cooperative c ON c.id = w.cooperative_id
           LEFT JOIN LATERAL (SELECT status FROM weighing_state s WHERE (s.cooperative_id, s.fy, s.no) = (w.cooperative_id, w.fy, w.no)) x ON true
           WHERE w.cooperative_id = $1 AND w.clerk_id = $2 ORDER BY w.fy DESC, w.no DESC LIMIT 5""",
        cooperative_id,
        clerk_id,
    )
    return [_last_slip(row, undo_within) for row in rows]


def _last_slip(row: Record, undo_within: int) -> LastSlip:
    left = undo_within - int((clock.now() - row["posted_at"]).total_seconds())
    undone = row["status"] == 0 and row["free"] and left > 0
    path = f"/slips/{row['number']}/undo" if undone else None
    state = STATES[row["status"]]
    return LastSlip(
        row["number"],
        row["member_no"],
        row["grade_code"],
        row["payable_grams"],
        row["amount_paise"],
        state,
        path,
        left if undone else 0,
    )


async def member_stands(tx: Transaction, cooperative_id: int, member_no: str) -> bool:
    """Whether somebody of a cooperative has a member number."""
    found = await tx.fetchval(
        "SELECT 1 FROM member WHERE cooperative_id = $1 AND member_no = $2",
        cooperative_id,
        member_no,
    )
    return found is not None


async def open_sites(tx: Transaction, districts: list[int], day: date) -> list[SiteChoice]:
    """Sites of these districts where collection is allowed on a day."""
    rows = await tx.fetch(
        """SELECT code, name_hi, name, district_lgd FROM (
             SELECT DISTINCT ON (code) * FROM site ORDER BY code, version DESC) s
           WHERE collection_allowed AND (cleared_until IS NULL OR cleared_until >= $2)
             AND district_lgd = ANY ($1::int[]) ORDER BY code""",
        districts,
        day,
    )
    return [SiteChoice(*row.values()) for row in rows]


async def chosen_day(tx: Transaction, clerk_id: int, day: date) -> ChosenDay | None:
    """What a clerk chose for a day, the last choice; None before the first."""
    row = await tx.fetchrow(
        """SELECT site_code, tare_grams, moisture_hundredths, waste_hundredths, paid_mode FROM desk_day
           WHERE clerk_id = $1 AND day = $2 ORDER BY id DESC LIMIT 1""",
        clerk_id,
        day,
    )
    return ChosenDay(*row.values()) if row else None


async def figures(tx: Transaction, day: date) -> DayFigures:
    """The figures of a day within reach."""
    row = await tx.fetchrow(
        """SELECT coalesce(sum(payable_grams), 0)::bigint AS grams, coalesce(sum(amount_paise), 0)::bigint AS paise,
                  coalesce(sum(cash_paise), 0)::bigint AS cash, coalesce(sum(weighing_count), 0)::int AS count,
                  (SELECT count(DISTINCT w.member_id) FROM weighing w WHERE w.weighed_day = $1
                    AND NOT EXISTS (SELECT FROM weighing_reversal v WHERE (v.cooperative_id, v.weighing_fy, v.weighing_no)
                                    = (w.cooperative_id, w.fy, w.no)))::int AS members
           FROM day_total WHERE day = $1""",
        day,
    )
    return DayFigures(*row.values()) if row else DayFigures(0, 0, 0, 0, 0)

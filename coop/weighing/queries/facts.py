"""What must be known to judge entries, asked at once for all of them; and the pages' questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from time import monotonic
from uuid import UUID

from asyncpg import Record

from coop.cooperatives.queries import BylawRow, bylaws, value_on
from coop.kernel.clock import seconds
from coop.kernel.db import Transaction
from coop.weighing.rules import MemberFacts, PriceFacts, SiteFacts, Terms

# One statement for one entry or five hundred. It runs after the cooperative's chain is locked, so
# the numbers and the ids it sees are those that the posting continues from.
_FACTS = """
SELECT e.ord, m.id AS member_id, m.admitted_on, v.dob, v.dob_precision, x.ceased_on, x.death_known_at,
       m.provisional AND NOT EXISTS (SELECT FROM membership_confirmation f WHERE f.member_id = m.id) AS provisional,
       s.id AS site_id, s.district_lgd, s.collection_allowed, s.cleared_until, g.code AS grade,
       p.line_id, l.notice_no, l.picker_floor_paise, d.content AS earlier, t.cash_paise,
       (SELECT n.last_no FROM number_series n WHERE n.cooperative_id = $1 AND n.fy = $2 AND n.series = 'R1') AS last_receipt,
       (SELECT n.last_no FROM number_series n WHERE n.cooperative_id = $1 AND n.fy = $2 AND n.series = 'J') AS last_journal,
       (SELECT coop_taken_indexes($3::bigint[])) AS taken,
       (SELECT coop_entries_elsewhere($4::uuid[])) AS elsewhere,
       (SELECT max(q.n) FROM status_list q WHERE q.cooperative_id = $1) AS list_no
FROM unnest($4::uuid[], $5::text[], $6::text[], $7::int[], $8::timestamptz[], $9::date[])
     WITH ORDINALITY AS e (id, member_no, site_code, grade_code, at, day, ord)
LEFT JOIN member m ON m.cooperative_id = $1 AND m.member_no = e.member_no
LEFT JOIN LATERAL (SELECT y.dob, y.dob_precision FROM person_version y WHERE y.person_id = m.person_id
                   ORDER BY y.told_by DESC, y.version DESC LIMIT 1) v ON true
LEFT JOIN LATERAL (SELECT c.ceased_on, CASE WHEN c.reason = 'died' THEN c.recorded_at END AS death_known_at
                   FROM member_cessation c WHERE c.member_id = m.id
                     AND NOT EXISTS (SELECT FROM member_cessation_undo u WHERE u.cessation_id = c.id)
                   ORDER BY c.id DESC LIMIT 1) x ON true
LEFT JOIN LATERAL (SELECT z.id, z.district_lgd, z.collection_allowed, z.cleared_until FROM site z WHERE z.code = e.site_code
                   ORDER BY z.version DESC LIMIT 1) s ON true
LEFT JOIN grade g ON g.code = e.grade_code
LEFT JOIN price_period p ON p.district_lgd = s.district_lgd AND p.grade_code = e.grade_code AND p.during @> e.at
LEFT JOIN price_notice_line l ON l.id = p.line_id
LEFT JOIN desk_entry d ON d.entry_id = e.id
LEFT JOIN member_day_cash t ON t.cooperative_id = $1 AND t.member_id = m.id AND t.day = e.day
ORDER BY e.ord
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked about one entry."""

    entry_id: UUID
    member_no: str
    site_code: str
    grade_code: int
    weighed_at: datetime
    day: date


@dataclass(frozen=True, slots=True)
class Known:
    """What the database knows about one entry; None where it knows nothing."""

    member_id: int | None
    member: MemberFacts | None
    site_id: int | None
    site: SiteFacts | None
    grade_known: bool
    price_line_id: int | None
    price: PriceFacts | None
    earlier: bytes | None
    cash_today_paise: int


@dataclass(frozen=True, slots=True)
class Gathered:
    """What is known of all entries, and where the posting continues."""

    known: tuple[Known, ...]
    last_receipt: int
    last_journal: int
    taken: frozenset[int]
    elsewhere: frozenset[UUID]
    list_no: int | None


async def gather(
    tx: Transaction, cooperative_id: int, fy: int, asked: Sequence[Asked], places: Sequence[int]
) -> Gathered:
    """Ask once for all entries of a cooperative; ``asked`` is never empty."""
    rows = await tx.fetch(
        _FACTS,
        cooperative_id,
        fy,
        places,
        [a.entry_id for a in asked],
        [a.member_no for a in asked],
        [a.site_code for a in asked],
        [a.grade_code for a in asked],
        [a.weighed_at for a in asked],
        [a.day for a in asked],
    )
    first = rows[0]
    return Gathered(
        tuple(_known(row) for row in rows),
        first["last_receipt"] or 0,
        first["last_journal"] or 0,
        frozenset(first["taken"]),
        frozenset(first["elsewhere"]),
        first["list_no"],
    )


def _known(row: Record) -> Known:
    member = site = price = None
    if row["member_id"] is not None:
        member = MemberFacts(
            row["dob"],
            row["dob_precision"] or "",
            row["admitted_on"],
            row["ceased_on"],
            row["provisional"],
            row["death_known_at"],
        )
    if row["site_id"] is not None:
        site = SiteFacts(row["district_lgd"], row["collection_allowed"], row["cleared_until"])
    if row["line_id"] is not None:
        price = PriceFacts(row["notice_no"], row["picker_floor_paise"])
    return Known(
        row["member_id"],
        member,
        row["site_id"],
        site,
        row["grade"] is not None,
        row["line_id"],
        price,
        row["earlier"],
        row["cash_paise"] or 0,
    )


@dataclass(frozen=True, slots=True)
class Booked:
    """An answer given earlier: what stands for an entry's id."""

    fy: int
    no: int
    payable_grams: int
    amount_paise: int
    signed: bytes


async def booked(tx: Transaction, ids: Sequence[UUID]) -> dict[UUID, Booked]:
    """What was booked for these ids, within reach."""
    rows = await tx.fetch(
        """SELECT d.entry_id, d.fy, d.weighing_no, w.payable_grams, w.amount_paise, r.signed
           FROM desk_entry d
           JOIN weighing w ON (w.cooperative_id, w.fy, w.no) = (d.cooperative_id, d.fy, d.weighing_no)
           JOIN receipt r ON (r.cooperative_id, r.fy, r.kind, r.no) = (d.cooperative_id, d.fy, 1, d.weighing_no)
           WHERE d.entry_id = ANY ($1::uuid[])""",
        list(ids),
    )
    return {r["entry_id"]: Booked(*list(r.values())[1:]) for r in rows}


# By-laws change a few times a year; a minute's delay is none for them. Prices are never kept.
_ASK_AGAIN = 60.0
_kept: dict[int, tuple[float, list[BylawRow]]] = {}


async def terms_on(tx: Transaction, cooperative_id: int, day: date) -> Terms:
    """The parameters of a weighing that hold for a cooperative on a day."""
    asked_at, rows = _kept.get(cooperative_id, (-_ASK_AGAIN, []))
    if not rows or monotonic() - asked_at > _ASK_AGAIN:
        rows = await bylaws(tx)
        _kept[cooperative_id] = (monotonic(), rows)

    def value(name: str) -> Decimal:
        return value_on(rows, name, cooperative_id, day)

    return Terms(
        adult_age=int(value("adult_age")),
        most_gross_g=int(value("most_gross")),
        moisture_base=value("moisture_base"),
        waste_base=value("waste_base"),
        cash_limit_paise=int(value("cash_limit")),
        device_ahead=seconds(int(value("device_ahead"))),
        device_late=seconds(int(value("device_late"))),
    )

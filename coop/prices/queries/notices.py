"""Notices as pages list and show them."""

from dataclasses import dataclass
from datetime import date, datetime

from coop.kernel.db import Transaction
from coop.prices.rules import Component, Consultation

STATES = ("in_force", "coming", "ended", "superseded")
PAGE = 30
# A notice is in force, or to come, while one of its lines is; once a revision of it began it is
# superseded. One that another notice took over for good has ended.
_LIST = """
WITH line AS (
  SELECT l.notice_no, min(l.published_at) AS published_at, min(l.effective_from) AS since,
         CASE WHEN bool_or(l.effective_to IS NULL) THEN NULL ELSE max(l.effective_to) END AS until,
         array_agg(DISTINCT l.district_lgd) AS districts, count(DISTINCT l.grade_code)::int AS grades,
         bool_or(l.effective_from < l.published_at) AS for_past, bool_or(p.now) AS in_force, bool_or(p.later) AS coming
  FROM price_notice_line l LEFT JOIN LATERAL (
    SELECT bool_or(x.during @> $1::timestamptz) AS now, bool_or(lower(x.during) > $1) AS later
    FROM price_period x WHERE x.line_id = l.id) p ON true
  GROUP BY l.notice_no),
listed AS (
  SELECT n.id, l.notice_no, l.published_at, l.since, l.until, l.districts, l.grades, l.for_past,
         CASE WHEN l.in_force THEN 'in_force' WHEN l.coming THEN 'coming'
              WHEN EXISTS (SELECT FROM price_notice_line s WHERE s.supersedes = l.notice_no
                             AND greatest(s.effective_from, s.published_at) <= $1) THEN 'superseded'
              ELSE 'ended' END AS state
  FROM line l JOIN price_notice n ON n.notice_no = l.notice_no AND n.part = 1)
{}
"""


_PAGE = _LIST.format(
    """SELECT id, notice_no, published_at, since, until, districts, grades, for_past, state FROM listed
       WHERE ($2::int IS NULL OR $2 = ANY (districts)) AND ($3::text IS NULL OR state = $3)
         AND ($4::bigint IS NULL OR id < $4) ORDER BY id DESC LIMIT $5"""
)
_ONE = _LIST.format(
    """SELECT x.*, n.authority_hi, n.link, n.consultation, n.no_consultation_reason, n.no_components_reason, n.published_as,
              l.authority, l.reference, l.supersedes, k.held_on, k.place, k.men, k.women, k.under_18,
              k.aged_18_35, k.aged_36_59, k.aged_60_up, k.said, k.changed,
              ARRAY(SELECT DISTINCT s.notice_no FROM price_notice_line s WHERE s.supersedes = x.notice_no ORDER BY 1) AS superseded_by
       FROM listed x JOIN price_notice n ON n.id = x.id
       JOIN LATERAL (SELECT * FROM price_notice_line y WHERE y.notice_id = n.id ORDER BY y.id LIMIT 1) l ON true
       LEFT JOIN price_consultation k ON k.notice_id = n.id WHERE x.notice_no = $2"""
)


@dataclass(frozen=True, slots=True)
class ListedNotice:
    """A notice in the list; ``until`` None: until it is replaced."""

    id: int
    number: str
    published_at: datetime
    effective_from: datetime
    effective_to: datetime | None
    districts: list[int]
    grades: int
    for_past: bool
    state: str


async def notices(
    tx: Transaction,
    at: datetime,
    *,
    district: int | None = None,
    state: str | None = None,
    before: int | None = None,
) -> list[ListedNotice]:
    """A page of notices, the last published first, as they stand at an instant.

    One row more than PAGE says that there is a next page. ``before``: the row id to go on from.
    """
    rows = await tx.fetch(_PAGE, at, district, state, before, PAGE + 1)
    return [ListedNotice(*row.values()) for row in rows]


@dataclass(frozen=True, slots=True)
class Held:
    """From when to when a line is or was in force."""

    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class LineShown:
    """A line of a notice with its parts and its periods; paise a kilogram."""

    id: int
    district_lgd: int
    grade_code: int
    name_hi: str
    name_en: str
    picker_paise: int
    buyer_paise: int
    premium_paise: int
    components: tuple[Component, ...]
    periods: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class NoticeShown:
    """A notice as its page shows it."""

    number: str
    state: str
    published_at: datetime
    effective_from: datetime
    effective_to: datetime | None
    for_past: bool
    authority: str
    authority_hi: str
    reference: str
    link: str
    supersedes: str
    superseded_by: tuple[str, ...]
    published_as: str
    consulted: str
    no_consultation_reason: str
    no_components_reason: str
    consultation: Consultation | None
    lines: tuple[LineShown, ...]


async def notice(tx: Transaction, number: str, at: datetime) -> NoticeShown | None:
    """A notice by its number, as it stands at an instant; None where there is none."""
    if not number.isprintable():  # an address may hold what no text of the database can
        return None
    head = await tx.fetchrow(
        _ONE,
        at,
        number,
    )
    if head is None:
        return None
    heard = None
    if head["held_on"] is not None:
        values = {name: head[name] for name in Consultation.__dataclass_fields__}
        heard = Consultation(**values)
    return NoticeShown(
        head["notice_no"],
        head["state"],
        head["published_at"],
        head["since"],
        head["until"],
        head["for_past"],
        head["authority"],
        head["authority_hi"],
        head["reference"],
        head["link"],
        head["supersedes"],
        tuple(head["superseded_by"]),
        head["published_as"],
        head["consultation"],
        head["no_consultation_reason"],
        head["no_components_reason"],
        heard,
        await _lines(tx, number),
    )


async def _lines(tx: Transaction, number: str) -> tuple[LineShown, ...]:
    rows = await tx.fetch(
        """SELECT l.id, l.district_lgd, l.grade_code, g.name_hi, g.name_en, l.picker_floor_paise, l.buyer_floor_paise,
                  l.premium_paise FROM price_notice_line l JOIN grade g ON g.code = l.grade_code
           WHERE l.notice_no = $1 ORDER BY l.district_lgd DESC, l.grade_code, l.effective_from""",
        number,
    )
    parts = await tx.fetch(
        """SELECT c.line_id, c.of_floor, c.name, c.paise FROM price_component c
           JOIN price_notice_line l ON l.id = c.line_id WHERE l.notice_no = $1 ORDER BY c.line_id, c.place""",
        number,
    )
    periods = await tx.fetch(
        """SELECT p.line_id, lower(p.during) AS since, upper(p.during) AS until FROM price_period p
           JOIN price_notice_line l ON l.id = p.line_id WHERE l.notice_no = $1 ORDER BY 1, 2""",
        number,
    )
    shown = []
    for row in rows:
        own_parts = tuple(
            Component(p["of_floor"], p["name"], p["paise"])
            for p in parts
            if p["line_id"] == row["id"]
        )
        own_periods = tuple(
            Held(p["since"], p["until"]) for p in periods if p["line_id"] == row["id"]
        )
        shown.append(LineShown(*[*row.values(), own_parts, own_periods]))
    return tuple(shown)


@dataclass(frozen=True, slots=True)
class ConsultationLine:
    """What a notice says of who was heard, for the board."""

    number: str
    reference: str
    consulted: str
    no_consultation_reason: str
    held_on: date | None
    people: int
    changed: str
    for_past: bool


async def heard_for(tx: Transaction, numbers: list[str]) -> dict[str, ConsultationLine]:
    """Source and consultation of some notices, by number."""
    rows = await tx.fetch(
        """SELECT n.notice_no, l.reference, n.consultation, n.no_consultation_reason, k.held_on,
                  coalesce(k.men + k.women, 0) AS people, coalesce(k.changed, '') AS changed, l.effective_from < l.published_at
           FROM price_notice n JOIN LATERAL (SELECT * FROM price_notice_line y WHERE y.notice_id = n.id ORDER BY y.id LIMIT 1) l ON true
           LEFT JOIN price_consultation k ON k.notice_id = n.id WHERE n.part = 1 AND n.notice_no = ANY ($1::text[])""",
        numbers,
    )
    return {row["notice_no"]: ConsultationLine(*row.values()) for row in rows}

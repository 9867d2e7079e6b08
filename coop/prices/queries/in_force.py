"""Grades, notices as published, and the floors that hold at an instant."""

from dataclasses import dataclass
from datetime import datetime

from coop.kernel.db import Transaction
from coop.prices.rules import Grade, NoticeLine, Standing


@dataclass(frozen=True, slots=True)
class PublishedLine:
    """A line with its row id, issuer and remark."""

    id: int
    line: NoticeLine
    authority: str
    reference: str
    authority_hi: str


@dataclass(frozen=True, slots=True)
class FloorNow:
    """A grade's prices in force in a district: paise a kilogram, the notice and since when."""

    grade_code: int
    name_en: str
    name_hi: str
    picker_floor_paise: int
    buyer_floor_paise: int
    premium_paise: int
    notice_no: str
    since: datetime
    until: datetime | None
    authority: str
    authority_hi: str


async def grades(tx: Transaction) -> dict[str, Grade]:
    """Every grade, by its code as text."""
    rows = await tx.fetch("SELECT code, name_en, name_hi, hsn, unit FROM grade ORDER BY code")
    return {str(row["code"]): Grade(*row.values()) for row in rows}


async def published_lines(tx: Transaction) -> list[PublishedLine]:
    """Every line ever published, in the order of publishing."""
    rows = await tx.fetch(
        """SELECT l.id, l.authority, l.reference, n.authority_hi, l.notice_no, l.published_at, l.effective_from,
                  l.effective_to, l.district_lgd, l.grade_code, l.picker_floor_paise, l.buyer_floor_paise,
                  l.premium_paise, nullif(l.supersedes, '') AS supersedes
           FROM price_notice_line l JOIN price_notice n ON n.id = l.notice_id ORDER BY l.id"""
    )
    return [
        PublishedLine(
            row["id"],
            NoticeLine(*list(row.values())[4:]),
            row["authority"],
            row["reference"],
            row["authority_hi"],
        )
        for row in rows
    ]


async def floors_at(tx: Transaction, district_lgd: int, at: datetime) -> list[FloorNow]:
    """The prices that hold in a district at an instant, by grade; a grade without one is absent."""
    rows = await tx.fetch(
        """SELECT p.grade_code, g.name_en, g.name_hi, l.picker_floor_paise, l.buyer_floor_paise, l.premium_paise,
                  l.notice_no, lower(p.during) AS since, upper(p.during) AS until,
                  l.authority, n.authority_hi
           FROM price_period p JOIN price_notice_line l ON l.id = p.line_id JOIN price_notice n ON n.id = l.notice_id
           JOIN grade g ON g.code = p.grade_code
           WHERE p.district_lgd = $1 AND p.during @> $2::timestamptz ORDER BY p.grade_code""",
        district_lgd,
        at,
    )
    return [FloorNow(*row.values()) for row in rows]


async def last_notice_id(tx: Transaction) -> int:
    """The row id of the notice published last, 0 before the first."""
    return int(await tx.fetchval("SELECT coalesce(max(id), 0) FROM price_notice"))


async def standing(tx: Transaction, *, may_publish_for_past: bool) -> Standing:
    """All that stands when a notice is to be published."""
    return Standing(
        tuple(one.line for one in await published_lines(tx)),
        frozenset(int(code) for code in await grades(tx)),
        may_publish_for_past,
    )


@dataclass(frozen=True, slots=True)
class FloorPeriod:
    """When which floors held for a grade in a district; paise a kilogram."""

    grade_code: int
    since: datetime
    until: datetime | None
    picker_floor_paise: int
    buyer_floor_paise: int
    premium_paise: int
    notice_no: str


_PERIODS = """
SELECT p.grade_code, lower(p.during) AS since, upper(p.during) AS until, l.picker_floor_paise, l.buyer_floor_paise,
       l.premium_paise, l.notice_no
FROM price_period p JOIN price_notice_line l ON l.id = p.line_id WHERE p.district_lgd = $1 AND {} ORDER BY {}
"""


async def floor_history(tx: Transaction, district_lgd: int, grade_code: int) -> list[FloorPeriod]:
    """Every period of a grade in a district, the first first; also those to come."""
    sql = _PERIODS.format("p.grade_code = $2", "lower(p.during)")
    return [FloorPeriod(*row.values()) for row in await tx.fetch(sql, district_lgd, grade_code)]


async def floors_after(tx: Transaction, district_lgd: int, at: datetime) -> list[FloorPeriod]:
    """The periods of a district that begin after an instant, the next first."""
    sql = _PERIODS.format("lower(p.during) > $2", "lower(p.during), p.grade_code")
    return [FloorPeriod(*row.values()) for row in await tx.fetch(sql, district_lgd, at)]


async def priced_districts(tx: Transaction) -> list[int]:
    """LGD codes of districts that a notice was ever published for."""
    rows = await tx.fetch("SELECT DISTINCT district_lgd FROM price_notice_line ORDER BY 1")
    return [row["district_lgd"] for row in rows]

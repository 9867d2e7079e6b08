"""Grades, notices as published, and the floors that hold at an instant."""

from dataclasses import dataclass
from datetime import datetime

from coop.kernel.db import Transaction
from coop.prices.rules import Grade, NoticeLine


@dataclass(frozen=True, slots=True)
class PublishedLine:
    """A line with its row id, issuer and remark."""

    id: int
    line: NoticeLine
    authority: str
    reference: str


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


async def grades(tx: Transaction) -> dict[str, Grade]:
    """Every grade, by its code as text."""
    rows = await tx.fetch("SELECT code, name_en, name_hi, hsn, unit FROM grade ORDER BY code")
    return {str(row["code"]): Grade(*row.values()) for row in rows}


async def published_lines(tx: Transaction) -> list[PublishedLine]:
    """Every line ever published, in the order of publishing."""
    rows = await tx.fetch(
        """SELECT id, authority, reference, notice_no, published_at, effective_from, effective_to, district_lgd,
                  grade_code, picker_floor_paise, buyer_floor_paise, premium_paise, nullif(supersedes, '') AS supersedes
           FROM price_notice_line ORDER BY id"""
    )
    return [
        PublishedLine(
            row["id"], NoticeLine(*list(row.values())[3:]), row["authority"], row["reference"]
        )
        for row in rows
    ]


async def floors_at(tx: Transaction, district_lgd: int, at: datetime) -> list[FloorNow]:
    """The prices that hold in a district at an instant, by grade; a grade without one is absent."""
    rows = await tx.fetch(
        """SELECT p.grade_code, g.name_en, g.name_hi, l.picker_floor_paise, l.buyer_floor_paise, l.premium_paise,
                  l.notice_no, lower(p.during) AS since, upper(p.during) AS until, l.authority
           FROM price_period p JOIN price_notice_line l ON l.id = p.line_id JOIN grade g ON g.code = p.grade_code
           WHERE p.district_lgd = $1 AND p.during @> $2::timestamptz ORDER BY p.grade_code""",
        district_lgd,
        at,
    )
    return [FloorNow(*row.values()) for row in rows]

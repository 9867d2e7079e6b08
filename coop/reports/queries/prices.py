"""Prices as the officer looks at them: what holds, what follows, which places have none."""

from dataclasses import dataclass
from datetime import datetime

from coop.kernel.db import Transaction


@dataclass(frozen=True, slots=True)
class InForce:
    """What holds in a district for a grade: paise a kilogram, until when (None: no end) and what follows."""

    district_lgd: int
    grade_code: int
    name_hi: str
    name_en: str
    notice_no: str
    picker_floor_paise: int
    since: datetime
    until: datetime | None
    next_notice_no: str
    next_paise: int | None
    next_from: datetime | None


@dataclass(frozen=True, slots=True)
class WithoutPrice:
    """A site where collection is allowed although a grade has no price there now; grades as codes."""

    code: str
    name_hi: str
    name_en: str
    district_lgd: int
    grades: tuple[int, ...]
    of: int


_IN_FORCE = """
SELECT p.district_lgd, p.grade_code, g.name_hi, g.name_en, l.notice_no, l.picker_floor_paise,
       lower(p.during) AS since, upper(p.during) AS until,
       coalesce(x.notice_no, '') AS next_no, x.picker_floor_paise AS next_paise, x.since AS next_from
FROM price_period p JOIN price_notice_line l ON l.id = p.line_id JOIN grade g ON g.code = p.grade_code
LEFT JOIN LATERAL (
  SELECT m.notice_no, m.picker_floor_paise, lower(n.during) AS since FROM price_period n JOIN price_notice_line m ON m.id = n.line_id
  WHERE n.district_lgd = p.district_lgd AND n.grade_code = p.grade_code AND lower(n.during) > $1
  ORDER BY lower(n.during) LIMIT 1) x ON true
WHERE p.during @> $1::timestamptz ORDER BY p.district_lgd, p.grade_code
"""
_WITHOUT = """
SELECT s.code, s.name_hi, s.name, s.district_lgd, array_agg(g.code ORDER BY g.code) AS grades,
       (SELECT count(*) FROM grade)::int AS of
FROM (SELECT DISTINCT ON (code) * FROM site ORDER BY code, version DESC) s CROSS JOIN grade g
WHERE s.collection_allowed AND NOT EXISTS (SELECT FROM price_period p
  WHERE p.district_lgd = s.district_lgd AND p.grade_code = g.code AND p.during @> $1::timestamptz)
GROUP BY s.code, s.name_hi, s.name, s.district_lgd ORDER BY count(*) DESC, s.code LIMIT 200
"""


async def in_force(tx: Transaction, at: datetime) -> list[InForce]:
    """What holds at an instant, by district and grade, each with what is to follow."""
    return [InForce(*row.values()) for row in await tx.fetch(_IN_FORCE, at)]


async def without_price(tx: Transaction, at: datetime) -> list[WithoutPrice]:
    """Open sites with a grade that has no price at an instant, the emptiest first."""
    return [
        WithoutPrice(
            row["code"],
            row["name_hi"],
            row["name"],
            row["district_lgd"],
            tuple(row["grades"]),
            row["of"],
        )
        for row in await tx.fetch(_WITHOUT, at)
    ]

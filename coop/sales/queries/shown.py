"""Lots as pages show them: the stock by grade, the list, one lot with all that stands in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from asyncpg import Record

from coop.kernel.db import Transaction
from coop.sales.queries.lots import LotKey, balance_of
from coop.sales.rules.balance import Balance

PAGE = 25


@dataclass(frozen=True, slots=True)
class GradeStock:
    """What there is of a grade: in no lot, in lots, sold and still in the yard, seized (grams)."""

    grade_code: int
    name_hi: str
    name_en: str
    free_grams: int
    lot_grams: int
    reserved_grams: int
    seized_grams: int

    @property
    def total_grams(self) -> int:
        """All that lies in the yard or with the police."""
        return self.free_grams + self.lot_grams + self.reserved_grams + self.seized_grams


@dataclass(frozen=True, slots=True)
class LotLine:
    """A lot in the list."""

    id: int
    number: str
    own_no: str
    grade_code: int
    name_hi: str
    name_en: str
    made_at: datetime
    made_grams: int
    stock_grams: int
    seized_grams: int
    purchase_count: int

    @property
    def path(self) -> str:
        """The lot's page."""
        return f"/lots/{self.number}"

    @property
    def state(self) -> str:
        """What is left of it."""
        if self.seized_grams:
            return "seized"
        if not self.stock_grams:
            return "empty"
        return "whole" if self.stock_grams == self.made_grams else "begun"


@dataclass(frozen=True, slots=True)
class LotMove:
    """A movement of a lot; grams as the stock sees them."""

    kind: str
    grams: int
    happened_at: datetime
    reason: str
    about_no: str
    sale: str | None


@dataclass(frozen=True, slots=True)
class SiteShare:
    """How much of a lot comes from a site."""

    name: str
    purchase_count: int
    grams: int


@dataclass(frozen=True, slots=True)
class LotShown:
    """A lot with its balance and what stands in it; nobody's name."""

    cooperative_id: int
    cooperative_code: str
    coop_name_hi: str
    coop_name_en: str
    state_lgd: int
    key: LotKey
    own_no: str
    name_hi: str
    name_en: str
    hsn: str
    district_lgd: int
    made_at: datetime
    made_grams: int
    sorted_out_grams: int
    first_weighed_at: datetime
    last_weighed_at: datetime
    purchase_count: int
    balance: Balance
    sites: tuple[SiteShare, ...]
    moves: tuple[LotMove, ...]


_STOCK = """
WITH free AS (
  SELECT w.grade_code, sum(w.payable_grams) AS g FROM weighing w
  WHERE NOT EXISTS (SELECT FROM lot_purchase p WHERE p.cooperative_id = w.cooperative_id AND p.fy = w.fy AND p.weighing_no = w.no)
    AND NOT EXISTS (SELECT FROM weighing_taken_back t WHERE t.cooperative_id = w.cooperative_id AND t.fy = w.fy AND t.no = w.no)
    AND ($1::bigint IS NULL OR w.cooperative_id = $1) GROUP BY 1
), lots AS (
  SELECT l.grade_code, sum(b.stock_grams) AS g, sum(b.seized_grams) AS z FROM lot l
  JOIN lot_balance b ON (b.cooperative_id, b.lot_fy, b.lot_no) = (l.cooperative_id, l.fy, l.no)
  WHERE ($1::bigint IS NULL OR l.cooperative_id = $1) GROUP BY 1
), yard AS (
  SELECT s.grade_code, sum(s.quantity_grams) AS g FROM sale s WHERE ($1::bigint IS NULL OR s.cooperative_id = $1)
    AND NOT EXISTS (SELECT FROM gate_out o WHERE (o.cooperative_id, o.sale_fy, o.sale_no) = (s.cooperative_id, s.fy, s.no))
    AND NOT EXISTS (SELECT FROM sale_note n WHERE (n.cooperative_id, n.sale_fy, n.sale_no) = (s.cooperative_id, s.fy, s.no) AND n.kind = 'reversal')
  GROUP BY 1
)
SELECT g.code, g.name_hi, g.name_en, coalesce(f.g, 0)::bigint, coalesce(l.g, 0)::bigint, coalesce(y.g, 0)::bigint, coalesce(l.z, 0)::bigint
FROM grade g LEFT JOIN free f ON f.grade_code = g.code LEFT JOIN lots l ON l.grade_code = g.code LEFT JOIN yard y ON y.grade_code = g.code
WHERE f.g IS NOT NULL OR l.g IS NOT NULL OR y.g IS NOT NULL ORDER BY g.code
"""


async def stock_by_grade(tx: Transaction, cooperative_id: int | None) -> list[GradeStock]:
    """The stock within reach, or of one cooperative, by grade."""
    return [GradeStock(*row.values()) for row in await tx.fetch(_STOCK, cooperative_id)]


async def lots_before(
    tx: Transaction, cooperative_id: int | None, before: int | None
) -> tuple[list[LotLine], int | None]:
    """A page of lots, the newest first, and the cursor of the next page; None where it is the last."""
    rows = await tx.fetch(
        """SELECT l.id, l.number, l.own_no, l.grade_code, g.name_hi, g.name_en, l.made_at, l.stock_grams AS made_grams, b.stock_grams,
                  b.seized_grams, b.purchase_count
           FROM lot l JOIN lot_balance b ON (b.cooperative_id, b.lot_fy, b.lot_no) = (l.cooperative_id, l.fy, l.no) JOIN grade g ON g.code = l.grade_code
           WHERE ($1::bigint IS NULL OR l.cooperative_id = $1) AND ($2::bigint IS NULL OR l.id < $2) ORDER BY l.id DESC LIMIT $3""",
        cooperative_id,
        before,
        PAGE + 1,
    )
    lines = [LotLine(*row.values()) for row in rows[:PAGE]]
    return lines, lines[-1].id if len(rows) > PAGE else None


_LOT = """
SELECT l.cooperative_id, c.code, c.name_hi AS coop_hi, c.name_en AS coop_en, c.state_lgd, l.fy, l.no, l.number, l.grade_code, l.own_no, g.name_hi, g.name_en,
       g.hsn, l.district_lgd, l.made_at, l.stock_grams AS made_grams, l.sorted_out_grams, l.first_weighed_at, l.last_weighed_at, b.*
FROM lot l JOIN cooperative c ON c.id = l.cooperative_id JOIN grade g ON g.code = l.grade_code
JOIN lot_balance b ON (b.cooperative_id, b.lot_fy, b.lot_no) = (l.cooperative_id, l.fy, l.no) WHERE l.number = $1
"""
_SITES = """
SELECT s.name, count(*)::int AS n, sum(p.grams)::bigint AS g FROM lot_purchase p
JOIN weighing w ON (w.cooperative_id, w.fy, w.no) = (p.cooperative_id, p.fy, p.weighing_no) JOIN site s ON s.id = w.site_id
WHERE (p.cooperative_id, p.lot_fy, p.lot_no) = ($1, $2, $3)
  AND NOT EXISTS (SELECT FROM lot_departure d WHERE (d.cooperative_id, d.fy, d.weighing_no) = (p.cooperative_id, p.fy, p.weighing_no))
GROUP BY s.name ORDER BY n DESC, s.name
"""
_MOVES = """
SELECT m.kind, m.grams, m.happened_at, m.reason, m.about_no, s.number FROM lot_movement m
LEFT JOIN sale s ON (s.cooperative_id, s.fy, s.no) = (m.cooperative_id, m.sale_fy, m.sale_no)
WHERE (m.cooperative_id, m.lot_fy, m.lot_no) = ($1, $2, $3) ORDER BY m.id DESC LIMIT 200
"""


async def lot_shown(tx: Transaction, number: str) -> LotShown | None:
    """A lot within reach by its public number."""
    row = await tx.fetchrow(_LOT, number)
    if row is None:
        return None
    key = (row["cooperative_id"], row["fy"], row["no"])
    sites = [SiteShare(*one.values()) for one in await tx.fetch(_SITES, *key)]
    moves = [LotMove(*one.values()) for one in await tx.fetch(_MOVES, *key)]
    return _lot(row, sites, moves)


def _lot(row: Record, sites: Sequence[SiteShare], moves: Sequence[LotMove]) -> LotShown:
    return LotShown(
        cooperative_id=row["cooperative_id"],
        cooperative_code=row["code"],
        coop_name_hi=row["coop_hi"],
        coop_name_en=row["coop_en"],
        state_lgd=row["state_lgd"],
        key=LotKey(row["fy"], row["no"], row["number"], row["grade_code"]),
        own_no=row["own_no"],
        name_hi=row["name_hi"],
        name_en=row["name_en"],
        hsn=row["hsn"],
        district_lgd=row["district_lgd"],
        made_at=row["made_at"],
        made_grams=row["made_grams"],
        sorted_out_grams=row["sorted_out_grams"],
        first_weighed_at=row["first_weighed_at"],
        last_weighed_at=row["last_weighed_at"],
        purchase_count=row["purchase_count"],
        balance=balance_of(row),
        sites=tuple(sites),
        moves=tuple(moves),
    )

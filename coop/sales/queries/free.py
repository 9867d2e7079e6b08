"""Purchases that stand in no lot, and what a lot's plan must know."""

from dataclasses import dataclass

from coop.kernel.db import Transaction
from coop.sales.rules.filling import LotPlan, Purchase

# Oldest first; nothing after the purchase that reaches the stock is read.
_FREE = """
SELECT fy, no, weighed_at, payable_grams, amount_paise, total FROM (
  SELECT w.fy, w.no, w.weighed_at, w.payable_grams, w.amount_paise, sum(w.payable_grams) OVER ()::bigint AS total,
         sum(w.payable_grams) OVER (ORDER BY w.weighed_at, w.fy, w.no) - w.payable_grams AS before
  FROM weighing w JOIN site s ON s.id = w.site_id
  WHERE w.cooperative_id = $1 AND w.grade_code = $2 AND s.district_lgd = $3 AND w.weighed_at <= $4
    AND NOT EXISTS (SELECT FROM lot_purchase p WHERE p.cooperative_id = w.cooperative_id AND p.fy = w.fy AND p.weighing_no = w.no)
    AND NOT EXISTS (SELECT FROM weighing_taken_back t WHERE t.cooperative_id = w.cooperative_id AND t.fy = w.fy AND t.no = w.no)
  ) x WHERE before < greatest($5::bigint, 1) ORDER BY weighed_at, fy, no
"""


@dataclass(frozen=True, slots=True)
class FreeOf:
    """The free purchases that a lot of a plan would take, and all that is free till then."""

    grade_known: bool
    free_grams: int
    purchases: tuple[Purchase, ...]


@dataclass(frozen=True, slots=True)
class FreeStock:
    """What stands in no lot, by grade and district."""

    grade_code: int
    district_lgd: int
    grams: int
    purchase_count: int


async def free_for(tx: Transaction, cooperative_id: int, plan: LotPlan) -> FreeOf:
    """The purchases that may fill a planned lot, oldest first."""
    grade = await tx.fetchval("SELECT true FROM grade WHERE code = $1", plan.grade_code)
    rows = await tx.fetch(
        _FREE,
        cooperative_id,
        plan.grade_code,
        plan.district_lgd,
        plan.made_at,
        max(0, plan.stock_grams),
    )
    return FreeOf(
        bool(grade),
        rows[0]["total"] if rows else 0,
        tuple(
            Purchase(r["fy"], r["no"], r["weighed_at"], r["payable_grams"], r["amount_paise"])
            for r in rows
        ),
    )


async def free_stock(tx: Transaction, cooperative_id: int | None) -> list[FreeStock]:
    """What stands in no lot within reach, by grade and district; taken back is not counted."""
    rows = await tx.fetch(
        """SELECT w.grade_code, s.district_lgd, sum(w.payable_grams)::bigint AS grams, count(*)::int AS n
           FROM weighing w JOIN site s ON s.id = w.site_id
           WHERE ($1::bigint IS NULL OR w.cooperative_id = $1)
             AND NOT EXISTS (SELECT FROM lot_purchase p WHERE p.cooperative_id = w.cooperative_id AND p.fy = w.fy AND p.weighing_no = w.no)
             AND NOT EXISTS (SELECT FROM weighing_taken_back t WHERE t.cooperative_id = w.cooperative_id AND t.fy = w.fy AND t.no = w.no)
           GROUP BY 1, 2 ORDER BY 1, 2""",
        cooperative_id,
    )
    return [FreeStock(*row.values()) for row in rows]

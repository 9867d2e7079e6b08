"""Receipts drawn by a seed, with the member's name: the one place where oversight sees names."""

from dataclasses import dataclass
from datetime import date, datetime

from coop.kernel.db import Transaction
from coop.reports.rules.sample import SAMPLE_SIZE

_NUMBER = "format('%s-%s-S%s', c.code, lpad((w.fy / 100)::text, 2, '0'), lpad(w.no::text, greatest(5, length(w.no::text)), '0'))"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A receipt of a sample, as the auditor asks the member about it; grams and paise."""

    number: str
    member_id: int
    weighed_at: datetime
    grade_code: int
    payable_grams: int
    amount_paise: int
    paid_mode: str
    void: bool


# coop.reports.rules.sample says the same of a list of numbers; a test holds both together.
_DRAW = f"""
SELECT x.number, x.member_id, x.weighed_at, x.grade_code, x.payable_grams, x.amount_paise, x.paid_mode,
       EXISTS (SELECT FROM weighing_reversal v WHERE (v.cooperative_id, v.weighing_fy, v.weighing_no) = (x.cooperative_id, x.fy, x.no)) AS void
FROM (SELECT {_NUMBER} AS number, w.* FROM weighing w JOIN cooperative c ON c.id = w.cooperative_id
      WHERE w.cooperative_id = $1 AND w.weighed_day BETWEEN $2 AND $3) x
ORDER BY sha256(convert_to($4 || ':' || x.number, 'UTF8')) LIMIT $5
"""  # noqa: S608  (our own words)


async def draw(
    tx: Transaction,
    cooperative_id: int,
    days: tuple[date, date],
    seed: str,
    size: int = SAMPLE_SIZE,
) -> list[Drawn]:
    """Draw receipts of weighings of these days, first and last day included, by a seed."""
    rows = await tx.fetch(_DRAW, cooperative_id, *days, seed, size)
    return [Drawn(*row.values()) for row in rows]


async def numbers(tx: Transaction, cooperative_id: int, days: tuple[date, date]) -> list[str]:
    """All receipt numbers that a draw chooses from, so that anybody can draw again."""
    rows = await tx.fetch(
        f"""SELECT {_NUMBER} AS number FROM weighing w JOIN cooperative c ON c.id = w.cooperative_id
            WHERE w.cooperative_id = $1 AND w.weighed_day BETWEEN $2 AND $3 ORDER BY 1""",  # noqa: S608  (our own words)
        cooperative_id,
        *days,
    )
    return [row["number"] for row in rows]

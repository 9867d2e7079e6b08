"""What was weighed below a floor that a notice set for a past time: counts, nobody's name."""

from dataclasses import dataclass

from coop.kernel.db import Transaction

# Amounts round half a paisa up, as coop.kernel.money does. A weighing is counted, never changed.
_SHORTFALL = """
SELECT c.code, c.name_hi, c.name_en, count(*)::int AS weighings,
       sum((w.payable_grams * l.picker_floor_paise + 500) / 1000 - w.amount_paise)::bigint AS paise
FROM price_notice_line l
JOIN weighing w ON w.grade_code = l.grade_code AND w.weighed_at >= l.effective_from AND w.weighed_at < l.published_at
     AND (l.effective_to IS NULL OR w.weighed_at < l.effective_to) AND w.rate_paise < l.picker_floor_paise
JOIN site s ON s.id = w.site_id AND s.district_lgd = l.district_lgd
JOIN cooperative c ON c.id = w.cooperative_id
WHERE l.notice_no = $1 GROUP BY c.code, c.name_hi, c.name_en ORDER BY c.code
"""


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A cooperative's weighings below a notice's floor and the paise they lie below it."""

    code: str
    name_hi: str
    name_en: str
    weighings: int
    paise: int


async def shortfall_of(tx: Transaction, notice_no: str) -> list[Shortfall]:
    """What was weighed, before a notice was published, for the time that it names; within reach."""
    return [Shortfall(*row.values()) for row in await tx.fetch(_SHORTFALL, notice_no)]

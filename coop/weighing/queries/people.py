"""Weighings of one member, as the member's page shows them."""

from dataclasses import dataclass
from datetime import date, datetime

from coop.kernel.db import Transaction

_WEIGHINGS = """
SELECT format('%s-%s-S%s', c.code, lpad((w.fy / 100)::text, 2, '0'), lpad(w.no::text, greatest(5, length(w.no::text)), '0')) AS number,
       w.weighed_at, w.grade_code, w.payable_grams, w.amount_paise
FROM weighing w JOIN cooperative c ON c.id = w.cooperative_id
WHERE w.cooperative_id = $1 AND w.member_id = $2 AND ($3::date IS NULL OR w.weighed_day > $3)
ORDER BY w.weighed_day DESC, w.fy DESC, w.no DESC LIMIT $4
"""


@dataclass(frozen=True, slots=True)
class MemberWeighing:
    """A weighing in a member's list; grams and paise."""

    number: str
    weighed_at: datetime
    grade_code: int
    payable_grams: int
    amount_paise: int

    @property
    def path(self) -> str:
        """The slip's page."""
        return f"/slips/{self.number}"


async def weighings_of(
    tx: Transaction, cooperative_id: int, member_id: int, after: date | None = None, most: int = 5
) -> list[MemberWeighing]:
    """The last weighings of a member; ``after``: only those of later days, which are exceptions."""
    rows = await tx.fetch(_WEIGHINGS, cooperative_id, member_id, after, most)
    return [MemberWeighing(*row.values()) for row in rows]

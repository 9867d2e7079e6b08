"""Weighings of one member, as the member's page shows them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from coop.kernel.db import Transaction
from coop.members.queries.search import LATEST

_WEIGHINGS = """
SELECT format('%s-%s-S%s', c.code, lpad((w.fy / 100)::text, 2, '0'), lpad(w.no::text, greatest(5, length(w.no::text)), '0')) AS number,
       w.weighed_at, w.grade_code, w.payable_grams, w.amount_paise
FROM weighing w JOIN cooperative c ON c.id = w.cooperative_id
WHERE w.cooperative_id = $1 AND w.member_id = $2 AND ($3::date IS NULL OR w.weighed_day > $3)
ORDER BY w.weighed_day DESC, w.fy DESC, w.no DESC LIMIT $4
"""
_SELLER = f"""
SELECT m.member_no, split_part(v.name_hi, ' ', 1) AS name_hi, split_part(v.name_latin, ' ', 1) AS name_latin,
       (SELECT count(*) FROM weighing w WHERE (w.cooperative_id, w.member_id, w.weighed_day) = (m.cooperative_id, m.id, $3)
         AND NOT EXISTS (SELECT FROM weighing_reversal x WHERE (x.cooperative_id, x.weighing_fy, x.weighing_no)
                         = (w.cooperative_id, w.fy, w.no)))::int AS today
FROM member m {LATEST} WHERE m.cooperative_id = $1 AND m.member_no = $2
"""  # noqa: S608  (parts of ours)
# Slips that say a page of the paper book; the page is entered once.
_PAPER = """
SELECT format('%s-%s-S%s', c.code, lpad((w.fy / 100)::text, 2, '0'), lpad(w.no::text, greatest(5, length(w.no::text)), '0'))
FROM weighing w JOIN cooperative c ON c.id = w.cooperative_id
WHERE w.cooperative_id = $1 AND w.paper_no = $2 AND NOT EXISTS (SELECT FROM desk_entry d
  WHERE (d.cooperative_id, d.fy, d.weighing_no) = (w.cooperative_id, w.fy, w.no) AND d.entry_id = $3)
  AND NOT EXISTS (SELECT FROM weighing_reversal x WHERE (x.cooperative_id, x.weighing_fy, x.weighing_no) = (w.cooperative_id, w.fy, w.no))
ORDER BY w.fy, w.no LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Seller:
    """Whom the desk greets: number, first name, and how often weighed today. Nothing more of them."""

    number: str
    name_hi: str
    name_latin: str
    weighings_today: int


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


async def seller(
    tx: Transaction, cooperative_id: int, member_no: str, today: date
) -> Seller | None:
    """Who has a number in this cooperative; None where nobody has it."""
    row = await tx.fetchrow(_SELLER, cooperative_id, member_no, today)
    return Seller(*row.values()) if row else None


async def slip_of_paper(
    tx: Transaction, cooperative_id: int, paper_no: str, but: UUID
) -> str | None:
    """The slip on which a page of the paper book stands already, other than the entry ``but``."""
    found: str | None = await tx.fetchval(_PAPER, cooperative_id, paper_no, but)
    return found

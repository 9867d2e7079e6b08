"""Transfers between cooperatives, as both of them see them."""

from dataclasses import dataclass
from datetime import date, datetime

from coop.kernel.db import Transaction

_TRANSFERS = """
SELECT t.id, t.from_cooperative_id, f.code AS from_code, t.to_cooperative_id, o.code AS to_code, t.member_id, t.shares, t.due_paise,
       t.asked_at, coalesce(a.answer, '') AS answer, a.on_day, a.new_member_id
FROM member_transfer t JOIN cooperative f ON f.id = t.from_cooperative_id JOIN cooperative o ON o.id = t.to_cooperative_id
LEFT JOIN transfer_answer a ON a.transfer_id = t.id
"""


@dataclass(frozen=True, slots=True)
class Transfer:
    """A transfer with what it stated when it was asked; ``answer`` empty while it is open."""

    id: int
    from_cooperative_id: int
    from_code: str
    to_cooperative_id: int
    to_code: str
    member_id: int
    shares: int
    due_paise: int
    asked_at: datetime
    answer: str
    on_day: date | None
    new_member_id: int | None

    @property
    def open(self) -> bool:
        """Whether it waits for an answer."""
        return not self.answer


async def transfers(tx: Transaction, most: int = 50) -> list[Transfer]:
    """Transfers from and to the cooperatives within reach: open ones first, then the last."""
    rows = await tx.fetch(
        f"{_TRANSFERS} ORDER BY a.transfer_id IS NOT NULL, t.id DESC LIMIT $1", most
    )
    return [Transfer(*row.values()) for row in rows]


async def transfer(tx: Transaction, transfer_id: int) -> Transfer | None:
    """One transfer within reach of either cooperative."""
    row = await tx.fetchrow(f"{_TRANSFERS} WHERE t.id = $1", transfer_id)
    return Transfer(*row.values()) if row else None


async def open_transfer_of(tx: Transaction, member_id: int) -> Transfer | None:
    """The open transfer of a member."""
    row = await tx.fetchrow(
        f"{_TRANSFERS} WHERE t.member_id = $1 AND a.transfer_id IS NULL", member_id
    )
    return Transfer(*row.values()) if row else None

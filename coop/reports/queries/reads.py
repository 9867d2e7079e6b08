"""Who read personal data: the list of reads, newest first."""

from dataclasses import dataclass
from datetime import datetime

from coop.kernel.db import Transaction


@dataclass(frozen=True, slots=True)
class Read:
    """One reading: when, who by role or machine, of which cooperative, what and how many rows."""

    id: int
    at: datetime
    actor: str
    roles: tuple[str, ...]
    code: str
    question: str
    about: str
    rows: int


# Whose roles an account holds is asked past the row guard: a reader may be of the agency.
_READS = """
SELECT r.id, r.at, r.actor,
       coalesce((SELECT array_agg(DISTINCT a.role ORDER BY a.role) FROM coop_assignments_of(
         CASE WHEN r.actor LIKE 'user:%' THEN split_part(r.actor, ':', 2)::bigint ELSE 0 END, $4) a), '{}') AS roles,
       coalesce(c.code, '') AS code, r.question, r.about, r.row_count
FROM audit_read r LEFT JOIN cooperative c ON c.id = r.cooperative_id
WHERE ($1::bigint IS NULL OR r.id < $1) AND ($2 = '' OR c.code = $2) ORDER BY r.id DESC LIMIT $3
"""


async def reads(
    tx: Transaction, at: datetime, code: str = "", before: int | None = None, most: int = 51
) -> list[Read]:
    """The newest reads within reach, or those before one; ``code``: of one cooperative only."""
    rows = await tx.fetch(_READS, before, code, most, at)
    return [
        Read(r["id"], r["at"], r["actor"], tuple(r["roles"]), *list(r.values())[4:]) for r in rows
    ]

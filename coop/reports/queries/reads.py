"""Who read personal data: the list of reads, newest first.

Reads of cases and of the box are recorded and sealed like all others, but not listed: that there was
one, and when, would tell of a case. Of children it is listed that somebody looked, not at whom nor
how many: more than a band does not cross the wall.
"""

from dataclasses import dataclass
from datetime import datetime

from coop.kernel.db import Transaction


@dataclass(frozen=True, slots=True)
class Read:
    """One reading: when, who by role or machine, of which cooperative, what and how many rows, or None."""

    id: int
    at: datetime
    actor: str
    roles: tuple[str, ...]
    code: str
    question: str
    about: str
    rows: int | None


# Whose roles an account holds is asked past the row guard: a reader may be of the agency.
_READS = """
SELECT r.id, r.at, r.actor,
       coalesce((SELECT array_agg(DISTINCT a.role ORDER BY a.role) FROM coop_assignments_of(
         CASE WHEN r.actor LIKE 'user:%' THEN split_part(r.actor, ':', 2)::bigint ELSE 0 END, $4) a), '{}') AS roles,
       coalesce(c.code, '') AS code, r.question,
       CASE WHEN k.of_children THEN '' ELSE r.about END, CASE WHEN k.of_children THEN NULL ELSE r.row_count END
FROM audit_read r LEFT JOIN cooperative c ON c.id = r.cooperative_id
CROSS JOIN LATERAL (SELECT r.question LIKE 'child%' OR r.question LIKE '%pupils' AS of_children) k
WHERE r.question NOT LIKE 'case%' AND r.question NOT LIKE 'voice%' AND r.question <> 'household_screened'
  AND ($1::bigint IS NULL OR r.id < $1) AND ($2 = '' OR c.code = $2) ORDER BY r.id DESC LIMIT $3
"""


async def reads(
    tx: Transaction, at: datetime, code: str = "", before: int | None = None, most: int = 51
) -> list[Read]:
    """The newest reads within reach, or those before one; ``code``: of one cooperative only."""
    rows = await tx.fetch(_READS, before, code, most, at)
    return [
        Read(r["id"], r["at"], r["actor"], tuple(r["roles"]), *list(r.values())[4:]) for r in rows
    ]

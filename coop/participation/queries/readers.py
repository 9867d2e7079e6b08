"""Who reads a box, as long as nobody hands in a better answer: by the roles that are held now."""

from coop.access.roles import Role
from coop.kernel import clock
from coop.kernel.db import SYSTEM, transaction
from coop.participation.rules import Reader

_HELD = """
SELECT DISTINCT r.user_id, u.display_name, r.role = $3 AS outside FROM role_assignment r
JOIN user_account u ON u.id = r.user_id
WHERE ((r.role = $2 AND r.cooperative_id = $1) OR (r.role = $3 AND r.cooperative_id IS NULL))
  AND r.holds_from <= $4 AND (r.holds_to IS NULL OR r.holds_to > $4)
  AND NOT EXISTS (SELECT FROM role_assignment_end e WHERE e.assignment_id = r.id)
  AND NOT EXISTS (SELECT FROM account_closed c WHERE c.user_id = r.user_id)
ORDER BY r.user_id"""


async def readers_by_role(cooperative_id: int) -> tuple[Reader, ...]:
    """The cooperative's focal points, and the agency's standby who is of outside.

    In a transaction of its own with the agency's reach: whoever opens the box reaches nobody.
    """
    async with transaction(SYSTEM) as tx:
        rows = await tx.fetch(
            _HELD, cooperative_id, Role.FOCAL_POINT.value, Role.STANDBY.value, clock.now()
        )
    return tuple(Reader(*row.values()) for row in rows)

"""Owners of buyers, and the flags where one has a member's name."""

from coop.kernel.db import Transaction


async def open_conflicts(tx: Transaction, buyer_id: int) -> int:
    """How many flags of a buyer nobody has decided on, in cooperatives within reach."""
    return int(
        await tx.fetchval(
            """SELECT count(*) FROM buyer_conflict c JOIN buyer_owner o ON o.id = c.owner_id
               WHERE o.buyer_id = $1
                 AND NOT EXISTS (SELECT FROM buyer_conflict_decision d WHERE d.conflict_id = c.id)""",
            buyer_id,
        )
    )

"""A form's own id, so that a double submit books once."""

import hashlib
from uuid import UUID

from coop.kernel.db import Transaction
from coop.kernel.refusal import Conflict


async def sent_before(
    tx: Transaction, cooperative_id: int | None, operation_id: UUID, *content: object
) -> bool:
    """Keep the id of an act with what was sent; True if the same came before and stands.

    Called after the chain is locked. Raises Conflict where the id stands for something else.
    """
    digest = hashlib.sha256(repr(content).encode("utf-8", "replace")).digest()
    done = await tx.execute(
        "INSERT INTO livelihood_act (operation_id, cooperative_id, content) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        operation_id,
        cooperative_id,
        digest,
    )
    if done.endswith(" 1"):
        return False
    stands = await tx.fetchval(
        "SELECT content FROM livelihood_act WHERE operation_id = $1", operation_id
    )
    if stands != digest:
        raise Conflict(str(operation_id))
    return True

"""A form's own id, so that a double submit books once."""

import hashlib
import json
from uuid import UUID

from coop.kernel.db import Transaction
from coop.kernel.refusal import Conflict


async def taken_before(
    tx: Transaction, cooperative_id: int, operation_id: UUID, *content: object
) -> bool:
    """Keep the id of an act with what was sent; True if the same came before and stands.

    Called after the chain is locked. Raises Conflict where the id stands for something else.
    """
    digest = hashlib.sha256(json.dumps(content, default=str).encode()).digest()
    done = await tx.execute(
        "INSERT INTO scheme_act (operation_id, cooperative_id, content) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        operation_id,
        cooperative_id,
        digest,
    )
    if done.endswith(" 1"):
        return False
    stands = await tx.fetchval(
        "SELECT content FROM scheme_act WHERE operation_id = $1", operation_id
    )
    if stands != digest:
        raise Conflict(str(operation_id))
    return True

"""A form that was sent twice books once."""

import hashlib
import json
from collections.abc import Mapping
from uuid import UUID

from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import Conflict


async def sent_before(
    tx: Transaction,
    cooperative_id: int,
    person_id: int | None,
    operation_id: UUID,
    body: Mapping[str, str],
) -> bool:
    """Whether this form was booked already; Conflict where it came with another content.

    The caller holds the chain's lock. The hash goes when the child's record is erased.
    """
    content = json.dumps(dict(sorted(body.items())), ensure_ascii=False).encode("utf-8")
    digest = hashlib.sha256(operation_id.bytes + content).digest()
    row = await tx.fetchrow(
        """INSERT INTO schooling_form (operation_id, cooperative_id, person_id, body_sha256, sent_at)
           VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING operation_id""",
        operation_id,
        cooperative_id,
        person_id,
        digest,
        clock.now(),
    )
    if row is not None:
        return False
    stands = await tx.fetchval(
        "SELECT body_sha256 FROM schooling_form WHERE operation_id = $1", operation_id
    )
    if stands != digest:
        raise Conflict(str(operation_id))
    return True

"""Say what became of a receipt. A later row of the same receipt overrides the earlier."""

from coop.audit.operations import record, sealed
from coop.audit.rules import AuditTag, Seal
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.receipts.rules.status_list import Status

RECEIPT_STATUS_SEAL = Seal(
    AuditTag.RECEIPT_MARKED,
    "SELECT jsonb_build_array(sidx, status, at, reason)::text FROM receipt_status"
    " WHERE cooperative_id = $1 AND id = $2::text::bigint",
)


async def mark(
    tx: Transaction, cooperative_id: int, sidx: int, status: Status, reason: str
) -> None:
    """Mark a receipt valid, void, held or replaced; ``reason`` is a code of at most 80 signs.

    Recorded by itself, whatever act it is part of.
    """
    number = await tx.fetchval(
        "INSERT INTO receipt_status (cooperative_id, sidx, status, at, reason)"
        " VALUES ($1, $2, $3, $4, $5) RETURNING id",
        cooperative_id,
        sidx,
        int(status),
        clock.now(),
        reason,
    )
    await record(
        tx,
        AuditTag.RECEIPT_MARKED,
        cooperative_id=cooperative_id,
        table="receipt_status",
        row=str(number),
        facts={
            "sidx": sidx,
            "status": int(status),
            "rows_sha256": await sealed(tx, RECEIPT_STATUS_SEAL, cooperative_id, str(number)),
        },
    )

"""Say what became of a receipt. A later row of the same receipt overrides the earlier."""

from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.receipts.rules.status_list import Status


async def mark(
    tx: Transaction, cooperative_id: int, sidx: int, status: Status, reason: str
) -> None:
    """Mark a receipt valid, void, held or replaced; ``reason`` is a code of at most 80 signs.

    Part of an act that its caller records.
    """
    await tx.execute(
        "INSERT INTO receipt_status (cooperative_id, sidx, status, at, reason)"
        " VALUES ($1, $2, $3, $4, $5)",
        cooperative_id,
        sidx,
        int(status),
        clock.now(),
        reason,
    )

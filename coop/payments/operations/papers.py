"""Give out a voucher on paper: one row a paper, so that the next is marked a copy."""

from coop.audit.operations import reads_of, record_read
from coop.kernel.db import Transaction
from coop.payments.queries.paper import PAPER_READ


async def count_print(tx: Transaction, cooperative_id: int, number: str) -> int:
    """Write down a print of a voucher within reach; return how many there were before it.

    Two who print at once follow each other: the second gets the copy.
    """
    await tx.fetchval("SELECT pg_advisory_xact_lock(hashtextextended($1, 58))", number)
    before = await reads_of(tx, PAPER_READ, cooperative_id=cooperative_id, about=number)
    await record_read(tx, PAPER_READ, cooperative_id=cooperative_id, about=number, rows=1)
    return before

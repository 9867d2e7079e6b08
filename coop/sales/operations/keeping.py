"""What every act of this domain does around its own rows: once by its id, sealed into the chain."""

from dataclasses import dataclass

from coop.audit.operations import record, sealed
from coop.audit.rules import AuditTag, Fact
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import Conflict
from coop.sales.queries.seals import SEAL_OF
from coop.sales.rules.once import Once


@dataclass(frozen=True, slots=True)
class Seller:
    """The cooperative whose lots and sales these are; its State by LGD code."""

    cooperative_id: int
    code: str
    state_lgd: int


async def answered(tx: Transaction, seller: Seller, once: Once | None) -> str | None:
    """What was answered to this id before, None for a new one. Conflict for another body.

    Ask after the cooperative's chain is locked.
    """
    if once is None:
        return None
    row = await tx.fetchrow(
        "SELECT content, answer FROM sales_act WHERE cooperative_id = $1 AND operation_id = $2",
        seller.cooperative_id,
        once.operation_id,
    )
    if row is None:
        return None
    if row["content"] != once.content:
        raise Conflict(str(once.operation_id))
    return str(row["answer"])


async def keep(tx: Transaction, seller: Seller, once: Once | None, answer: str) -> None:
    """Keep what was answered to an id."""
    if once is not None:
        await tx.execute(
            "INSERT INTO sales_act (cooperative_id, operation_id, act, content, answer, at)"
            " VALUES ($1, $2, $3, $4, $5, $6)",
            seller.cooperative_id,
            once.operation_id,
            once.act,
            once.content,
            answer,
            clock.now(),
        )


async def chain(
    tx: Transaction, seller: Seller, tag: AuditTag, table: str, row: str, **facts: Fact
) -> None:
    """Record an act with the digest of its rows as they stand now."""
    digest = await sealed(tx, SEAL_OF[tag], seller.cooperative_id, row)
    await record(
        tx,
        tag,
        cooperative_id=seller.cooperative_id,
        table=table,
        row=row,
        facts={**facts, "rows_sha256": digest},
    )

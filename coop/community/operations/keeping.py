"""What the acts share: a form that was sent twice, and the entry that seals a row."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from coop.audit.operations import lock_head, record, sealed
from coop.audit.rules import Fact, Seal
from coop.kernel.db import Transaction
from coop.schooling.operations.once import sent_before


@dataclass(frozen=True, slots=True)
class Sending:
    """A form as it was sent: its number, what was typed, the role in which, for which partner."""

    operation_id: UUID
    body: Mapping[str, str]
    role: str
    partner_id: int | None = None


async def begin_act(tx: Transaction, cooperative_id: int, sending: Sending) -> bool:
    """Lock the chain; False where this form was booked already. Raises Conflict for another content."""
    await lock_head(tx, cooperative_id)
    return not await sent_before(tx, cooperative_id, None, sending.operation_id, sending.body)


async def seal_act(
    tx: Transaction, seal: Seal, cooperative_id: int, table: str, row: int, **facts: Fact
) -> None:
    """Record an act with the digest of its rows."""
    digest = await sealed(tx, seal, cooperative_id, str(row))
    await record(
        tx,
        seal.tag,
        cooperative_id=cooperative_id,
        table=table,
        row=str(row),
        facts={**facts, "rows_sha256": digest},
    )

"""An act on a buyer: the row that its other rows hang on, opened first and chained last."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from coop.audit.operations import lock_head, record, sealed
from coop.audit.rules import AuditTag, Fact
from coop.buyers.queries import Known, known_buyer
from coop.buyers.queries.faults import SEALS
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import Conflict, NotThere

_SEALS = {seal.tag: seal for seal in SEALS}


@dataclass(frozen=True, slots=True)
class Sent:
    """A form as it was sent: the id drawn with it, and SHA-256 of what it held."""

    operation_id: UUID
    content: bytes


@dataclass(frozen=True, slots=True)
class Act:
    """An act under way."""

    id: int
    tag: AuditTag


async def replayed(tx: Transaction, tag: AuditTag, sent: Sent) -> bool:
    """Lock the agency's chain; tell whether this form was booked before, so that nothing is to do.

    Raises Conflict where the form's id came before with another content.
    """
    await lock_head(tx, None)
    row = await tx.fetchrow(
        "SELECT content, tag FROM buyer_act WHERE operation_id = $1", sent.operation_id
    )
    if row is None:
        return False
    if (row["content"], row["tag"]) != (sent.content, tag.label):
        raise Conflict(str(sent.operation_id))
    return True


async def open_act(tx: Transaction, tag: AuditTag, buyer_code: str, sent: Sent | None) -> Act:
    """Write the act's own row, once nothing is refused; its caller closes it."""
    made = await tx.fetchval(
        "INSERT INTO buyer_act (buyer_code, tag, operation_id, content, acted_at, acted_by)"
        " VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
        buyer_code,
        tag.label,
        sent.operation_id if sent else None,
        sent.content if sent else None,
        clock.now(),
        tx.reach.actor,
    )
    return Act(made, tag)


async def close_act(tx: Transaction, act: Act, facts: Mapping[str, Fact]) -> None:
    """Chain the act with the digest of the rows that it wrote."""
    digest = await sealed(tx, _SEALS[act.tag], None, str(act.id))
    await record(
        tx,
        act.tag,
        cooperative_id=None,
        table="buyer_act",
        row=str(act.id),
        facts={**facts, "rows_sha256": digest},
    )


async def must_know(tx: Transaction, buyer_code: str) -> Known:
    """The buyer of a code as it stands now that the chain is locked. Raises NotThere."""
    known = await known_buyer(tx, buyer_code)
    if known is None:
        raise NotThere(buyer_code)
    return known

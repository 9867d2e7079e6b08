"""What witnesses signed of our checkpoints is kept and served under them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from coop.audit.operations import record
from coop.audit.rules import AuditTag
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import Refusal, Refused
from coop.kernel.words import Said, say
from coop.log.queries.checkpoints import checkpoint_of_size
from coop.receipts.operations.trust import list_in_force
from coop.receipts.queries import HeldLogKey, log_keys
from coop.receipts.rules.note import Cosignature, Head, SignatureLine, read_checkpoint, read_note
from coop.receipts.rules.trust_list import WITNESS, LogKey
from coop.settings import settings

_AHEAD = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Kept:
    """Of which size cosignatures were kept, and whose."""

    size: int
    witnesses: tuple[str, ...]


async def keep_cosignatures(tx: Transaction, data: bytes) -> Kept:
    """Keep the lines of witnesses under a checkpoint of ours, given as a whole note.

    The same line again changes nothing. Raises Refused for a note that is none, a tree that is not
    ours, a line that is false or from the future, and where no witness of the list signed.
    """
    head = await _own_head(tx, data)
    held = await _witnesses_in_force(tx)
    found: list[tuple[HeldLogKey, SignatureLine, Cosignature]] = []
    note = read_note(data)
    for line in note.lines if note else ():
        mine = [k for k in held if (k.name, k.id) == (line.name, line.key_id)]
        alone = f"{head.text}\n{line.text}".encode()
        if not mine:
            continue
        read = read_checkpoint(alone, mine)
        if read is None or not read.cosignatures:
            raise _refused(
                "false_cosignature", say("This witness's line does not hold. Sign again.")
            )
        found.append((held[mine[0]], line, read.cosignatures[0]))
    if not found:
        message = say("No witness of the key list signed this. Have the witness's key added first.")
        raise _refused("no_witness_line", message)
    for one in found:
        await _keep(tx, head, *one)
    return Kept(head.size, tuple(cosigned.witness for _, _, cosigned in found))


async def _witnesses_in_force(tx: Transaction) -> dict[LogKey, HeldLogKey]:
    """Those that the list of keys names today: a line that no verifier knows would help nobody."""
    listed = await list_in_force(tx)
    named = set(listed.log_keys) if listed else set()
    return {
        one.key: one
        for one in await log_keys(tx)
        if one.key in named and one.key.type == WITNESS and not one.state
    }


async def _own_head(tx: Transaction, data: bytes) -> Head:
    """The checkpoint that is meant, which must be one of ours to the letter."""
    read = read_checkpoint(data, [])
    if read is None:
        raise _refused(
            "not_a_checkpoint", say("This is no checkpoint. Send the whole signed note.")
        )
    head = read.head
    ours = await checkpoint_of_size(tx, head.size) if head.size < 2**63 else None
    if ours is None:
        raise _refused("unknown_checkpoint", say("No checkpoint of this size was signed here."))
    if Head(settings().log_origin, ours.size, ours.root).text != read.note.text:
        message = say("This is another tree than ours. Keep it as evidence and tell the agency.")
        raise _refused("other_tree", message)
    return head


def _refused(code: str, message: Said) -> Refused:
    return Refused([Refusal(code, message)])


async def _keep(
    tx: Transaction, head: Head, witness: HeldLogKey, line: SignatureLine, cosigned: Cosignature
) -> None:
    if cosigned.timestamp > (clock.now() + _AHEAD).timestamp():
        message = say("This line's time is still to come. Set the witness's clock.")
        raise _refused("cosigned_in_future", message)
    done = await tx.execute(
        "INSERT INTO log_cosignature (log_key_id, size, seen_at, line, received_at, received_by)"
        " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
        witness.id,
        head.size,
        datetime.fromtimestamp(cosigned.timestamp, UTC),
        line.text,
        clock.now(),
        tx.reach.actor,
    )
    if done.endswith(" 1"):
        await record(
            tx,
            AuditTag.CHECKPOINT_COSIGNED,
            cooperative_id=None,
            table="log_cosignature",
            row=str(head.size),
            facts={
                "witness": cosigned.witness,
                "size": head.size,
                "seen_at": cosigned.timestamp,
            },
        )

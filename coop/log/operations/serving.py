"""What the log gives out: the newest checkpoint and a receipt's proof, with their witnesses' lines."""

from pathlib import Path

from coop.kernel.db import Transaction
from coop.log.queries.checkpoints import cosignature_lines, newest_checkpoint, place_of
from coop.log.queries.tiles import path_of
from coop.receipts.operations.log_keys import log_signers
from coop.receipts.rules.log_proof import write_proof
from coop.receipts.rules.note import Head, sign_head


async def served_checkpoint(tx: Transaction) -> bytes | None:
    """The newest checkpoint with the cosignatures that it has; None before the first."""
    newest = await newest_checkpoint(tx)
    if newest is None:
        return None
    return newest.note + (await cosignature_lines(tx, newest.size)).encode()


async def proof_of(tx: Transaction, keys: Path, origin: str, cti: bytes) -> bytes | None:
    """A receipt's proof as a file; None where it stands in no checkpoint yet.

    It leads to the first checkpoint that covers the receipt and that a witness signed, else to the
    newest, signed by the keys that sign now: a key of the log that was withdrawn spoils no proof.
    """
    place = await place_of(tx, cti)
    if place is None:
        return None
    path = await path_of(tx, place.index, place.size)
    signed = sign_head(Head(origin, place.size, place.root), await log_signers(tx, keys))
    lines = await cosignature_lines(tx, place.size)
    return write_proof(place.index, path, signed + lines.encode())

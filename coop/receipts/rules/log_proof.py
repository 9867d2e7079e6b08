"""A receipt's proof that it stands in the public log (C2SP tlog-proof@v1), and the strict check."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coop.receipts.rules.note import Checkpoint, base64_text, bytes_of_base64, read_checkpoint
from coop.receipts.rules.tree import inclusion_holds, leaf_hash
from coop.receipts.rules.trust_list import LogKey

_FIRST = "c2sp.org/tlog-proof@v1"
_INDEX = re.compile(r"index (0|[1-9][0-9]{0,19})")
_EXTRA = "extra "


@dataclass(frozen=True, slots=True)
class LogProof:
    """A leaf's place, its path from the sibling upwards, and the checkpoint it leads to, as bytes."""

    index: int
    path: tuple[bytes, ...]
    checkpoint: bytes


def write_proof(index: int, path: Sequence[bytes], checkpoint: bytes) -> bytes:
    """A proof as text; the checkpoint stands in it byte for byte."""
    lines = [_FIRST, f"index {index}", *(base64_text(one) for one in path), "", ""]
    return "\n".join(lines).encode() + checkpoint


def read_proof(data: bytes) -> LogProof | None:
    """Take a proof apart; None where it is none. The checkpoint is not looked at here."""
    head, mark, checkpoint = data.partition(b"\n\n")
    try:
        lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError:
        return None
    if not mark or lines.pop(0) != _FIRST:
        return None
    if lines and lines[0].startswith(_EXTRA) and bytes_of_base64(lines.pop(0)[6:]) is None:
        return None
    found = _INDEX.fullmatch(lines.pop(0)) if lines else None
    path = [bytes_of_base64(line) for line in lines]
    if found is None or any(one is None or len(one) != 32 for one in path):
        return None
    return LogProof(int(found[1]), tuple(one for one in path if one is not None), checkpoint)


@dataclass(frozen=True, slots=True)
class StrictLog:
    """What a strict check goes by: the given checkpoint, if the log signed it, the keys of the list,
    and where a receipt's proof is found by its cti (None: there is none)."""

    given: Checkpoint | None
    keys: tuple[LogKey, ...]
    proof_of: Callable[[bytes], bytes | None]


def strict_log(
    checkpoint: bytes, keys: Sequence[LogKey], proof_of: Callable[[bytes], bytes | None]
) -> StrictLog:
    """Prepare a strict check against a checkpoint's bytes; a false one lets no receipt stand in it."""
    given = read_checkpoint(checkpoint, keys)
    return StrictLog(given if given and given.logged else None, tuple(keys), proof_of)


def proven_by(log: StrictLog, signed: bytes, cti: object) -> Checkpoint | None:
    """The checkpoint that a receipt (its COSE bytes) is proven by, None where it is not proven.

    The log signed it, with the given one's origin; it is the given one's tree or another size that
    a witness saw; the path leads from the receipt to its root.
    """
    if log.given is None or not isinstance(cti, bytes) or len(cti) != 10:
        return None
    data = log.proof_of(cti)
    proof = read_proof(data) if data is not None else None
    found = read_checkpoint(proof.checkpoint, log.keys) if proof else None
    if proof is None or found is None or not found.logged or not _of_one_log(found, log.given):
        return None
    head, leaf = found.head, leaf_hash(signed)
    holds = inclusion_holds(proof.index, head.size, leaf, proof.path, head.root)
    return found if holds else None


def _of_one_log(found: Checkpoint, given: Checkpoint) -> bool:
    """Neither another log's, nor a fork, nor a size that nobody but the log has seen."""
    if found.head.origin != given.head.origin:
        return False
    if found.head.size == given.head.size:
        return found.head.root == given.head.root
    return bool(found.cosignatures)


def seen_before(checkpoint: Checkpoint, instant: int) -> bool:
    """Whether a witness signed it before a Unix second."""
    return any(one.timestamp < instant for one in checkpoint.cosignatures)

"""Signed notes, checkpoints and cosignatures (C2SP signed-note, tlog-checkpoint, tlog-cosignature).

A note is text, an empty line, and lines that sign the text. A checkpoint's text names the log (its
origin), the number of its leaves and their root. A witness's line also says when it looked.
"""

import base64
import binascii
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from coop.receipts.rules.cose import ed25519_holds
from coop.receipts.rules.trust_list import KEY_NAME, LOG, WITNESS, LogKey

_DASH = "— "
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f]")
_SIZE = re.compile(r"0|[1-9][0-9]{0,19}")
_MOST = 2**64
_LATEST = 2**63 - 1
_LEAST_SIGNATURE = 5  # four bytes of key id and at least one more


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One line under a note: who, the four bytes of the key's id, and the signature itself."""

    name: str
    key_id: bytes
    signature: bytes

    @property
    def text(self) -> str:
        """The line as it stands in the note, with its end."""
        return f"{_DASH}{self.name} {base64_text(self.key_id + self.signature)}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A note taken apart: its text with the last line's end, and the lines that sign it."""

    text: str
    lines: tuple[SignatureLine, ...]

    @property
    def data(self) -> bytes:
        """The whole note as bytes."""
        return (self.text + "\n" + "".join(line.text for line in self.lines)).encode()


@dataclass(frozen=True, slots=True)
class Head:
    """What a checkpoint says: which log, how many leaves, the root over them."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The text that is signed, without extension lines: we write none."""
        return f"{self.origin}\n{self.size}\n{base64_text(self.root)}\n"


@dataclass(frozen=True, slots=True)
class Cosignature:
    """A witness's word: at this Unix second the largest tree it had seen was this one."""

    witness: str
    timestamp: int


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A checkpoint whose lines of known keys all verify. ``logged``: the log's own key is among them."""

    head: Head
    logged: bool
    cosignatures: tuple[Cosignature, ...]
    note: Note


def base64_text(data: bytes) -> str:
    """Base64 of RFC 4648 section 4, with padding."""
    return base64.b64encode(data).decode("ascii")


def bytes_of_base64(text: str) -> bytes | None:
    """The bytes, or None where they would not be written so again."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if base64_text(data) == text else None


def read_note(data: bytes) -> Note | None:
    """Take a note apart; None where it is none. Nothing is verified here."""
    try:
        whole = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    text, mark, signed = whole.rpartition("\n\n")
    if not mark or not signed.endswith("\n") or _CONTROL.search(whole):
        return None
    lines = [_line(line) for line in signed[:-1].split("\n")]
    found = tuple(line for line in lines if line is not None)
    return Note(text + "\n", found) if len(found) == len(lines) else None


def _line(text: str) -> SignatureLine | None:
    name, space, coded = text.removeprefix(_DASH).partition(" ")
    data = bytes_of_base64(coded)
    if not text.startswith(_DASH) or not space or not KEY_NAME.fullmatch(name):
        return None
    if data is None or len(data) < _LEAST_SIGNATURE:
        return None
    return SignatureLine(name, data[:4], data[4:])


def read_head(text: str) -> Head | None:
    """The three lines of a checkpoint's text; lines after them (extensions) say nothing to us."""
    lines = text.removesuffix("\n").split("\n")
    if len(lines) < 3 or "" in lines or not _SIZE.fullmatch(lines[1]):
        return None
    size, root = int(lines[1]), bytes_of_base64(lines[2])
    if size >= _MOST or root is None or len(root) != 32:
        return None
    return Head(lines[0], size, root)


def read_checkpoint(data: bytes, keys: Iterable[LogKey]) -> Checkpoint | None:
    """Read a checkpoint against known keys; None where it is none or a known key's line is false.

    Lines of other keys are passed over. ``logged`` is to be looked at before the rest is believed.
    """
    note = read_note(data)
    head = read_head(note.text) if note else None
    if note is None or head is None:
        return None
    known = tuple(keys)
    logged, cosigned = False, []
    for line in note.lines:
        fitting = [key for key in known if key.name == line.name and key.id == line.key_id]
        holding = [key for key in fitting if line_holds(line, note.text, key)]
        if fitting and not holding:
            return None
        for key in holding:
            if key.type == WITNESS:
                cosigned.append(Cosignature(key.name, _timestamp(line)))
            elif key.name == head.origin:
                logged = True
    return Checkpoint(head, logged, tuple(cosigned), note)


def line_holds(line: SignatureLine, text: str, key: LogKey) -> bool:
    """Whether a line is a key's true signature of a note's text."""
    if key.type == LOG:
        return ed25519_holds(key.x, line.signature, text.encode())
    if len(line.signature) != 72 or _timestamp(line) > _LATEST:
        return False
    signed = _cosigned(text, _timestamp(line))
    return ed25519_holds(key.x, line.signature[8:], signed)


def _timestamp(line: SignatureLine) -> int:
    return int.from_bytes(line.signature[:8], "big")


def _cosigned(text: str, timestamp: int) -> bytes:
    return f"cosignature/v1\ntime {timestamp}\n{text}".encode()


def sign_head(head: Head, keys: Sequence[tuple[LogKey, Ed25519PrivateKey]]) -> bytes:
    """A checkpoint signed by the log, by more than one of its keys while they overlap."""
    lines = tuple(
        SignatureLine(key.name, key.id, private.sign(head.text.encode())) for key, private in keys
    )
    return Note(head.text, lines).data


def cosign(text: str, key: LogKey, private: Ed25519PrivateKey, timestamp: int) -> SignatureLine:
    """A witness's line under a checkpoint's text, at a Unix second."""
    signature = private.sign(_cosigned(text, timestamp))
    return SignatureLine(key.name, key.id, timestamp.to_bytes(8, "big") + signature)


def vkey(key: LogKey) -> str:
    """A public key in one word, as C2SP programs hand it around: ``name+id+base64(type, key)``."""
    return f"{key.name}+{key.id.hex()}+{base64_text(bytes((key.type,)) + key.x)}"


def read_vkey(text: str) -> LogKey | None:
    """Read such a word; None where it is none, its id is another key's, or the type is not ours."""
    name, plus, rest = text.partition("+")
    key_id, mark, coded = rest.partition("+")
    data = bytes_of_base64(coded)
    if not plus or not mark or not KEY_NAME.fullmatch(name) or data is None or len(data) != 33:
        return None
    key = LogKey(name, data[0], data[1:])
    return key if key.type in (LOG, WITNESS) and key.id.hex() == key_id else None

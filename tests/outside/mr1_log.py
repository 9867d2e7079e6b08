"""The log part of the page: notes, proofs, the strict check. Nothing but the standard library."""

import base64
import hashlib
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from tests.outside.mr1_ed25519 import ed25519_verify

LogKeys = Sequence[tuple[str, int, bytes]]
# C2SP: a key name holds neither a plus sign nor a character of the Unicode property White_Space.
KEY_NAME = re.compile("[^+\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
NUMBER = re.compile("0|[1-9][0-9]*")


class Seen(NamedTuple):
    """A checkpoint that nothing speaks against, by whom it is signed, and when witnesses saw it."""

    origin: str
    size: int
    root: bytes
    by_log: bool
    times: list[int]


def need(holds: bool) -> None:
    """Raise ValueError where something does not hold."""
    if not holds:
        raise ValueError


def unbase64(text: str, length: int | None = None) -> bytes:
    """Padded base64 in its only spelling, else ValueError."""
    data = base64.b64decode(text.encode("ascii"), validate=True)
    need(base64.b64encode(data).decode() == text and length in (None, len(data)))
    return data


def number(text: str) -> int:
    """A decimal below 2^64 without leading zeros, else ValueError."""
    need(NUMBER.fullmatch(text) is not None and int(text) < 1 << 64)
    return int(text)


def checkpoint(data: bytes, keys: LogKeys) -> Seen:
    """Read a checkpoint; ValueError where it is none or a known key's line is false."""
    lines = data.decode().split("\n")
    need(lines.pop() == "" and all(ord(sign) >= 32 for line in lines for sign in line))
    last_gap = len(lines) - 1 - lines[::-1].index("")
    body, signed = lines[:last_gap], lines[last_gap + 1 :]
    text = "".join(f"{line}\n" for line in body)
    need(len(body) >= 3 and all(body) and len(signed) > 0)
    by_log, times = False, []
    for line in signed:
        dash, name, coded = line.split(" ")
        signature = unbase64(coded)
        need(dash == "\u2014" and KEY_NAME.fullmatch(name) is not None and len(signature) > 4)
        known = [key for key in keys if key[0] == name and key_id(key) == signature[:4]]
        true = [key for key in known if _true(key, text, signature[4:])]
        need(bool(true) or not known)
        by_log |= any(kind == 1 and name == body[0] for _, kind, _ in true)
        times += [int.from_bytes(signature[4:12], "big") for _, kind, _ in true if kind == 4]
    return Seen(body[0], number(body[1]), unbase64(body[2], 32), by_log, times)


def key_id(key: tuple[str, int, bytes]) -> bytes:
    """The four bytes by which a line names its key."""
    name, kind, x = key
    return hashlib.sha256(name.encode() + bytes([10, kind]) + x).digest()[:4]


def _true(key: tuple[str, int, bytes], text: str, signature: bytes) -> bool:
    if key[1] == 4:
        time = int.from_bytes(signature[:8], "big")
        signature, text = signature[8:], f"cosignature/v1\ntime {time}\n{text}"
        if time >= 1 << 63:
            return False
    return len(signature) == 64 and ed25519_verify(key[2], text.encode(), signature)


def leaf(data: bytes) -> bytes:
    """The hash of a leaf."""
    return hashlib.sha256(b"\0" + data).digest()


def above(index: int, size: int, found: bytes, path: list[bytes]) -> bytes:
    """The root over a leaf, from the top of the tree downwards as RFC 6962 defines the path."""
    need(0 <= index < size and (size > 1) == bool(path))
    if size == 1:
        return found
    half = 1 << (size - 1).bit_length() - 1
    *lower, side = path
    if index < half:
        pair = above(index, half, found, lower) + side
    else:
        pair = side + above(index - half, size - half, found, lower)
    return hashlib.sha256(b"\1" + pair).digest()


def proof(data: bytes) -> tuple[int, list[bytes], bytes]:
    """A proof's index, path and checkpoint; ValueError where it is none."""
    top, gap, rest = data.partition(b"\n\n")
    first, *lines = top.decode("ascii").split("\n")
    need(first == "c2sp.org/tlog-proof@v1" and gap == b"\n\n" and bool(lines))
    if lines[0].startswith("extra "):
        unbase64(lines.pop(0).removeprefix("extra "))
    need(bool(lines) and lines[0].startswith("index "))
    path = [unbase64(line, 32) for line in lines[1:]]
    return number(lines[0].removeprefix("index ")), path, rest


Standing = Callable[[bytes, object], Seen | None]


def strict(given: bytes, keys: LogKeys, proofs: Callable[[str], bytes | None]) -> Standing:
    """How a receipt's standing in the log is asked for: its bytes and id to the checkpoint or None.

    ``proofs`` gives the content of a file of the folder, None where there is none.
    """
    try:
        stands = checkpoint(given, keys)
    except ValueError:
        stands = None

    def standing(receipt: bytes, cti: object) -> Seen | None:
        if stands is None or not stands.by_log or not isinstance(cti, bytes) or len(cti) != 10:
            return None
        data = proofs(f"{cti.hex()}.tlog-proof")
        try:
            index, path, note = proof(data or b"")
            seen = checkpoint(note, keys)
            need(seen.by_log and seen.origin == stands.origin)
            need(seen.root == stands.root if seen.size == stands.size else bool(seen.times))
            need(above(index, seen.size, leaf(receipt), path) == seen.root)
        except ValueError:
            return None
        return seen

    return standing

"""Fetches a whole log by its addresses and works everything out anew, from the C2SP pages alone.

``fetch`` is given an address such as ``/log/checkpoint`` and gives the body, or None for 404.
"""

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from tests.outside.mr1_log import LogKeys, Seen, above, checkpoint, leaf, need, proof

Fetch = Callable[[str], Awaitable[bytes | None]]


def address(level: int | str, n: int, width: int) -> str:
    """Where a tile is served."""
    digits = str(n).rjust(-(-len(str(n)) // 3) * 3, "0")
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    place = "/".join([f"x{one}" for one in groups[:-1]] + groups[-1:])
    return f"/log/tile/{level}/{place}" + (f".p/{width}" if width < 256 else "")


def join(left: bytes, right: bytes) -> bytes:
    """The hash over two."""
    return hashlib.sha256(b"\1" + left + right).digest()


def root(hashes: list[bytes]) -> bytes:
    """RFC 6962's tree head over leaf hashes, by its recursive words."""
    if len(hashes) < 2:
        return hashes[0] if hashes else hashlib.sha256(b"").digest()
    half = 1 << (len(hashes) - 1).bit_length() - 1
    return join(root(hashes[:half]), root(hashes[half:]))


@dataclass
class Read:
    """What was read of a log at one time."""

    seen: Seen
    leaves: list[bytes] = field(default_factory=list)
    tiles: int = 0
    bytes_read: bytes = b""


async def read_log(fetch: Fetch, keys: LogKeys, before: Read | None = None) -> Read:
    """Read checkpoint and every tile; ValueError where anything does not fit, the past included."""
    note = await fetch("/log/checkpoint") or b""
    seen = checkpoint(note, keys)
    need(seen.by_log)
    read = Read(seen, bytes_read=note)
    hashes, level = [], 0
    while level == 0 or hashes:
        count = seen.size >> 8 * level
        stored: list[bytes] = []
        for n in range(-(-count // 256)):
            width = min(256, count - 256 * n)
            body = await fetch(address(level, n, width)) or b""
            need(len(body) == 32 * width)
            stored += [body[at : at + 32] for at in range(0, len(body), 32)]
            read.tiles += 1
            read.bytes_read += body
        need(level == 0 or stored == hashes)
        read.leaves = stored if level == 0 else read.leaves
        full = len(stored) - len(stored) % 256
        hashes = [root(stored[at : at + 256]) for at in range(0, full, 256)]
        level += 1
    need(root(read.leaves) == seen.root)
    if before is not None:
        need(before.seen.origin == seen.origin and before.seen.size <= seen.size)
        need(root(read.leaves[: before.seen.size]) == before.seen.root)
        need(read.leaves[: before.seen.size] == before.leaves)
    return read


async def read_entries(fetch: Fetch, read: Read) -> list[bytes]:
    """The receipts of a log that was read; each must hash to its leaf."""
    found: list[bytes] = []
    for n in range(-(-read.seen.size // 256)):
        body = await fetch(address("entries", n, min(256, read.seen.size - 256 * n))) or b""
        while body:
            length = int.from_bytes(body[:2], "big")
            found.append(body[2 : 2 + length])
            body = body[2 + length :]
    need([leaf(one) for one in found] == read.leaves)
    return found


async def check_proof(
    fetch: Fetch, keys: LogKeys, read: Read, receipt: bytes, cti: bytes
) -> tuple[Seen, bytes]:
    """A receipt's proof fits the log that was read; give its checkpoint and its bytes."""
    data = await fetch(f"/mr1/{cti.hex()}.tlog-proof") or b""
    index, path, note = proof(data)
    seen = checkpoint(note, keys)
    need(seen.by_log and seen.origin == read.seen.origin and seen.size <= read.seen.size)
    need(root(read.leaves[: seen.size]) == seen.root)
    need(read.leaves[index] == leaf(receipt))
    need(above(index, seen.size, leaf(receipt), path) == seen.root)
    return seen, data

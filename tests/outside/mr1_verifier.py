"""A second MR1 receipt verifier, written from the specification page alone (without its log part).

mr1_verifier.py --keys F --root HEX [--root HEX] [--min-seq N] [--status F]... [--now UNIX] < texts
"""

import argparse
import hashlib
import re
import sys
import time
import zlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
BASE = (4 * pow(5, -1, P) % P).to_bytes(32, "little")
IDENTITY = (0, 1, 1, 0)
Point = tuple[int, int, int, int]

TEXT = re.compile(rb"[Hh][Tt]{2}[Pp][Ss]://[A-Za-z0-9.-]{1,20}(?::[0-9]{1,5})?/R/([A-Z2-7]+)")
BASE32 = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"0123456789abcdefghijklmnopqrstuv")
STATUS_SUB = re.compile(r".*/mr1/status/(0|[1-9][0-9]*)", re.DOTALL)
# C2SP: a key name holds neither a plus sign nor a character of the Unicode property White_Space.
KEY_NAME = re.compile("[^+\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
ISS, COOP = re.compile("[A-Z0-9]{1,8}"), re.compile("[A-Z0-9]{3,10}")
KEY_COOP, GSTIN = re.compile(r"[A-Z0-9]{3,10}|\*"), re.compile("[0-9A-Z]{15}")
CTI, BODY, STATUS_LIST, TTL = 7, -65601, 65533, 65534
STATUS_HEADER = {16: "application/statuslist+cwt"}
STATUS_WORDS = {1: "VOID", 2: "HELD", 3: "REPLACED"}
MAX_RECEIPT, MAX_DEPTH, MAX_TRUST_SPAN = 1024, 16, 90 * 86400
STATUS_BYTES, STATUS_ENTRIES = 32768, 2**17


def _need(holds: bool) -> None:
    if not holds:
        raise ValueError


def _add(p: Point, q: Point) -> Point:
    """The sum of two points in extended coordinates; it holds for equal points too."""
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * D * p[3] % P * q[3] % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _decompress(encoded: bytes) -> Point:
    """The point of 32 bytes; ValueError where they are no point or not its one encoding."""
    number = int.from_bytes(encoded, "little")
    sign, y = number >> 255, number & (2**255 - 1)
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * pow(2, (P - 1) // 4, P) % P
    _need(y < P and x * x % P == square and not (x == 0 and sign))
    x = x if x & 1 == sign else P - x
    return x, y, 1, x * y % P


def _windows(p: Point) -> list[list[Point]]:
    """Row i holds 0 to 15 times 16^i p."""
    rows = []
    for _ in range(64):
        row: list[Point] = [IDENTITY]
        for _ in range(16):
            row.append(_add(row[-1], p))
        p = row.pop()
        rows.append(row)
    return rows


@lru_cache(maxsize=256)
def _negated_key(x: bytes) -> list[list[Point]] | None:
    """Windows of minus the public key; None for a key that is refused."""
    try:
        point = eightfold = _decompress(x)
    except ValueError:
        return None
    for _ in range(3):
        eightfold = _add(eightfold, eightfold)
    if eightfold[0] == 0 and eightfold[1] == eightfold[2]:
        return None
    return _windows((P - point[0], point[1], 1, P - point[3]))


BASE_WINDOWS = _windows(_decompress(BASE))


def ed25519_verify(x: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the signature is good: no cofactor, S < L, R compared by bytes."""
    negated, s = _negated_key(x), int.from_bytes(signature[32:], "little")
    if negated is None or len(signature) != 64 or s >= L:
        return False
    digest = hashlib.sha512(signature[:32] + x + message).digest()
    point = IDENTITY
    for rows, scalar in (BASE_WINDOWS, s), (negated, int.from_bytes(digest, "little") % L):
        for i, row in enumerate(rows):
            point = _add(point, row[scalar >> 4 * i & 15])
    inverse = pow(point[2], -1, P)
    sign, y = (point[0] * inverse % P & 1) << 255, point[1] * inverse % P
    return (sign | y).to_bytes(32, "little") == signature[:32]


def _head(data: bytes, at: int) -> tuple[int, int, int]:
    """Major type, argument in its shortest form, and where the item's content begins."""
    _need(at < len(data))
    major, argument, at = data[at] >> 5, data[at] & 31, at + 1
    if argument < 24:
        return major, argument, at
    _need(argument < 28 and major != 7)
    size = 1 << (argument - 24)
    _need(at + size <= len(data))
    argument = int.from_bytes(data[at : at + size], "big")
    _need(argument >= (24 if size == 1 else 1 << (4 * size)))
    return major, argument, at + size


def _item(data: bytes, at: int, depth: int) -> tuple[Any, int]:
    major, argument, at = _head(data, at)
    if major < 2:
        return (-1 - argument if major else argument), at
    if major < 4:
        end = at + argument
        _need(end <= len(data))
        return (data[at:end] if major == 2 else data[at:end].decode()), end
    if major < 6:
        _need(depth < MAX_DEPTH)
        return (_array if major == 4 else _map)(data, at, argument, depth + 1)
    _need(major == 7 and argument == 22)
    return None, at


def _array(data: bytes, at: int, count: int, depth: int) -> tuple[list[Any], int]:
    items = []
    for _ in range(count):
        item, at = _item(data, at, depth)
        items.append(item)
    return items, at


def _map(data: bytes, at: int, count: int, depth: int) -> tuple[dict[Any, Any], int]:
    """A map; keys that are neither integers nor texts stand under their encoded bytes."""
    pairs, last = {}, b""
    for _ in range(count):
        key, end = _item(data, at, depth)
        encoded = data[at:end]
        _need(encoded > last)
        last = encoded
        pairs[key if isinstance(key, int | str) else encoded], at = _item(data, end, depth)
    return pairs, at


def decode(data: bytes) -> Any:
    """The value of one deterministic CBOR item that fills the data, else ValueError."""
    value, end = _item(data, 0, 0)
    _need(end == len(data))
    return value


def _bstr(content: bytes) -> bytes:
    length = len(content)
    if length < 24:
        return bytes([0x40 | length]) + content
    power = (length > 0xFF) + (length > 0xFFFF)
    return bytes([0x58 + power]) + length.to_bytes(1 << power, "big") + content


def fits(value: Any, rule: Any) -> bool:
    """Whether a value has a form: a byte count, a text pattern, (items), [each], {map} or a test."""
    if isinstance(rule, int):
        return isinstance(value, bytes) and len(value) == rule
    if isinstance(rule, re.Pattern):
        return isinstance(value, str) and rule.fullmatch(value) is not None
    if isinstance(rule, tuple):
        same = isinstance(value, list) and len(value) == len(rule)
        return same and all(map(fits, value, rule))
    if isinstance(rule, list):
        return isinstance(value, list) and all(fits(item, rule[0]) for item in value)
    if isinstance(rule, dict):
        same = isinstance(value, dict) and value.keys() == rule.keys()
        return same and all(fits(value[key], rule[key]) for key in rule)
    return rule(value)


class Envelope(NamedTuple):
    """A COSE_Sign1 whose form has been checked."""

    kid: bytes
    protected: bytes
    payload: bytes
    claims: Any
    signature: bytes

    def signed_by(self, x: bytes, aad: bytes) -> bool:
        """Whether the key signed it for the purpose that the external_aad names."""
        parts = _bstr(self.protected) + _bstr(aad) + _bstr(self.payload)
        return ed25519_verify(x, b"\x84\x6aSignature1" + parts, self.signature)


def unwrap(data: bytes, extra: dict[int, str]) -> Envelope:
    """The COSE_Sign1 in the data; its header holds alg, kid and the extra, else ValueError."""
    _need(data[:1] == b"\xd2")
    parts = decode(data[1:])
    _need(fits(parts, (_bytes, {}, _bytes, 64)))
    header, claims = decode(parts[0]), decode(parts[2])
    kid = header.get(4) if isinstance(header, dict) else None
    _need(fits(kid, 8) and header == {1: -19, 4: kid, **extra})
    return Envelope(kid, parts[0], parts[2], claims, parts[3])


def thumbprint(x: bytes) -> bytes:
    """The kid of a public key."""
    return hashlib.sha256(b"\xa3\x01\x01\x20\x06\x21\x58\x20" + x).digest()[:8]

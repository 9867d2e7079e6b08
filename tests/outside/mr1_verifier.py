"""A second MR1 receipt verifier, from the specification page alone (without its log part)."""

import argparse
import hashlib
import re
import sys
import time
import zlib
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any

P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
BASE = (4 * pow(5, -1, P) % P).to_bytes(32, "little")
Point, Blobs = tuple[int, ...], Sequence[bytes]

TEXT = re.compile(rb"[Hh][Tt]{2}[Pp][Ss]://[A-Za-z0-9.-]{1,20}(?::[0-9]{1,5})?/R/([A-Z2-7]+)")
BASE32 = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"0123456789abcdefghijklmnopqrstuv")
MAX_RECEIPT, MAX_DEPTH, MAX_TRUST_SPAN = 1024, 16, 90 * 86400
STATUS_BYTES, STATUS_ENTRIES, STATUS_WORDS = 32768, 2**17, ("", "VOID", "HELD", "REPLACED")
BODY, LST, TTL = -65601, 65533, 65534

# Forms, as `fits` reads them: a number is a byte string of that length, a pattern a text, a range
# an integer, a tuple an array of these items, [form] an array of such items, a dict a map.
UINT, POSITIVE, NULL = range(2**64), range(1, 2**64), type(None)
ISS, COOP, KEY_COOP = map(re.compile, ("[A-Z0-9]{1,8}", "[A-Z0-9]{3,10}", r"[A-Z0-9]{3,10}|\*"))
STATUS_SUB = re.compile(r".*/mr1/status/(0|[1-9][0-9]*)", re.DOTALL)
# C2SP: a key name holds neither a plus sign nor a character of the Unicode property White_Space.
KEY_NAME = re.compile("[^+\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
TRUST = {1: ISS, 2: UINT, 3: UINT, 4: UINT, 5: [(8, 32, KEY_COOP, UINT, UINT, range(3), object)]}
LOG_KEYS = {6: [(KEY_NAME, range(1, 5, 3), 32)]}
STATUS = {2: STATUS_SUB, 4: UINT, 6: UINT, LST: {"lst": bytes, "bits": range(2, 3)}, TTL: UINT}
RECEIPT = {1: ISS, 6: UINT, 7: 10, BODY: list}
COMMON = (COOP, UINT, POSITIVE, [(UINT, POSITIVE, UINT)], UINT, UINT)
TAILS = {1: (), 2: (re.compile("URP|[0-9A-Z]{15}"), (POSITIVE, 32)), 3: (NULL, NULL, 10)}
BODIES = [(range(1, 2), range(k, k + 1), *COMMON, *TAILS[k]) for k in TAILS]


def _need(holds: bool) -> None:
    if not holds:
        raise ValueError


def _add(p: Point, q: Point) -> Point:
    """The sum of two points in extended coordinates; it holds for equal points too."""
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * D * p[3] % P * q[3] % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


@lru_cache(maxsize=256)
def _windows(encoded: bytes) -> list[list[Point]]:
    """Row i holds 0 to 15 times 16^i the point; no row for a key that is refused."""
    sign, y = divmod(int.from_bytes(encoded, "little"), 2**255)
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or x * x % P != square or x == 0:  # both points with x = 0 are of small order
        return []
    x = x if x & 1 == sign else P - x
    p, rows = (x, y, 1, x * y % P), []
    for _ in range(64):
        *row, p = accumulate([p] * 16, _add, initial=(0, 1, 1, 0))
        rows.append(row)
    eightfold = rows[0][8]
    return [] if eightfold[0] == 0 and eightfold[1] == eightfold[2] else rows


def ed25519_verify(x: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the signature is good: no cofactor, S < L, R compared by bytes."""
    s = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or s >= L or not _windows(x):
        return False
    hashed = int.from_bytes(hashlib.sha512(signature[:32] + x + message).digest(), "little") % L
    point = (0, 1, 1, 0)
    for key, scalar in (BASE, s), (x, 8 * L - hashed):  # 8 L times any point is the neutral one
        for i, row in enumerate(_windows(key)):
            point = _add(point, row[scalar >> 4 * i & 15])
    inverse = pow(point[2], -1, P)
    sign, y = point[0] * inverse % P & 1, point[1] * inverse % P
    return (sign << 255 | y).to_bytes(32, "little") == signature[:32]


def _head(data: bytes, at: int) -> tuple[int, int, int]:
    """Major type, argument in its shortest form, and where the item's content begins."""
    _need(at < len(data))
    major, argument, at = data[at] >> 5, data[at] & 31, at + 1
    if argument < 24:
        return major, argument, at
    size = 1 << (argument - 24)
    _need(argument < 28 and major != 7 and at + size <= len(data))
    argument = int.from_bytes(data[at : at + size], "big")
    _need(argument >= (24 if size == 1 else 1 << (4 * size)))
    return major, argument, at + size


def _item(data: bytes, at: int, depth: int) -> tuple[Any, int]:
    """An item and its end; map keys but integers and texts stand under their encoded bytes."""
    major, argument, at = _head(data, at)
    if major < 2:
        return (-1 - argument if major else argument), at
    if major < 4:
        end = at + argument
        _need(end <= len(data))
        return (data[at:end] if major == 2 else data[at:end].decode()), end
    if (major, argument) == (7, 22):
        return None, at
    _need(major < 6 and depth < MAX_DEPTH)
    items, spans = [], []
    for _ in range(argument * (major - 3)):
        item, end = _item(data, at, depth + 1)
        items.append(item)
        spans.append(data[at:end])
        at = end
    if major == 4:
        return items, at
    _need(spans[::2] == sorted(set(spans[::2])))
    pairs = zip(items[::2], spans[::2], items[1::2], strict=True)
    return {k if isinstance(k, int | str) else span: value for k, span, value in pairs}, at


def decode(data: bytes) -> Any:
    """The value of one deterministic CBOR item that fills the data, else ValueError."""
    value, end = _item(data, 0, 0)
    _need(end == len(data))
    return value


def fits(value: Any, form: Any) -> bool:
    """Whether a value has a form: see the forms at the top of the file."""
    match value, form:
        case bytes(), int():
            return len(value) == form
        case str(), re.Pattern():
            return form.fullmatch(value) is not None
        case int(), range():
            return value in form
        case list(), tuple():
            return len(value) == len(form) and all(map(fits, value, form))
        case list(), list():
            return all(fits(item, form[0]) for item in value)
        case dict(), dict():
            return value.keys() == form.keys() and all(fits(value[key], form[key]) for key in form)
    return isinstance(form, type) and isinstance(value, form)


def _bstr(content: bytes) -> bytes:
    length = len(content)
    if length < 24:
        return bytes([0x40 | length]) + content
    power = (length > 0xFF) + (length > 0xFFFF)
    return bytes([0x58 + power]) + length.to_bytes(1 << power, "big") + content


def unwrap(data: bytes, aad: bytes, extra: dict[int, str]) -> tuple[bytes, Any, Blobs]:
    """A COSE_Sign1's kid, claims, and signed bytes with signature; ValueError for its form."""
    _need(data[:1] == b"\xd2")
    parts = decode(data[1:])
    _need(fits(parts, (bytes, {}, bytes, 64)))
    protected, _, payload, signature = parts
    header, claims = decode(protected), decode(payload)
    kid = header.get(4) if isinstance(header, dict) else None
    _need(fits(kid, 8) and header == {1: -19, 4: kid, **extra})
    signed = b"\x84\x6aSignature1" + _bstr(protected) + _bstr(aad) + _bstr(payload)
    return kid, claims, (signed, signature)


def thumbprint(x: bytes) -> bytes:
    """The kid of a public key."""
    return hashlib.sha256(b"\xa3\x01\x01\x20\x06\x21\x58\x20" + x).digest()[:8]


def _trust(data: bytes, roots: Blobs, min_seq: int, now: int) -> tuple[str, dict[bytes, Any]]:
    """The list's iss and its entries by kid; ValueError where the list is refused."""
    kid, claims, signed = unwrap(data, b"MR1K\0", {})
    root = {thumbprint(x): x for x in roots}.get(kid)
    _need(fits(claims, TRUST) or fits(claims, TRUST | LOG_KEYS))
    _need(root is not None and ed25519_verify(root, *signed))
    _need(claims[2] >= min_seq and now < claims[4] <= claims[3] + MAX_TRUST_SPAN)
    keys = {thumbprint(entry[1]): entry for entry in claims[5]}
    _need(list(keys) == [entry[0] for entry in claims[5]])
    _need(all(fits(since, UINT if state == 2 else NULL) for *_, state, since in claims[5]))
    return claims[1], keys


def _status(data: bytes, keys: dict[bytes, Any]) -> tuple[int, str, int, bytes]:
    """A status list's iat, number, end of freshness and bytes; an error where it is refused."""
    kid, claims, signed = unwrap(data, b"", {16: "application/statuslist+cwt"})
    _need(isinstance(claims, dict) and kid in keys)
    claims = {key: value for key, value in claims.items() if key in STATUS}
    _, x, coop, first, last, state, _ = keys[kid]
    _need(fits(claims, STATUS) and coop == "*" and state < 2 and first <= claims[6] <= last)
    _need(ed25519_verify(x, *signed))
    inflater = zlib.decompressobj()
    entries = inflater.decompress(claims[LST]["lst"], STATUS_BYTES + 1)
    _need(len(entries) == STATUS_BYTES and inflater.eof and not inflater.unused_data)
    stale = min(claims[4], claims[6] + claims[TTL])
    return claims[6], STATUS_SUB.fullmatch(claims[2])[1], stale, entries


def _receipt_bytes(text: bytes) -> bytes:
    match = TEXT.fullmatch(text)
    _need(match is not None)
    size, spare = divmod(len(match[1]) * 5, 8)
    number, unused = divmod(int(match[1].translate(BASE32), 32), 1 << spare)
    _need(spare < 5 and unused == 0 and size <= MAX_RECEIPT)
    return number.to_bytes(size, "big")


def _key_stages(iss: str, keys: dict[bytes, Any], kid: bytes, claims: Any, signed: Blobs) -> str:
    if kid not in keys:
        return "UNKNOWN_KEY"
    _, x, coop, first, last, state, _ = keys[kid]
    body = claims.get(BODY) if isinstance(claims, dict) else None
    named = isinstance(body, list) and [claims.get(1), claims.get(6), *body[2:3]]
    if not fits(named, (str, UINT, str)):
        return "MALFORMED"
    if claims[1] != iss or coop not in ("*", body[2]):
        return "UNKNOWN_KEY"
    if state == 2 or not first <= claims[6] <= last:
        return "KEY_NOT_VALID_THEN"
    return "" if ed25519_verify(x, *signed) else "BAD_SIGNATURE"


def _gstin(text: str) -> bool:
    products = [int(digit, 36) * (1 + i % 2) for i, digit in enumerate(text[:14])]
    return (sum(sum(divmod(product, 36)) for product in products) + int(text[14], 36)) % 36 == 0


def _schema(claims: Any) -> str:
    if not fits(claims, RECEIPT) or not any(fits(claims[BODY], form) for form in BODIES):
        return "MALFORMED"
    _, kind, _, year, _, lines, total, _, *tail = claims[BODY]
    grades = [line[0] for line in lines]
    sound = 1 <= len(lines) <= 20 and grades == sorted(set(grades))
    sound = sound and year < 10000 and year % 100 == (year // 100 + 1) % 100
    if not sound or (kind == 2 and tail[0] != "URP" and not _gstin(tail[0])):
        return "MALFORMED"
    due = sum((grams * paise + 500) // 1000 for _, grams, paise in lines)
    return "" if total == due else "INCONSISTENT"


def verdicts(
    texts: Blobs, keys: bytes, roots: Blobs, *, min_seq: int = 0, statuses: Blobs = (), now: int
) -> list[str]:
    """The verdict on each receipt text; of two status lists of one number the later iat counts."""
    iss, entries, read = "", {}, []
    with suppress(ValueError):
        iss, entries = _trust(keys, roots, min_seq, now)
    for data in statuses:
        with suppress(ValueError, zlib.error):
            read.append(_status(data, entries))
    lists = {number: (end, bits) for _, number, end, bits in sorted(read, key=lambda one: one[0])}

    def verdict(text: bytes) -> str:
        try:
            receipt = unwrap(_receipt_bytes(text), b"MR1\0", {})
        except ValueError:
            return "MALFORMED"
        if failed := _key_stages(iss, entries, *receipt) or _schema(receipt[1]):
            return failed
        number, i = divmod(receipt[1][BODY][7], STATUS_ENTRIES)
        end, bits = lists.get(str(number), (now, bytes(STATUS_BYTES)))
        otherwise = "GENUINE_CURRENT" if now < end else "GENUINE_STATUS_UNKNOWN"
        return STATUS_WORDS[bits[i >> 2] >> 2 * (i & 3) & 3] or otherwise

    return [verdict(text) for text in texts]


def main() -> int:
    """Read the options and the texts, print the verdicts."""
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("--keys", type=Path, required=True)
    parser.add_argument("--root", action="append", required=True)
    parser.add_argument("--min-seq", type=int, default=0)
    parser.add_argument("--status", type=Path, action="append", default=[])
    parser.add_argument("--now", type=int, default=int(time.time()))
    given = parser.parse_args()
    try:
        _need(all(re.fullmatch("[0-9A-Fa-f]{64}", root) for root in given.root))
        keys, statuses = given.keys.read_bytes(), [path.read_bytes() for path in given.status]
        texts = [line.removesuffix(b"\n").removesuffix(b"\r") for line in sys.stdin.buffer]
    except (OSError, ValueError) as error:
        print(f"bad option or unreadable file: {error}", file=sys.stderr)
        return 2
    roots = [bytes.fromhex(root) for root in given.root]
    found = verdicts(texts, keys, roots, min_seq=given.min_seq, statuses=statuses, now=given.now)
    sys.stdout.writelines(f"{verdict}\n" for verdict in found)
    return 0


if __name__ == "__main__":
    sys.exit(main())

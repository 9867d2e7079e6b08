"""A second MR1 receipt verifier, from the specification page alone."""

import argparse
import hashlib
import re
import sys
import time
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from tests.outside.mr1_ed25519 import ed25519_verify
from tests.outside.mr1_log import KEY_NAME, Seen, Standing, strict
from tests.outside.mr1_log import need as _need

Blobs = Sequence[bytes]

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
TRUST = {1: ISS, 2: UINT, 3: UINT, 4: UINT, 5: [(8, 32, KEY_COOP, UINT, UINT, range(3), object)]}
LOG_KEYS = {6: [(KEY_NAME, range(1, 5, 3), 32)]}
STATUS = {2: STATUS_SUB, 4: UINT, 6: UINT, LST: {"lst": bytes, "bits": range(2, 3)}, TTL: UINT}
RECEIPT = {1: ISS, 6: UINT, 7: 10, BODY: list}
COMMON = (COOP, UINT, POSITIVE, [(UINT, POSITIVE, UINT)], UINT, UINT)
TAILS = {1: (), 2: (re.compile("URP|[0-9A-Z]{15}"), (POSITIVE, 32)), 3: (NULL, NULL, 10)}
BODIES = [(range(1, 2), range(k, k + 1), *COMMON, *TAILS[k]) for k in TAILS]


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


def _trust(data: bytes, roots: Blobs, min_seq: int, now: int) -> tuple[str, dict[bytes, Any], Any]:
    """The list's iss, its entries by kid, the log's keys; ValueError where the list is refused."""
    kid, claims, signed = unwrap(data, b"MR1K\0", {})
    root = {thumbprint(x): x for x in roots}.get(kid)
    _need(fits(claims, TRUST) or fits(claims, TRUST | LOG_KEYS))
    _need(root is not None and ed25519_verify(root, *signed))
    _need(claims[2] >= min_seq and now < claims[4] <= claims[3] + MAX_TRUST_SPAN)
    keys = {thumbprint(entry[1]): entry for entry in claims[5]}
    _need(list(keys) == [entry[0] for entry in claims[5]])
    _need(all(fits(since, UINT if state == 2 else NULL) for *_, state, since in claims[5]))
    return claims[1], keys, claims.get(6, [])


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


def _key_stages(
    iss: str, keys: dict[bytes, Any], seen: Seen | None, kid: bytes, claims: Any, signed: Blobs
) -> str:
    if kid not in keys:
        return "UNKNOWN_KEY"
    _, x, coop, first, last, state, since = keys[kid]
    body = claims.get(BODY) if isinstance(claims, dict) else None
    named = isinstance(body, list) and [claims.get(1), claims.get(6), *body[2:3]]
    if not fits(named, (str, UINT, str)):
        return "MALFORMED"
    if claims[1] != iss or coop not in ("*", body[2]):
        return "UNKNOWN_KEY"
    in_time = state < 2 or (seen is not None and any(time < since for time in seen.times))
    if not in_time or not first <= claims[6] <= last:
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
    texts: Blobs,
    keys: bytes,
    roots: Blobs,
    *,
    min_seq: int = 0,
    statuses: Blobs = (),
    now: int,
    log: tuple[bytes, Callable[[str], bytes | None]] | None = None,
) -> list[str]:
    """The verdict on each receipt text; of two status lists of one number the later iat counts.

    ``log``: the strict check, with the given checkpoint and the files of the folder of proofs.
    """
    iss, entries, log_keys, read = "", {}, [], []
    with suppress(ValueError):
        iss, entries, log_keys = _trust(keys, roots, min_seq, now)
    for data in statuses:
        with suppress(ValueError, zlib.error):
            read.append(_status(data, entries))
    lists = {number: (end, bits) for _, number, end, bits in sorted(read, key=lambda one: one[0])}
    standing: Standing = strict(log[0], log_keys, log[1]) if log else lambda *_: None

    def verdict(text: bytes) -> str:
        try:
            data = _receipt_bytes(text)
            receipt = unwrap(data, b"MR1\0", {})
        except ValueError:
            return "MALFORMED"
        claims = receipt[1]
        seen = standing(data, claims.get(7) if isinstance(claims, dict) else None)
        if failed := _key_stages(iss, entries, seen, *receipt) or _schema(claims):
            return failed
        number, i = divmod(claims[BODY][7], STATUS_ENTRIES)
        end, bits = lists.get(str(number), (now, bytes(STATUS_BYTES)))
        otherwise = "GENUINE_CURRENT" if now < end else "GENUINE_STATUS_UNKNOWN"
        if log and not seen:
            otherwise = "NOT_LOGGED"
        return STATUS_WORDS[bits[i >> 2] >> 2 * (i & 3) & 3] or otherwise

    return [verdict(text) for text in texts]


def _bad(error: object) -> NoReturn:
    print(f"bad option or unreadable file: {error}", file=sys.stderr)
    sys.exit(2)


def main() -> int:
    """Read the options and the texts, print the verdicts."""
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("--keys", type=Path, required=True)
    parser.add_argument("--root", action="append", required=True)
    parser.add_argument("--min-seq", type=int, default=0)
    parser.add_argument("--status", type=Path, action="append", default=[])
    parser.add_argument("--now", type=int, default=int(time.time()))
    parser.add_argument("--strict", action="store_true")
    parser.add_argument("--checkpoint", type=Path)
    parser.add_argument("--proofs", type=Path)
    given = parser.parse_args()

    def proof(name: str) -> bytes | None:
        path = given.proofs / name
        return path.read_bytes() if path.exists() else None

    try:
        _need(all(re.fullmatch("[0-9A-Fa-f]{64}", root) for root in given.root))
        _need(given.strict == bool(given.checkpoint) == bool(given.proofs))
        keys, statuses = given.keys.read_bytes(), [path.read_bytes() for path in given.status]
        _need(not given.strict or given.proofs.is_dir())
        log = (given.checkpoint.read_bytes(), proof) if given.strict else None
        texts = [line.removesuffix(b"\n").removesuffix(b"\r") for line in sys.stdin.buffer]
        roots = [bytes.fromhex(root) for root in given.root]
        options: Any = {"min_seq": given.min_seq, "statuses": statuses, "now": given.now}
        found = verdicts(texts, keys, roots, log=log, **options)
    except (OSError, ValueError) as error:
        _bad(error)
    sys.stdout.writelines(f"{verdict}\n" for verdict in found)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The agency's signed list of keys: made by the root, refused whole where any of it is wrong."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from coop.receipts.rules.cbor import NotCanonical, decode, encode
from coop.receipts.rules.cose import ED25519, key_id, kid_of, sign1, signature_holds, take_apart

PURPOSE = b"MR1K\x00"
EVERY = "*"
LONGEST_SECONDS = 90 * 86_400
OK, RETIRED, COMPROMISED = 0, 1, 2
_MOST = 2**64
_COOP, _ISS = re.compile(r"[A-Z0-9]{3,10}"), re.compile(r"[A-Z0-9]{1,8}")
_KEY_NAME = re.compile(r"[^\s+]+")


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """A signing key: for a cooperative or ``*``, from and to (both inside), and its state."""

    kid: bytes
    x: bytes
    coop: str
    not_before: int
    not_after: int
    state: int
    compromised_from: int | None


@dataclass(frozen=True, slots=True)
class TrustList:
    """What a verifier goes by. A refused list holds no keys and says why."""

    iss: str = ""
    seq: int = 0
    expires: int = 0
    keys: Mapping[bytes, KeyEntry] = field(default_factory=dict)
    refused: str | None = None


def sign_trust_list(
    iss: str, seq: int, issued: int, expires: int, entries: Sequence[KeyEntry], root: Ed25519PrivateKey
) -> bytes:
    """Sign a list with an agency root."""
    rows = [[e.kid, e.x, e.coop, e.not_before, e.not_after, e.state, e.compromised_from] for e in entries]
    body = encode({1: iss, 2: seq, 3: issued, 4: expires, 5: rows})
    kid = key_id(root.public_key().public_bytes_raw())
    return sign1({1: ED25519, 4: kid}, PURPOSE, body, root)


def read_trust_list(data: bytes, roots: Sequence[bytes], *, now: int, min_seq: int = 0) -> TrustList:
    """Read a served list against pinned roots (32 bytes each); never raises."""
    try:
        message = take_apart(data)
        claims = decode(message.payload)
    except NotCanonical:
        return TrustList(refused="form")
    kid = kid_of(message)
    if kid is None:
        return TrustList(refused="form")
    pinned = {key_id(root): root for root in roots}
    if kid not in pinned:
        return TrustList(refused="root not pinned")
    if not signature_holds(pinned[kid], message, PURPOSE):
        return TrustList(refused="signature")
    return _checked(claims, now, min_seq)


def _checked(claims: object, now: int, min_seq: int) -> TrustList:
    if not isinstance(claims, dict) or set(claims) - {6} != {1, 2, 3, 4, 5}:
        return TrustList(refused="form")
    iss, seq, issued, expires = (claims[number] for number in (1, 2, 3, 4))
    if not isinstance(iss, str) or not _ISS.fullmatch(iss):
        return TrustList(refused="form")
    if not all(_uint(number) for number in (seq, issued, expires)):
        return TrustList(refused="form")
    keys = _entries(claims[5])
    if keys is None or not _log_keys(claims.get(6, [])):
        return TrustList(refused="entry")
    if expires > issued + LONGEST_SECONDS:
        return TrustList(refused="holds too long")
    if now >= expires:
        return TrustList(iss, seq, expires, refused="expired")
    if seq < min_seq:
        return TrustList(iss, seq, expires, refused="older than one seen before")
    return TrustList(iss, seq, expires, keys)


def _uint(value: object) -> bool:
    return type(value) is int and 0 <= value < _MOST


def _entries(rows: object) -> dict[bytes, KeyEntry] | None:
    if not isinstance(rows, list):
        return None
    found: dict[bytes, KeyEntry] = {}
    for row in rows:
        if not isinstance(row, list) or len(row) != 7 or not _entry_holds(row) or row[0] in found:
            return None
        found[row[0]] = KeyEntry(*row)
    return found


def _entry_holds(row: list[object]) -> bool:
    kid, x, coop, not_before, not_after, state, compromised_from = row
    if not isinstance(x, bytes) or len(x) != 32 or kid != key_id(x):
        return False
    if not isinstance(coop, str) or not (coop == EVERY or _COOP.fullmatch(coop)):
        return False
    if not _uint(not_before) or not _uint(not_after) or type(state) is not int:
        return False
    if state == COMPROMISED:
        return _uint(compromised_from)
    return state in (OK, RETIRED) and compromised_from is None


def _log_keys(rows: object) -> bool:
    """Entry 6: names, types and keys of the log (1) and of witnesses (4)."""
    if not isinstance(rows, list):
        return False
    for row in rows:
        if not isinstance(row, list) or len(row) != 3:
            return False
        name, kind, x = row
        if not isinstance(name, str) or not _KEY_NAME.fullmatch(name) or type(kind) is not int or kind not in (1, 4):
            return False
        if not isinstance(x, bytes) or len(x) != 32:
            return False
    return True

"""The agency's signed list of keys: made by the root, refused whole where any of it is wrong."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from coop.receipts.rules.cbor import NotCanonicalError, decode, encode
from coop.receipts.rules.cose import ED25519, key_id, kid_of, sign1, signature_holds, take_apart

PURPOSE = b"MR1K\x00"
EVERY = "*"
LONGEST_SECONDS = 90 * 86_400
OK, RETIRED, COMPROMISED = 0, 1, 2
_MOST = 2**64
_COOP, _ISS = re.compile(r"[A-Z0-9]{3,10}"), re.compile(r"[A-Z0-9]{1,8}")
# A C2SP key name has no plus and no Unicode space; Python's \s would take U+001C to U+001F too.
KEY_NAME = re.compile("[^+\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
LOG, WITNESS = 1, 4


class Reason(StrEnum):
    """Why a list was refused; it then counts as holding no keys."""

    FORM = "form"
    ROOT = "root not pinned"
    SIGNATURE = "signature"
    ENTRY = "entry"
    TOO_LONG = "holds too long"
    EXPIRED = "expired"
    OLDER = "older than one seen before"


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
class LogKey:
    """Key of the log (type 1, name = its origin) or of a witness (type 4, C2SP cosignature/v1)."""

    name: str
    type: int
    x: bytes

    @property
    def id(self) -> bytes:
        """The four bytes that a signed note calls it by (C2SP signed-note)."""
        return sha256(self.name.encode() + b"\n" + bytes((self.type,)) + self.x).digest()[:4]


@dataclass(frozen=True, slots=True)
class TrustList:
    """What a verifier goes by. A refused list holds no keys and says why (a ``Reason``)."""

    iss: str = ""
    seq: int = 0
    expires: int = 0
    keys: Mapping[bytes, KeyEntry] = field(default_factory=dict)
    refused: str | None = None
    log_keys: tuple[LogKey, ...] = ()
    issued: int = 0


def trust_payload(
    iss: str,
    seq: int,
    issued: int,
    expires: int,
    entries: Sequence[KeyEntry],
    log_keys: Sequence[LogKey] = (),
) -> bytes:
    """What a root is to sign; times in Unix seconds.

    Raises ValueError with the reason for a list that every verifier would refuse.
    """
    claims: dict[object, object] = {1: iss, 2: seq, 3: issued, 4: expires}
    claims[5] = [
        [e.kid, e.x, e.coop, e.not_before, e.not_after, e.state, e.compromised_from]
        for e in entries
    ]
    if log_keys:
        claims[6] = [[key.name, key.type, key.x] for key in log_keys]
    refused = _checked(claims, now=issued, min_seq=0).refused
    if refused:
        raise ValueError(f"a list that would be refused: {refused}")
    return encode(claims)


def read_payload(payload: bytes) -> TrustList:
    """An unsigned list as it was written, whatever the time is; never raises."""
    try:
        claims = decode(payload)
    except NotCanonicalError:
        return TrustList(refused=Reason.FORM)
    return _checked(claims, now=0, min_seq=0)


def sign_payload(payload: bytes, root: Ed25519PrivateKey) -> bytes:
    """Sign what ``trust_payload`` wrote with an agency root."""
    kid = key_id(root.public_key().public_bytes_raw())
    return sign1({1: ED25519, 4: kid}, PURPOSE, payload, root)


def sign_trust_list(
    iss: str,
    seq: int,
    issued: int,
    expires: int,
    entries: Sequence[KeyEntry],
    root: Ed25519PrivateKey,
    log_keys: Sequence[LogKey] = (),
) -> bytes:
    """Write a list and sign it at once. Raises ValueError as ``trust_payload``."""
    return sign_payload(trust_payload(iss, seq, issued, expires, entries, log_keys), root)


def listed(signed: bytes) -> TrustList:
    """What a list of our own says, without asking who signed it or how old it is."""
    return read_payload(take_apart(signed).payload)


def read_trust_list(
    data: bytes, roots: Sequence[bytes], *, now: int, min_seq: int = 0
) -> TrustList:
    """Read a served list against pinned roots (32 bytes x each) at a Unix second; never raises."""
    try:
        message = take_apart(data)
        claims = decode(message.payload)
    except NotCanonicalError:
        return TrustList(refused=Reason.FORM)
    kid = kid_of(message)
    if kid is None:
        return TrustList(refused=Reason.FORM)
    pinned = {key_id(root): root for root in roots}
    if kid not in pinned:
        return TrustList(refused=Reason.ROOT)
    if not signature_holds(pinned[kid], message, PURPOSE):
        return TrustList(refused=Reason.SIGNATURE)
    return _checked(claims, now, min_seq)


def _checked(claims: object, now: int, min_seq: int) -> TrustList:
    if not isinstance(claims, dict) or set(claims) - {6} != {1, 2, 3, 4, 5}:
        return TrustList(refused=Reason.FORM)
    iss, seq, issued, expires = (claims[number] for number in (1, 2, 3, 4))
    if not isinstance(iss, str) or not _ISS.fullmatch(iss):
        return TrustList(refused=Reason.FORM)
    if not all(_uint(number) for number in (seq, issued, expires)):
        return TrustList(refused=Reason.FORM)
    keys, log_keys = _entries(claims[5]), _log_keys(claims.get(6, []))
    if keys is None or log_keys is None:
        return TrustList(refused=Reason.ENTRY)
    if expires > issued + LONGEST_SECONDS:
        return TrustList(refused=Reason.TOO_LONG)
    if now >= expires:
        return TrustList(iss, seq, expires, refused=Reason.EXPIRED)
    if seq < min_seq:
        return TrustList(iss, seq, expires, refused=Reason.OLDER)
    return TrustList(iss, seq, expires, keys, log_keys=log_keys, issued=issued)


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


def _log_keys(rows: object) -> tuple[LogKey, ...] | None:
    if not isinstance(rows, list):
        return None
    found: list[LogKey] = []
    for row in rows:
        if not isinstance(row, list) or len(row) != 3:
            return None
        name, kind, x = row
        if not isinstance(name, str) or not KEY_NAME.fullmatch(name):
            return None
        if type(kind) is not int or kind not in (LOG, WITNESS):
            return None
        if not isinstance(x, bytes) or len(x) != 32:
            return None
        found.append(LogKey(name, kind, x))
    return tuple(found)

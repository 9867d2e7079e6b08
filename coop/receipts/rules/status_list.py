"""Token Status Lists: two bits a receipt, 131,072 receipts a list, signed for a day."""

import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from coop.receipts.rules.cbor import NotCanonicalError, decode, encode
from coop.receipts.rules.cose import ED25519, Sign1, sign1, signature_holds, take_apart
from coop.receipts.rules.trust_list import COMPROMISED, EVERY, TrustList

MEDIA_TYPE = "application/statuslist+cwt"
BYTES = 32_768
PLACES = 4 * BYTES
TTL_SECONDS = 24 * 3600
# A place is below 2^64, so a list's number is below 2^47: at most fifteen digits.
_SUB = re.compile(r"/mr1/status/(0|[1-9][0-9]{0,14})\Z")
_LIST, _TTL, _SUBJECT, _EXPIRES, _ISSUED = 65533, 65534, 2, 4, 6


class Status(IntEnum):
    """What a list says of a place."""

    VALID = 0
    VOID = 1
    HELD = 2
    REPLACED = 3


@dataclass(frozen=True, slots=True)
class StatusList:
    """An accepted list: number, bits, when it was made and the second its freshness ends."""

    n: int
    bits: bytes
    iat: int
    fresh_until: int

    def status(self, sidx: int) -> Status:
        """The status of a receipt's place."""
        place = sidx % PLACES
        return Status((self.bits[place >> 2] >> 2 * (place & 3)) & 3)

    def fresh(self, now: int) -> bool:
        """Whether "valid" may still be believed at a Unix second."""
        return now < self.fresh_until


def sign_status_list(
    base_url: str, n: int, places: Mapping[int, int], iat: int, key: Ed25519PrivateKey, kid: bytes
) -> bytes:
    """Sign list ``n``; ``places`` holds the status of every sidx of it that is not valid.

    Raises ValueError for a place of another list or a status above 3: either would void a stranger.
    """
    bits = bytearray(BYTES)
    for sidx, status in places.items():
        number, place = divmod(sidx, PLACES)
        if number != n:
            raise ValueError(f"place {sidx} is not in list {n}")
        bits[place >> 2] |= Status(status) << 2 * (place & 3)
    claims = {
        _SUBJECT: f"{base_url}/mr1/status/{n}",
        _EXPIRES: iat + TTL_SECONDS,
        _ISSUED: iat,
        _LIST: {"lst": zlib.compress(bytes(bits), 9), "bits": 2},
        _TTL: TTL_SECONDS,
    }
    return sign1({1: ED25519, 4: kid, 16: MEDIA_TYPE}, b"", encode(claims), key)


def read_status_lists(files: Iterable[bytes], trust: TrustList) -> dict[int, StatusList]:
    """The lists that hold, by number; a refused one counts as missing, the newest of two holds.

    A list's number is what its own claim says; what a file is called decides nothing.
    """
    found: dict[int, StatusList] = {}
    for data in files:
        one = read_status_list(data, trust)
        if one is not None and (one.n not in found or found[one.n].iat < one.iat):
            found[one.n] = one
    return found


def read_status_list(data: bytes, trust: TrustList, n: int | None = None) -> StatusList | None:
    """Read a served list; None where anything about it is wrong.

    ``n`` is the number that was asked for: a list may not answer for another.
    """
    try:
        message = take_apart(data)
        claims = decode(message.payload)
    except NotCanonicalError:
        return None
    kid = _kid(message)
    if kid is None or not isinstance(claims, dict):
        return None
    parts = _parts(claims)
    key = trust.keys.get(kid)
    if parts is None or key is None or key.coop != EVERY or key.state == COMPROMISED:
        return None
    found = StatusList(*parts)
    if n is not None and found.n != n:
        return None
    if not key.not_before <= found.iat <= key.not_after:
        return None
    return found if signature_holds(key.x, message, b"") else None


def _kid(message: Sign1) -> bytes | None:
    header = message.header
    if not isinstance(header, dict) or set(header) != {1, 4, 16}:
        return None
    if header[1] != ED25519 or header[16] != MEDIA_TYPE:
        return None
    kid = header[4]
    return kid if isinstance(kid, bytes) and len(kid) == 8 else None


def _parts(claims: Mapping[object, object]) -> tuple[int, bytes, int, int] | None:
    sub, exp, iat, ttl, held = (claims.get(k) for k in (_SUBJECT, _EXPIRES, _ISSUED, _TTL, _LIST))
    if not isinstance(sub, str) or not isinstance(held, dict) or set(held) != {"lst", "bits"}:
        return None
    named = _SUB.search(sub)
    if named is None or type(held["bits"]) is not int or held["bits"] != 2:
        return None
    if not (type(exp) is int and type(iat) is int and type(ttl) is int):
        return None
    if min(exp, iat, ttl) < 0:
        return None
    bits = _unpacked(held["lst"])
    return None if bits is None else (int(named[1]), bits, iat, min(exp, iat + ttl))


def _unpacked(packed: object) -> bytes | None:
    """Exactly 32,768 bytes of one whole zlib stream; never more is unpacked than one byte over."""
    if not isinstance(packed, bytes):
        return None
    reader = zlib.decompressobj()
    try:
        bits = reader.decompress(packed, BYTES + 1)
    except zlib.error:
        return None
    whole = len(bits) == BYTES and reader.eof and not reader.unused_data
    return bits if whole else None

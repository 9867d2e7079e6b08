"""COSE_Sign1 with Ed25519 as MR1 uses it: a key id, no unprotected header, a purpose that binds.

The external_aad says what a signature is for, so that a list's signature is never a receipt's.
"""

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from coop.receipts.rules.cbor import NotCanonicalError, decode, decode_tagged, encode, head

SIGN1 = 18
ED25519 = -19  # RFC 9864
_P = 2**255 - 19
_L = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, _P - 2, _P) % _P


@dataclass(frozen=True, slots=True)
class Sign1:
    """A message taken apart: its protected bytes and map, payload bytes and signature."""

    protected: bytes
    header: object
    payload: bytes
    signature: bytes


def key_id(x: bytes) -> bytes:
    """First eight bytes of a public key's RFC 9679 thumbprint."""
    return hashlib.sha256(encode({1: 1, -1: 6, -2: x})).digest()[:8]


@lru_cache(maxsize=4096)
def _before_payload(protected: bytes, aad: bytes) -> bytes:
    """What stands before the payload in every message of one key and purpose."""
    return head(4, 4) + encode("Signature1") + encode(protected) + encode(aad)


def to_be_signed(protected: bytes, aad: bytes, payload: bytes) -> bytes:
    """The bytes a signature stands over (RFC 9052 section 4.4)."""
    return _before_payload(protected, aad) + head(2, len(payload)) + payload


def sign1(header: dict[int, object], aad: bytes, payload: bytes, key: Ed25519PrivateKey) -> bytes:
    """Sign a payload (bytes of canonical CBOR) for a purpose and return the tagged message."""
    protected = encode(header)
    signature = key.sign(to_be_signed(protected, aad, payload))
    return _tagged(protected) + encode(payload) + encode(signature)


@lru_cache(maxsize=4096)
def _tagged(protected: bytes) -> bytes:
    """Tag, array and headers: the same in every message of one key."""
    return head(6, SIGN1) + head(4, 4) + encode(protected) + encode({})


def take_apart(data: bytes) -> Sign1:
    """Read a tagged message: whole, protected and payload canonical. Raises NotCanonicalError."""
    parts = decode_tagged(data, SIGN1)
    if not isinstance(parts, list) or len(parts) != 4:
        raise NotCanonicalError("not four parts")
    protected, unprotected, payload, signature = parts
    if not isinstance(protected, bytes) or unprotected != {} or not isinstance(unprotected, dict):
        raise NotCanonicalError("headers of another form")
    if not isinstance(payload, bytes) or not isinstance(signature, bytes) or len(signature) != 64:
        raise NotCanonicalError("payload or signature of another form")
    decode(payload)
    return Sign1(protected, decode(protected), payload, signature)


def kid_of(message: Sign1) -> bytes | None:
    """The key id of a header that is exactly ``{1: -19, 4: bstr of 8}``, else None."""
    header = message.header
    if not isinstance(header, dict) or set(header) != {1, 4} or header[1] != ED25519:
        return None
    kid = header[4]
    return kid if isinstance(kid, bytes) and len(kid) == 8 else None


def signature_holds(x: bytes, message: Sign1, aad: bytes) -> bool:
    """Whether a message is signed by key ``x`` for the purpose ``aad``; see ``ed25519_holds``."""
    signed = to_be_signed(message.protected, aad, message.payload)
    return ed25519_holds(x, message.signature, signed)


def ed25519_holds(x: bytes, signature: bytes, signed: bytes) -> bool:
    """Whether R, S is the signature of key ``x`` over ``signed`` (RFC 8032, strictly).

    S below L, the key a canonical point of large order, no cofactor, R compared by bytes.
    """
    if len(signature) != 64 or int.from_bytes(signature[32:], "little") >= _L:
        return False
    if not good_point(x):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(x).verify(signature, signed)
    except InvalidSignature:
        return False
    return True


@lru_cache(maxsize=4096)
def good_point(x: bytes) -> bool:
    """Whether a public key is a canonical point that is not of small order (RFC 8032 §5.1.3)."""
    if len(x) != 32:
        return False
    number = int.from_bytes(x, "little")
    sign, y = number >> 255, number & ((1 << 255) - 1)
    if y >= _P:
        return False
    u, v = (y * y - 1) % _P, (_D * y * y + 1) % _P
    root = _square_root(u, v)
    if root is None or (root == 0 and sign):
        return False
    point = (root, y)  # the sign of x does not change the order
    for _ in range(3):  # eight times the point is the neutral element only for small order
        point = _double(point)
    return point != (0, 1)


def _square_root(u: int, v: int) -> int | None:
    """A square root of u/v, or None (RFC 8032 section 5.1.3)."""
    root = u * pow(v, 3, _P) * pow(u * pow(v, 7, _P), (_P - 5) // 8, _P) % _P
    if v * root * root % _P == u:
        return root
    if v * root * root % _P == -u % _P:
        return root * pow(2, (_P - 1) // 4, _P) % _P
    return None


def _double(point: tuple[int, int]) -> tuple[int, int]:
    x, y = point
    product = _D * x * x % _P * y % _P * y % _P
    return (
        2 * x * y * pow(1 + product, _P - 2, _P) % _P,
        (y * y + x * x) * pow(1 - product, _P - 2, _P) % _P,
    )

"""An MR1 receipt: from values to the printed text, and from the text back to checked values."""

import base64
import re
from dataclasses import dataclass
from itertools import pairwise

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from coop.kernel.money import amount_paise
from coop.receipts.rules.cbor import encode
from coop.receipts.rules.cose import ED25519, key_id, sign1

PURPOSE = b"MR1\x00"
MOST_BYTES = 1024
BODY = -65601
SALE, REVERSAL = 2, 3
_TEXT = re.compile(rb"[Hh][Tt][Tt][Pp][Ss]://[A-Za-z0-9.-]{1,20}(?::[0-9]{1,5})?/R/([A-Z2-7]+)")
_ISS, _COOP = re.compile(r"[A-Z0-9]{1,8}"), re.compile(r"[A-Z0-9]{3,10}")
_GSTIN = re.compile(r"[0-9A-Z]{15}")
_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MOST = 2**64
_LETTERS = {1: "S", SALE: "B", REVERSAL: "R"}
_ITEMS = {1: 8, SALE: 10, REVERSAL: 11}


@dataclass(frozen=True, slots=True)
class Line:
    """A line: grade, grams, paise a kilogram."""

    grade: int
    grams: int
    paise_per_kg: int

    @property
    def paise(self) -> int:
        """The line's amount, half a paisa up; exact in numbers of any length."""
        return amount_paise(self.grams, self.paise_per_kg)


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt's values. ``party`` and ``lot`` for a sale, ``ref`` for a reversal."""

    iss: str
    iat: int
    cti: bytes
    kind: int
    coop: str
    fy: int
    no: int
    lines: tuple[Line, ...]
    sidx: int
    party: str | None = None
    lot: tuple[int, bytes] | None = None
    ref: bytes | None = None

    @property
    def total(self) -> int:
        """The sum of the lines in paise."""
        return sum(line.paise for line in self.lines)


def payload_bytes(receipt: Receipt) -> bytes:
    """The four claims as deterministic CBOR.

    Raises ValueError for a receipt that no verifier would take: never sign what nobody accepts.
    """
    lines = [[line.grade, line.grams, line.paise_per_kg] for line in receipt.lines]
    body: list[object] = [1, receipt.kind, receipt.coop, receipt.fy, receipt.no, lines]
    body += [receipt.total, receipt.sidx]
    if receipt.kind >= SALE:
        body += [receipt.party, list(receipt.lot) if receipt.lot else None]
    if receipt.kind == REVERSAL:
        body.append(receipt.ref)
    claims = {1: receipt.iss, 6: receipt.iat, 7: receipt.cti, BODY: body}
    read = read_claims(claims)
    if read is None or read[0] != receipt:
        raise ValueError("the receipt breaks the schema of MR1")
    return encode(claims)


def sign_receipt(receipt: Receipt, key: Ed25519PrivateKey, kid: bytes | None = None) -> bytes:
    """Sign a receipt with a cooperative's key; return its COSE bytes. Raises ValueError.

    Give ``kid`` where it is known: working it out again costs more than the payload.
    """
    known = kid or key_id(key.public_key().public_bytes_raw())
    return sign1({1: ED25519, 4: known}, PURPOSE, payload_bytes(receipt), key)


def receipt_text(host: str, signed: bytes) -> str:
    """The text that the printed code holds, in capitals."""
    coded = base64.b32encode(signed).decode("ascii").rstrip("=")
    return f"HTTPS://{host.upper()}/R/{coded}"


def document_no(coop: str, fy: int, kind: int, no: int) -> str:
    """The public number of a receipt's paper: S a slip, B a buyer's receipt, R a reversal.

    >>> document_no("KDM01", 2627, 1, 12)
    'KDM01-26-S00012'
    """
    return f"{coop}-{fy // 100:02d}-{_LETTERS[kind]}{no:05d}"


def bytes_of_text(text: bytes) -> bytes | None:
    """The receipt's bytes, or None where the text is not a receipt's or has stray bits."""
    found = _TEXT.fullmatch(text)
    return None if found is None else bytes_of_code(found[1])


def bytes_of_code(code: bytes) -> bytes | None:
    """The bytes of Base32 without padding; None where it would not be written so again."""
    try:
        data = base64.b32decode(code + b"=" * (-len(code) % 8))
    except ValueError:
        return None
    return data if base64.b32encode(data).rstrip(b"=") == code else None


def gstin_holds(text: str) -> bool:
    """Whether 15 signs end in their mod-36 check character; no other pattern is looked at.

    >>> gstin_holds("27AAPFU0939F1ZV")
    True
    """
    if not _GSTIN.fullmatch(text):
        return False
    total = 0
    for place, sign in enumerate(text[:14]):
        product = _SIGNS.index(sign) * (1 + place % 2)
        total += product // 36 + product % 36
    return _SIGNS[-total % 36] == text[14]


def _uint(value: object, least: int = 0) -> bool:
    return type(value) is int and least <= value < _MOST


def read_claims(claims: object) -> tuple[Receipt, int] | None:
    """A receipt and the total it states, or None where a claim breaks the schema.

    Whether the stated total is the sum of the lines is the next stage's question.
    """
    if not isinstance(claims, dict) or set(claims) != {1, 6, 7, BODY}:
        return None
    iss, iat, cti, body = claims[1], claims[6], claims[7], claims[BODY]
    if not isinstance(iss, str) or not _ISS.fullmatch(iss) or not _uint(iat):
        return None
    if not _is_bstr(cti, 10) or not isinstance(body, list) or not _body_holds(body):
        return None
    _, kind, coop, fy, no, raw_lines, total, sidx = body[:8]
    lines = _lines(raw_lines)
    if lines is None:
        return None
    party, lot, ref = (*body[8:], None, None, None)[:3]
    kept_lot = (lot[0], lot[1]) if lot is not None else None
    return Receipt(iss, iat, cti, kind, coop, fy, no, lines, sidx, party, kept_lot, ref), total


def _body_holds(body: list[object]) -> bool:
    """Every item of the body but the lines."""
    if len(body) < 8:
        return False
    ver, kind, coop, fy, no, _, total, sidx = body[:8]
    if ver != 1 or type(kind) is not int or len(body) != _ITEMS.get(kind):
        return False
    if not isinstance(coop, str) or not _COOP.fullmatch(coop) or not _year(fy):
        return False
    return _uint(no, 1) and _uint(total) and _uint(sidx) and _ends(kind, body[8:])


def _is_bstr(value: object, length: int) -> bool:
    return isinstance(value, bytes) and len(value) == length


def _year(fy: object) -> bool:
    if type(fy) is not int or not 0 <= fy <= 9999:
        return False
    return fy % 100 == (fy // 100 + 1) % 100


def _lines(raw: object) -> tuple[Line, ...] | None:
    if not isinstance(raw, list) or not 1 <= len(raw) <= 20:
        return None
    lines = []
    for one in raw:
        if not isinstance(one, list) or len(one) != 3:
            return None
        if not (_uint(one[0]) and _uint(one[1], 1) and _uint(one[2])):
            return None
        lines.append(Line(*one))
    grades = [line.grade for line in lines]
    return tuple(lines) if all(a < b for a, b in pairwise(grades)) else None


def _ends(kind: int, rest: list[object]) -> bool:
    """The items after the eighth: party and lot of a sale, the reversed receipt's id."""
    if kind == SALE:
        party, lot = rest
        if not isinstance(party, str) or not (party == "URP" or gstin_holds(party)):
            return False
        if not isinstance(lot, list) or len(lot) != 2:
            return False
        return _uint(lot[0], 1) and _is_bstr(lot[1], 32)
    if kind == REVERSAL:
        return rest[:2] == [None, None] and _is_bstr(rest[2], 10)
    return True

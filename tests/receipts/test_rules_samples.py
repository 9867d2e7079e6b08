"""The keys, lists and receipts that the tests of the rules build on, and one receipt by hand."""

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from coop.receipts.rules.cbor import decode, encode
from coop.receipts.rules.cose import key_id, sign1
from coop.receipts.rules.receipt import (
    BODY,
    PURPOSE,
    Line,
    Receipt,
    payload_bytes,
    receipt_text,
    sign_receipt,
)
from coop.receipts.rules.status_list import StatusList, read_status_lists, sign_status_list
from coop.receipts.rules.trust_list import (
    KeyEntry,
    LogKey,
    TrustList,
    read_trust_list,
    sign_trust_list,
)
from coop.receipts.rules.verdict import Judgement, judge

DAY = 86_400
NOW = 1_790_000_000
IAT = NOW - 3600
FROM, TO = NOW - 100 * DAY, NOW + 265 * DAY


def private(number: int) -> Ed25519PrivateKey:
    """A key that is the same in every run."""
    return Ed25519PrivateKey.from_private_bytes(sha256(b"key %d" % number).digest())


def x_of(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes_raw()


ROOT, COOP_KEY, EVERY_KEY, STRANGER = (private(number) for number in range(4))
KID, EVERY_KID = key_id(x_of(COOP_KEY)), key_id(x_of(EVERY_KEY))
PURCHASE = Receipt(
    "JH", IAT, bytes(range(10)), 1, "KDM01", 2627, 12, (Line(3, 15_454, 1075),), 131_077
)
SALE = replace(
    PURCHASE,
    kind=2,
    lines=(Line(1, 500_000, 1200), Line(2, 1, 500), Line(7, 3, 333)),
    party="27AAPFU0939F1ZV",
    lot=(2, bytes(32)),
)
REVERSAL = replace(PURCHASE, kind=3, ref=b"\xff" * 10)


def entry(key: Ed25519PrivateKey = COOP_KEY, coop: str = "KDM01", **other: Any) -> KeyEntry:
    x = x_of(key)
    return replace(KeyEntry(key_id(x), x, coop, FROM, TO, 0, None), **other)


def keys_file(*entries: KeyEntry, log_keys: tuple[LogKey, ...] = ()) -> bytes:
    held = entries or (entry(), entry(EVERY_KEY, "*"))
    return sign_trust_list("JH", 5, NOW - DAY, NOW + 30 * DAY, held, ROOT, log_keys)


def trust(*entries: KeyEntry) -> TrustList:
    read = read_trust_list(keys_file(*entries), [x_of(ROOT)], now=NOW)
    assert read.refused is None
    return read


def lists(status: int = 0, iat: int = NOW - 60, n: int = 1) -> dict[int, StatusList]:
    """The list that the sample's place stands in, as read from its file."""
    places = {PURCHASE.sidx: status} if n == 1 else {}
    signed = sign_status_list("https://example.org", n, places, iat, EVERY_KEY, EVERY_KID)
    return read_status_lists([signed], trust())


def text_of(signed: bytes) -> bytes:
    return receipt_text("mica.example", signed).encode()


def signed_claims(claims: object, key: Ed25519PrivateKey = COOP_KEY, kid: bytes = KID) -> bytes:
    """Sign any claims, also such as no cooperative would."""
    return sign1({1: -19, 4: kid}, PURPOSE, encode(claims), key)


def claims_of(receipt: Receipt = PURCHASE) -> dict[Any, Any]:
    claims = decode(payload_bytes(receipt))
    assert isinstance(claims, dict)
    return claims


def with_body(place: int, value: object, receipt: Receipt = PURCHASE) -> bytes:
    """A well signed receipt with one item of the body changed."""
    claims = claims_of(receipt)
    claims[BODY][place] = value
    return signed_claims(claims)


def claim(key: object, value: object) -> dict[Any, Any]:
    return {**claims_of(), key: value}


def with_lines(*lines: list[int], total: int) -> bytes:
    """A well signed receipt of these lines that states this total."""
    claims = claims_of()
    claims[BODY][5], claims[BODY][6] = list(lines), total
    return signed_claims(claims)


TRUST, LISTS = trust(), lists()
SIGNED = sign_receipt(PURCHASE, COOP_KEY, KID)


def judged(
    signed: bytes = SIGNED,
    held: TrustList = TRUST,
    known: Mapping[int, StatusList] = LISTS,
    now: int = NOW,
) -> Judgement:
    return judge(text_of(signed), held, known, now=now)


def test_a_receipt_written_by_hand() -> None:
    """Byte by byte from the page, with nothing of the codec but the final comparison."""
    key = Ed25519PrivateKey.from_private_bytes(bytes(32))
    kid = sha256(bytes.fromhex("a3010120062158 20") + x_of(key)).digest()[:8]
    protected = bytes.fromhex("a2013204 48") + kid
    payload = bytes.fromhex(
        "a4 01624a48 061a6ab12e80 074a00010203040506070809 3a00010040"
        "88 01 01 654b444d3031 190a43 0c 81 83 03 193c5e 190433 1940e5 1a00020005"
    )
    signed = b"\x84\x6aSignature1\x4d" + protected + b"\x44MR1\x00\x58"
    signature = key.sign(signed + bytes((len(payload),)) + payload)
    by_hand = b"\xd2\x84\x4d" + protected + b"\xa0\x58" + bytes((len(payload),)) + payload
    receipt = replace(PURCHASE, iat=0x6AB12E80)
    assert sign_receipt(receipt, key) == by_hand + b"\x58\x40" + signature
    assert sign_receipt(receipt, key, kid) == sign_receipt(receipt, key)


def test_the_receipt_in_the_description_is_genuine() -> None:
    page = (Path(__file__).parents[2] / "docs" / "receipt-mr1.md").read_text("utf-8")
    lines = page.split("As text")[1].split("\n\n")[1].split()
    key = Ed25519PrivateKey.from_private_bytes(bytes(32))
    found = judge("".join(lines).encode(), trust(entry(key)), LISTS, now=NOW)
    assert found.receipt == replace(PURCHASE, iat=0x6AB12E80)
    assert found.verdict == "GENUINE_CURRENT"
    for written in (x_of(key), key_id(x_of(key)), found.receipt.cti):
        assert written.hex() in page


def test_the_sample_is_fit_to_be_edited() -> None:
    """Every place differs, so that an edit cannot cancel out."""
    assert PURCHASE.total == 16_613 == 0x40E5
    assert PURCHASE.sidx // 2**17 == 1
    assert len({KID, EVERY_KID, key_id(x_of(ROOT)), key_id(x_of(STRANGER))}) == 4

"""The list of keys: what refuses it, whose root, how long, and what does not spoil it."""

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest

from coop.receipts.rules.cbor import decode, encode
from coop.receipts.rules.cose import key_id, sign1, take_apart
from coop.receipts.rules.trust_list import (
    KeyEntry,
    LogKey,
    Reason,
    TrustList,
    read_trust_list,
    sign_trust_list,
)
from tests.receipts.test_rules_samples import (
    COOP_KEY,
    DAY,
    EVERY_KEY,
    KID,
    NOW,
    ROOT,
    STRANGER,
    entry,
    keys_file,
    x_of,
)

ROOTS = [x_of(ROOT)]
Claims = dict[Any, Any]


def read(data: bytes, now: int = NOW, min_seq: int = 0) -> TrustList:
    return read_trust_list(data, ROOTS, now=now, min_seq=min_seq)


def refused_for(found: TrustList) -> str | None:
    """The reason; a refused list must hold no keys of any sort."""
    if found.refused:
        assert found.keys == {}
        assert found.log_keys == ()
    return found.refused


def claims() -> Claims:
    held = decode(take_apart(keys_file()).payload)
    assert isinstance(held, dict)
    return held


def signed(held: object, aad: bytes = b"MR1K\0", header: Claims | None = None) -> bytes:
    """Sign anything with the root, also what the cooperative's own code would not."""
    return sign1(header or {1: -19, 4: key_id(x_of(ROOT))}, aad, encode(held), ROOT)


def test_a_list_is_read_as_it_was_signed() -> None:
    entries = (
        entry(),
        entry(EVERY_KEY, "*", state=1),
        entry(STRANGER, "GRD01", state=2, compromised_from=7),
    )
    logs = (LogKey("mica.example/mr1", 1, bytes(32)), LogKey("ngo.example/w", 4, b"\1" * 32))
    found = read(keys_file(*entries, log_keys=logs))
    assert refused_for(found) is None
    assert (found.iss, found.seq, found.expires) == ("JH", 5, NOW + 30 * DAY)
    assert list(found.keys.values()) == list(entries)
    assert found.log_keys == logs
    assert logs[1].id == sha256(b"ngo.example/w\n\x04" + b"\1" * 32).digest()[:4]


def test_the_bytes_of_a_list() -> None:
    message = take_apart(keys_file())
    assert message.header == {1: -19, 4: key_id(x_of(ROOT))}
    assert claims() == {
        1: "JH",
        2: 5,
        3: NOW - DAY,
        4: NOW + 30 * DAY,
        5: [
            [KID, x_of(COOP_KEY), "KDM01", entry().not_before, entry().not_after, 0, None],
            [
                key_id(x_of(EVERY_KEY)), x_of(EVERY_KEY), "*",
                entry().not_before, entry().not_after, 0, None,
            ],
        ],
    }  # fmt: skip


def test_either_of_two_roots_is_accepted() -> None:
    for roots in ([x_of(STRANGER), x_of(ROOT)], [x_of(ROOT), x_of(STRANGER)]):
        assert read_trust_list(keys_file(), roots, now=NOW).refused is None
    assert read_trust_list(keys_file(), [x_of(STRANGER)], now=NOW).refused == Reason.ROOT
    assert read_trust_list(keys_file(), [], now=NOW).refused == Reason.ROOT


def test_the_list_ends_at_its_second() -> None:
    ends = NOW + 30 * DAY
    assert refused_for(read(keys_file(), now=ends - 1)) is None
    assert refused_for(read(keys_file(), now=ends)) == Reason.EXPIRED


def test_a_list_from_the_future_holds() -> None:
    assert refused_for(read(keys_file(), now=0)) is None


def test_an_older_list_than_the_newest_seen_is_refused() -> None:
    assert refused_for(read(keys_file(), min_seq=5)) is None
    assert refused_for(read(keys_file(), min_seq=6)) == Reason.OLDER


def test_ninety_days_and_no_second_more() -> None:
    assert refused_for(read(signed({**claims(), 4: NOW + 89 * DAY}))) is None
    assert refused_for(read(signed({**claims(), 4: NOW + 89 * DAY + 1}))) == Reason.TOO_LONG


def test_signatures_that_do_not_hold() -> None:
    good = keys_file()
    assert refused_for(read(good[:-1] + bytes((good[-1] ^ 1,)))) == Reason.SIGNATURE
    assert refused_for(read(signed(claims(), b""))) == Reason.SIGNATURE
    assert refused_for(read(signed(claims(), b"MR1\0"))) == Reason.SIGNATURE
    by_another = sign1({1: -19, 4: key_id(x_of(ROOT))}, b"MR1K\0", encode(claims()), STRANGER)
    assert refused_for(read(by_another)) == Reason.SIGNATURE


def test_a_root_of_small_order_signs_nothing() -> None:
    weak = b"\1" + bytes(31)
    any_signature = b"\1" + bytes(63)
    message = take_apart(sign1({1: -19, 4: key_id(weak)}, b"MR1K\0", encode(claims()), ROOT))
    forged = b"\xd2" + encode([message.protected, {}, message.payload, any_signature])
    assert read_trust_list(forged, [weak], now=NOW).refused == Reason.SIGNATURE


ROOT_KID = key_id(x_of(ROOT))
HEADERS: list[Claims] = [
    {1: -8, 4: ROOT_KID},
    {1: -19},
    {4: ROOT_KID},
    {1: -19, 4: ROOT_KID[:7]},
    {1: -19, 4: ROOT_KID + b"\0"},
    {1: -19, 4: ROOT_KID.hex()},
    {1: -19, 4: ROOT_KID, 16: "application/cwt"},
]


@pytest.mark.parametrize("header", HEADERS, ids=str)
def test_headers_of_another_content(header: Claims) -> None:
    assert refused_for(read(signed(claims(), header=header))) == Reason.FORM


@pytest.mark.parametrize("data", [b"", b"\xd2", keys_file()[1:], keys_file() + b"\0", b"{}"])
def test_bytes_that_are_no_message(data: bytes) -> None:
    assert refused_for(read(data)) == Reason.FORM


BROKEN: dict[str, object] = {
    "an array": [],
    "no seq": {key: value for key, value in claims().items() if key != 2},
    "a seventh claim": {**claims(), 7: 1},
    "iss too long": {**claims(), 1: "A" * 9},
    "iss as bytes": {**claims(), 1: b"JH"},
    "seq negative": {**claims(), 2: -1},
    "issued null": {**claims(), 3: None},
    "expires as text": {**claims(), 4: "later"},
}


@pytest.mark.parametrize("held", BROKEN.values(), ids=BROKEN.keys())
def test_claims_of_another_form(held: object) -> None:
    assert refused_for(read(signed(held))) == Reason.FORM


def _row(place: int, value: object) -> list[object]:
    row: list[object] = list(claims()[5][0])
    row[place] = value
    return row


ROW = claims()[5][0]
BAD_ROWS: dict[str, object] = {
    "no array": {},
    "six items": ROW[:6],
    "eight items": [*ROW, None],
    "kid of another key": _row(0, key_id(x_of(STRANGER))),
    "kid as text": _row(0, KID.hex()),
    "kid too long": _row(0, KID + b"\0"),
    "kid null": _row(0, None),
    "x of 31": _row(1, x_of(COOP_KEY)[:31]),
    "x null": _row(1, None),
    "coop of two": _row(2, "KD"),
    "coop lower case": _row(2, "kdm01"),
    "coop **": _row(2, "**"),
    "coop null": _row(2, None),
    "not_before negative": _row(3, -1),
    "not_after null": _row(4, None),
    "state 3": _row(5, 3),
    "state -1": _row(5, -1),
    "state null": _row(5, None),
    "state 2 without a time": _row(5, 2),
    "state 0 with a time": _row(6, 1),
    "state 1 with a time": [*ROW[:5], 1, 1],
    "state 2 with a negative time": [*ROW[:5], 2, -1],
}


@pytest.mark.parametrize("row", BAD_ROWS.values(), ids=BAD_ROWS.keys())
def test_one_bad_entry_spoils_the_list(row: object) -> None:
    good = claims()[5][1]
    assert refused_for(read(signed({**claims(), 5: [good, row]}))) == Reason.ENTRY
    assert refused_for(read(signed({**claims(), 5: row}))) == Reason.ENTRY


def test_a_key_twice_spoils_the_list() -> None:
    twice = [ROW, [*ROW[:2], "*", *ROW[3:]]]
    assert refused_for(read(signed({**claims(), 5: twice}))) == Reason.ENTRY


def test_a_list_may_be_empty() -> None:
    assert read(signed({**claims(), 5: []})) == replace(read(keys_file()), keys={})


WEAK = {
    "small order": b"\1" + bytes(31),
    "not reduced": b"\xff" * 31 + b"\x7f",
    "off the curve": b"\2" + bytes(31),
}


@pytest.mark.parametrize("x", WEAK.values(), ids=WEAK.keys())
def test_a_key_that_is_no_good_point_does_not_spoil_the_list(x: bytes) -> None:
    row = [key_id(x), x, "KDM01", 0, 1, 0, None]
    found = read(signed({**claims(), 5: [*claims()[5], row]}))
    assert refused_for(found) is None
    assert len(found.keys) == 3


NAME = "mica.example/mr1"
BAD_LOG_ROWS: dict[str, object] = {
    "no array": {},
    "two items": [NAME, 1],
    "four items": [NAME, 1, bytes(32), 0],
    "an empty name": ["", 1, bytes(32)],
    "a space": ["a b", 1, bytes(32)],
    "a plus": ["a+b", 1, bytes(32)],
    "a line feed": ["a\n", 1, bytes(32)],
    "a no-break space": ["a\u00a0b", 1, bytes(32)],
    "an ideographic space": ["a\u3000b", 1, bytes(32)],
    "a name as bytes": [b"a", 1, bytes(32)],
    "type 2": [NAME, 2, bytes(32)],
    "type null": [NAME, None, bytes(32)],
    "x of 33": [NAME, 1, bytes(33)],
}


@pytest.mark.parametrize("row", BAD_LOG_ROWS.values(), ids=BAD_LOG_ROWS.keys())
def test_a_bad_log_key_spoils_the_list(row: object) -> None:
    good = [NAME, 1, bytes(32)]
    assert refused_for(read(signed({**claims(), 6: [good]}))) is None
    assert refused_for(read(signed({**claims(), 6: [good, row]}))) == Reason.ENTRY


def test_a_name_may_hold_what_is_no_unicode_space() -> None:
    assert refused_for(read(signed({**claims(), 6: [["a\u200b\u001cअ", 4, bytes(32)]]}))) is None
    assert refused_for(read(signed({**claims(), 6: None}))) == Reason.ENTRY


UNSIGNABLE: dict[str, Callable[[], bytes]] = {
    "91 days": lambda: sign_trust_list("JH", 1, 0, 91 * DAY, [entry()], ROOT),
    "a key twice": lambda: sign_trust_list("JH", 1, 0, DAY, [entry(), entry()], ROOT),
    "another kid": lambda: _signed_entry(replace(entry(), kid=bytes(8))),
    "state 2 without a time": lambda: _signed_entry(replace(entry(), state=2)),
    "a trust domain in lower case": lambda: sign_trust_list("jh", 1, 0, DAY, [entry()], ROOT),
    "over before it begins": lambda: sign_trust_list("JH", 1, 5, 5, [entry()], ROOT),
}


def _signed_entry(one: KeyEntry) -> bytes:
    return sign_trust_list("JH", 1, 0, DAY, [one], ROOT)


@pytest.mark.parametrize("sign", UNSIGNABLE.values(), ids=UNSIGNABLE.keys())
def test_what_everybody_would_refuse_is_not_signed(sign: Callable[[], bytes]) -> None:
    with pytest.raises(ValueError, match="refused"):
        sign()


def test_no_single_byte_may_change() -> None:
    good = keys_file()
    assert read(good).refused is None
    for place in range(len(good)):
        for flip in (1, 0x20, 0x80, 0xFF):
            edited = bytearray(good)
            edited[place] ^= flip
            assert read(bytes(edited)).refused, (place, flip)
        assert read(good[:place]).refused

"""Deterministic CBOR against another library, and everything that must not be read."""

from typing import Any

import cbor2
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coop.receipts.rules.cbor import CompositeKey, NotCanonicalError, decode, decode_tagged, encode

NUMBERS = st.integers(-(2**64), 2**64 - 1)
PLAIN = NUMBERS | st.binary(max_size=40) | st.text(max_size=40)
ITEMS = st.recursive(
    PLAIN | st.none(),
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(PLAIN, inner, max_size=6),
    max_leaves=30,
)


@given(ITEMS)
@example({24: 1, -1: 2, "a": 3, b"": 4, 256: None})
def test_what_is_written_is_read(item: object) -> None:
    assert decode(encode(item)) == item


def _bytewise(item: Any) -> bytes:
    """Another library's bytes, its maps put in the order of RFC 8949 section 4.2.1."""
    if isinstance(item, list):
        return _head(4, len(item)) + b"".join(map(_bytewise, item))
    if isinstance(item, dict):
        pairs = sorted((_bytewise(key), _bytewise(value)) for key, value in item.items())
        return _head(5, len(pairs)) + b"".join(key + value for key, value in pairs)
    return cbor2.dumps(item, canonical=True)


def _head(major: int, count: int) -> bytes:
    written = cbor2.dumps(count)
    return bytes((written[0] | major << 5,)) + written[1:]


@settings(max_examples=300)
@given(ITEMS)
def test_the_bytes_are_those_of_another_library(item: object) -> None:
    assert encode(item) == _bytewise(item)
    assert cbor2.loads(encode(item)) == item


@given(st.dictionaries(st.integers(0, 23) | st.integers(-24, -1), PLAIN, max_size=8))
def test_maps_of_one_key_length_are_another_librarys_canonical_form(item: object) -> None:
    """Its order is by length first; with keys of one length both orders agree."""
    assert encode(item) == cbor2.dumps(item, canonical=True)


@settings(max_examples=1000)
@given(st.binary(max_size=24) | ITEMS.map(encode), st.data())
def test_only_what_would_be_written_so_is_read(data: bytes, draw: st.DataObject) -> None:
    """Any accepted bytes are what the writer makes of them: there is one spelling."""
    edited = bytearray(data)
    for _ in range(draw.draw(st.integers(0, 2))):
        if edited:
            at = draw.draw(st.integers(0, len(edited) - 1))
            edited[at] = draw.draw(st.integers(0, 255))
    try:
        item = decode(bytes(edited))
    except NotCanonicalError:
        return
    assert encode(item) == edited


REFUSED = {
    "nothing": "",
    "bytes after the item": "0000",
    "23 in two bytes": "1817",
    "255 in three bytes": "1900ff",
    "65535 in five bytes": "1a0000ffff",
    "2^32 - 1 in nine bytes": "1b00000000ffffffff",
    "a negative not shortest": "3817",
    "a length not shortest": "580161",
    "a text's length not shortest": "780161",
    "an array's length not shortest": "980100",
    "a map's length not shortest": "b8010000",
    "indefinite bytes": "5f4161ff",
    "indefinite text": "7f6161ff",
    "indefinite array": "9f00ff",
    "indefinite map": "bf0000ff",
    "break alone": "ff",
    "reserved length 28": "1c",
    "reserved length 30": "5e",
    "false": "f4",
    "true": "f5",
    "undefined": "f7",
    "null in two bytes": "f816",
    "simple 32": "f820",
    "simple 0": "e0",
    "half float": "f93c00",
    "single float": "fa3f800000",
    "double float": "fb3ff0000000000000",
    "tag 18": "d200",
    "tag 2": "c24101",
    "tag in an array": "81c000",
    "keys out of order": "a202000100",
    "a key twice": "a201000100",
    "keys length-first instead of bytewise": "a22000186400",
    "continuation byte alone": "6180",
    "overlong slash": "62c0af",
    "a surrogate": "63eda080",
    "above U+10FFFF": "64f4908080",
    "bytes cut short": "4261",
    "text cut short": "6261",
    "array cut short": "8200",
    "map cut short": "a100",
    "head cut short": "19ff",
    "a length of 2^64 - 1": "5bffffffffffffffff",
    "an array of 2^64 - 1": "9bffffffffffffffff",
    "a map of 2^64 - 1": "bbffffffffffffffff",
    "17 arrays deep": "81" * 17 + "00",
    "17 maps deep": "a100" * 17 + "00",
    "an empty array 17 deep": "81" * 16 + "80",
}


@pytest.mark.parametrize("data", REFUSED.values(), ids=REFUSED.keys())
def test_not_read(data: str) -> None:
    with pytest.raises(NotCanonicalError):
        decode(bytes.fromhex(data))


READ: dict[str, tuple[str, object]] = {
    "24": ("1818", 24),
    "the largest number": ("1bffffffffffffffff", 2**64 - 1),
    "the smallest number": ("3bffffffffffffffff", -(2**64)),
    "null": ("f6", None),
    "null as a key": ("a1f600", {None: 0}),
    "a zero character": ("6100", "\0"),
    "16 arrays deep": ("81" * 15 + "80", None),
    "keys of several kinds": ("a4010020004000606161", {1: 0, -1: 0, b"": 0, "": "a"}),
    "an array as a key": ("a1810102", {CompositeKey(b"\x81\x01"): 2}),
    "a map as a key": ("a1a002", {CompositeKey(b"\xa0"): 2}),
}


@pytest.mark.parametrize(("data", "item"), READ.values(), ids=READ.keys())
def test_read(data: str, item: object) -> None:
    found = decode(bytes.fromhex(data))
    assert encode(found).hex() == data
    if item is not None:
        assert found == item


@pytest.mark.parametrize("data", ["8000", "d81280", "d28000", "d2", "d380", ""])
def test_the_outer_tag_is_18_in_its_shortest_form(data: str) -> None:
    with pytest.raises(NotCanonicalError):
        decode_tagged(bytes.fromhex(data), 18)
    assert decode_tagged(bytes.fromhex("d280"), 18) == []


_DEEP: Any = 0
for _ in range(17):
    _DEEP = [_DEEP]


@pytest.mark.parametrize("item", [True, 1.0, {1}, 2**64, -(2**64) - 1, "\ud800", object(), _DEEP])
def test_not_written(item: object) -> None:
    with pytest.raises(ValueError):
        encode(item)

"""Status lists: two bits a place, exactly 32,768 bytes, a key of every cooperative's."""

import gzip
import zlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coop.receipts.rules.cbor import decode, encode
from coop.receipts.rules.cose import sign1, take_apart
from coop.receipts.rules.status_list import (
    BYTES,
    PLACES,
    Status,
    read_status_list,
    read_status_lists,
    sign_status_list,
)
from tests.receipts.test_rules_samples import (
    COOP_KEY,
    DAY,
    EVERY_KEY,
    EVERY_KID,
    FROM,
    KID,
    NOW,
    STRANGER,
    TO,
    entry,
    trust,
)

Claims = dict[Any, Any]
TRUST = trust()
HEADER: Claims = {1: -19, 4: EVERY_KID, 16: "application/statuslist+cwt"}
BASE = "https://mica.example"


def made(n: int = 0, places: dict[int, int] | None = None, iat: int = NOW) -> bytes:
    return sign_status_list(BASE, n, places or {}, iat, EVERY_KEY, EVERY_KID)


def claims() -> Claims:
    held = decode(take_apart(made()).payload)
    assert isinstance(held, dict)
    return held


def signed(held: object, header: Claims | None = None, aad: bytes = b"") -> bytes:
    return sign1(header or HEADER, aad, encode(held), EVERY_KEY)


def packed(lst: object, bits: object = 2) -> bytes:
    return signed({**claims(), 65533: {"lst": lst, "bits": bits}})


@settings(max_examples=30)
@given(
    st.integers(0, 2**47 - 1),
    st.dictionaries(st.integers(0, PLACES - 1), st.integers(0, 3), max_size=30),
)
def test_every_place_says_what_was_put_there(n: int, places: dict[int, int]) -> None:
    here = {n * PLACES + place: status for place, status in places.items()}
    found = read_status_list(made(n, here), TRUST)
    assert found is not None
    assert (found.n, found.iat) == (n, NOW)
    for place in [*places, 0, PLACES - 1]:
        assert found.status(n * PLACES + place) == places.get(place, 0)


def test_the_bits_are_counted_from_the_low_end() -> None:
    found = read_status_list(made(0, {0: 1, 1: 2, 2: 3, 4: 1}), TRUST)
    assert found is not None
    assert found.bits[:2] == bytes((0b00_11_10_01, 0b01))
    assert found.status(PLACES * 9 + 1) is Status.HELD  # only the place within the list counts


def test_the_claims_of_a_list() -> None:
    held = claims()
    assert set(held) == {2, 4, 6, 65533, 65534}
    assert (held[2], held[4], held[6], held[65534]) == (
        "https://mica.example/mr1/status/0",
        NOW + DAY,
        NOW,
        DAY,
    )
    assert zlib.decompress(held[65533]["lst"]) == bytes(BYTES)
    assert take_apart(made()).header == HEADER


@pytest.mark.parametrize("places", [{PLACES: 1}, {-1: 1}, {0: 4}, {0: -1}])
def test_a_place_elsewhere_or_a_status_unknown_is_not_signed(places: dict[int, int]) -> None:
    with pytest.raises(ValueError):
        made(0, places)


def test_a_list_is_fresh_until_the_first_of_its_two_ends() -> None:
    for exp, ttl, ends in ((NOW + 10, 20, NOW + 10), (NOW + 20, 10, NOW + 10)):
        found = read_status_list(signed({**claims(), 4: exp, 65534: ttl}), TRUST)
        assert found is not None
        assert found.fresh(ends - 1)
        assert not found.fresh(ends)
        assert found.fresh(0)  # a list from the future is only compared with its ends


def test_other_claims_are_ignored() -> None:
    more = {**claims(), 1: "x", 7: b"y", -3: [{"a": None}], "name": 5}
    assert read_status_list(signed(more), TRUST) is not None


RIGHT = zlib.compress(bytes(BYTES))
RAW = zlib.compressobj(9, zlib.DEFLATED, -15)
LISTS: dict[str, object] = {
    "a byte short": zlib.compress(bytes(BYTES - 1)),
    "a byte long": zlib.compress(bytes(BYTES + 1)),
    "empty": zlib.compress(b""),
    "64 MB of zeros": zlib.compress(bytes(64 * 1024 * 1024), 1),
    "a byte after the stream": RIGHT + b"\0",
    "two streams": RIGHT + RIGHT,
    "the checksum cut off": RIGHT[:-1],
    "the checksum wrong": RIGHT[:-1] + bytes((RIGHT[-1] ^ 1,)),
    "raw deflate": RAW.compress(bytes(BYTES)) + RAW.flush(),
    "gzip": gzip.compress(bytes(BYTES)),
    "not packed": bytes(BYTES),
    "text": "abc",
    "null": None,
}


@pytest.mark.parametrize("lst", LISTS.values(), ids=LISTS.keys())
def test_only_32_768_bytes_of_zlib_are_taken(lst: object) -> None:
    assert read_status_list(packed(RIGHT), TRUST) is not None
    assert read_status_list(packed(lst), TRUST) is None


def test_any_packing_of_the_right_bytes_is_taken() -> None:
    for level in (0, 1, 9):
        assert read_status_list(packed(zlib.compress(bytes(BYTES), level)), TRUST) is not None


BROKEN: dict[str, object] = {
    "an array": [],
    **{f"claim {key} missing": {k: v for k, v in claims().items() if k != key} for key in claims()},
    **{f"claim {key} null": {**claims(), key: None} for key in claims()},
    "exp negative": {**claims(), 4: -1},
    "iat negative": {**claims(), 6: -1},
    "ttl negative": {**claims(), 65534: -1},
    "ttl as text": {**claims(), 65534: "86400"},
    "bits 1": {**claims(), 65533: {"lst": RIGHT, "bits": 1}},
    "bits missing": {**claims(), 65533: {"lst": RIGHT}},
    "more beside the list": {**claims(), 65533: {"lst": RIGHT, "bits": 2, "more": 1}},
}


@pytest.mark.parametrize("held", BROKEN.values(), ids=BROKEN.keys())
def test_claims_of_another_form(held: object) -> None:
    assert read_status_list(signed(held), TRUST) is None


SUBS = ["", "/mr1/status/", "/mr1/status/x", "/mr1/status/0/", "/mr1/status/01", "/mr1/status/-1",
        "/mr1/status/0\n", "/mr1/status/१", "/MR1/status/0", "x/status/0"]  # fmt: skip


@pytest.mark.parametrize("sub", SUBS)
def test_a_subject_that_names_no_list(sub: str) -> None:
    assert read_status_list(signed({**claims(), 2: BASE + sub}), TRUST) is None


def test_any_host_may_have_served_it() -> None:
    for sub in ("/mr1/status/0", "http://elsewhere:8/x/mr1/status/0"):
        assert read_status_list(signed({**claims(), 2: sub}), TRUST) is not None


HEADERS: list[Claims] = [
    {1: -19, 4: EVERY_KID},
    {**HEADER, 16: "application/statuslist+jwt"},
    {**HEADER, 16: 1},
    {**HEADER, 1: -8},
    {**HEADER, 4: EVERY_KID[:7]},
    {**HEADER, 5: 1},
    {**HEADER, 4: KID},
]


@pytest.mark.parametrize("header", HEADERS, ids=str)
def test_headers_of_another_content(header: Claims) -> None:
    assert read_status_list(signed(claims(), header), TRUST) is None


@pytest.mark.parametrize("aad", [b"MR1\0", b"MR1K\0", b"\0"])
def test_the_purpose_is_empty(aad: bytes) -> None:
    assert read_status_list(signed(claims(), aad=aad), TRUST) is None


def test_a_cooperatives_own_key_signs_no_status() -> None:
    own = sign_status_list(BASE, 0, {}, NOW, COOP_KEY, KID)
    assert read_status_list(own, TRUST) is None
    assert read_status_list(own, trust(entry(COOP_KEY, "*"))) is not None


def test_a_strangers_signature_does_not_hold() -> None:
    assert read_status_list(sign_status_list(BASE, 0, {}, NOW, STRANGER, EVERY_KID), TRUST) is None


def test_the_state_of_the_key() -> None:
    retired = trust(entry(EVERY_KEY, "*", state=1))
    compromised = trust(entry(EVERY_KEY, "*", state=2, compromised_from=NOW + DAY))
    assert read_status_list(made(), retired) is not None
    assert read_status_list(made(), compromised) is None
    assert read_status_list(made(), trust(entry())) is None


@pytest.mark.parametrize(
    ("iat", "taken"), [(FROM - 1, False), (FROM, True), (TO, True), (TO + 1, False)]
)
def test_both_ends_of_the_keys_window_are_inside(iat: int, taken: bool) -> None:
    assert (read_status_list(made(iat=iat), TRUST) is not None) == taken


def test_a_list_does_not_answer_for_another() -> None:
    assert read_status_list(made(3), TRUST, 3) is not None
    assert read_status_list(made(3), TRUST, 4) is None
    assert set(read_status_lists([made(3), made(5)], TRUST)) == {3, 5}


def test_the_newest_of_two_lists_holds() -> None:
    old, new = made(0, {7: 1}, NOW - 60), made(0, {}, NOW)
    for files in ([old, new], [new, old]):
        assert read_status_lists([*files, b"junk"], TRUST)[0].iat == NOW


def test_no_single_byte_may_change() -> None:
    good = made(0, {5: 1})
    for place in range(len(good)):
        for flip in (1, 0x20, 0x80, 0xFF):
            edited = bytearray(good)
            edited[place] ^= flip
            assert read_status_list(bytes(edited), TRUST) is None, (place, flip)
        assert read_status_list(good[:place], TRUST) is None
    assert read_status_list(good + b"\0", TRUST) is None

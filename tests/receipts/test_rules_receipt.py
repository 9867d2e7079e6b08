"""Receipts: text and bytes there and back, the schema's every line, exact sums, GSTINs."""

import base64
import csv
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import luhn

from coop.receipts.rules.cbor import decode
from coop.receipts.rules.cose import take_apart
from coop.receipts.rules.receipt import (
    BODY,
    Line,
    Receipt,
    bytes_of_code,
    bytes_of_text,
    gstin_holds,
    payload_bytes,
    read_claims,
    receipt_text,
    sign_receipt,
)
from coop.receipts.rules.verdict import Verdict, judge
from tests.receipts.test_rules_samples import (
    COOP_KEY,
    EVERY_KEY,
    EVERY_KID,
    KID,
    NOW,
    PURCHASE,
    REVERSAL,
    SALE,
    claims_of,
    entry,
    text_of,
    trust,
)

SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
GSTINS = st.text(SIGNS, min_size=14, max_size=14).map(
    lambda text: text + luhn.calc_check_digit(text, SIGNS)
)
LINES = st.lists(
    st.builds(Line, st.integers(0, 40), st.integers(1, 10**9), st.integers(0, 10**9)),
    min_size=1,
    max_size=20,
    unique_by=lambda line: line.grade,
).map(lambda lines: tuple(sorted(lines, key=lambda line: line.grade)))


@st.composite
def receipts(draw: st.DrawFn) -> Receipt:
    """Any receipt that a cooperative may issue."""
    first = draw(st.integers(0, 99))
    kind = draw(st.sampled_from((1, 2, 3)))
    receipt = Receipt(
        draw(st.text(SIGNS, min_size=1, max_size=8)),
        draw(st.integers(0, 2**64 - 1)),
        draw(st.binary(min_size=10, max_size=10)),
        kind,
        draw(st.text(SIGNS, min_size=3, max_size=10)),
        100 * first + (first + 1) % 100,
        draw(st.integers(1, 2**64 - 1)),
        draw(LINES),
        draw(st.integers(0, 2**64 - 1)),
    )
    if kind == 2:
        lot = (draw(st.integers(1, 2**64 - 1)), draw(st.binary(min_size=32, max_size=32)))
        return replace(receipt, party=draw(GSTINS | st.just("URP")), lot=lot)
    return replace(receipt, ref=draw(st.binary(min_size=10, max_size=10))) if kind == 3 else receipt


@settings(max_examples=150)
@given(receipts())
def test_a_receipt_comes_back_from_its_text(receipt: Receipt) -> None:
    signed = sign_receipt(receipt, EVERY_KEY, EVERY_KID)
    text = text_of(signed)
    assert bytes_of_text(text) == signed
    held = replace(trust(entry(EVERY_KEY, "*", not_before=0, not_after=2**64 - 1)), iss=receipt.iss)
    judged = judge(text, held, {}, now=NOW)
    assert (judged.verdict, judged.receipt) == (Verdict.GENUINE_STATUS_UNKNOWN, receipt)


@pytest.mark.parametrize("host", ["h", "a" * 20 + ":12345"])
def test_sizes_are_those_of_the_page(host: str) -> None:
    """About 150 bytes for a line, version 10-M; three lines with buyer and lot: 12-M."""
    one, three = sign_receipt(PURCHASE, COOP_KEY, KID), sign_receipt(SALE, COOP_KEY, KID)
    assert 140 <= len(one) <= 150
    for signed, largest in ((one, 10), (three, 12)):
        text = receipt_text(host, signed)
        code = segno.make(text, error="m", mode="alphanumeric", boost_error=False)
        assert int(code.version) <= largest


def test_the_text_is_in_capitals() -> None:
    text = receipt_text("mica.example:8443", sign_receipt(PURCHASE, COOP_KEY, KID))
    assert text.startswith("HTTPS://MICA.EXAMPLE:8443/R/")
    assert text == text.upper()
    assert "=" not in text


CODE = receipt_text("h", sign_receipt(PURCHASE, COOP_KEY, KID)).removeprefix("HTTPS://H/R/")
HOSTS = ["h", "A.b-C.9", "x" * 20, "h:1", "h:65535", "h:00000", "-", "..."]
SCHEMES = ["https", "HTTPS", "hTtPs"]


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_any_host_and_any_case_of_the_scheme(host: str, scheme: str) -> None:
    assert bytes_of_text(f"{scheme}://{host}/R/{CODE}".encode()) is not None


BAD_TEXTS = {
    "nothing": "",
    "the code alone": CODE,
    "http": f"HTTP://h/R/{CODE}",
    "no host": f"https:///R/{CODE}",
    "host of 21": f"https://{'x' * 21}/R/{CODE}",
    "port of six digits": f"https://h:123456/R/{CODE}",
    "empty port": f"https://h:/R/{CODE}",
    "underscore in the host": f"https://a_b/R/{CODE}",
    "a user": f"https://a@b/R/{CODE}",
    "a host in Devanagari": f"https://अ/R/{CODE}",
    "lower case path": f"https://h/r/{CODE}",
    "lower case code": f"https://h/R/{CODE.lower()}",
    "no code": "https://h/R/",
    "padding": f"https://h/R/{CODE}=",
    "query": f"https://h/R/{CODE}?a",
    "fragment": f"https://h/R/{CODE}#a",
    "slash after it": f"https://h/R/{CODE}/",
    "space before": f" https://h/R/{CODE}",
    "space after": f"https://h/R/{CODE} ",
    "line feed after": f"https://h/R/{CODE}\n",
    "carriage return after": f"https://h/R/{CODE}\r",
    "byte order mark": f"\ufeffhttps://h/R/{CODE}",
    "zero character": f"https://h/R/{CODE}\0",
    "a digit of no Base32": f"https://h/R/{CODE[:-1]}1",
    "a length that no bytes give": "https://h/R/AAA",
    "a bit that is not used": "https://h/R/AB",
}


@pytest.mark.parametrize("text", BAD_TEXTS.values(), ids=BAD_TEXTS.keys())
def test_texts_that_are_none(text: str) -> None:
    assert bytes_of_text(text.encode()) is None


def test_every_unused_bit_counts() -> None:
    for length in range(1, 6):
        written = base64.b32encode(bytes(length)).rstrip(b"=")
        assert bytes_of_code(written) == bytes(length)
        others = [bytes_of_code(written[:-1] + bytes((sign,))) for sign in b"BCDEFGHIJKLMNOP"]
        spare = 5 * len(written) - 8 * length
        assert others[: 2**spare - 1] == [None] * (2**spare - 1)


def _changed(place: int, value: object, receipt: Receipt = PURCHASE) -> Any:
    claims = claims_of(receipt)
    claims[BODY][place] = value
    return claims


def _claim(key: object, value: object) -> Any:
    return {**claims_of(), key: value}


def _without(key: object) -> Any:
    return {name: value for name, value in claims_of().items() if name != key}


def _lines(*lines: Sequence[object]) -> Any:
    return _changed(5, list(lines))


L1 = [3, 15_454, 1075]
GOOD_LOT = [2, bytes(32)]
BREACHES: dict[str, Any] = {
    "no map": [1],
    "iss missing": _without(1),
    "cti missing": _without(7),
    "a fifth claim": _claim(8, 1),
    "a claim named by text": _claim("iss", "JH"),
    "iss empty": _claim(1, ""),
    "iss of nine": _claim(1, "A" * 9),
    "iss lower case": _claim(1, "jh"),
    "iss in other digits": _claim(1, "१"),
    "iss as bytes": _claim(1, b"JH"),
    "iat negative": _claim(6, -1),
    "iat null": _claim(6, None),
    "cti of nine": _claim(7, bytes(9)),
    "cti of eleven": _claim(7, bytes(11)),
    "cti as text": _claim(7, "0123456789"),
    "body a map": _claim(BODY, {}),
    "body of seven": _claim(BODY, claims_of()[BODY][:7]),
    "body of nine": _claim(BODY, [*claims_of()[BODY], None]),
    "ver 0": _changed(0, 0),
    "ver 2": _changed(0, 2),
    "ver as text": _changed(0, "1"),
    "kind 0": _changed(1, 0),
    "kind 4": _changed(1, 4),
    "kind 2 with eight items": _changed(1, 2),
    "kind as an array": _changed(1, [1]),
    "coop of two": _changed(2, "KD"),
    "coop of eleven": _changed(2, "K" * 11),
    "coop lower case": _changed(2, "kdm01"),
    "coop with a line feed": _changed(2, "KDM01\n"),
    "fy of one year": _changed(3, 2626),
    "fy skips a year": _changed(3, 2628),
    "fy 10001": _changed(3, 10_001),
    "fy negative": _changed(3, -9999),
    "fy 9999": _changed(3, 9999),
    "no 0": _changed(4, 0),
    "no negative": _changed(4, -1),
    "lines none": _lines(),
    "lines 21": _lines(*([grade, 1, 1] for grade in range(21))),
    "lines null": _changed(5, None),
    "a line of two": _lines([3, 1]),
    "a line of four": _lines([3, 1, 1, 1]),
    "a line as a map": _changed(5, [{}]),
    "a grade twice": _lines([3, 1, 1], [3, 2, 2]),
    "grades not sorted": _lines([4, 1, 1], [3, 1, 1]),
    "grams 0": _lines([3, 0, 1075]),
    "grams negative": _lines([3, -1, 1075]),
    "rate negative": _lines([3, 1, -1]),
    "grade negative": _lines([-1, 1, 1]),
    "grade as text": _lines(["3", 1, 1]),
    "total negative": _changed(6, -1),
    "total as text": _changed(6, "16613"),
    "sidx negative": _changed(7, -1),
    "sidx null": _changed(7, None),
    "party null in a sale": _changed(8, None, SALE),
    "party of another check sign": _changed(8, "27AAPFU0939F1ZW", SALE),
    "party of fourteen": _changed(8, "27AAPFU0939F1Z", SALE),
    "party lower case": _changed(8, "27aapfu0939f1zv", SALE),
    "party urp": _changed(8, "urp", SALE),
    "lot null in a sale": _changed(9, None, SALE),
    "lot of no receipts": _changed(9, [0, bytes(32)], SALE),
    "lot root of 31": _changed(9, [2, bytes(31)], SALE),
    "lot of three": _changed(9, [*GOOD_LOT, 1], SALE),
    "sale of eleven items": _claim(BODY, [*claims_of(SALE)[BODY], bytes(10)]),
    "party in a reversal": _changed(8, "URP", REVERSAL),
    "lot in a reversal": _changed(9, GOOD_LOT, REVERSAL),
    "ref null": _changed(10, None, REVERSAL),
    "ref of nine": _changed(10, bytes(9), REVERSAL),
    "reversal of ten items": _claim(BODY, claims_of(REVERSAL)[BODY][:10]),
}


@pytest.mark.parametrize("claims", BREACHES.values(), ids=BREACHES.keys())
def test_the_schema_is_kept(claims: Any) -> None:
    assert read_claims(claims) is None


ALLOWED: dict[str, Any] = {
    "as it is": claims_of(),
    "a sale": claims_of(SALE),
    "a reversal": claims_of(REVERSAL),
    "a sale to URP": _changed(8, "URP", SALE),
    "coop of three": _changed(2, "KDM"),
    "coop of ten": _changed(2, "K" * 10),
    "fy 9900": _changed(3, 9900),
    "fy 1": _changed(3, 1),
    "rate 0": _lines([3, 1, 0]),
    "grade 0": _lines([0, 1, 1]),
    "twenty lines": _lines(*([grade, 1, 1] for grade in range(20))),
    "another total": _changed(6, 1),  # the next stage's question
}


@pytest.mark.parametrize("claims", ALLOWED.values(), ids=ALLOWED.keys())
def test_the_schema_refuses_nothing_else(claims: Any) -> None:
    assert read_claims(claims) is not None


BAD_RECEIPTS = {
    "lines not sorted": replace(PURCHASE, lines=(Line(4, 1, 1), Line(3, 1, 1))),
    "no lines": replace(PURCHASE, lines=()),
    "no grams": replace(PURCHASE, lines=(Line(3, 0, 1),)),
    "a year that is none": replace(PURCHASE, fy=2626),
    "a sale without a buyer": replace(SALE, party=None),
    "a sale without a lot": replace(SALE, lot=None),
    "a purchase with a buyer": replace(PURCHASE, party="URP"),
    "a purchase with a reference": replace(PURCHASE, ref=bytes(10)),
    "a reversal without one": replace(REVERSAL, ref=None),
    "a reversal with a buyer": replace(REVERSAL, party="URP"),
    "a sum of 2^64": replace(PURCHASE, lines=(Line(3, 1000, 2**64 - 1), Line(4, 1000, 1))),
    "number 2^64": replace(PURCHASE, no=2**64),
}


@pytest.mark.parametrize("receipt", BAD_RECEIPTS.values(), ids=BAD_RECEIPTS.keys())
def test_what_nobody_would_accept_is_not_signed(receipt: Receipt) -> None:
    with pytest.raises(ValueError):
        sign_receipt(receipt, COOP_KEY, KID)


@pytest.mark.parametrize(
    ("grams", "rate", "paise"),
    [
        (1, 500, 1),
        (1, 499, 0),
        (3, 333, 1),
        (15_454, 1075, 16_613),
        (2**64 - 1, 1000, 2**64 - 1),
        (2**63, 2**63, (2**126 + 500) // 1000),
    ],
)
def test_a_line_is_rounded_once_half_up_and_exactly(grams: int, rate: int, paise: int) -> None:
    assert Line(1, grams, rate).paise == paise


def test_each_line_is_rounded_before_the_sum() -> None:
    halves = replace(PURCHASE, lines=tuple(Line(grade, 1, 500) for grade in range(3)))
    assert halves.total == 3


def test_the_payload_is_canonical_and_holds_four_claims() -> None:
    for receipt in (PURCHASE, SALE, REVERSAL):
        signed = take_apart(sign_receipt(receipt, COOP_KEY, KID))
        assert signed.payload == payload_bytes(receipt)
        claims = decode(signed.payload)
        assert isinstance(claims, dict)
        assert set(claims) == {1, 6, 7, BODY}


@given(st.text(SIGNS, min_size=15, max_size=15) | GSTINS)
def test_the_check_character_is_another_librarys(text: str) -> None:
    assert gstin_holds(text) == luhn.is_valid(text, SIGNS)


@given(GSTINS, st.integers(0, 14), st.sampled_from(SIGNS))
def test_a_mistyped_sign_is_noticed(text: str, place: int, sign: str) -> None:
    typed = text[:place] + sign + text[place + 1 :]
    assert gstin_holds(typed) == (typed == text)


def test_the_buyers_of_the_sample(sample: Path) -> None:
    with (sample / "buyers.csv").open(encoding="utf-8", newline="") as file:
        found = {row["gstin"]: gstin_holds(row["gstin"]) for row in csv.DictReader(file)}
    assert sum(found.values()) > 3
    for gstin, holds in found.items():
        assert holds == (len(gstin) == 15 and luhn.is_valid(gstin, SIGNS)), gstin

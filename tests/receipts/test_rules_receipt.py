"""Receipts: text and bytes there and back, the schema's every line, exact sums, GSTINs."""

import base64
import csv
from dataclasses import replace
from pathlib import Path

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

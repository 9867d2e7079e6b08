"""The schema of the claims and the body, line by line, and what is never signed."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from coop.receipts.rules.receipt import BODY, Line, Receipt, read_claims, sign_receipt
from tests.receipts.test_rules_samples import (
    COOP_KEY,
    KID,
    PURCHASE,
    REVERSAL,
    SALE,
    claims_of,
)


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

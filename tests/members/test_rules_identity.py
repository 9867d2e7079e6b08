import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import verhoeff

from coop.kernel.aadhaar import holds_aadhaar
from coop.members.rules.identity import (
    clean_account,
    clean_ifsc,
    clean_mobile,
    may_be_aadhaar,
)

NUMBER = "999999990019"  # a public test number
DEVANAGARI = str.maketrans("0123456789", "०१२३४५६७८९")


@pytest.mark.parametrize(
    "text",
    [
        NUMBER,
        "9999 9999 0019",
        "9999-9999-0019",
        "9999  9999 - 0019",
        "9999–9999–0019",
        "9999.9999.0019",
        "9 9 9 9 9 9 9 9 0 0 1 9",
        "9999\u00a09999\u200b0019",
        NUMBER.translate(DEVANAGARI),
        "९९९९ 9999-००१९",
        "\u1c59\u1c59\u1c59\u1c59 9999 0019",  # Ol Chiki nines
        f"आधार सं० {NUMBER.translate(DEVANAGARI)} है",
        f"Sunita Devi ({NUMBER}):wife:100",
        f"no.{NUMBER}x",
        "house 22 33 9999 9999 0019",
        f"1234 5678 9012 {NUMBER}",
    ],
)
def test_an_aadhaar_number_is_seen_however_it_is_written(text: str) -> None:
    assert holds_aadhaar(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "999999990018",  # the check digit does not hold
        "99999999001",
        f"1{NUMBER}",
        f"{NUMBER}7",
        f"00{NUMBER}00",
        "XXXX-XXXX-0019",
        "9999 9999 / 0019",
        "JH-03-009-004-121/225",
    ],
)
def test_other_numbers_are_none(text: str) -> None:
    assert not holds_aadhaar(text)


@given(st.integers(10_000_000_000, 99_999_999_999), st.sampled_from(["", " ", "-"]))
def test_the_check_digit_and_the_first_digit_decide(eleven: int, between: str) -> None:
    number = str(eleven) + verhoeff.calc_check_digit(str(eleven))
    written = between.join((number[:4], number[4:8], number[8:]))
    assert holds_aadhaar(f"noted {written}.") is (number[0] in "23456789")
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert not holds_aadhaar(wrong)


RATION = next(n for k in range(10**8, 10**8 + 100) if verhoeff.is_valid(n := f"202{k}"))


@pytest.mark.parametrize(
    ("column", "text", "kind", "is_one"),
    [
        ("ration_card_no", RATION, "", False),
        ("id_no", RATION, "ration", False),
        ("id_no", RATION, "voter", True),
        ("remarks", RATION, "ration", True),
        ("id_no", NUMBER, "ration", True),  # no ration card of the State begins so
        ("id_no", NUMBER, "eshram", True),
        ("id_no", "121921113197", "eshram", False),
        ("bank_account", NUMBER, "", True),
        ("bank_account", "000000000000", "", False),
        (
            "id_no",
            "999999990018",
            "aadhaar",
            True,
        ),  # a slip of the pen is a full number all the same
        ("id_no", "999999990018", "aadhaar_seen", True),
        ("id_no", "XXXX-XXXX-0018", "aadhaar_seen", False),
        ("id_no", "999999990018", "voter", False),
    ],
)
def test_a_column_of_its_own_speaks_for_its_number(
    column: str, text: str, kind: str, is_one: bool
) -> None:
    assert may_be_aadhaar(column, text, kind) is is_one


def test_a_mobile_with_its_country_code_is_no_aadhaar() -> None:
    number = next(
        n for k in range(10**9) if verhoeff.is_valid(n := f"91{6_000_000_000 + k}")
    )  # found among the first dozen
    assert holds_aadhaar(number)
    assert not may_be_aadhaar("mobile", number, "")
    assert may_be_aadhaar("mobile", NUMBER, "")


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("6000049453", "+916000049453"),
        ("+91 60000 49453", "+916000049453"),
        ("916000049453", "+916000049453"),
        ("06000049453", "+916000049453"),
        ("६००००-४९४५३", "+916000049453"),
        ("5000049453", None),
        ("600004945", None),
        ("60000494531", None),
        ("6000O49453", None),
        ("", None),
    ],
)
def test_mobile(text: str, cleaned: str | None) -> None:
    assert clean_mobile(text) == cleaned


def test_bank() -> None:
    assert clean_ifsc(" bkid0zx7447 ") == "BKID0ZX7447"
    assert [clean_ifsc(text) for text in ("BKIDOZX7447", "BKID0ZX744", "BK1D0ZX7447", "")] == [
        None
    ] * 4
    assert clean_account("१२३४ 56789") == "123456789"
    assert [clean_account(t) for t in ("12345678", "1" * 19, "12345678A")] == [None] * 3

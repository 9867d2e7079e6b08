"""Numbers of people: what is kept, in which form, and what is never kept. Pure."""

import re
import unicodedata
from collections.abc import Iterator

from stdnum import verhoeff

from coop.kernel.number import latin_digits, without_spaces

_MOBILE = re.compile(r"(?:\+?91|0)?([6-9][0-9]{9})")
_IFSC = re.compile(r"[A-Z]{4}0[A-Z0-9]{6}")
_RATION = "202"
_ACCOUNT = re.compile(r"[0-9]{9,18}")
_BETWEEN = r"[\s\u200b-\u200d\ufeff.\-\u2010-\u2015]{0,3}"
# A look-ahead, so that a house number before it does not hide the number that begins within.
_TWELVE = re.compile(rf"(?<![0-9])(?=([2-9](?:{_BETWEEN}[0-9]){{11}})(?![0-9]))")


def clean_mobile(text: str) -> str | None:
    """Return +91 and ten digits, or None where it is no Indian mobile number.

    >>> clean_mobile("0 ६००००-49453")
    '+916000049453'
    """
    digits = latin_digits(without_spaces(text)).replace("-", "")
    found = _MOBILE.fullmatch(digits)
    return f"+91{found[1]}" if found else None


def clean_ifsc(text: str) -> str | None:
    """Return a bank branch's code in capitals, or None where it has not the form.

    >>> clean_ifsc("bkid0zx7447")
    'BKID0ZX7447'
    """
    code = latin_digits(without_spaces(text)).upper()
    return code if _IFSC.fullmatch(code) else None


def clean_account(text: str) -> str | None:
    """Return an account number of 9 to 18 digits, or None."""
    digits = latin_digits(without_spaces(text))
    return digits if _ACCOUNT.fullmatch(digits) else None


def holds_aadhaar(text: str) -> bool:
    """Whether twelve digits anywhere in ``text`` are an Aadhaar number by their check digit.

    The first is 2-9 and the last passes Verhoeff; spaces, dashes, points and the digits of any
    script count. Twelve digits within a longer run are none.

    >>> holds_aadhaar("22 33 9999 9999 0019"), holds_aadhaar("999999990018"), holds_aadhaar("1999999990019")
    (True, False, False)
    """
    return any(map(verhoeff.is_valid, _twelve_digits(text)))


def _twelve_digits(text: str) -> Iterator[str]:
    plain = text if text.isascii() else "".join(map(_digit, text))
    for found in _TWELVE.finditer(plain):
        yield re.sub(r"[^0-9]", "", found[1])


def _digit(sign: str) -> str:
    value = unicodedata.decimal(sign, None)
    return sign if value is None else str(value)


def may_be_aadhaar(column: str, text: str, id_kind: str) -> bool:
    """Whether a cell of the member book or the household list holds an Aadhaar number.

    A ration card number in its own column (it begins 202) passes the check digit now and then and
    is none; so does a mobile number written with 91 before it. Under the kind ``aadhaar`` twelve
    digits are one, also where a slip of the pen spoilt the check digit.
    """
    own_column = column == "ration_card_no" or (column == "id_no" and id_kind == "ration")
    if own_column and latin_digits(without_spaces(text)).startswith(_RATION):
        return False
    if column == "mobile" and clean_mobile(text) is not None:
        return False
    if column == "id_no" and id_kind.casefold().startswith("aadhaar") and any(_twelve_digits(text)):
        return True
    return holds_aadhaar(text)

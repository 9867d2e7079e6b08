"""Numbers of people: what is kept, in which form, and what is never kept. Pure."""

import re

from coop.kernel.aadhaar import holds_aadhaar, twelve_digits
from coop.kernel.number import latin_digits, without_spaces

_MOBILE = re.compile(r"(?:\+?91|0)?([6-9][0-9]{9})")
_IFSC = re.compile(r"[A-Z]{4}0[A-Z0-9]{6}")
_RATION = "202"
_ACCOUNT = re.compile(r"[0-9]{9,18}")


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
    if column == "id_no" and id_kind.casefold().startswith("aadhaar") and any(twelve_digits(text)):
        return True
    return holds_aadhaar(text)

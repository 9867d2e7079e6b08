"""Finding an Aadhaar number, so that it is refused before it is kept: in every cell, form and name."""

import re
import unicodedata
from collections.abc import Iterator

from stdnum import verhoeff

_BETWEEN = r"[\s\u200b-\u200d\ufeff.\-\u2010-\u2015]{0,3}"
# A look-ahead, so that a house number before it does not hide the number that begins within.
_TWELVE = re.compile(rf"(?<![0-9])(?=([2-9](?:{_BETWEEN}[0-9]){{11}})(?![0-9]))")


def holds_aadhaar(text: str) -> bool:
    """Whether twelve digits anywhere in ``text`` are an Aadhaar number by their check digit.

    The first is 2-9 and the last passes Verhoeff; spaces, dashes, points and the digits of any
    script count. Twelve digits within a longer run are none.

    >>> holds_aadhaar("22 33 9999 9999 0019"), holds_aadhaar("999999990018"), holds_aadhaar("1999999990019")
    (True, False, False)
    """
    return any(map(verhoeff.is_valid, twelve_digits(text)))


def twelve_digits(text: str) -> Iterator[str]:
    """Every twelve digits in ``text`` that have an Aadhaar number's shape, without what parts them."""
    plain = text if text.isascii() else "".join(map(_digit, text))
    for found in _TWELVE.finditer(plain):
        yield re.sub(r"[^0-9]", "", found[1])


def _digit(sign: str) -> str:
    value = unicodedata.decimal(sign, None)
    return sign if value is None else str(value)

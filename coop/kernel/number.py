"""Numbers as people write them: Devanagari digits, spaces, never a float."""

import re
from decimal import Decimal, InvalidOperation

_DEVANAGARI = str.maketrans("०१२३४५६७८९", "0123456789")
_SPACES = re.compile(r"[\s\u00a0\u200b-\u200d\ufeff]+")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)\Z")
_LONGEST = 24  # longer than any weight, price or share of a whole


def latin_digits(text: str) -> str:
    """Turn Devanagari digits into Latin ones; everything else stays.

    >>> latin_digits("१२.५ kg")
    '12.5 kg'
    """
    return text.translate(_DEVANAGARI)


def without_spaces(text: str) -> str:
    """Drop every kind of space, also no-break and zero-width ones.

    >>> without_spaces(" 12 .5 ")
    '12.5'
    """
    return _SPACES.sub("", text)


def parse_decimal(text: str) -> Decimal:
    """Read a decimal number exactly. Raises ValueError for letters, a comma or nothing.

    >>> parse_decimal(" १६.१ ")
    Decimal('16.1')
    """
    cleaned = latin_digits(without_spaces(text))
    if len(cleaned) > _LONGEST or not _DECIMAL.fullmatch(cleaned):
        raise ValueError("not a number")
    try:
        return Decimal(cleaned)
    except InvalidOperation as error:  # "+." and the like
        raise ValueError("not a number") from error


def parse_whole(text: str) -> int:
    """Read a whole number, Latin or Devanagari digits. Raises ValueError.

    >>> parse_whole("३")
    3
    """
    cleaned = latin_digits(without_spaces(text))
    if len(cleaned) > _LONGEST or not re.fullmatch(r"[+-]?[0-9]+", cleaned):
        raise ValueError("not a whole number")
    return int(cleaned)


def scaled(value: Decimal, places: int) -> int:
    """Return ``value`` x 10^places as an integer; ValueError where digits would be lost.

    >>> scaled(Decimal("16.1"), 3)
    16100
    """
    shifted = value.scaleb(places)
    whole = int(shifted)
    if whole != shifted:
        raise ValueError("too many decimals")
    return whole

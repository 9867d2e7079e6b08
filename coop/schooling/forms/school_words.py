"""How school offices write days, classes, sexes and UDISE codes."""

import re
import unicodedata
from datetime import date, timedelta

from coop.kernel.number import latin_digits, without_spaces

_SERIAL_ZERO = date(1899, 12, 30)  # a spreadsheet's day 0, with its 29 February 1900
_SERIALS = range(14_611, 80_000)  # 1940 to 2119
_MIDNIGHT = re.compile(r"[T ]00:00(?::00(?:\.0+)?)?\Z")
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2}|[A-Za-z]{3,9})[-/. ]([0-9]{4}|[0-9]{2})")
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_ROMAN = dict(
    zip(
        ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"],
        range(1, 13),
        strict=True,
    )
)
_SEXES = {
    "M": ("m", "male", "boy", "b", "1", "बालक", "लड़का", "पुरुष"),
    "F": ("f", "female", "girl", "g", "2", "बालिका", "लड़की", "महिला"),
}
_SEX_OF = {
    unicodedata.normalize("NFC", word): sex for sex, words in _SEXES.items() for word in words
}
_UDISE = re.compile(r"[0-9]{11}")


def parse_school_day(text: str, not_after: date) -> date:
    """Read a day in every form a school office writes. Raises ValueError.

    Day first: dd-mm-yyyy, d/m/yyyy, dd.mm.yyyy, dd/mm/yy, dd-Mon-yy; year first: yyyy-mm-dd with
    or without 00:00:00; a spreadsheet's serial day; Devanagari digits. Two digits of a year are
    those of the last century where this one's would lie after ``not_after``.

    >>> parse_school_day("31/08/19", date(2026, 11, 1)), parse_school_day("43323", date.max)
    (datetime.date(2019, 8, 31), datetime.date(2018, 8, 11))
    """
    written = _MIDNIGHT.sub("", latin_digits(" ".join(text.split())))
    if re.fullmatch(r"[0-9]{5}", written) and int(written) in _SERIALS:
        return _SERIAL_ZERO + timedelta(days=int(written))
    if found := _YEAR_FIRST.fullmatch(written):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_FIRST.fullmatch(written):
        return _day_of(int(found[1]), _month(found[2]), found[3], not_after)
    raise ValueError("not a day")


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    for number, name in enumerate(_MONTHS, start=1):
        if name.startswith(text.lower()):
            return number
    raise ValueError("no such month")


def _day_of(day: int, month: int, year: str, not_after: date) -> date:
    if len(year) == 4:
        return date(int(year), month, day)
    this_century = not_after.year // 100 * 100 + int(year)
    if (this_century, month, day) > (not_after.year, not_after.month, not_after.day):
        this_century -= 100
    return date(this_century, month, day)


def parse_class(text: str) -> int:
    """Read a class, 1 to 12, in Latin, Devanagari or Roman digits. Raises ValueError.

    >>> parse_class("VIII"), parse_class("५")
    (8, 5)
    """
    written = latin_digits(without_spaces(text)).upper()
    number = _ROMAN.get(written) or (int(written) if re.fullmatch("[0-9]{1,2}", written) else 0)
    if number not in range(1, 13):
        raise ValueError("not a class")
    return number


def parse_sex(text: str) -> str:
    """Read M or F from the words of a register. Raises ValueError.

    >>> parse_sex("बालिका"), parse_sex("1")
    ('F', 'M')
    """
    found = _SEX_OF.get(latin_digits(unicodedata.normalize("NFC", text.strip())).casefold())
    if found is None:
        raise ValueError("not a sex")
    return found


def parse_udise(text: str) -> str:
    """Read a UDISE code: 11 digits. Raises ValueError, also where a spreadsheet spoilt it.

    >>> parse_udise("२००३०५९८१०१")
    '20030598101'
    """
    written = latin_digits(without_spaces(text))
    if not _UDISE.fullmatch(written):
        raise ValueError("not a UDISE code")
    return written

"""Days as people type them: 2026-10-31, 31-10-2026, 31.10.2026 or the year alone."""

import re
from datetime import date

from coop.kernel.number import latin_digits, without_spaces

_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_INDIAN = re.compile(r"([0-9]{1,2})[-./]([0-9]{1,2})[-./]([0-9]{4})")


def typed_day(text: str) -> date | None:
    """A day, or None for nothing and for no such day.

    >>> typed_day("३१-१०-२०२६"), typed_day("2026-10-31") == typed_day("31.10.2026"), typed_day("31-02-2026")
    (datetime.date(2026, 10, 31), True, None)
    """
    plain = latin_digits(without_spaces(text))
    if found := _ISO.fullmatch(plain):
        year, month, day = found.groups()
    elif found := _INDIAN.fullmatch(plain):
        day, month, year = found.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def typed_birth(text: str) -> tuple[str, str]:
    """A date of birth as the book writes it, with how exact it is; what is no day stays as typed.

    >>> typed_birth("1984"), typed_birth("5-3-1984"), typed_birth("x")
    (('1984-01-01', 'year'), ('1984-03-05', 'day'), ('x', 'day'))
    """
    plain = latin_digits(without_spaces(text))
    if re.fullmatch(r"[0-9]{4}", plain):
        return f"{plain}-01-01", "year"
    day = typed_day(plain)
    return (day.isoformat(), "day") if day is not None else (plain, "day")

"""The public number of a slip, read back: ``KDM01-26-S00012``."""

import re
from dataclasses import dataclass

_NUMBER = re.compile(r"([A-Z0-9]{3,10})-([0-9]{2})-([SR])([0-9]{5,10})")
_KINDS = {"S": 1, "R": 3}


@dataclass(frozen=True, slots=True)
class SlipNumber:
    """A slip's number in parts; ``kind`` 1 a weighing, 3 its reversal."""

    text: str
    code: str
    fy: int
    kind: int
    no: int


def slip_number(text: str) -> SlipNumber | None:
    """Return the parts of a number, None where it is none.

    >>> slip_number("KDM01-26-R00004")
    SlipNumber(text='KDM01-26-R00004', code='KDM01', fy=2627, kind=3, no=4)
    """
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    first = int(found[2])
    return SlipNumber(
        text, found[1], 100 * first + (first + 1) % 100, _KINDS[found[3]], int(found[4])
    )

"""Public numbers of lots and notes; a sale's is its receipt's."""

import re
from dataclasses import dataclass

LOT_SERIES = "LOT"
_NUMBER = re.compile(r"([A-Z0-9]{3,10})-([0-9]{2})-([LBCD])([0-9]{5,10})")


@dataclass(frozen=True, slots=True)
class PaperNumber:
    """A number taken apart; ``letter``: L a lot, B a sale, C a credit note, D a debit note."""

    code: str
    fy: int
    letter: str
    no: int


def paper_no(code: str, fy: int, letter: str, no: int) -> str:
    """The public number of a lot or a note.

    >>> paper_no("KDM01", 2627, "L", 12)
    'KDM01-26-L00012'
    """
    return f"{code}-{fy // 100:02d}-{letter}{no:05d}"


def read_number(text: str) -> PaperNumber | None:
    """Take a public number apart; None for any other text.

    >>> read_number("KDM01-26-L00012")
    PaperNumber(code='KDM01', fy=2627, letter='L', no=12)
    """
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    first = int(found[2])
    return PaperNumber(found[1], 100 * first + (first + 1) % 100, found[3], int(found[4]))

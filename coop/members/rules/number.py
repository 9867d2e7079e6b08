"""A member's number in the forms in which people write it, and the text of a member's card. Pure."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from coop.kernel.number import latin_digits, without_spaces
from coop.members.rules.names import folded_words

# Capitals, digits, ':' and '/': a QR code in alphanumeric mode, with nothing in it but the number.
CARD = "MEMBER:"
_NUMBER = re.compile(r"(?:([A-Z0-9]{3,10})/)?([0-9]{1,8})")
_LAST = 9999  # member numbers have four digits within a cooperative


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed into the search: a number, of one cooperative or any, or words of a name."""

    code: str = ""
    number: str = ""
    words: tuple[str, ...] = ()

    @property
    def anybody(self) -> bool:
        """Whether nothing was asked for."""
        return not self.number and not self.words


def wanted(text: str) -> Wanted:
    """Read a search: a number, a number with its cooperative, a card's text, or a name.

    >>> wanted("member:kdm01/०२३५"), wanted("235").number
    (Wanted(code='KDM01', number='0235', words=()), '0235')
    >>> wanted("suniita").words == wanted("सुनीता").words == wanted("Sunita Devi").words
    True
    """
    plain = latin_digits(without_spaces(text[:200])).upper().removeprefix(CARD)
    found = _NUMBER.fullmatch(plain)
    if found is not None:
        return Wanted(found[1] or "", found[2].zfill(4))
    return Wanted(words=folded_words(text[:200]))


def full_number(code: str, number: str) -> str:
    """The number as it is shown: cooperative and number.

    >>> full_number("KDM01", "0235")
    'KDM01/0235'
    """
    return f"{code}/{number}"


def card_text(code: str, number: str) -> str:
    """The text in the code of a member's card.

    >>> wanted(card_text("KDM01", "0235"))
    Wanted(code='KDM01', number='0235', words=())
    """
    return f"{CARD}{full_number(code, number)}"


def next_number(taken: Collection[str]) -> str | None:
    """The next free number: one more than the highest, then the lowest gap; None where all are given.

    >>> next_number(["0001", "0007", "A12"]), next_number(["9999"])
    ('0008', '0001')
    """
    given = {int(number) for number in taken if number.isdigit() and len(number) <= 4}
    highest = max(given, default=0)
    if highest < _LAST:
        return f"{highest + 1:04d}"
    return next((f"{free:04d}" for free in range(1, _LAST) if free not in given), None)

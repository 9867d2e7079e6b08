"""What came out of the box's form. An unknown tap counts as none; odd signs are left out."""

import unicodedata
from collections.abc import Iterable, Mapping
from uuid import UUID, uuid4

from coop.participation.rules import Said
from coop.participation.rules.message import FEELINGS, TOPICS
from coop.participation.rules.pictures import CHOSEN, PICTURES


def said_in_box(typed: Mapping[str, str]) -> Said:
    """Read a message."""
    how, what = typed.get("how", ""), typed.get("what", "")
    return Said(
        how if how in FEELINGS else "",
        what if what in TOPICS else "",
        kept_words(typed.get("words", "")),
        typed.get("may_show") == "yes",
    )


def kept_words(text: str) -> str:
    """Words as they can be kept: composed, single spaces, without control signs and half letters."""
    plain = "".join(
        sign if unicodedata.category(sign) not in ("Cc", "Cs", "Co", "Cn") else " " for sign in text
    )
    return unicodedata.normalize("NFC", " ".join(plain.split()))


def form_id(typed: Mapping[str, str]) -> UUID:
    """The id that was drawn with the form; a new one where it is missing."""
    try:
        return UUID(typed.get("operation_id", ""))
    except ValueError:
        return uuid4()


def read_pictures(ticked: Iterable[str]) -> tuple[int, ...] | None:
    """Four pictures that were ticked; None for more, fewer or others."""
    found = {int(one) for one in ticked if one.isascii() and one.isdigit() and len(one) < 3}
    known = tuple(sorted(n for n in found if n < len(PICTURES)))
    return known if len(known) == CHOSEN else None

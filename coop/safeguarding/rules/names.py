"""Words of a case never keep a child's name beside its number. Pure."""

import re
import unicodedata
from collections.abc import Iterable

from coop.kernel.refusal import Refusal
from coop.kernel.words import say
from coop.safeguarding.rules.acts import LONGEST

LEFT_OUT = "…"
_SHORTEST = 3


def without_names(words: str, names: Iterable[str]) -> str:
    """The words with each part of a name left out, in whichever script it was typed.

    >>> without_names("Rani was at the dump; rani's brother too", ["Rani Namuna"])
    "… was at the dump; …'s brother too"
    """
    plain = unicodedata.normalize("NFC", words)
    parts = {
        part
        for name in names
        for part in unicodedata.normalize("NFC", name).split()
        if len(part) >= _SHORTEST
    }
    for part in sorted(parts, key=len, reverse=True):
        # \b does not know Devanagari's vowel signs: letters and marks on either side are no edge.
        plain = re.sub(
            rf"(?<![\w\u0900-\u0963]){re.escape(part)}(?![\w\u0900-\u0963])",
            LEFT_OUT,
            plain,
            flags=re.IGNORECASE,
        )
    return plain


def refusals_to_tell(about: str, words: str, known: Iterable[str]) -> list[Refusal]:
    """Why a concern cannot be taken as it is."""
    found = []
    if about not in known:
        found.append(Refusal("about_missing", say("Choose what it is about."), "about"))
    if len(words) > LONGEST:
        message = say("That is over %(most)s signs; say it shorter.", most=LONGEST)
        found.append(Refusal("too_long", message, "words"))
    return found

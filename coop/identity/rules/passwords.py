"""What a password must be: long, and not what a guesser tries first (ASVS 6.2.4, 6.2.11)."""

import unicodedata

from coop.identity.rules.common_words import COMMON_WORDS
from coop.identity.rules.logins import login_key
from coop.kernel.refusal import Refusal
from coop.kernel.words import say

SHORTEST = 12
LONGEST = 200
FEWEST_KINDS = 5
FEWEST_OWN = 4
_VOWEL_SIGNS = ("Mn", "Mc")
_AT_THE_ENDS = "0123456789०१२३४५६७८९ .,-_#*!?"
# As people write letters by digits and signs: p@ssw0rd.
_DISGUISES = str.maketrans({"@": "a", "4": "a", "0": "o", "1": "i", "!": "i", "3": "e", "$": "s"})


def password_text(typed: str) -> str:
    """Return a password as it is hashed: one spelling for what looks the same (NFKC)."""
    return unicodedata.normalize("NFKC", typed)


def own_part(password: str) -> str:
    """Return what is left of a password without common words, digits, signs and repetition.

    >>> own_part("Koderma@2026!!"), own_part("P@ssw0rd1234"), own_part("neem hill 7 kettle")
    ('', '', 'neemhillkettle')
    """
    text = unicodedata.normalize("NFC", password).casefold()
    plain = _without_words(text)
    disguised = _without_words(text.strip(_AT_THE_ENDS).translate(_DISGUISES))
    return min(plain, disguised, key=len)


def _without_words(text: str) -> str:
    for word in COMMON_WORDS:
        # A blank stays where a word was, so that its neighbours do not make a new one.
        text = text.replace(unicodedata.normalize("NFC", word), " ")
    return "".join(sign for sign in text if _is_letter(sign))


def _is_letter(sign: str) -> bool:
    return sign.isalpha() or unicodedata.category(sign) in _VOWEL_SIGNS


def refusals_to_password(typed: str, login: str, name: str = "") -> list[Refusal]:
    """Return why a password cannot be used for this person."""
    password = password_text(typed)
    if len(password) < SHORTEST:
        message = say("The password needs at least %(least)s characters.", least=SHORTEST)
        return [Refusal("weak_password", message, "new_password")]
    if len(password) > LONGEST:
        message = say("The password may have at most %(most)s characters.", most=LONGEST)
        return [Refusal("weak_password", message, "new_password")]
    own = {login_key(login), *(login_key(part) for part in name.split())}
    folded = password.casefold()
    if any(len(word) >= 3 and word in folded for word in own):
        message = say("The password must not hold the user's name. Choose other words.")
        return [Refusal("weak_password", message, "new_password")]
    if len(set(folded)) < FEWEST_KINDS or len(set(own_part(password))) < FEWEST_OWN:
        message = say("This password is easily guessed. Use several words of your own.")
        return [Refusal("weak_password", message, "new_password")]
    return []

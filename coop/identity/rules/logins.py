"""Logins and names as people type them, and as they are looked up."""

import unicodedata

from coop.access.roles import ROLES, Holder, Place, Role
from coop.kernel.refusal import Refusal
from coop.kernel.words import say

LONGEST_LOGIN = 60
LONGEST_NAME = 120
# Zero-width joiners belong to Devanagari spelling, but nobody sees them: not part of a login.
_JOINERS = str.maketrans("", "", "\u200c\u200d")


def login_text(typed: str) -> str:
    """Return a login as it is shown: composed (NFC), one space between words.

    >>> login_text("  Sunita   Devi ")
    'Sunita Devi'
    """
    return unicodedata.normalize("NFC", " ".join(typed.translate(_JOINERS).split()))


def login_key(typed: str) -> str:
    """Return a login as it is looked up: two spellings of one login give one key.

    >>> login_key("SUNITA devi") == login_key("sunita  Devi")
    True
    """
    return unicodedata.normalize("NFC", login_text(typed).casefold())


def name_text(typed: str) -> str:
    """Return a name as it is kept: composed (NFC), one space between words."""
    return unicodedata.normalize("NFC", " ".join(typed.split()))


def refusals_to_login(typed: str) -> list[Refusal]:
    """Return why a login cannot be given."""
    login = login_text(typed)
    if 2 <= len(login) <= LONGEST_LOGIN and login.isprintable() and len(login_key(typed)) <= 120:
        return []
    message = say("The user name needs 2 to %(most)s letters or digits.", most=LONGEST_LOGIN)
    return [Refusal("bad_login", message, "user")]


def refusals_to_name(typed: str) -> list[Refusal]:
    """Return why a name cannot be shown."""
    name = name_text(typed)
    if name and len(name) <= LONGEST_NAME and name.translate(_JOINERS).isprintable():
        return []
    message = say("Give the person's name, at most %(most)s letters.", most=LONGEST_NAME)
    return [Refusal("bad_name", message, "name")]


def refusals_to_role(role: Role, cooperative_id: int | None) -> list[Refusal]:
    """Return why a role cannot be given with, or without, a cooperative."""
    terms = ROLES[role]
    if terms.holder is not Holder.PERSON:
        message = say("The role %(role)s is held by a token, not by a person.", role=role)
        return [Refusal("not_a_person", message, "role")]
    if terms.place is Place.COOPERATIVE and cooperative_id is None:
        message = say("The role %(role)s needs a cooperative. Name its code.", role=role)
        return [Refusal("place_needed", message, "cooperative")]
    if terms.place is not Place.COOPERATIVE and cooperative_id is not None:
        message = say("The role %(role)s belongs to no single cooperative.", role=role)
        return [Refusal("no_place", message, "cooperative")]
    return []

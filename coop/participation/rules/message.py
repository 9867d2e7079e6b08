"""What may be said in the box, whom it reaches, and what may be answered. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coop.kernel.aadhaar import holds_aadhaar
from coop.kernel.refusal import Refusal
from coop.kernel.words import say

FEELINGS = ("good", "bad", "help")
TOPICS = ("home", "school", "site", "scale", "person", "else")
KINDS = ("concern", "grievance", "idea", "other")
# Codes under which safeguarding takes a concern.
CONCERNS = ("work", "hazard", "violence", "sexual", "bonded", "school", "alone", "other")
LONGEST = 600
LONGEST_REPLY = 400
# So many words on end of a message are a quotation.
QUOTED_WORDS = 4
_PHONE = re.compile(r"(?<!\d)(?:\d[\s-]?){10}(?!\d)")
_WORD = re.compile(r"[\w\u0900-\u0963]+")
# Consonants of the two scripts by sound, so that बसंती and Basanti are one name.
_SOUNDS = {
    **dict(zip("कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसह", "kkgqncCjjntTdDntTdDnppbbmyrlvsSsh", strict=True)),
    "ं": "n",
    "ँ": "n",
}  # fmt: skip
_FOLDED = str.maketrans({"w": "v", "z": "j", "f": "p", "q": "k", "C": "c", "T": "t", "D": "d", "S": "s"})  # fmt: skip
_PAIRS = (("chh", "c"), ("ch", "c"), ("sh", "s"), ("kh", "k"), ("gh", "g"), ("th", "t"), ("dh", "d"), ("ph", "p"), ("bh", "b"), ("jh", "j"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads the box: an account, what it is called, and whether it is of outside."""

    user_id: int
    names: str
    outside: bool


@dataclass(frozen=True, slots=True)
class Said:
    """What was put into the box. ``may_show``: it may be told on, without a name."""

    feeling: str
    about: str
    words: str
    may_show: bool


@dataclass(frozen=True, slots=True)
class Concern:
    """A message that safeguarding is to take; ``operation_id`` is the message's own key, as text."""

    cooperative_id: int
    operation_id: str
    about: str
    words: str
    danger_now: bool
    raised_by: str


def is_open(readers: Sequence[Reader]) -> bool:
    """Whether the box takes anything: two read it, and one of them is of outside.

    >>> is_open((Reader(1, "A", True), Reader(2, "B", False))), is_open((Reader(1, "A", True),))
    (True, False)
    """
    return len(readers) > 1 and any(one.outside for one in readers)


def refusals_to_take(said: Said) -> tuple[Refusal, ...]:
    """Why the box does not take it as it is; each sentence is one a child can read."""
    found = []
    if not said.feeling and not said.words:
        found.append(Refusal("nothing_said", say("Tap one picture first."), "how"))
    if len(said.words) > LONGEST:
        found.append(Refusal("too_long", say("That is too long. Make it shorter."), "words"))
    elif holds_aadhaar(said.words):
        found.append(
            Refusal("aadhaar", say("Leave out the long number. Then send again."), "words")
        )
    return tuple(found)


def sounds(word: str) -> str:
    """The consonants of a word in either script, near sounds as one.

    >>> sounds("बसंती"), sounds("Basanti"), sounds("लक्ष्मी")
    ('bsnt', 'bsnt', 'lksm')
    """
    plain = unicodedata.normalize("NFD", word).casefold()
    if any("\u0900" <= sign <= "\u097f" for sign in plain):
        text = "".join(_SOUNDS.get(sign, "") for sign in plain).replace("q", "g")
    else:
        text = plain
        for pair, one in _PAIRS:
            text = text.replace(pair, one)
        text = "".join(sign for sign in text if sign in "bcdfgjklmnpqrstvwyzh")
    return text.translate(_FOLDED)


def names_reader(words: str, names: str) -> bool:
    """Whether words name somebody, in whichever script. In doubt yes: another reads it then.

    >>> names_reader("बसंती दीदी डाँटती है", "Basanti Namuna"), names_reader("स्कूल दूर है", "Basanti Namuna")
    (True, False)
    """
    parts = {part.casefold() for part in _WORD.findall(names) if len(part) > 2}
    heard = {sounds(part) for part in parts if len(sounds(part)) > 1}
    return any(
        word.casefold() in parts or sounds(word) in heard
        for word in _WORD.findall(words)
        if len(word) > 1
    )


def withheld_from(words: str, readers: Iterable[Reader]) -> tuple[int, ...]:
    """The accounts from which a message is kept because it names them.

    If it names everybody, those of outside see it still: somebody must.
    """
    known = tuple(readers)
    named = tuple(one for one in known if names_reader(words, one.names))
    if len(named) == len(known):
        named = tuple(one for one in named if not one.outside)
    return tuple(sorted(one.user_id for one in named))


def quotes(text: str, message: str) -> bool:
    """Whether a text repeats a message: four of its words on end, or all of a shorter one.

    >>> quotes("We asked about the well.", "the well is deep"), quotes("the well is deep now", "The well is deep")
    (False, True)
    """
    told = [word.casefold() for word in _WORD.findall(text)]
    source = [word.casefold() for word in _WORD.findall(message)]
    size = min(QUOTED_WORDS, len(source))
    if not size:
        return False
    runs = {tuple(source[at : at + size]) for at in range(len(source) - size + 1)}
    return any(tuple(told[at : at + size]) in runs for at in range(len(told) - size + 1))


def refusals_to_tell(
    text: str, messages: Iterable[str], readers: Iterable[Reader], field: str
) -> tuple[Refusal, ...]:
    """Why a text may not stand where others read it: it quotes, names, or holds a number to ring."""
    found = []
    if not text:
        found.append(Refusal("missing", say("This is empty; fill it in."), field))
    if any(quotes(text, one) for one in messages):
        message = say("This repeats a message; say it in other words.")
        found.append(Refusal("quotes", message, field))
    if any(names_reader(text, one.names) for one in readers):
        found.append(Refusal("names", say("This names a person; leave the name out."), field))
    if _PHONE.search(text):
        found.append(Refusal("number", say("This holds a phone number; leave it out."), field))
    return tuple(found)


def refusals_to_decide(kind: str, concern_about: str) -> tuple[Refusal, ...]:
    """Why a message cannot be sorted so."""
    if kind not in KINDS:
        return (Refusal("kind_missing", say("Choose what it is."), "kind"),)
    if kind == "concern" and concern_about not in CONCERNS:
        return (
            Refusal("about_missing", say("Choose what the concern is about."), "concern_about"),
        )
    return ()


def refusals_to_batch(notes: int, written: int, unreadable: int) -> tuple[Refusal, ...]:
    """Why an opening of the paper box is not complete: every note is written down or unreadable."""
    if notes < 1:
        return (Refusal("no_notes", say("Count the notes that were in the box."), "notes"),)
    if written + unreadable != notes:
        message = say(
            "Counted %(notes)s, but written %(written)s and unreadable %(unreadable)s; correct one.",
            notes=notes,
            written=written,
            unreadable=unreadable,
        )
        return (Refusal("count_differs", message, "notes"),)
    return ()

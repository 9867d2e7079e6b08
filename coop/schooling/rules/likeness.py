"""How alike the names of a child and of a pupil are, in both scripts. Pure.

The keys are those of the member book (``coop.members.rules.names``); what schools write besides
is folded here: the flapped d and r, glides, soft c, and honorifics that a finger spoilt.
"""

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from coop.members.rules.names import ALIKE, SAME, SLIPPED, folded_words, likeness
from coop.members.rules.script import plain_words, skeleton, without_short_vowels

# A slip of the finger that leaves the first letter; below it only a person decides.
SLIP, DOUBTFUL = 0.8, 0.7
_MUHAMMAD = re.compile(r"मु(?:०|\.|॰)\s*")
_SOFT = re.compile(r"nce\b", re.IGNORECASE)
_FLAP = re.compile(r"(?<=[aeiou])d")
_HONOUR = ("kumar", "kumari", "devi", "debi", "mosamat", "katun", "bibi")
_VOWELS = frozenset("aeiou")


@lru_cache(maxsize=200_000)
def name_words(text: str) -> tuple[str, ...]:
    """The folded words of a name, honorifics dropped also where a finger spoilt them.

    >>> name_words("Rahul Kmuar Bhuiyan") == name_words("राहुल कुमार भुइयां")
    True
    """
    words = folded_words(_SOFT.sub("ns", _MUHAMMAD.sub("मो० ", text)))
    kept = [word for place, word in enumerate(words) if place == 0 or not _spoilt_honour(word)]
    return tuple(word.replace("aia", "e") for word in kept)


def _spoilt_honour(word: str) -> bool:
    return any(
        word[0] == honour[0] and OSA.distance(word, honour, score_cutoff=1) <= 1
        for honour in _HONOUR
        if len(word) >= 4
    )


@lru_cache(maxsize=200_000)
def pupil_keys(text: str) -> tuple[str, ...]:
    """Keys of a given name: without its last word, all of it, and the first word unfolded.

    A lost letter changes how a word is folded (Suhani, Suhai); the unfolded word shows the slip.
    """
    words = name_words(text)
    if not words:
        return ()
    whole = without_short_vowels("".join(words))
    given = without_short_vowels("".join(words[:-1])) if len(words) > 1 else whole
    return tuple(dict.fromkeys((given, whole, *_unfolded(text, len(words)))))


def _unfolded(text: str, words: int) -> tuple[str, ...]:
    """The first word's letters, doubled ones once; nothing where a title stands before it."""
    plain = plain_words(text)
    if not plain or words > 2 or folded_words(plain[0]) != folded_words(text)[:1]:
        return ()
    return (re.sub(r"([a-z])\1+", r"\1", plain[0]).replace("y", "i"),)


@lru_cache(maxsize=200_000)
def parent_keys(text: str) -> tuple[str, ...]:
    """Keys of a parent's name; a register may hold its first word only."""
    words = name_words(text)
    return tuple(dict.fromkeys([*pupil_keys(text), *words[:1]]))


@lru_cache(maxsize=200_000)
def house_of(text: str) -> str:
    """The folded last word where there are several; empty for a given name alone."""
    words = name_words(text)
    return words[-1] if len(words) > 1 else ""


def alike(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """The best likeness of any two keys: 1 the same, from 0.8 a slip, 0.7 doubtful, 0 another name."""
    return max((_alike(one, other) for one in a for other in b), default=0.0)


@lru_cache(maxsize=500_000)
def _alike(a: str, b: str) -> float:
    """As in the member book; beyond it flaps and a slip of one finger.

    A consonant put for another is another child's name (Ramesh, Rajesh): never more than doubtful.
    """
    if a == b:
        return SAME
    found = likeness(a, b)
    if found >= SLIPPED:
        return found
    if likeness(_FLAP.sub("r", a), _FLAP.sub("r", b)) >= ALIKE:
        return ALIKE
    apart = OSA.distance(a, b, score_cutoff=2)
    if min(len(a), len(b)) < 4 or a[0] != b[0] or apart > 2:
        return found
    return SLIP if apart == 1 and not _other_consonant(a, b) else DOUBTFUL


def _other_consonant(a: str, b: str) -> bool:
    if len(a) != len(b):
        return False
    changed = [{x, y} for x, y in zip(a, b, strict=True) if x != y]
    return len(changed) == 1 and bool(changed[0] - _VOWELS)


def block_keys(keys: tuple[str, ...]) -> set[str]:
    """What two spellings of a name likely share, to look for candidates."""
    return {skeleton(key)[:2] for key in keys}

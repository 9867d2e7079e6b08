"""One key for a name, however it is spelt and in whichever script. Pure.

``सुनीता``, ``Sunita`` and ``Suneeta`` have the same key; titles and the surnames of honour (Devi,
Kumari, Khatun, Bibi, Mosamat), which carry no lineage, fall away. Keys are for finding only.
"""

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from coop.members.rules.script import fold, plain_words, skeleton, without_short_vowels

_WIDOW = "mosamat mosmat mosomat mosammat musamat musmat musammat moosamat"
_BEFORE = (
    "md mohd mo moh mohammad mohamad mohammed muhammad muhammed late lt sv sw svo svargiy swargiya svargiya "
    "swargwasi svargvasi smt srimati shrimati shreemati sri shri shree mr mrs ms miss ku "
) + _WIDOW
_AFTER = "devi debi kumari kumar kr khatun khatoon bibi biwi begam begum bano " + _WIDOW
_TITLES, _HONOUR = (frozenset(map(fold, words.split())) for words in (_BEFORE, _AFTER))
# One name that no rule of sound brings together.
_ONE_NAME = {
    fold(other): fold(name)
    for name, others in (
        ("soren", "saren"),
        ("ghatwar", "ghatwal ghatowar ghatwari"),
        ("bhuiyan", "bhuiya bhuinya bhuniya"),
        ("hembrom", "hembram hemrom hembrum"),
        ("mohammad", "md mohd moh muhammad muhammed mohammed"),
    )
    for other in others.split()
}
SAME, ALIKE, SLIPPED, DOUBTFUL = 1.0, 0.95, 0.88, 0.7
# Vowels that are written for one another; i for a is another name (Rina, Rana).
_VOWELS_ALIKE = frozenset(map(frozenset, ("ie", "ou", "ao", "ae")))


@lru_cache(maxsize=200_000)
def folded_words(text: str) -> tuple[str, ...]:
    """The words of a name, folded, without titles and honorifics; never empty for a name.

    >>> folded_words("Smt. Sunita Mosamat"), folded_words("मो० सलीम अंसारी")
    (('sunita',), ('salim', 'ansari'))
    """
    words = [word for word in map(fold, plain_words(text)) if word]
    while len(words) > 1 and words[0] in _TITLES:
        del words[0]
    # Devi Lal is a name of its own: the first word stays, also where it could be an honorific.
    kept = [word for place, word in enumerate(words) if place == 0 or word not in _HONOUR]
    return tuple(_ONE_NAME.get(word, word) for word in kept)


def search_key(text: str) -> str:
    """The key under which a name is found in either script.

    >>> search_key("लक्ष्मण भुइयां") == search_key("Late Laxman Bhuyan")
    True
    """
    return " ".join(folded_words(text))


@lru_cache(maxsize=200_000)
def given_keys(text: str) -> tuple[str, ...]:
    """Keys of the given name: without its last word, and all of it (no surname was written).

    >>> given_keys("Tek Lal Yadav")[0] == given_keys("टेकलाल यादव")[0]
    True
    """
    words = folded_words(text)
    whole = without_short_vowels("".join(words))
    if len(words) < 2:
        return (whole,) if whole else ()
    return (without_short_vowels("".join(words[:-1])), whole)


@lru_cache(maxsize=200_000)
def surname(text: str) -> str:
    """The folded last word; empty where only a given name or an honorific stands.

    >>> surname("Sunita Devi"), surname("Somar Ghatwal")
    ('', 'gatvar')
    """
    words = folded_words(text)
    return words[-1] if len(words) > 1 else ""


@lru_cache(maxsize=500_000)
def likeness(a: str, b: str) -> float:
    """How alike two folded given names are: # One name that no rule of sound brings together.
    _ONE_NAME = {
        fold(other): fold(name)
        for name, others in (
            ("soren", "saren"),
            ("ghatwar", "ghatwal ghatowar ghatwari"),
            ("bhuiyan", "bhuiya bhuinya bhuniya"),
            ("hembrom", "hembram hemrom hembrum"),
            ("mohammad", "md mohd moh muhammad muhammed mohammed"),
        )
        for other in others.split()
    }
    SAME, ALIKE, SLIPPED (a finger), DOUBTFUL or 0.

        Ramesh and Rajesh, Anita and Sunita are other names: a consonant of its own tells twins apart.
    """
    if not a or not b:
        return 0.0
    if a == b:
        return SAME
    bones_a, bones_b = skeleton(a), skeleton(b)
    if bones_a == bones_b:
        return ALIKE if _same_but_for_vowels(a, b, len(bones_a)) else 0.0
    apart = OSA.distance(bones_a, bones_b)
    shorter = min(len(bones_a), len(bones_b))
    if apart > 1 or shorter < 2:
        return 0.0
    if bones_a.replace("n", "") == bones_b.replace("n", "") and shorter >= 3:
        return SLIPPED if bones_a[0] == bones_b[0] else 0.0  # a nasal heard or not
    if len(bones_a) != len(bones_b):
        near = shorter >= 3 and bones_a[0] == bones_b[0] and OSA.distance(a, b) <= 2
        return SLIPPED if near else 0.0
    if sorted(bones_a) == sorted(bones_b):
        return SLIPPED if OSA.distance(a, b) <= 2 else 0.0
    return DOUBTFUL if shorter >= 4 and OSA.distance(a, b) == 1 else 0.0


def _same_but_for_vowels(a: str, b: str, bones: int) -> bool:
    apart = OSA.distance(a, b)
    if bones >= 4:
        return apart <= 3
    if apart > 1:
        return bones >= 3 and apart == 2 and len(a) != len(b)
    if len(a) != len(b):
        return bones >= 2
    changed = next(frozenset(pair) for pair in zip(a, b, strict=True) if pair[0] != pair[1])
    return bones >= 3 or changed in _VOWELS_ALIKE


def best_likeness(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """The best likeness of any two keys."""
    return max((likeness(one, other) for one in a for other in b), default=0.0)


@lru_cache(maxsize=50_000)
def place_key(text: str) -> str:
    """A place's key.

    >>> place_key("Simartanr") == place_key("सिमरटांड़") == place_key("Simartand")
    True
    """
    # The flapped sound of "tanr" is written d, r or nd.
    return re.sub(r"n?[dr]+", "r", skeleton(fold("".join(plain_words(text)))))

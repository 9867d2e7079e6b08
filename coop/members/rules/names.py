"""One key for a name, however it is spelt and in whichever script.

``सुनीता``, ``Sunita`` and ``Suneeta`` fold to the same letters; titles and honorific surnames, which
carry no lineage, fall away. Keys are for finding, never for showing.
"""

import re
import unicodedata
from functools import lru_cache

_CONSONANTS = dict(
    zip(
        "कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसहळ",
        [
            "k",
            "kh",
            "g",
            "gh",
            "n",
            "ch",
            "chh",
            "j",
            "jh",
            "n",
            "t",
            "th",
            "d",
            "dh",
            "n",
            "t",
            "th",
            "d",
            "dh",
            "n",
            "p",
            "ph",
            "b",
            "bh",
            "m",
            "y",
            "r",
            "l",
            "v",
            "s",
            "s",
            "s",
            "h",
            "l",
        ],
        strict=True,
    )
)
_VOWELS = dict(
    zip("अआइईउऊऋएऐओऔ", ["a", "a", "i", "i", "u", "u", "ri", "e", "ai", "o", "au"], strict=True)
)
_SIGNS = dict(
    zip("ािीुूृेैोौॉ", ["a", "i", "i", "u", "u", "ri", "e", "ai", "o", "au", "o"], strict=True)
)
_VIRAMA, _NUKTA = "\u094d", "\u093c"
_NASALS = frozenset("\u0901\u0902")
# Words that stand beside a name and say nothing of who it is, after folding.
_EMPTY_WORDS = frozenset(
    [
        "devi",
        "kumari",
        "khatun",
        "bivi",
        "vivi",
        "bibi",
        "mosamat",
        "mosmat",
        "musamat",
        "mosammat",
        "vegam",
        "begam",
        "lt",
        "late",
        "svargiy",
        "sv",
        "svo",
        "md",
        "mo",
        "mohd",
        "mohamad",
        "muhamad",
        "mohamed",
        "sri",
        "srimati",
        "smt",
        "kumar",
    ]
)
_FOLDS = (
    (r"x", "ks"),
    (r"ph", "f"),
    (r"ksh|kshh|chchh|chh|ks", "ch"),
    (r"sh", "s"),
    (r"w|b(?!h)", "v"),
    (r"q", "k"),
    (r"z", "j"),
    (r"aa+", "a"),
    (r"ee+|ii+|ey\b", "i"),
    (r"oo+|uu+", "u"),
    (r"ou", "au"),
    (r"y\b", "i"),
    (r"ia|iya|ya", "ia"),
    (r"ay|ai", "ai"),
    (r"eo|ev", "ev"),
    (r"([a-z])\1+", r"\1"),
    (r"([kgcjtdpbv])h", r"\1"),
    (r"m(?=[bpv])|n(?=[bpv])", "n"),
)
_COMPILED = tuple((re.compile(pattern), into) for pattern, into in _FOLDS)


def latin_of(text: str) -> str:
    """Write Devanagari in Latin letters, without the vowels that are not spoken.

    >>> latin_of("टेकलाल"), latin_of("कमल"), latin_of("लछमन")
    ('teklal', 'kamal', 'lachhman')
    """
    text = unicodedata.normalize("NFC", text).replace(_NUKTA, "")
    out: list[str] = []
    voiced = False  # whether the syllable before carries a vowel that is spoken
    for place, sign in enumerate(text):
        following = text[place + 1 : place + 2]
        if sign in _CONSONANTS:
            out.append(_CONSONANTS[sign])
            inherent = following not in _SIGNS and following != _VIRAMA
            spoken = inherent and _spoken(text, place, voiced)
            if spoken:
                out.append("a")
            voiced = spoken
        elif sign in _SIGNS or sign in _VOWELS:
            out.append(_SIGNS.get(sign) or _VOWELS[sign])
            voiced = True
        elif sign in _NASALS:
            out.append("n")
        elif sign != _VIRAMA:
            out.append("h" if sign == "\u0903" else sign)
            voiced = False
    return "".join(out)


def _spoken(text: str, place: int, voiced: bool) -> bool:
    """Whether a consonant's own vowel is spoken: not at a word's end, nor between two that are."""
    following = text[place + 1 : place + 2]
    if following in _NASALS:
        return True
    if not following or following not in _CONSONANTS:
        return False
    if following == "ह":  # pahar, sahdev: before a breath the vowel stays
        return True
    after = text[place + 2 : place + 3]
    next_is_full = after in _SIGNS or after in _CONSONANTS or after in _NASALS
    return not (voiced and bool(after) and next_is_full)


@lru_cache(maxsize=200_000)
def folded_words(text: str) -> tuple[str, ...]:
    """The words of a name, folded; titles and honorifics are left out."""
    plain = unicodedata.normalize("NFKD", latin_of(text)).casefold()
    words = re.findall(r"[a-z]+", plain)
    folded = [_fold(word) for word in words]
    return tuple(
        word
        for word, raw in zip(folded, words, strict=True)
        if word and word not in _FOLDED_EMPTY and raw not in _EMPTY_WORDS
    )


def _fold(word: str) -> str:
    for pattern, into in _COMPILED:
        word = pattern.sub(into, word)
    return word


_FOLDED_EMPTY = frozenset(_fold(word) for word in _EMPTY_WORDS)


@lru_cache(maxsize=200_000)
def given_name(text: str) -> str:
    """The folded name without its surname; two words that are written apart or together agree.

    >>> given_name("Tek Lal Yadav") == given_name("टेकलाल यादव")
    True
    """
    words = folded_words(text)
    return "".join(words[:-1]) if len(words) > 1 else "".join(words)


@lru_cache(maxsize=200_000)
def skeleton(folded: str) -> str:
    """A folded name's first letter and its consonants."""
    return folded[:1] + re.sub(r"[aeiouy]", "", folded[1:])


@lru_cache(maxsize=50_000)
def place_key(text: str) -> str:
    """A village's key: Simartanr and सिमरटांड़ are one place."""
    word = "".join(folded_words(text))
    # The flapped sound of "tanr" is written d, r or nd.
    return re.sub(r"n?[dr]+", "r", skeleton(word))

"""Devanagari in Latin letters, and the spellings of one sound folded together. Pure.

Only for finding: a folded word is never shown. The folds are the spellings that registers of
Koderma and Giridih hold side by side (Ghatwar/Ghatwal, Soren/Saren, Lachhman/Laxman, v/b/w, sh/s).
"""

import re
import unicodedata

_LETTERS = "कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसहळ"
_SPOKEN = "k kh g gh n ch chh j jh n t th d dh n t th d dh n p f b bh m y r l v sh sh s h l"
_SPOKEN_VOWELS = "aa i ii u uu ri e ai o au o"
_CONSONANTS = dict(zip(_LETTERS, _SPOKEN.split(), strict=True))
_VOWELS = dict(zip("आइईउऊऋएऐओऔऑ", _SPOKEN_VOWELS.split(), strict=True)) | {"अ": "a"}
_SIGNS = dict(zip("ािीुूृेैोौॉ", _SPOKEN_VOWELS.split(), strict=True))
_VIRAMA, _NASALS = "\u094d", "\u0901\u0902"
_UNSEEN = re.compile("[\u200b-\u200d\ufeff]")
# ज्ञ is spoken gy, the flaps ड़ and ढ़ r and rh; the other dotted letters are spoken as the plain ones.
_WHOLE = (("ज्ञ", "ग्य"), ("ड\u093c", "र"), ("ढ\u093c", "र्ह"), ("\u093c", ""))
_FOLDS = tuple(
    (re.compile(pattern), into)
    for pattern, into in (
        (r"x", "ksh"),
        (r"ch?chh?|chh", "ch"),
        (r"(?:ksh|ch)h?(?=m)", "ch"),  # Lakshman, Laxman, Lachhman
        (r"ph", "f"),
        (r"q", "k"),
        (r"z", "j"),
        (r"jny|^jn", "gy"),
        (r"sh", "s"),
        (r"w|b(?!h)", "v"),
        (r"ee+|ii+|y?ee", "i"),
        (r"oo+|uu+", "u"),
        (r"aa+", "a"),
        (r"au|ou|o[vw](?![aeiou])", "o"),
        (r"^y", "j"),  # Yamuna, Jamuna; Yadav, Jadav
        (r"aye|(?:ai|ay|ei|ey)(?![aeiou])", "e"),
        (r"[iy]+", "i"),
        (r"([kgcjtdpfbv])h", r"\1"),
        (r"m(?=[bpv])", "n"),
        (r"([a-z])\1+", r"\1"),
    )
)
_SHORT_VOWEL = re.compile(r"([aeiou][^aeiou])a([^aeiou](?=[aeiou]))")


def latin_of(text: str) -> str:
    """Write Devanagari in Latin letters without the vowel that ends a word unspoken.

    >>> latin_of("सुनीता देवी")
    'suniitaa devii'
    """
    text = _UNSEEN.sub("", unicodedata.normalize("NFD", text))
    for sign, spoken in _WHOLE:
        text = text.replace(sign, spoken)
    return "".join(_sounds(text))


def _sounds(text: str) -> list[str]:
    out: list[str] = []
    for place, sign in enumerate(text):
        if sign in _CONSONANTS:
            following = text[place + 1 : place + 2]
            ends = following not in _CONSONANTS and following not in _VOWELS
            nasal = following != "" and following in _NASALS
            out.append(_CONSONANTS[sign] + ("a" if nasal or (following and not ends) else ""))
        elif sign in _NASALS:
            out.append("n")
        elif sign == "\u0903":
            out.append("h")
        elif sign != _VIRAMA:
            out.append(_SIGNS.get(sign) or _VOWELS.get(sign) or sign)
    return out


def plain_words(text: str) -> list[str]:
    """The words of a text in small Latin letters, accents dropped; other scripts as they are."""
    plain = unicodedata.normalize("NFKD", latin_of(text)).casefold()
    other_script = unicodedata.normalize("NFKC", text).casefold().split()
    return re.findall(r"[a-z]+", plain) or [w for w in other_script if any(map(str.isalpha, w))]


def fold(word: str) -> str:
    """One spelling for a plain word, however it was written.

    >>> fold("ghatwar") == fold("ghatavaar")
    True
    """
    for pattern, into in _FOLDS:
        word = pattern.sub(into, word)
    return without_short_vowels(word)


def without_short_vowels(word: str) -> str:
    """Drop the short vowel that writers hear or not: Mahato, Mahto; Phulamani, Phulmani."""
    return _SHORT_VOWEL.sub(r"\1\2", word)


def skeleton(folded: str) -> str:
    """A folded word's consonants, before them the vowel it begins with.

    >>> skeleton("anita"), skeleton("sunita")
    ('ant', 'snt')
    """
    first = {"e": "i", "o": "u"}.get(folded[:1], folded[:1])
    return first + re.sub(r"[aeiou]", "", folded[1:])

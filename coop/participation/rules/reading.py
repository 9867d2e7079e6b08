"""Whether a page can be read by a child: words a sentence, length of words. Pure.

Own measures: at most 12 words a sentence (the house's limit for Hindi), and on a page few long
words. A long word has more than five written syllables in Hindi, more than nine letters in English.
"""

import re
import unicodedata
from dataclasses import dataclass

MOST_WORDS = 12
MOST_SYLLABLES = 5
MOST_LETTERS = 9
_END = re.compile(r"[.!?।\n]+")
_WORD = re.compile(r"[\w\u0900-\u0963]+")


@dataclass(frozen=True, slots=True)
class Ease:
    """What makes a text hard: its longest sentence in words, its long words, how many it has in all."""

    longest: int
    long_words: tuple[str, ...]
    words: int


def syllables(word: str) -> int:
    """Written syllables: in Devanagari each letter that no virama ties to the next; else letters.

    >>> syllables("मदद"), syllables("स्कूल"), syllables("help")
    (3, 2, 4)
    """
    letters = [sign for sign in word if unicodedata.category(sign) in ("Lo", "Ll", "Lu", "Nd")]
    return len(letters) - word.count("\u094d")


def ease(text: str) -> Ease:
    """Measure a text; lines end sentences as points do."""
    sentences = [_WORD.findall(part) for part in _END.split(text)]
    words = [word for sentence in sentences for word in sentence]
    return Ease(
        max((len(sentence) for sentence in sentences), default=0),
        tuple(word for word in words if _is_long(word)),
        len(words),
    )


def easy(text: str) -> bool:
    """Whether a child of class 4 is asked too much: a long sentence, or one word in ten is long."""
    found = ease(text)
    return found.longest <= MOST_WORDS and 10 * len(found.long_words) <= found.words


def _is_long(word: str) -> bool:
    if word.isdigit():
        return False
    hindi = any("\u0900" <= sign <= "\u097f" for sign in word)
    return syllables(word) > (MOST_SYLLABLES if hindi else MOST_LETTERS)

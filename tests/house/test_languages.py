"""Each language has every message, with the same placeholders, in the words of the glossary."""

import csv
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

from coop.kernel.i18n import LANGUAGES
from coop.paths import LOCALE, PACKAGE, TEMPLATES

# A thing has one word: what must not be used, and what is said instead.
GLOSSARY = tuple(
    csv.DictReader((LOCALE.parents[1] / "docs/glossary.csv").read_text("utf-8").splitlines())
)
FORBIDDEN = {
    synonym: row["hindi"] or row["english"]
    for row in GLOSSARY
    for synonym in filter(None, row["never"].split("|"))
}
# Sentences of more than twelve words that were here before the rule; the list only gets shorter.
LONG = set((Path(__file__).parent / "long_sentences.txt").read_text("utf-8").splitlines())
MOST_WORDS = 12
LATIN_KEPT = "Enter Esc HTTPS https R no yes CSV UTF XLSX T KDM C D PDF SHA MB S"
Msgid = str | tuple[str, ...]


@cache
def source() -> dict[Msgid, str]:
    """Every message of the source, with the file that says it."""
    found: dict[Msgid, str] = {}
    keywords = {**DEFAULT_KEYWORDS, "say": (1,)}
    options = {"**.html": {"newstyle_gettext": "true", "trimmed": "true"}}
    for folder, method in ((PACKAGE, "python"), (TEMPLATES, "jinja2")):
        pattern = "**.py" if method == "python" else "**.html"
        for file, line, msgid, _, _ in extract_from_dir(
            str(folder), method_map=[(pattern, method)], options_map=options, keywords=keywords
        ):
            found.setdefault(msgid, f"{folder.name}/{file}:{line}")
    return found


def catalogue(language: str) -> Catalog:
    path = LOCALE / language / "LC_MESSAGES" / "coop.po"
    with path.open("rb") as file:
        return read_po(file, locale=language)


def forms(text: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"%\(\w+\)[sd]|%%", text))


def words(text: str) -> list[str]:
    return re.findall(r"[\u0900-\u0963\u0970-\u097f]+", text)


def translated(language: str) -> Iterator[tuple[Msgid, tuple[str, ...], Message]]:
    for message in catalogue(language):
        if message.id:
            msgid = message.id if isinstance(message.id, str) else tuple(message.id)
            yield msgid, forms(message.string or ""), message


def test_messages_are_found() -> None:
    assert "Skip to main content" in source()  # a template
    assert "This was refused" in source()  # say() in Python
    assert ("%(num)s member", "%(num)s members") in source()  # a count
    assert len(source()) > 250


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated(language: str) -> None:
    """English and Hindi complete."""
    known = {msgid for msgid, texts, _ in translated(language) if all(texts)}
    missing = [f"{where}: {msgid!r}" for msgid, where in source().items() if msgid not in known]
    assert missing == [], f"translate these in coop/locale/{language}/LC_MESSAGES/coop.po"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_is_left_over_or_doubtful(language: str) -> None:
    for msgid, _, message in translated(language):
        assert msgid in source(), f"{msgid!r} is said nowhere: take it out"
        assert not message.fuzzy, f"{msgid!r} is marked fuzzy: look at it and take the mark off"


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_the_same(language: str) -> None:
    for msgid, texts, _ in translated(language):
        expected = placeholders(forms(msgid)[-1])
        for text in texts:
            assert placeholders(text) == expected or (
                isinstance(msgid, tuple) and placeholders(text) == placeholders(msgid[0])
            ), msgid


@pytest.mark.parametrize("language", LANGUAGES)
def test_counts_have_the_forms_of_the_language(language: str) -> None:
    plurals = catalogue(language).num_plurals
    for msgid, texts, _ in translated(language):
        assert len(texts) == (plurals if isinstance(msgid, tuple) else 1), msgid


def test_english_is_the_key_itself() -> None:
    for msgid, texts, _ in translated("en"):
        assert texts == forms(msgid)


def test_hindi_is_written_in_the_words_of_the_glossary() -> None:
    """English and Hindi from one glossary: a thing has one word."""
    for msgid, texts, _ in translated("hi"):
        for text in texts:
            said = set(words(text)) & set(FORBIDDEN)
            assert not said, f"{msgid!r}: say {[FORBIDDEN[one] for one in said]} for {said}"


def test_the_glossary_is_whole() -> None:
    assert len(GLOSSARY) >= 60
    assert len({row["english"] for row in GLOSSARY}) == len(GLOSSARY)
    for word in ("दर", "रेट", "कीमत", "बिल"):
        assert word in FORBIDDEN
    said = {word for row in GLOSSARY for word in words(row["hindi"])}
    assert not said & set(FORBIDDEN), "a word cannot be both said and forbidden"


def sentences(text: str) -> list[str]:
    return [one.strip() for one in re.split(r"[।?!:;]\s|[।?!]$", text)]


def test_hindi_sentences_are_short() -> None:
    """At most twelve words; a placeholder is one, a sign between words is none."""
    long = {
        one
        for _, texts, _ in translated("hi")
        for text in texts
        for one in sentences(text)
        if len([word for word in one.split() if re.search(r"\w", word)]) > MOST_WORDS
    }
    assert sorted(long - LONG) == [], "say it in two sentences"
    assert sorted(LONG - long) == [], "take these off long_sentences.txt: they are gone"


def test_hindi_is_written_cleanly() -> None:
    for msgid, texts, _ in translated("hi"):
        for text in texts:
            assert unicodedata.is_normalized("NFC", text), msgid
            assert not re.search(r"[०-९]", text), f"{msgid!r}: Latin digits"
            assert not re.search("[\u200b-\u200d\ufeff]", text), f"{msgid!r}: hidden character"
            assert "|" not in text, f"{msgid!r}: a danda, not a bar"
            assert not re.search(r"[\u0900-\u097f]\.(\s|$)", text), f"{msgid!r}: a danda ends it"
            assert '"' not in text, f"{msgid!r}: it may stand in an attribute"


def test_hindi_is_hindi() -> None:
    """Latin words stand in Hindi only where they are an example, a key or a fixed name."""
    kept = set(LATIN_KEPT.split())
    for msgid, texts, _ in translated("hi"):
        for text in texts:
            bare = re.sub(r"%\(\w+\)[sd]", "", text)
            latin = set(re.findall(r"[A-Za-z]+", bare))
            assert latin <= kept or latin <= set(re.findall(r"[A-Z]+", str(msgid))), msgid


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.name)
def test_nothing_but_literals_is_said(path: Path) -> None:
    """A catalogue cannot hold what is put together while running."""
    bad = re.findall(r"\bsay\(\s*(?:f[\"']|[a-z_]+\s*[,)])", path.read_text("utf-8"))
    assert [one for one in bad if "msgid" not in one] == [], f"{path}: give say() a literal"

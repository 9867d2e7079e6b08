"""Languages of the reader: Hindi first, English second; the English sentence is the key.

Catalogues are ``coop/locale/<language>/LC_MESSAGES/coop.po``. They are compiled in memory at
first use, so that a changed translation needs a restart and nothing else.
"""

import gettext as _gettext
import io
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import cache

from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from markupsafe import Markup

from coop.kernel.clock import IST
from coop.kernel.money import NBSP, PAISE_PER_RUPEE, format_rupees, indian_grouping
from coop.kernel.weight import format_kg
from coop.kernel.words import Said
from coop.paths import LOCALE

HINDI, ENGLISH = "hi", "en"
LANGUAGES = (HINDI, ENGLISH)
_language: ContextVar[str] = ContextVar("language", default=HINDI)


def language() -> str:
    """Return the code of the language that is spoken now."""
    return _language.get()


@contextmanager
def use_language(code: str) -> Iterator[None]:
    """Speak ``code`` within the block; a language we do not have becomes Hindi."""
    token = _language.set(code if code in LANGUAGES else HINDI)
    try:
        yield
    finally:
        _language.reset(token)


def other_language(code: str) -> str:
    """Return the language that the switch in the header offers."""
    return ENGLISH if code == HINDI else HINDI


def accepted_language(header: str) -> str:
    """Choose from an ``Accept-Language`` header (RFC 9110 section 12.5.4); Hindi if in doubt.

    >>> accepted_language("ta, en-IN;q=0.8, hi;q=0.5")
    'en'
    """
    best, best_quality = HINDI, 0.0
    for offer in header.split(","):
        tag, _, parameter = offer.partition(";")
        code = tag.strip().lower().partition("-")[0]
        name, _, value = parameter.partition("=")
        try:
            quality = float(value) if name.strip() == "q" else 1.0
        except ValueError:
            quality = 0.0
        if code in LANGUAGES and quality > best_quality:
            best, best_quality = code, quality
    return best


@cache
def _catalogue(code: str) -> _gettext.NullTranslations:
    path = LOCALE / code / "LC_MESSAGES" / "coop.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale=code)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return _gettext.GNUTranslations(compiled)


def gettext(msgid: str) -> str:
    """Translate one sentence to the language spoken now."""
    return _catalogue(_language.get()).gettext(msgid) if msgid else ""


def ngettext(one: str, many: str, count: int) -> str:
    """Translate a sentence whose form depends on a count."""
    return _catalogue(_language.get()).ngettext(one, many, count)


def render(said: Said) -> str:
    """Return a decided sentence in the language spoken now."""
    return said.render(gettext)


def rupees(paise: int) -> str:
    """Show paise with the rupee sign, Indian grouping and a space that does not break.

    >>> rupees(1518075)
    '₹\\xa015,180.75'
    """
    return format_rupees(paise)


def rupees_big(paise: int) -> Markup:
    """Show paise as the number of a page: the paise smaller."""
    whole, rest = format_rupees(paise).split(".")
    return Markup("{}<small>.{}</small>").format(whole, rest)


def count(number: int) -> str:
    """Show a whole number with Indian grouping: lakh and crore.

    >>> count(1234567)
    '12,34,567'
    """
    return indian_grouping(number)


def kg(grams: int) -> str:
    """Show grams as kilograms with three decimals, without the unit.

    >>> kg(1284350)
    '1,284.350'
    """
    return format_kg(grams)


def kg_big(grams: int) -> Markup:
    """Show grams as the number of a page: the grams and the unit smaller."""
    whole, rest = format_kg(grams).split(".")
    return Markup("{}<small>.{}{}{}</small>").format(whole, rest, NBSP, gettext("kg"))


def day(at: date) -> str:
    """Show the day in India as dd-mm-yyyy.

    >>> day(date(2026, 11, 4))
    '04-11-2026'
    """
    return _in_india(at).strftime("%d-%m-%Y")


def num(text: str) -> Markup:
    """Keep a date or a number on one line within a sentence."""
    return Markup('<span class="num">{}</span>').format(text)


def time(at: datetime) -> str:
    """Show the time in India as HH:MM."""
    return at.astimezone(IST).strftime("%H:%M")


def long_day(at: date) -> str:
    """Show the day in India with its weekday and month in words."""
    return format_date(_in_india(at), "EEEE, d MMMM y", locale=f"{language()}_IN")


def _in_india(at: date) -> date:
    return at.astimezone(IST) if isinstance(at, datetime) else at


def named(thing: object) -> str:
    """Return the name of a thing that carries one a language (``name_hi``, ``name_en``/``_latin``).

    The other language stands in where one is missing.
    """
    hindi = getattr(thing, "name_hi", None)
    english = getattr(thing, "name_en", None) or getattr(thing, "name_latin", None)
    first, second = (hindi, english) if language() == HINDI else (english, hindi)
    return str(first or second or "")


# 0 to 99, as taught in the schools of the district; every one has its own word.
_HINDI_TEXT = """
शून्य एक दो तीन चार पाँच छह सात आठ नौ
दस ग्यारह बारह तेरह चौदह पंद्रह सोलह सत्रह अठारह उन्नीस
बीस इक्कीस बाईस तेईस चौबीस पच्चीस छब्बीस सत्ताईस अट्ठाईस उनतीस
तीस इकतीस बत्तीस तैंतीस चौंतीस पैंतीस छत्तीस सैंतीस अड़तीस उनतालीस
चालीस इकतालीस बयालीस तैंतालीस चौवालीस पैंतालीस छियालीस सैंतालीस अड़तालीस उनचास
पचास इक्यावन बावन तिरपन चौवन पचपन छप्पन सत्तावन अट्ठावन उनसठ
साठ इकसठ बासठ तिरसठ चौंसठ पैंसठ छियासठ सड़सठ अड़सठ उनहत्तर
सत्तर इकहत्तर बहत्तर तिहत्तर चौहत्तर पचहत्तर छिहत्तर सतहत्तर अठहत्तर उनासी
अस्सी इक्यासी बयासी तिरासी चौरासी पचासी छियासी सत्तासी अट्ठासी नवासी
नब्बे इक्यानवे बानवे तिरानवे चौरानवे पंचानवे छियानवे सत्तानवे अट्ठानवे निन्यानवे
"""
_ENGLISH_TEXT = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    " fifteen sixteen seventeen eighteen nineteen"
)
_TENS_TEXT = "twenty thirty forty fifty sixty seventy eighty ninety"
_HINDI_WORDS, _ENGLISH_SMALL, _ENGLISH_TENS = (
    text.split() for text in (_HINDI_TEXT, _ENGLISH_TEXT, _TENS_TEXT)
)
_SCALES = {
    HINDI: ("करोड़", "लाख", "हज़ार", "सौ"),
    ENGLISH: ("crore", "lakh", "thousand", "hundred"),
}
_UNITS = {  # rupee: one, many; paisa: one, many; what stands before a negative amount
    HINDI: ("रुपया", "रुपये", "पैसा", "पैसे", "ऋण"),
    ENGLISH: ("rupee", "rupees", "paisa", "paise", "minus"),
}


def _below_hundred(number: int, code: str) -> str:
    if code == HINDI:
        return _HINDI_WORDS[number]
    if number < 20:
        return _ENGLISH_SMALL[number]
    tens, ones = divmod(number, 10)
    return _ENGLISH_TENS[tens - 2] + (f"-{_ENGLISH_SMALL[ones]}" if ones else "")


def number_in_words(number: int, code: str) -> str:
    """Say a whole number from 0 on in lakh and crore.

    >>> number_in_words(1234567, "en")
    'twelve lakh thirty-four thousand five hundred sixty-seven'
    """
    crore, lakh, thousand, hundred = _SCALES[code]
    parts: list[str] = []
    for size, word in ((10_000_000, crore), (100_000, lakh), (1_000, thousand), (100, hundred)):
        count, number = divmod(number, size)
        if count:
            parts.append(f"{number_in_words(count, code)} {word}")
    if number or not parts:
        parts.append(_below_hundred(number, code))
    return " ".join(parts)


def number_words(code: str | None = None) -> str:
    """The words that a script puts an amount together of: 0 to 99, sizes, rupee and paisa.

    >>> number_words("en").split("|")[1:]
    ['crore lakh thousand hundred', 'rupee rupees paisa paise']
    """
    code = code or language()
    small = " ".join(_below_hundred(number, code) for number in range(100))
    return "|".join((small, " ".join(_SCALES[code]), " ".join(_UNITS[code][:4])))


def rupees_in_words(paise: int, code: str | None = None) -> str:
    """Say an amount as it stands on a slip, in ``code`` or the language spoken now.

    >>> rupees_in_words(21326, "hi")
    'दो सौ तेरह रुपये छब्बीस पैसे'
    >>> rupees_in_words(21326, "en")
    'two hundred thirteen rupees twenty-six paise'
    """
    code = code or language()
    rupee, rupees_, paisa, paise_, minus = _UNITS[code]
    whole, rest = divmod(abs(paise), PAISE_PER_RUPEE)
    parts = [minus] if paise < 0 else []
    if whole or not rest:
        parts.append(f"{number_in_words(whole, code)} {rupee if whole == 1 else rupees_}")
    if rest:
        parts.append(f"{number_in_words(rest, code)} {paisa if rest == 1 else paise_}")
    return " ".join(parts)

"""Languages, numbers in words, and how figures are shown."""

from datetime import UTC, date, datetime
from types import SimpleNamespace as Thing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.kernel import i18n
from coop.kernel.words import say

HINDI_TO_99 = {
    0: "शून्य", 9: "नौ", 18: "अठारह", 19: "उन्नीस", 25: "पच्चीस", 26: "छब्बीस", 29: "उनतीस",
    36: "छत्तीस", 39: "उनतालीस", 44: "चौवालीस", 49: "उनचास", 53: "तिरपन", 55: "पचपन",
    59: "उनसठ", 63: "तिरसठ", 66: "छियासठ", 69: "उनहत्तर", 75: "पचहत्तर", 79: "उनासी",
    85: "पचासी", 89: "नवासी", 90: "नब्बे", 95: "पंचानवे", 99: "निन्यानवे",
}  # fmt: skip


def test_hindi_comes_first_and_a_strange_language_becomes_hindi() -> None:
    assert i18n.language() == "hi"
    with i18n.use_language("ta"):
        assert i18n.language() == "hi"


def test_a_sentence_is_said_in_the_language_of_the_moment() -> None:
    sentence = say("The member was under %(age)s on that day; nothing can be bought.", age=18)
    assert i18n.render(sentence) == "उस दिन उम्र 18 साल से कम थी; खरीद नहीं हो सकती।"
    with i18n.use_language("en"):
        assert (
            i18n.render(sentence) == "The member was under 18 on that day; nothing can be bought."
        )
        with i18n.use_language("hi"):
            assert i18n.gettext("Void") == "रद्द"
        assert i18n.gettext("Void") == "Void"
    assert i18n.gettext("Void") == "रद्द"


def test_an_empty_text_is_no_catalogue_header() -> None:
    assert i18n.gettext("") == ""


def test_an_unknown_sentence_stays_english() -> None:
    assert i18n.gettext("never said") == "never said"


def test_counts() -> None:
    say_count = i18n.ngettext
    assert say_count("Put one thing right", "Put %(num)s things right", 1) == "एक बात ठीक करें"
    assert say_count("Put one thing right", "Put %(num)s things right", 3) == "%(num)s बातें ठीक करें"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", "hi"),
        ("en-GB,en;q=0.9", "en"),
        ("hi-IN,en;q=0.9", "hi"),
        ("en;q=0.3, hi;q=0.7", "hi"),
        ("fr, en;q=0.2", "en"),
        ("en;q=0", "hi"),
        ("en;q=x", "hi"),
        ("*", "hi"),
        (";;;,,", "hi"),
        ("EN", "en"),
    ],
)
def test_accept_language(header: str, expected: str) -> None:
    assert i18n.accepted_language(header) == expected


@pytest.mark.parametrize(("number", "word"), HINDI_TO_99.items())
def test_hindi_words_below_a_hundred(number: int, word: str) -> None:
    assert i18n.number_in_words(number, "hi") == word


def test_every_number_below_a_hundred_has_a_word_of_its_own() -> None:
    for code in i18n.LANGUAGES:
        words = [i18n.number_in_words(number, code) for number in range(100)]
        assert len(set(words)) == 100


@pytest.mark.parametrize(
    ("paise", "hindi", "english"),
    [
        (0, "शून्य रुपये", "zero rupees"),
        (1, "एक पैसा", "one paisa"),
        (26, "छब्बीस पैसे", "twenty-six paise"),
        (100, "एक रुपया", "one rupee"),
        (101, "एक रुपया एक पैसा", "one rupee one paisa"),
        (21326, "दो सौ तेरह रुपये छब्बीस पैसे", "two hundred thirteen rupees twenty-six paise"),
        (
            1234567800,
            "एक करोड़ तेईस लाख पैंतालीस हज़ार छह सौ अठहत्तर रुपये",
            "one crore twenty-three lakh forty-five thousand six hundred seventy-eight rupees",
        ),
        (-500, "ऋण पाँच रुपये", "minus five rupees"),
        (
            1_23_45_00_00_000_00,
            "बारह हज़ार तीन सौ पैंतालीस करोड़ रुपये",
            "twelve thousand three hundred forty-five crore rupees",
        ),
    ],
)
def test_amount_in_words(paise: int, hindi: str, english: str) -> None:
    import unicodedata

    normal = unicodedata.normalize
    assert normal("NFC", i18n.rupees_in_words(paise)) == normal("NFC", hindi)
    assert i18n.rupees_in_words(paise, "en") == english


VALUES = {i18n.number_in_words(number, "hi"): number for number in range(100)}
SCALES = {"सौ": 100, "हज़ार": 1000, "लाख": 100_000}


@given(st.integers(min_value=0, max_value=9_999_999))
def test_words_read_back_to_the_number(number: int) -> None:
    """Read aloud, the words give the number back: nothing is lost or said twice."""
    total = waiting = 0
    for word in i18n.number_in_words(number, "hi").split():
        if word in SCALES:
            total += waiting * SCALES[word]
            waiting = 0
        else:
            waiting = VALUES[word]
    assert total + waiting == number


def test_figures() -> None:
    """Lakh and crore, three decimals of a kilo, days and times as written in India."""
    assert i18n.rupees(1518075) == "₹\u00a015,180.75"
    assert i18n.kg(1284350) == "1,284.350"
    assert i18n.rupees_big(1518075) == "₹\u00a015,180<small>.75</small>"
    assert i18n.kg_big(1284350) == "1,284<small>.350\u00a0किग्रा</small>"


def test_times_are_indian() -> None:
    late = datetime(2026, 3, 31, 18, 30, tzinfo=UTC)
    assert i18n.day(late) == "01-04-2026"
    assert i18n.time(late) == "00:00"
    assert i18n.day(date(2026, 3, 31)) == "31-03-2026"
    assert i18n.long_day(late) == "बुधवार, 1 अप्रैल 2026"
    with i18n.use_language("en"):
        assert i18n.long_day(late) == "Wednesday, 1 April 2026"


def test_names_fall_back_to_the_other_language() -> None:
    both = Thing(name_hi="कोडरमा", name_en="Koderma")
    assert i18n.named(both) == "कोडरमा"
    assert i18n.named(Thing(name_hi="", name_latin="Sunita")) == "Sunita"
    with i18n.use_language("en"):
        assert i18n.named(both) == "Koderma"
        assert i18n.named(Thing(name_hi="सुनीता", name_latin=None)) == "सुनीता"

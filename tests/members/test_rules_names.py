import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.members.rules.names import (
    best_likeness,
    given_keys,
    likeness,
    place_key,
    search_key,
    surname,
)
from coop.members.rules.script import latin_of


@pytest.mark.parametrize(
    "spellings",
    [
        ("Sunita Devi", "Suneeta Debi", "सुनीता देवी", "Smt. Sunita", "सुनिता मोसमात", "Sunita Mosammat"),
        ("Md Arif Ansari", "Mohd. Aarif Ansari", "Mohammad Arif Ansaree", "मो० आरिफ अंसारी", "मोहम्मद आरिफ अन्सारी"),
        ("Lakshman Bhuiyan", "Laxman Bhuyan", "Lachhman Bhuiya", "लक्ष्मण भुइयां", "लछमन भुईयां"),
        ("Late Ramesh Yadav", "स्व० रमेश यादव", "Lt Ramesh Jadav", "स्वर्गीय रमेश यादव", "Ramesh Yadaw"),
        ("Mangal Soren", "Mangal Saren", "मंगल सोरेन", "मंगल सारेन"),
        ("Somar Ghatwar", "Somar Ghatwal", "सोमर घटवार", "सोमर घटवाल"),
        ("Birju Turi", "Birjoo Toori", "बिरजू तुरी", "Virju Turi"),
        ("Parvati Kumari", "Parwatee", "पार्वती कुमारी"),
        ("Shabnam Khatun", "Sabnam Khatoon", "शबनम खातून", "Shabnam Bibi"),
        ("Gyan Mahto", "ज्ञान महतो", "Gyaan Mahato"),
        ("Champa", "चंपा", "चम्पा"),
        ("Jamuna", "Yamuna", "यमुना"),
        ("Mohan Birhor", "मोहन बिरहोर"),
        ("Gita Murmu", "गीता मुर्मू", "गीता मुरमू", "Geetaa Murmoo"),
    ],
)  # fmt: skip
def test_one_name_has_one_key(spellings: tuple[str, ...]) -> None:
    assert {search_key(one) for one in spellings} == {search_key(spellings[0])}
    assert search_key(spellings[0])


def test_a_name_that_is_only_an_honorific_keeps_a_key() -> None:
    assert search_key("Devi") == search_key("देवी") == "devi"
    assert search_key("Devi Lal Mahto").startswith("devi ")
    assert search_key("") == search_key(" . ") == ""


def test_words_written_together_or_apart_are_one_given_name() -> None:
    for apart, together in (("Tek Lal Yadav", "टेकलाल यादव"), ("Sita Ram", "Sitaram Turi")):
        assert best_likeness(given_keys(apart), given_keys(together)) == 1.0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rajesh", "Ramesh"),
        ("Anita", "Sunita"),
        ("Gita", "Sita"),
        ("Rina", "Rana"),
        ("Rita", "Rina"),
        ("Anju", "Manju"),
        ("Asha", "Usha"),
        ("Mohan", "Sohan"),
        ("सबिता", "सरिता"),
        ("Budhan", "Budhni"),
    ],
)
def test_names_of_twins_stay_apart(one: str, other: str) -> None:
    assert likeness(given_keys(one)[0], given_keys(other)[0]) == 0.0


@pytest.mark.parametrize(
    ("one", "other"),
    [("Rajendra", "राजेन्द्र"), ("Govind", "Goivnd"), ("Rukhsana", "रुकसाना"), ("Prayag", "Parag"), ("Saren", "Soren")],
)  # fmt: skip
def test_slips_of_the_pen_stay_near(one: str, other: str) -> None:
    assert likeness(given_keys(one)[0], given_keys(other)[0]) >= 0.88


def test_only_a_written_surname_is_one() -> None:
    assert surname("Sunita Devi") == surname("Suresh") == ""
    assert surname("Suresh Ghatwal") == surname("सुरेश घटवार")


def test_places_in_both_scripts_are_one() -> None:
    for names in (("Simartanr", "Simartand", "सिमरटांड़"), ("Bendrapahari", "Bendrapahadi", "बेंदरापहाड़ी"), ("Narobad", "Narobaad", "नारोबाद")):  # fmt: skip
        assert len({place_key(name) for name in names}) == 1
    assert place_key("Salgadih") != place_key("Kusumghutu")


def test_devanagari_is_written_as_it_is_spoken() -> None:
    assert latin_of("रमेश") == "ramesh"
    assert latin_of("ज्ञान") == "gyaan"
    assert latin_of("तेतरी") == latin_of("ते\u200dतरी") == "tetarii"
    assert latin_of("संजय") == "sanjay"


@given(st.text(max_size=40))
def test_any_text_has_keys(text: str) -> None:
    key = search_key(text)
    assert search_key(text.upper() if text.isascii() else text) == key
    assert all(given_keys(text)) or not key


@given(st.text("aeioubdgkmnrstv", max_size=12), st.text("aeioubdgkmnrstv", max_size=12))
def test_likeness_knows_no_order(a: str, b: str) -> None:
    assert likeness(a, b) == likeness(b, a)
    assert likeness(a, a) == (1.0 if a else 0.0)

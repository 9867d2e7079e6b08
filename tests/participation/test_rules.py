"""Rules of the box and of hearings: names by sound, quotations, months, pictures, reading ease."""

import html
import re
import secrets
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.participation.rules import Heard, Hearing, Reader, Said
from coop.participation.rules.board import month_after, month_of, months_before, refusals_to_post
from coop.participation.rules.hearing import Rests, refusals_to_record, refusals_to_rest
from coop.participation.rules.message import (
    is_open,
    names_reader,
    quotes,
    refusals_to_decide,
    refusals_to_take,
    withheld_from,
)
from coop.participation.rules.pictures import PICTURES, code_text, pictures_of
from coop.participation.rules.reading import MOST_WORDS, ease, easy
from tests.house.test_templates import drawn
from tests.house.voice_samples import VOICE_SAMPLES

INSIDE, OUTSIDE = Reader(1, "Basanti Namuna", outside=False), Reader(2, "Rekha Das", outside=True)
TODAY = date(2026, 11, 24)
CHILDS_PAGES = [
    name
    for name, (template, _, _) in VOICE_SAMPLES.items()
    if template.startswith("participation/box") and name not in ("box-code", "box-refused")
]
WORDS = st.lists(
    st.sampled_from(["नल", "पानी", "स्कूल", "दूर", "है", "the", "well", "is", "dry"]), max_size=12
).map(" ".join)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("बसंती दीदी", True), ("basanti", True), ("BASANTI!", True), ("बसन्ती", True), ("वसंत", False),
        ("नमूना बहन", True), ("स्कूल दूर है", False), ("", False), ("ba", False), ("bus", False),
    ],
)  # fmt: skip
def test_a_name_is_heard_in_either_script(words: str, named: bool) -> None:
    assert names_reader(words, INSIDE.names) is named


def test_somebody_always_reads() -> None:
    both = (INSIDE, OUTSIDE)
    assert withheld_from("बसंती", both) == (1,)
    assert withheld_from("rekha", both) == (2,)
    assert withheld_from("rekha और basanti", both) == (1,)
    assert withheld_from("नल", both) == ()
    assert [is_open(r) for r in ((), (OUTSIDE,), (INSIDE, replace(INSIDE, user_id=3)), both)] == [
        False, False, False, True,
    ]  # fmt: skip


@given(WORDS, WORDS)
def test_a_text_that_holds_a_message_quotes_it(message: str, around: str) -> None:
    assert quotes(f"{around} {message} {around}", message) == bool(message)


@given(WORDS)
def test_without_a_word_in_common_nothing_is_quoted(message: str) -> None:
    assert not quotes("हमने समिति से बात की", message)


@given(st.dates(date(2001, 2, 1), date(2090, 1, 1)))
def test_a_month_is_told_when_it_is_over(today: date) -> None:
    last = months_before(today, 3)
    assert month_after(last[0]) == month_of(today)
    assert last == tuple(sorted(last, reverse=True))
    assert not refusals_to_post(last[0], today, 5, 5)
    assert refusals_to_post(last[0], today, 4, 5)
    assert refusals_to_post(month_of(today), today, 500, 5)
    assert refusals_to_post(last[0].replace(day=2), today, 500, 5)


def test_pictures_are_64_four_are_drawn_and_each_as_often_as_the_next() -> None:
    assert len({one.path for one in PICTURES}) == len({one.name_hi for one in PICTURES}) == 64
    assert len({one.name_en for one in PICTURES}) == 64
    counted = [0] * 64
    for _ in range(4000):
        drawn_now = pictures_of(secrets.token_bytes(32))
        assert len(set(drawn_now)) == 4
        assert drawn_now == tuple(sorted(drawn_now))
        for number in drawn_now:
            counted[number] += 1
    assert 120 < min(counted) <= max(counted) < 400
    assert code_text((9, 1, 5, 3)) == code_text((1, 3, 5, 9))


def test_what_cannot_be_sorted_or_taken() -> None:
    assert refusals_to_decide("", "")
    assert refusals_to_decide("concern", "")
    assert not refusals_to_decide("concern", "work")
    assert not refusals_to_decide("idea", "")
    assert not refusals_to_take(Said("", "", "नल", False))
    assert refusals_to_take(Said("", "home", "", True))


def test_a_hearing_counts_somebody_and_comes_before() -> None:
    hearing = Hearing(1, "price", "q", TODAY, "p", (Heard("14-17", "F", 6), Heard("60+", "M", 2)), "s", "c")  # fmt: skip
    assert not refusals_to_record(hearing, TODAY)
    assert refusals_to_record(replace(hearing, heard=()), TODAY)[0].code == "nobody_heard"
    assert refusals_to_record(hearing, date(2026, 11, 23))[0].code == "ahead"
    assert (hearing.people, hearing.children, hearing.bands) == (8, True, ("14-17", "60+"))
    assert refusals_to_rest(Rests(None, ""), known=False)
    assert refusals_to_rest(Rests(1, "x"), known=True)
    assert refusals_to_rest(Rests(1, ""), known=False)
    assert not refusals_to_rest(Rests(1, ""), known=True)
    assert not refusals_to_rest(Rests(None, "urgent"), known=False)


def _text(sample: str, language: str) -> str:
    """What a child reads of a page: each block a line of its own."""
    page = drawn(sample, language).split("<main")[1]
    page = re.sub(r"<svg.*?</svg>", " ", page, flags=re.DOTALL)
    page = re.sub(r"</?(p|h1|h2|li|label|legend|div|section|button|a|span|br)\b[^>]*>", "\n", page)
    return html.unescape(re.sub(r"<[^>]*>", " ", page))


@pytest.mark.parametrize("language", ["hi", "en"])
@pytest.mark.parametrize("sample", CHILDS_PAGES)
def test_a_child_can_read_every_page_of_the_box(sample: str, language: str) -> None:
    found = ease(_text(sample, language))
    assert found.longest <= MOST_WORDS, found
    assert 10 * len(found.long_words) <= found.words, found.long_words


def test_hard_texts_are_found() -> None:
    assert easy("Tap one picture. Then send it.")
    assert not easy("one two three four five six seven eight nine ten eleven twelve thirteen")
    assert not easy("Safeguarding arrangements notwithstanding.")
    assert not easy("उत्तरदायित्वपूर्णता।")

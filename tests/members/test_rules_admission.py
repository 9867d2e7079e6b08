from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.kernel.refusal import Refusal
from coop.kernel.rows import Outcome
from coop.kernel.words import say
from coop.members.rules.admission import Book, BookRow, Judge, JudgedBookRow, Listed
from coop.members.rules.duplicates import Register
from tests.members.test_duplicates import AGAIN, ANITA

DAY = date(2026, 11, 1)
BOOK = Book(adult_age=18, oldest_age=110, states=frozenset({20}), on=DAY)
ROW = BookRow(
    candidate=ANITA,
    dob_written=True,
    block="Domchanch",
    district_lgd=334,
    state_lgd=20,
    ifsc="",
    shares=1,
    nominees=(),
    admitted_on=date(2025, 6, 1),
    ceased_on=None,
    ceased_reason="",
    content=b"1",
)
NUMBER = (ANITA.cooperative, ANITA.member_no)


def judge(row: BookRow, listed: Listed | None = None, book: Book = BOOK) -> JudgedBookRow:
    return Judge(book, Register(), {NUMBER: listed} if listed else {}).judge(row)


def codes(judged: JudgedBookRow) -> list[str]:
    return [reason.code for reason in judged.reasons]


def born(day: date | None, precision: str = "day", *, written: bool = True) -> BookRow:
    one = replace(ANITA, dob=day, dob_precision=precision)
    return replace(ROW, candidate=one, dob_written=written)


def test_a_good_row_is_accepted_without_a_word() -> None:
    assert judge(ROW) == JudgedBookRow(ROW, Outcome.ACCEPTED)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (born(date(2007, 6, 2)), "underage"),
        (born(None), "dob_invalid"),
        (born(date(2026, 11, 2)), "dob_invalid"),
        (born(date(1916, 10, 31)), "dob_invalid"),
        (born(None, written=False), "dob_missing"),
        (replace(ROW, candidate=replace(ANITA, name_latin="", name_hi="")), "name_missing"),
        (replace(ROW, state_lgd=10), "other_state"),
        (replace(ROW, admitted_on=None), "admission_missing"),
        (replace(ROW, refusals=(Refusal("aadhaar_in_field", say("x.")),)), "aadhaar_in_field"),
    ],
)
def test_refused(row: BookRow, code: str) -> None:
    judged = judge(row)
    assert judged.outcome == Outcome.REFUSED
    assert codes(judged) == [code]


@pytest.mark.parametrize(
    ("row", "listed", "code"),
    [
        (born(date(2007, 1, 1), "year"), None, "age_uncertain"),
        (born(date(2007, 1, 1), "estimated"), None, "age_uncertain"),
        (ROW, Listed("HKDM-0063", None), "dob_differs_from_household_list"),
        (ROW, Listed("HKDM-0063", date(2010, 1, 1)), "dob_differs_from_household_list"),
        (ROW, Listed("HKDM-0099", date(1988, 4, 3)), "household_differs"),
        (replace(ROW, state_lgd=None), None, "state_missing"),
        (replace(ROW, doubts=(Refusal("mobile_invalid", say("x.")),)), None, "mobile_invalid"),
    ],
)
def test_kept_and_shown_to_a_person(row: BookRow, listed: Listed | None, code: str) -> None:
    judged = judge(row, listed)
    assert judged.outcome == Outcome.WARNED
    assert codes(judged) == [code]


@pytest.mark.parametrize(
    "row",
    [
        born(date(2007, 6, 1)),  # eighteen on the very day
        born(date(2006, 1, 1), "year"),
        born(date(2007, 1, 1)),  # a real birthday on 1 January
        born(date(1916, 11, 1)),
    ],
)
def test_just_old_or_young_enough(row: BookRow) -> None:
    assert judge(row).outcome == Outcome.ACCEPTED


def test_the_age_and_the_states_are_the_books() -> None:
    twenty_one = replace(BOOK, adult_age=21)
    assert codes(judge(born(date(2005, 1, 5)), book=twenty_one)) == ["underage"]
    assert judge(replace(ROW, state_lgd=10), book=replace(BOOK, states=frozenset({10, 20}))).outcome == Outcome.ACCEPTED  # fmt: skip


def test_all_reasons_are_told_at_once() -> None:
    judged = judge(replace(born(date(2010, 1, 1)), state_lgd=10))
    assert codes(judged) == ["other_state", "underage"]


def test_a_number_belongs_to_the_first_row_kept() -> None:
    bench = Judge(BOOK, Register(), {})
    assert bench.judge(replace(ROW, state_lgd=10, content=b"0")).outcome == Outcome.REFUSED
    assert bench.judge(ROW).outcome == Outcome.ACCEPTED  # the refused row took no number
    assert bench.judge(ROW).outcome == Outcome.REPLAY
    other = replace(ROW, content=b"2", candidate=replace(ANITA, name_latin="Gita Devi", name_hi=""))
    assert codes(bench.judge(other)) == ["member_no_taken"]


def test_a_row_of_an_earlier_file_is_unchanged() -> None:
    bench = Judge(BOOK, Register([ANITA]), {}, {NUMBER: ROW.content})
    assert bench.judge(ROW).outcome == Outcome.UNCHANGED


def test_doubles_name_the_own_row_and_nobody_elsewhere() -> None:
    bench = Judge(BOOK, Register([ANITA]), {})
    own = replace(AGAIN, key="KDM01/0009", cooperative="KDM01", member_no="0009")
    judged = bench.judge(replace(ROW, candidate=own, content=b"9"))
    assert codes(judged) == ["possible_duplicate_same_coop"]
    assert "0001" in str(judged.reasons[0].message)
    assert not judged.provisional
    far = replace(AGAIN, member_no="0007", mobile=ANITA.mobile)
    judged = Judge(BOOK, Register([ANITA]), {}).judge(replace(ROW, candidate=far, content=b"7"))
    assert codes(judged) == ["possible_duplicate_other_coop"]
    assert judged.reasons[0].message.values == ()
    assert judged.provisional


def test_a_refused_row_is_nobodys_double() -> None:
    bench = Judge(BOOK, Register(), {})
    bench.judge(replace(ROW, state_lgd=10))
    again = replace(AGAIN, cooperative="KDM01", member_no="0009")
    assert bench.judge(replace(ROW, candidate=again)).outcome == Outcome.ACCEPTED


@given(st.dates(date(1950, 1, 1), date(2012, 12, 31)), st.dates(date(2020, 1, 1), DAY))
def test_nobody_under_age_is_ever_kept(day: date, admitted: date) -> None:
    judged = judge(replace(born(day), admitted_on=admitted))
    of_age = (
        admitted.year - day.year - ((admitted.month, admitted.day) < (day.month, day.day))
    ) >= 18
    assert (judged.outcome == Outcome.REFUSED) is not of_age

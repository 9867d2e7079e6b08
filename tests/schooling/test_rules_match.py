"""Which rows are a child's: numbers told, twins, "not the same", merged schools, registers again."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.schooling.rules.likeness import SLIP, alike, name_words, parent_keys, pupil_keys
from coop.schooling.rules.match import Child, Decision, RegisterRow, current_rows, match
from coop.schooling.rules.school import EnrolmentRow, School
from tests.schooling.children import DAY

RANI = Child(
    1, "Rani Kumari", "रानी कुमारी", "F", date(2015, 5, 4), "day",
    "Bishun Namuna", "Gita Devi", "Namunatand", 334,
)  # fmt: skip
ROW = EnrolmentRow(
    "20030000101", 5, "A", "123", "Rani Kumary", "बिशुन नमूना", "गीता देवी", date(2015, 5, 4), "F",
    date(2026, 10, 30), 90, 120, None,
)  # fmt: skip
SCHOOL = School(
    "20030000101", "UMS Namunatand", "", "upper_primary", 1, 8, "govt", "Namunatand", "Koderma", 334, None, "",
)  # fmt: skip
SCHOOLS = {
    SCHOOL.udise: SCHOOL,
    "20030000102": replace(
        SCHOOL, udise="20030000102", closed_on=date(2026, 3, 31), successor_udise=SCHOOL.udise
    ),
}


def rows(*found: EnrolmentRow) -> list[RegisterRow]:
    return [RegisterRow(number, row) for number, row in enumerate(found, 1)]


def pairs(
    *children: Child, of: list[RegisterRow], told: tuple[Decision, ...] = ()
) -> set[tuple[int, int]]:
    found = match(children, of, SCHOOLS, told)
    return {(pair.person_id, pair.row_id) for pair in found.certain}


def test_one_child_in_two_scripts() -> None:
    found = match([RANI], rows(ROW), SCHOOLS).certain
    assert [(pair.person_id, pair.row_id) for pair in found] == [(1, 1)]
    assert found[0].score > 0.95
    assert set(found[0].reasons) == {"name", "father", "mother", "surname", "birth", "village"}


@pytest.mark.parametrize(
    "other",
    [
        replace(ROW, sex="M"),
        replace(ROW, pupil_name="Mina Kumari"),
        replace(ROW, father_name="Lakhan Udaharan", mother_name=""),
        replace(ROW, father_name="", mother_name="", dob=date(2015, 1, 1)),
        replace(ROW, dob=date(2012, 7, 20), mother_name=""),
    ],
    ids=["sex", "another name", "another father", "name and year only", "namesake of another year"],
)
def test_a_namesake_does_not_attach(other: EnrolmentRow) -> None:
    assert pairs(RANI, of=rows(other)) == set()


def test_twins_are_told_apart_by_the_name_alone() -> None:
    kiran = replace(RANI, person_id=1, name_latin="Kiran Namuna", name_hi="", sex="M")
    karan = replace(kiran, person_id=2, name_latin="Karan Namuna")
    row_of_karan = replace(ROW, pupil_name="करण नमूना", sex="M", admission_no="1")
    row_of_kiran = replace(ROW, pupil_name="किरण नमूना", sex="M", admission_no="2")
    assert pairs(kiran, karan, of=rows(row_of_karan, row_of_kiran)) == {(2, 1), (1, 2)}


def test_the_twin_who_is_not_enrolled_gets_no_row() -> None:
    ramesh = replace(RANI, name_latin="Ramesh Namuna", name_hi="", sex="M")
    found = match([ramesh], rows(replace(ROW, pupil_name="Rajesh Namuna", sex="M")), SCHOOLS)
    assert found.certain == ()
    assert [pair.row_id for pair in found.doubtful] == [1]
    assert found.doubtful[0].score < 0.5


def test_two_children_never_get_one_row() -> None:
    found = match([RANI, replace(RANI, person_id=2)], rows(ROW), SCHOOLS)
    assert found.certain == ()
    assert {pair.person_id for pair in found.doubtful} == {1, 2}
    assert all("two_children" in pair.reasons for pair in found.doubtful)


def test_a_row_that_another_cooperative_s_child_holds_is_for_a_person() -> None:
    found = match([RANI], rows(ROW), SCHOOLS, taken=frozenset({1}))
    assert found.certain == ()
    assert "two_children" in found.doubtful[0].reasons


def test_not_the_same_is_remembered_and_the_last_word_holds() -> None:
    no = Decision(1, ROW.udise, ROW.admission_no, same=False)
    assert pairs(RANI, of=rows(ROW), told=(no,)) == set()
    assert match([RANI], rows(ROW), SCHOOLS, (no,)).doubtful == ()
    assert pairs(RANI, of=rows(ROW), told=(no, replace(no, same=True))) == {(1, 1)}


def test_a_number_that_was_told_finds_a_name_written_otherwise() -> None:
    other = replace(ROW, pupil_name="Beauty", father_name="", mother_name="", dob=None)
    told = Decision(1, ROW.udise, ROW.admission_no, same=True)
    assert pairs(RANI, of=rows(other)) == set()
    assert pairs(RANI, of=rows(other), told=(told,)) == {(1, 1)}
    # And her own row is not given to another who would fit it.
    twin = replace(RANI, person_id=2)
    assert pairs(RANI, twin, of=rows(ROW), told=(told,)) == {(1, 1)}


def test_a_number_lives_on_when_the_school_is_merged_and_after_a_transfer() -> None:
    old = replace(ROW, udise="20030000102", pupil_name="Beauty", tc_date=date(2026, 7, 3))
    told = Decision(1, SCHOOL.udise, ROW.admission_no, same=True)
    new = replace(ROW, udise="20030000999", admission_no="A-7")
    assert pairs(RANI, of=rows(old, new), told=(told,)) == {(1, 1), (1, 2)}


def test_a_register_that_comes_again_does_not_make_a_second_pupil() -> None:
    september = replace(ROW, last_attended_on=date(2026, 9, 1))
    december = replace(ROW, last_attended_on=date(2026, 12, 10))
    both = rows(september, december)
    assert [one.id for one in current_rows(both, DAY)] == [1]
    assert [one.id for one in current_rows(both, date(2026, 12, 20))] == [2]
    assert [one.id for one in current_rows(both, date(2026, 8, 1))] == [1]


def test_spoilt_honorifics_and_short_forms() -> None:
    assert name_words("Gudiya Kuamri") == name_words("Gudiya")
    assert name_words("मु० रफीक") == name_words("Md Rafik")
    assert name_words("Kumar") == ("kumar",)
    assert name_words("") == ()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Suhani Kumari", "Suhai Kumari", True),
        ("Guria Kumari", "गुड़िया कुमारी", True),
        ("Prince Singh", "प्रिंस सिंह", True),
        ("Ayesha Khatun", "आयशा खातून", True),
        ("Ramesh Yadav", "Rajesh Yadav", False),
        ("Anita", "Amita", False),
        ("Savita", "Sarita", False),
        ("Imran", "Irfan", False),
    ],
)
def test_likeness_of_given_names(one: str, other: str, same: bool) -> None:
    assert (alike(pupil_keys(one), pupil_keys(other)) >= SLIP) is same
    assert alike(pupil_keys(other), pupil_keys(one)) == alike(pupil_keys(one), pupil_keys(other))


def test_a_father_s_first_word_is_enough() -> None:
    assert alike(parent_keys("Govind"), parent_keys("गोविन्द रजक")) == 1.0


@given(st.text(max_size=40))
def test_any_text_has_keys(text: str) -> None:
    assert all(pupil_keys(text))
    assert alike(pupil_keys(text), pupil_keys(text)) in (0.0, 1.0)


@given(st.lists(st.sampled_from([1, 2, 3]), max_size=4), st.permutations([1, 2, 3]))
def test_the_order_of_children_and_rows_changes_nothing(more: list[int], order: list[int]) -> None:
    children = [replace(RANI, person_id=number, dob=date(2015, 5, 3 + number)) for number in order]
    register = [
        RegisterRow(
            number, replace(ROW, admission_no=str(number), dob=date(2015, 5, 3 + number % 3))
        )
        for number in dict.fromkeys([*more, *order])
    ]
    found = match(children, register, SCHOOLS)
    again = match(children[::-1], register[::-1], SCHOOLS)
    assert found == again
    held = [pair.row_id for pair in found.certain]
    assert len(held) == len(set(held))

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.schooling.forms import (
    enrolment_row_from,
    parse_class,
    parse_school_day,
    parse_sex,
    parse_udise,
    school_from_row,
)

DAY = date(2026, 11, 1)
SCHOOL = {
    "udise": "20030195402",
    "name": "PS Bendrapahari",
    "name_hi": "प्राथमिक विद्यालय",
    "category": "primary",
    "lowest_class": "1",
    "highest_class": "5",
    "management": "govt",
    "village": "Bendrapahari",
    "block": "Koderma",
    "district_lgd": "334",
    "closed_on": "2026-03-31",
    "successor_udise": "20030195401",
}
PUPIL = {
    "udise": "20030195401",
    "class": "VI",
    "section": "क",
    "admission_no": "450/26",
    "pupil_name": "Joseph  Murmu",
    "father_name": "Sonaram Murmu",
    "mother_name": "",
    "dob": "१३-०५-२०१४",
    "sex": "बालक",
    "last_attended_on": "46326",
    "days_present": "121",
    "days_open": "128",
    "tc_date": "",
}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("19-09-2015", date(2015, 9, 19)),
        ("4/6/2015", date(2015, 6, 4)),
        ("16/8/2015", date(2015, 8, 16)),
        ("31/08/19", date(2019, 8, 31)),
        ("28.01.2019", date(2019, 1, 28)),
        ("30-Jun-17", date(2017, 6, 30)),
        ("5 September 2014", date(2014, 9, 5)),
        ("2012-11-15", date(2012, 11, 15)),
        ("2020-01-17 00:00:00", date(2020, 1, 17)),
        ("2020-01-17T00:00:00", date(2020, 1, 17)),
        ("43323", date(2018, 8, 11)),
        ("१३-०५-२०२०", date(2020, 5, 13)),
        ("01/11/26", date(2026, 11, 1)),
        ("02/11/26", date(1926, 11, 2)),
        ("15-08-98", date(1998, 8, 15)),
    ],
)
def test_a_day_is_read_in_every_form_of_a_school_office(text: str, day: date) -> None:
    assert parse_school_day(text, DAY) == day


@pytest.mark.parametrize(
    "text", ["", "31-02-2015", "2015", "12-13-2015", "5-Xyz-2015", "1.5", "999999", "10000", "soon"]
)
def test_what_is_no_day_is_not_read(text: str) -> None:
    with pytest.raises(ValueError):
        parse_school_day(text, DAY)


@given(st.dates(date(1990, 1, 1), DAY))
def test_one_day_written_in_many_forms_is_one_day(day: date) -> None:
    forms = [
        f"{day:%d-%m-%Y}",
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%d/%m/%y}",
        f"{day:%d.%m.%Y}",
        f"{day:%d-%b-%y}",
        day.isoformat(),
        f"{day} 00:00:00",
        str((day - date(1899, 12, 30)) // timedelta(days=1)),
    ]
    assert {parse_school_day(form, DAY) for form in forms} == {day}


def test_classes_are_latin_devanagari_or_roman() -> None:
    assert [parse_class(text) for text in ("1", "12", "५", "iv", " IX ")] == [1, 12, 5, 4, 9]
    for text in ("0", "13", "KG", "IIII", "", "1.0"):
        with pytest.raises(ValueError):
            parse_class(text)


def test_sexes_are_words_letters_or_numbers() -> None:
    assert {parse_sex(text) for text in ("M", "Boy", "बालक", "1", "१", "लड़का")} == {"M"}
    assert {parse_sex(text) for text in ("f", "GIRL", "बालिका", "2", "लड़की")} == {"F"}
    for text in ("", "3", "child"):
        with pytest.raises(ValueError):
            parse_sex(text)


def test_a_udise_code_has_eleven_digits() -> None:
    assert parse_udise(" 20030195401 ") == "20030195401"
    for text in ("2.00304E+10", "2003019540", "200301954011", "", "20030195401.0"):
        with pytest.raises(ValueError):
            parse_udise(text)


def test_a_pupils_row_is_read() -> None:
    parsed = enrolment_row_from(PUPIL, DAY)
    assert parsed.problems == ()
    row = parsed.value
    assert row is not None
    assert (row.class_no, row.section, row.pupil_name) == (6, "क", "Joseph Murmu")
    assert (row.dob, row.sex) == (date(2014, 5, 13), "M")
    assert (row.last_attended_on, row.tc_date) == (date(2026, 10, 31), None)


def test_a_spoilt_udise_code_refuses_the_row() -> None:
    parsed = enrolment_row_from({**PUPIL, "udise": "2.00304E+10"}, DAY)
    assert parsed.value is None
    assert [(p.code, p.field) for p in parsed.problems] == [("udise_unreadable", "udise")]


@pytest.mark.parametrize(
    ("column", "code"),
    [
        ("class", "class_unreadable"),
        ("dob", "date_unreadable"),
        ("sex", "sex_unreadable"),
        ("last_attended_on", "date_unreadable"),
        ("tc_date", "date_unreadable"),
    ],
)
def test_another_cell_that_cannot_be_read_is_left_out_and_warned_of(column: str, code: str) -> None:
    parsed = enrolment_row_from({**PUPIL, column: "??"}, DAY)
    assert parsed.value is not None
    attribute = {"class": "class_no"}.get(column, column)
    assert not getattr(parsed.value, attribute)
    assert [(p.code, p.field) for p in parsed.problems] == [(code, column)]


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("pupil_name", "", "missing"),
        ("admission_no", "", "missing"),
        ("father_name", "9999 9999 0019", "aadhaar_in_field"),
        ("days_present", "-1", "negative"),
        ("days_open", "367", "out_of_range"),
    ],
)
def test_a_row_that_cannot_be_kept_is_refused(column: str, cell: str, code: str) -> None:
    parsed = enrolment_row_from({**PUPIL, column: cell}, DAY)
    assert parsed.value is None
    assert [(p.code, p.field) for p in parsed.problems] == [(code, column)]


def test_more_days_present_than_open_is_warned_of() -> None:
    parsed = enrolment_row_from({**PUPIL, "days_present": "129"}, DAY)
    assert parsed.value is not None
    assert [p.code for p in parsed.problems] == ["present_over_open"]


def test_a_school_is_read() -> None:
    school = school_from_row(SCHOOL).value
    assert school is not None
    assert (school.closed_on, school.successor_udise) == (date(2026, 3, 31), "20030195401")


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("udise", "2.00304E+10", "udise_unreadable"),
        ("successor_udise", "12", "udise_unreadable"),
        ("category", "college", "unknown_word"),
        ("highest_class", "13", "out_of_range"),
        ("closed_on", "31-03-2026", "date_invalid"),
    ],
)
def test_a_school_that_cannot_be_read_is_refused(column: str, cell: str, code: str) -> None:
    parsed = school_from_row({**SCHOOL, column: cell})
    assert parsed.value is None
    assert [(p.code, p.field) for p in parsed.problems] == [(code, column)]

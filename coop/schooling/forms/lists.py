"""Rows of schools.csv and of enrolment exports as values."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeVar

from coop.kernel.cells import Cells, Parsed
from coop.kernel.refusal import Refusal
from coop.kernel.words import Said, say
from coop.schooling.forms.school_words import (
    parse_class,
    parse_school_day,
    parse_sex,
    parse_udise,
)
from coop.schooling.rules import EnrolmentRow, School

T = TypeVar("T")
SCHOOL_COLUMNS = (
    "udise",
    "name",
    "name_hi",
    "category",
    "lowest_class",
    "highest_class",
    "management",
    "village",
    "block",
    "district_lgd",
    "closed_on",
    "successor_udise",
)
ENROLMENT_COLUMNS = (
    "udise",
    "class",
    "section",
    "admission_no",
    "pupil_name",
    "father_name",
    "mother_name",
    "dob",
    "sex",
    "last_attended_on",
    "days_present",
    "days_open",
    "tc_date",
)
_CATEGORIES = (
    "primary",
    "upper_primary",
    "secondary",
    "higher_secondary",
    "residential_girls",
    "private",
)


def school_from_row(row: Mapping[str, str]) -> Parsed[School]:
    """Read a row of schools.csv; each problem names its column."""
    cells = Cells(row)
    school = School(
        udise=_udise(cells, "udise"),
        name=cells.text("name", 160, needed=True),
        name_hi=cells.text("name_hi", 160),
        category=cells.choice("category", _CATEGORIES),
        lowest_class=cells.whole("lowest_class", 1, 12),
        highest_class=cells.whole("highest_class", 1, 12),
        management=cells.choice("management", ("govt", "private")),
        village=cells.text("village", 80),
        block=cells.text("block", 80),
        district_lgd=cells.whole("district_lgd", 1, 999_999),
        closed_on=cells.day_or_none("closed_on"),
        successor_udise=_udise(cells, "successor_udise") if cells.raw("successor_udise") else "",
    )
    return cells.finish(school)


def enrolment_row_from(row: Mapping[str, str], not_after: date) -> Parsed[EnrolmentRow]:
    """Read a row of a school's register; ``not_after`` is the day it is read.

    Without a readable UDISE code, pupil or admission number the row is refused. Anything else
    that cannot be read is left out and warned of: a register is never sent back for a date.
    """
    cells = Cells(row)
    doubts = _Doubts(row)

    def day(column: str) -> date | None:
        return doubts.read(
            column, lambda text: parse_school_day(text, not_after), "date_unreadable", _NO_DAY
        )

    enrolment = EnrolmentRow(
        udise=_udise(cells, "udise"),
        class_no=doubts.read("class", parse_class, "class_unreadable", _NO_CLASS),
        section=cells.text("section", 10),
        admission_no=cells.text("admission_no", 20, needed=True),
        pupil_name=cells.text("pupil_name", 120, needed=True),
        father_name=cells.text("father_name", 120),
        mother_name=cells.text("mother_name", 120),
        dob=day("dob"),
        sex=doubts.read("sex", parse_sex, "sex_unreadable", _NO_SEX) or "",
        last_attended_on=day("last_attended_on"),
        days_present=cells.whole_or_none("days_present", 0, 366),
        days_open=cells.whole_or_none("days_open", 0, 366),
        tc_date=day("tc_date"),
    )
    if cells.problems:
        return Parsed(None, tuple(cells.problems))
    present, opened = enrolment.days_present, enrolment.days_open
    if present is not None and opened is not None and present > opened:
        message = say("More days present than days open; ask the school.")
        doubts.found.append(Refusal("present_over_open", message, "days_present"))
    return Parsed(enrolment, tuple(doubts.found))


_NO_DAY = say("The day cannot be read; it was left out. Ask the school.")
_NO_CLASS = say("The class cannot be read; it was left out. Ask the school.")
_NO_SEX = say("Boy or girl cannot be read; it was left out. Ask the school.")


class _Doubts:
    """Reads cells whose fault is only warned of."""

    def __init__(self, row: Mapping[str, str]) -> None:
        self._row = row
        self.found: list[Refusal] = []

    def read(self, column: str, parse: Callable[[str], T], code: str, message: Said) -> T | None:
        text = self._row.get(column, "").strip()
        if not text:
            return None
        try:
            return parse(text)
        except ValueError:
            self.found.append(Refusal(code, message, column))
            return None


def _udise(cells: Cells, column: str) -> str:
    try:
        return parse_udise(cells.raw(column))
    except ValueError:
        message = say("%(column)s has not 11 digits; export it again as text.", column=column)
        cells.refuse(column, "udise_unreadable", message)
        return ""

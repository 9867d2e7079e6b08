"""The sample's children, registers and expected answers as the rules take them."""

from datetime import date
from functools import cache
from pathlib import Path

from coop.kernel.table_file import read_table
from coop.schooling.forms import (
    ENROLMENT_COLUMNS,
    SCHOOL_COLUMNS,
    enrolment_row_from,
    school_from_row,
)
from coop.schooling.rules import School
from coop.schooling.rules.match import Child, Matched, RegisterRow, current_rows, match
from coop.schooling.rules.status import StatusRule

DAY = date(2026, 11, 1)
_SAMPLE = Path(__file__).parents[1] / "sample"
IN_45 = StatusRule("in-45", date(2010, 4, 1), 6, 14, 18, 15, 30, 45, 30, 40, 90, "test", False)
JH_30 = StatusRule("jh-30", date(2025, 9, 1), 6, 14, 18, 15, None, 30, 30, 40, 90, "test", False)


@cache
def persons() -> dict[str, dict[str, str]]:
    return {row["person_no"]: dict(row) for row in read_table(_SAMPLE / "persons.csv", ()).rows}


@cache
def truth() -> tuple[dict[str, str], ...]:
    return tuple(dict(row) for row in read_table(_SAMPLE / "truth_children.csv", ()).rows)


@cache
def schools() -> dict[str, School]:
    rows = read_table(_SAMPLE / "schools.csv", SCHOOL_COLUMNS).rows
    return {row["udise"]: one for row in rows if (one := school_from_row(row).value)}


@cache
def register() -> tuple[RegisterRow, ...]:
    rows = read_table(_SAMPLE / "enrolment.csv", ENROLMENT_COLUMNS).rows
    read = [(number, enrolment_row_from(row, DAY).value) for number, row in enumerate(rows, 1)]
    return tuple(RegisterRow(number, row) for number, row in read if row is not None)


def id_of(person_no: str) -> int:
    return int(person_no[1:])


@cache
def children() -> tuple[Child, ...]:
    """Those whose guardian consents."""
    houses = {row["household_no"]: row for row in read_table(_SAMPLE / "households.csv", ()).rows}
    made = []
    for line in truth():
        row = persons()[line["person_no"]]
        if row["school_check_consent"] != "yes":
            continue
        house = houses[row["household_no"]]
        made.append(
            Child(
                id_of(row["person_no"]),
                row["name_latin"],
                row["name_hi"],
                row["sex"],
                date.fromisoformat(row["dob"]),
                row["dob_precision"],
                row["father_name"],
                row["mother_name"],
                house["village"],
                int(house["district_lgd"]),
            )
        )
    return tuple(made)


@cache
def matched() -> Matched:
    return match(children(), current_rows(register(), DAY), schools())


def expected(line: dict[str, str], rule: StatusRule) -> str:
    """The truth's answer; for ``jh-30`` worked out from the days absent as the README says."""
    status = line["expected_status"]
    if rule.code == "in-45" or status != "long_absent":
        return status
    past = int(line["age_on_date"]) >= 14
    return "past_compulsory_age_follow_up" if past else "out_of_school"

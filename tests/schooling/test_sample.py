from datetime import date
from pathlib import Path

from coop.kernel.table_file import read_table
from coop.schooling.forms import (
    ENROLMENT_COLUMNS,
    SCHOOL_COLUMNS,
    enrolment_row_from,
    school_from_row,
)
from coop.schooling.rules import refusals_to_record_school, udise_now

DAY = date(2026, 11, 1)


def test_every_school_of_the_sample_is_read(sample: Path) -> None:
    parsed = [
        school_from_row(row) for row in read_table(sample / "schools.csv", SCHOOL_COLUMNS).rows
    ]
    schools = [one.value for one in parsed if one.value is not None]
    assert len(schools) == len(parsed) == 19
    assert not any(refusals_to_record_school(school) for school in schools)
    successors = {school.udise: school.successor_udise for school in schools}
    assert udise_now("20041292403", successors) == "20041292401"


def test_every_row_of_the_registers_is_read_but_the_four_spoilt_ones(sample: Path) -> None:
    rows = read_table(sample / "enrolment.csv", ENROLMENT_COLUMNS).rows
    parsed = [enrolment_row_from(row, DAY) for row in rows]
    refused = [number for number, one in enumerate(parsed, 1) if one.value is None]
    assert refused == [1, 2, 3, 4]
    assert {p.code for one in parsed[:4] for p in one.problems} == {"udise_unreadable"}
    kept = [one for one in parsed if one.value is not None]
    assert [one.problems for one in kept if one.problems] == []
    ages = [(DAY - one.value.dob).days / 365.25 for one in kept if one.value and one.value.dob]
    assert min(ages) > 4
    assert max(ages) < 20
    print(f"enrolment: {len(kept)} read, {len(refused)} refused for their UDISE code")


def test_absence_and_certificates_are_counted_as_the_truth_counts_them(sample: Path) -> None:
    rows = read_table(sample / "enrolment.csv", ENROLMENT_COLUMNS).rows
    counted = 0
    for truth in read_table(sample / "truth_children.csv", ("best_row",)).rows:
        if not truth["best_row"]:
            continue
        row = enrolment_row_from(rows[int(truth["best_row"]) - 1], DAY).value
        assert row is not None, truth
        assert row.admission_no == truth["best_admission_no"]
        for column, day in (("absent_days", row.last_attended_on), ("tc_days", row.tc_date)):
            days = "" if day is None else str((DAY - day).days)
            assert not truth[column] or days == truth[column], (column, truth)
            counted += truth[column] != ""
    print(f"days counted from registers: {counted} right")
    assert counted > 200

from datetime import datetime
from pathlib import Path

from coop.kernel.money import parse_rupees
from coop.kernel.table_file import read_table
from coop.prices.forms import GRADE_COLUMNS, NOTICE_COLUMNS, grade_from_row, notice_row_from
from coop.prices.rules import (
    NoticeLine,
    periods_in_force,
    price_in_force,
    refusals_to_publish,
)


def sample_lines(sample: Path) -> list[NoticeLine]:
    table = read_table(sample / "price_notices.csv", NOTICE_COLUMNS)
    parsed = [notice_row_from(row) for row in table.rows]
    assert [row.problems for row in parsed if row.problems] == []
    return [row.value.line for row in parsed if row.value is not None]


def test_every_line_of_the_sample_is_read_and_may_be_published(sample: Path) -> None:
    grades = [
        grade_from_row(row).value for row in read_table(sample / "grades.csv", GRADE_COLUMNS).rows
    ]
    known = {grade.code for grade in grades if grade is not None}
    assert known == set(range(1, 9))
    lines = sample_lines(sample)
    assert len(lines) == 53
    for line in lines:
        known_grade = line.grade_code in known
        assert not refusals_to_publish(line, grade_known=known_grade, may_publish_for_past=False)


def test_every_floor_of_the_sample_is_found(sample: Path) -> None:
    lines = sample_lines(sample)
    right = 0
    for truth in read_table(sample / "truth_floors.csv", ("notice_no",)).rows:
        district, grade = int(truth["district_lgd"]), int(truth["grade_code"])
        at = datetime.fromisoformat(truth["at"])
        found = price_in_force(lines, district, grade, at)
        own = [line for line in lines if (line.district_lgd, line.grade_code) == (district, grade)]
        periods = [
            p for p in periods_in_force(own) if p.begins <= at and (p.ends is None or at < p.ends)
        ]
        if truth["notice_no"] == "none":
            assert found is None, truth
            assert periods == []
        else:
            assert found is not None, truth
            assert [p.line for p in periods] == [found]
            assert found.notice_no == truth["notice_no"], truth
            assert (
                found.picker_floor_paise_per_kg,
                found.buyer_floor_paise_per_kg,
                found.premium_paise_per_kg,
            ) == tuple(
                parse_rupees(truth[f"{name}_rupees_per_kg"])
                for name in ("picker_floor", "buyer_floor", "premium")
            ), truth
        right += 1
    print(f"floors: {right} of {right} right")
    assert right == 106

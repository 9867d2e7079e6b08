from dataclasses import replace
from datetime import date

import pytest

from coop.schooling.rules import School, refusals_to_record_school, udise_now

SCHOOL = School(
    "20030195402", "PS", "", "primary", 1, 5, "govt", "", "", 334, date(2026, 3, 31), "20030195401"
)


def test_a_merged_school_lives_on_under_its_last_successor() -> None:
    successors = {"a": "b", "b": "c"}
    assert [udise_now(code, successors) for code in ("a", "b", "c", "d")] == ["c", "c", "c", "d"]


def test_schools_merged_in_a_circle_end_the_search() -> None:
    assert udise_now("a", {"a": "b", "b": "a"}) == "a"


@pytest.mark.parametrize(
    ("school", "codes"),
    [
        (SCHOOL, []),
        (replace(SCHOOL, lowest_class=6), ["classes_reversed"]),
        (replace(SCHOOL, successor_udise=SCHOOL.udise), ["own_successor"]),
        (replace(SCHOOL, closed_on=None), ["closing_missing"]),
        (replace(SCHOOL, closed_on=None, successor_udise=""), []),
    ],
)
def test_a_school_that_contradicts_itself_is_refused(school: School, codes: list[str]) -> None:
    assert [refusal.code for refusal in refusals_to_record_school(school)] == codes

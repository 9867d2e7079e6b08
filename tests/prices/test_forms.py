from datetime import UTC, datetime

import pytest

from coop.prices.forms import grade_from_row, notice_row_from

GRADE = {"code": "3", "name_en": "Mixed", "name_hi": "मिश्रित", "hsn": "25253010", "unit": "kg"}
NOTICE = {
    "notice_no": "DHB/2026/04-R1",
    "published_at": "2026-10-18T16:00+05:30",
    "effective_from": "2026-10-19T06:00+05:30",
    "effective_to": "",
    "district_lgd": "329",
    "grade_code": "5",
    "picker_floor_rupees_per_kg": "6.50",
    "buyer_floor_rupees_per_kg": " ९.२५",
    "premium_rupees_per_kg": "0.75",
    "authority": "Nodal agency",
    "reference": "supersedes DHB/2026/04",
}


def test_a_grade_is_read() -> None:
    grade = grade_from_row(GRADE).value
    assert grade is not None
    assert (grade.code, grade.hsn, grade.unit) == (3, "25253010", "kg")


def test_a_notice_is_read_in_paise_and_utc() -> None:
    row = notice_row_from(NOTICE).value
    assert row is not None
    line = row.line
    assert line.effective_from == datetime(2026, 10, 19, 0, 30, tzinfo=UTC)
    assert line.effective_to is None
    prices = (
        line.picker_floor_paise_per_kg,
        line.buyer_floor_paise_per_kg,
        line.premium_paise_per_kg,
    )
    assert prices == (650, 925, 75)
    assert line.supersedes == "DHB/2026/04"
    assert row.reference == "supersedes DHB/2026/04"


def test_a_remark_supersedes_nothing() -> None:
    row = notice_row_from({**NOTICE, "reference": "replaces DHB/2026/02 for grades 1-6"}).value
    assert row is not None
    assert row.line.supersedes is None


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("picker_floor_rupees_per_kg", "6,50", "not_a_number"),
        ("picker_floor_rupees_per_kg", "6.505", "not_a_number"),
        ("premium_rupees_per_kg", "-1", "negative"),
        ("buyer_floor_rupees_per_kg", "99999999999", "out_of_range"),
        ("published_at", "2026-10-18T16:00", "time_invalid"),
        ("published_at", "0001-01-01T00:00+05:30", "time_invalid"),
        ("effective_from", "9999-12-31T00:00Z", "future_time"),
        ("effective_to", "soon", "time_invalid"),
        ("grade_code", "1e9", "not_a_number"),
        ("notice_no", "", "missing"),
        ("notice_no", "N" * 31, "too_long"),
        ("reference", "ask 9999 9999 0019", "aadhaar_in_field"),
        ("authority", "agency\x00", "characters"),
    ],
)
def test_a_cell_that_cannot_be_used_is_named(column: str, cell: str, code: str) -> None:
    parsed = notice_row_from({**NOTICE, column: cell})
    assert parsed.value is None
    assert [(p.code, p.field) for p in parsed.problems] == [(code, column)]


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("code", "0", "out_of_range"),
        ("code", "9" * 20, "out_of_range"),
        ("hsn", "2525", "code_invalid"),
        ("unit", "quintal", "unknown_word"),
    ],
)
def test_a_grade_that_cannot_be_used_is_refused(column: str, cell: str, code: str) -> None:
    parsed = grade_from_row({**GRADE, column: cell})
    assert parsed.value is None
    assert [(p.code, p.field) for p in parsed.problems] == [(code, column)]

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.weighing.forms import (
    WEIGHING_COLUMNS,
    Place,
    entry_from_form,
    entry_from_json,
    entry_from_row,
    entry_id,
)
from coop.weighing.rules import UnreadEntry, WeighingEntry, content_bytes

ID = "93f3305d-6175-4788-b165-8da8b1bc688d"
PLACE = Place("KDM01", "KDM01-C3", "KDM01-C3-D1")
NOW = datetime(2026, 10, 1, 5, 10, tzinfo=UTC)
ROW = {
    "client_id": ID,
    "cooperative": "KDM01",
    "centre": "KDM01-C3",
    "device": "KDM01-C3-D1",
    "device_seq": "590",
    "member_no": "0235",
    "site_code": "S-334-04",
    "grade_code": "3",
    "gross_kg": "16.1",
    "tare_kg": "0.25",
    "moisture_pct": "4.5",
    "waste_pct": "4.8",
    "rate_rupees_per_kg": "10.75",
    "weighed_at": "2026-10-01T10:39:21+05:30",
    "paid_mode": "cash",
}
JSON: dict[str, Any] = {
    "id": ID,
    "device_seq": 590,
    "member_no": "0235",
    "site_code": "S-334-04",
    "grade_code": 3,
    "gross_g": 16_100,
    "tare_g": 250,
    "moisture_pct": "4.5",
    "waste_pct": "4.8",
    "rate_paise_per_kg": 1075,
    "weighed_at": "2026-10-01T10:39:21+05:30",
    "paid_mode": "cash",
}
EXPECTED = WeighingEntry(
    id=UUID(ID),
    cooperative="KDM01",
    centre="KDM01-C3",
    device="KDM01-C3-D1",
    device_seq=590,
    member_no="0235",
    site_code="S-334-04",
    grade_code=3,
    gross_g=16_100,
    tare_g=250,
    moisture=Decimal("4.5"),
    waste=Decimal("4.8"),
    rate_paise_per_kg=1075,
    weighed_at=datetime(2026, 10, 1, 5, 9, 21, tzinfo=UTC),
    paid_mode="cash",
    paper_no=None,
    place_in_row=True,
)


def problems(entry: WeighingEntry | UnreadEntry) -> list[tuple[str, str | None]]:
    assert isinstance(entry, UnreadEntry)
    return [(refusal.code, refusal.field) for refusal in entry.refusals]


def read(entry: WeighingEntry | UnreadEntry) -> WeighingEntry:
    assert isinstance(entry, WeighingEntry), entry
    return entry


def test_three_doors_lead_to_one_entry() -> None:
    assert entry_from_row(ROW) == EXPECTED
    assert set(ROW) == set(WEIGHING_COLUMNS)
    assert entry_from_json(JSON, PLACE) == replace(EXPECTED, place_in_row=False)
    fields = {**{name: ROW[name] for name in WEIGHING_COLUMNS[5:]}, "id": ID}
    form = entry_from_form(fields, PLACE, NOW)
    assert form == replace(EXPECTED, place_in_row=False, device_seq=None)


def test_devanagari_digits_spaces_and_utc_say_the_same() -> None:
    """Devanagari digits accepted: ०-९ say what 0-9 say."""
    otherwise = {
        **ROW,
        "member_no": "०२३५",
        "gross_kg": " १६.१०० ",
        "tare_kg": ".250",
        "moisture_pct": "4.50",
        "rate_rupees_per_kg": "१०.७५",
        "weighed_at": "2026-10-01T05:09:21Z",
        "paid_mode": " Cash",
        "client_id": ID.upper(),
    }
    assert content_bytes(read(entry_from_row(otherwise))) == content_bytes(EXPECTED)


def test_a_member_number_gets_back_its_noughts() -> None:
    assert read(entry_from_row({**ROW, "member_no": "35"})).member_no == "0035"


@pytest.mark.parametrize("column", ["member_no", "site_code"])
def test_a_missing_code_is_for_the_rule_to_refuse(column: str) -> None:
    assert getattr(read(entry_from_row({**ROW, column: ""})), column) == ""


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("client_id", "", "id_invalid"),
        ("client_id", ID[:-1], "id_invalid"),
        ("client_id", ID.replace("-", ""), "id_invalid"),
        ("cooperative", "", "code_invalid"),
        ("centre", "C\x001", "unknown_centre"),
        ("device_seq", "x", "not_a_number"),
        ("device_seq", "-1", "negative"),
        ("device_seq", str(2**63), "out_of_range"),
        ("member_no", "'; drop", "unknown_member"),
        ("site_code", "S\ud800", "unknown_site"),
        ("grade_code", "", "not_a_number"),
        ("grade_code", "1e9", "not_a_number"),
        ("gross_kg", "", "not_a_number"),
        ("gross_kg", "37,25", "not_a_number"),
        ("gross_kg", "34..02", "not_a_number"),
        ("gross_kg", "l2.45", "not_a_number"),
        ("gross_kg", "16.1005", "not_a_number"),
        ("gross_kg", "NaN", "not_a_number"),
        ("gross_kg", "9" * 30, "not_a_number"),
        ("moisture_pct", "2.555", "not_a_number"),
        ("rate_rupees_per_kg", "10.755", "not_a_number"),
        ("rate_rupees_per_kg", "99999999", "out_of_range"),
        ("weighed_at", "2026-10-01T10:39:21", "time_invalid"),
        ("weighed_at", "", "time_invalid"),
        ("weighed_at", "0001-01-01T00:00:00+05:30", "time_invalid"),
        ("weighed_at", "9999-12-31T23:59:00+05:30", "future_time"),
        ("paid_mode", "", "unknown_word"),
        ("paid_mode", "cheque", "unknown_word"),
        ("paper_no", "9999 9999 0019", "aadhaar_in_field"),
        ("paper_no", "x" * 21, "too_long"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(column: str, cell: str, code: str) -> None:
    assert problems(entry_from_row({**ROW, column: cell})) == [(code, column)]


@pytest.mark.parametrize("cell", ["0", "-3", str(2**31), "9" * 24])
def test_a_grade_that_no_list_can_hold_is_no_grade(cell: str) -> None:
    assert read(entry_from_row({**ROW, "grade_code": cell})).grade_code == 0


def test_a_weight_beyond_all_bounds_stays_implausible() -> None:
    entry = read(entry_from_row({**ROW, "gross_kg": "9" * 24, "tare_kg": "-" + "9" * 23}))
    assert (entry.gross_g, entry.tare_g) == (10**12, -(10**12))


def test_two_problems_are_both_said() -> None:
    row = {**ROW, "gross_kg": "bag", "paid_mode": "?"}
    assert problems(entry_from_row(row)) == [
        ("not_a_number", "gross_kg"),
        ("unknown_word", "paid_mode"),
    ]


@pytest.mark.parametrize(
    "name", ["device_seq", "grade_code", "gross_g", "tare_g", "rate_paise_per_kg"]
)
@pytest.mark.parametrize("value", [True, False, "5", 5.0, 1e9, None, [5], {}])
def test_a_json_number_is_a_real_whole_number(name: str, value: object) -> None:
    assert problems(entry_from_json({**JSON, name: value}, PLACE)) == [("not_a_number", name)]


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("moisture_pct", 4.5, "not_a_number"),
        ("moisture_pct", 4, "not_a_number"),
        ("waste_pct", "4,8", "not_a_number"),
        ("member_no", 235, "not_text"),
        ("weighed_at", 1790000000, "not_text"),
        ("weighed_at", "yesterday", "time_invalid"),
        ("paid_mode", None, "not_text"),
        ("paper_no", 17, "not_text"),
        ("sig", 17, "not_text"),
        ("id", 17, "not_text"),
        ("id", "17", "id_invalid"),
        ("gross_kg", "16.1", "unknown_field"),
    ],
)
def test_a_json_field_of_another_kind_is_named(name: str, value: object, code: str) -> None:
    assert problems(entry_from_json({**JSON, name: value}, PLACE)) == [(code, name)]


@pytest.mark.parametrize(
    "name",
    [
        "device_seq",
        "grade_code",
        "gross_g",
        "tare_g",
        "moisture_pct",
        "waste_pct",
        "rate_paise_per_kg",
    ],
)
def test_a_missing_json_number_is_not_a_number(name: str) -> None:
    item = {key: value for key, value in JSON.items() if key != name}
    assert problems(entry_from_json(item, PLACE)) == [("not_a_number", name)]


@pytest.mark.parametrize("item", [None, 5, "x", [JSON]])
def test_what_is_no_object_is_no_entry(item: object) -> None:
    assert problems(entry_from_json(item, PLACE)) == [("not_an_object", None)]
    assert entry_id(item) is None


def test_huge_json_numbers_do_no_harm() -> None:
    huge = 10**5000
    assert read(entry_from_json({**JSON, "grade_code": huge}, PLACE)).grade_code == 0
    assert read(entry_from_json({**JSON, "gross_g": huge}, PLACE)).gross_g == 10**12
    over = entry_from_json({**JSON, "rate_paise_per_kg": -huge}, PLACE)
    assert problems(over) == [("out_of_range", "rate_paise_per_kg")]


def test_the_signature_is_no_part_of_the_content() -> None:
    signed = read(entry_from_json({**JSON, "sig": "abc"}, PLACE))
    assert signed == entry_from_json({**JSON, "paper_no": None}, PLACE)
    assert read(entry_from_json({**JSON, "paper_no": " A-17 "}, PLACE)).paper_no == "A-17"


def test_the_id_is_read_by_itself() -> None:
    assert entry_id(JSON) == UUID(ID)
    assert entry_id({"id": ID.upper()}) == UUID(ID)
    assert entry_id({"id": f"{{{ID}}}"}) is None
    assert entry_id({}) is None


def test_the_desks_page_without_a_time_is_stamped_and_may_be_sent_twice() -> None:
    fields = {**{name: ROW[name] for name in WEIGHING_COLUMNS[5:]}, "id": ID, "weighed_at": ""}
    first = read(entry_from_form(fields, PLACE, NOW))
    again = read(entry_from_form(fields, PLACE, NOW + timedelta(seconds=9)))
    assert (first.weighed_at, first.time_in_row) == (NOW, False)
    assert content_bytes(first) == content_bytes(again)


def test_a_page_of_the_paper_book_is_in_indias_time() -> None:
    fields = {name: ROW[name] for name in WEIGHING_COLUMNS[5:]}
    fields |= {"id": ID, "weighed_at": "2026-10-01T10:39", "paper_no": "B-7", "paid_mode": "later"}
    entry = read(entry_from_form(fields, PLACE, NOW))
    assert entry.weighed_at == datetime(2026, 10, 1, 5, 9, tzinfo=UTC)
    assert (entry.time_in_row, entry.paper_no, entry.paid_mode) == (True, "B-7", "later")
    assert problems(entry_from_form({**fields, "weighed_at": "noon"}, PLACE, NOW)) == [
        ("time_invalid", "weighed_at")
    ]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2)
    ),
    max_leaves=4,
)


@given(st.dictionaries(st.sampled_from([*JSON, "paper_no", "sig", "x"]), json_values))
def test_no_json_whatever_breaks_the_door(changes: dict[str, object]) -> None:
    found = entry_from_json({**JSON, **changes}, PLACE)
    if isinstance(found, WeighingEntry):
        content_bytes(found)
        assert 0 <= found.grade_code < 2**31
        assert abs(found.gross_g) <= 10**12
    else:
        assert found.refusals
        json.dumps([str(refusal.message) for refusal in found.refusals]).encode("utf-8")


@given(st.sampled_from(WEIGHING_COLUMNS), st.text(max_size=30))
def test_no_cell_whatever_breaks_the_door(column: str, cell: str) -> None:
    found = entry_from_row({**ROW, column: cell})
    if isinstance(found, WeighingEntry):
        content_bytes(found).decode("utf-8")
    else:
        assert {refusal.field for refusal in found.refusals} == {column}

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.cooperatives.forms import centre_from_row, cooperative_from_row
from coop.kernel.aadhaar import holds_aadhaar
from coop.kernel.cells import Cells

COOPERATIVE = {
    "code": "kdm01",
    "name_en": "Koderma pickers",
    "name_hi": "कोडरमा संग्राहक",
    "block": "Domchanch",
    "district_lgd": "३३४",
    "state_lgd": "20",
}
CENTRE = {
    "code": "KDM01-C1",
    "cooperative": "KDM01",
    "name": "Khairatand centre",
    "village": "Khairatand",
    "block": "Domchanch",
    "district_lgd": "334",
    "devices": "KDM01-C1-D1; kdm01-c1-d2;",
}


def test_a_cooperative_is_read() -> None:
    cooperative = cooperative_from_row(COOPERATIVE).value
    assert cooperative is not None
    assert (cooperative.code, cooperative.district_lgd) == ("KDM01", 334)
    assert cooperative.name_hi == "कोडरमा संग्राहक"


def test_devices_stand_between_semicolons() -> None:
    centre = centre_from_row(CENTRE).value
    assert centre is not None
    assert centre.devices == ("KDM01-C1-D1", "KDM01-C1-D2")
    without = centre_from_row({**CENTRE, "devices": ""}).value
    assert without is not None
    assert without.devices == ()


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("code", "K-1", "code_invalid"),
        ("code", "KDM01KDM01K", "code_invalid"),
        ("code", "KDM०१", None),
        ("name_en", " ", "missing"),
        ("name_en", "x" * 201, "too_long"),
        ("block", "a\ud800", "characters"),
        ("district_lgd", "0", "out_of_range"),
        ("state_lgd", "", "not_a_number"),
    ],
)
def test_each_cell_of_a_cooperative_is_judged(column: str, cell: str, code: str | None) -> None:
    parsed = cooperative_from_row({**COOPERATIVE, column: cell})
    expected = [] if code is None else [(code, column)]
    assert [(p.code, p.field) for p in parsed.problems] == expected
    assert (parsed.value is None) == bool(expected)


@pytest.mark.parametrize("devices", ["KDM01 C1", "x" * 25, "D1;<b>"])
def test_a_device_code_that_cannot_be_used_is_refused(devices: str) -> None:
    parsed = centre_from_row({**CENTRE, "devices": devices})
    assert parsed.value is None
    assert [(p.code, p.field) for p in parsed.problems] == [("code_invalid", "devices")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("999999990019", True),
        ("call 9999-9999-0019 now", True),
        ("९९९९ ९९९९ ००१९", True),
        ("999999990018", False),
        ("9999999900191", False),
        ("199999990019", False),
        ("XXXX-XXXX-0019", False),
    ],
)
def test_an_aadhaar_number_is_seen_in_free_text(text: str, expected: bool) -> None:
    assert holds_aadhaar(text) is expected


@given(st.text(max_size=60))
def test_no_cell_whatever_breaks_the_reader(cell: str) -> None:
    cells = Cells({"x": cell})
    text = cells.text("x", 40)
    cells.whole("x")
    cells.scaled("x", 2, 0, 10**9)
    cells.day_or_none("x")
    cells.instant_or_none("x")
    cells.choice("x", ("yes", "no"))
    cells.pattern("x", "[A-Z]+", "A")
    assert "\x00" not in text
    text.encode("utf-8")
    for problem in cells.problems:
        assert problem.field == "x"
        assert str(problem.message)

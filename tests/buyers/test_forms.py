from datetime import date

import pytest

from coop.buyers.forms import buyer_from_row

DAY = date(2026, 11, 1)
ROW = {
    "buyer_code": "b03",
    "name": "Barakar Minerals",
    "kind": "Processor",
    "town": "Domchanch",
    "district_lgd": "",
    "state_lgd": "20",
    "gstin": " 20zzmfv4598a1z2",
    "pan": "ZZMFV 4598A",
    "dealer_licence_no": "JIMMS-X-511663",
    "licence_from": "2025-05-16",
    "licence_to": "2028-12-15",
    "suspended_from": "",
    "suspended_to": "",
    "suspension_reason": "",
    "floor_and_no_child_labour_signed_on": "2025-06-05",
}


def test_gstin_and_pan_are_cleaned() -> None:
    parsed = buyer_from_row(ROW, DAY)
    assert parsed.problems == ()
    assert parsed.value is not None
    assert (parsed.value.buyer_code, parsed.value.kind) == ("B03", "processor")
    assert parsed.value.dossier.gstin == "20ZZMFV4598A1Z2"
    assert parsed.value.dossier.pan == "ZZMFV4598A"
    assert parsed.value.district_lgd is None


def test_a_readable_row_is_kept_and_warned_of() -> None:
    parsed = buyer_from_row({**ROW, "gstin": "20ZZMFV4598A1Z3", "licence_to": "2026-10-01"}, DAY)
    assert parsed.value is not None
    assert [(p.code, p.field) for p in parsed.problems] == [
        ("gstin_check_digit", "gstin"),
        ("licence_expired", "licence_to"),
    ]


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("buyer_code", "", "code_invalid"),
        ("name", "", "missing"),
        ("kind", "smelter", "unknown_word"),
        ("state_lgd", "WB", "not_a_number"),
        ("licence_to", "2028-13-15", "date_invalid"),
        ("gstin", "2" * 21, "too_long"),
        ("suspension_reason", "9999 9999 0019", "aadhaar_in_field"),
    ],
)
def test_a_row_that_cannot_be_read_is_refused(column: str, cell: str, code: str) -> None:
    parsed = buyer_from_row({**ROW, column: cell}, DAY)
    assert parsed.value is None
    assert [(p.code, p.field) for p in parsed.problems] == [(code, column)]

import pytest

from coop.sites.forms import site_from_row

ROW = {
    "code": " s-334-01",
    "name": "Lalkhadan  dump 1",
    "village": "Khairatand",
    "block": "Domchanch",
    "district_lgd": "334",
    "state_lgd": "20",
    "lat": "24.495",
    "lon": "85.702",
    "land_status": "gm",
    "collection_allowed": "Yes",
    "remarks": "अभयारण्य के बाहर",
}


def test_a_site_is_read() -> None:
    site = site_from_row(ROW).value
    assert site is not None
    assert (site.code, site.name, site.land_status) == ("S-334-01", "Lalkhadan dump 1", "GM")
    assert (site.lat_thousandths, site.lon_thousandths) == (24_495, 85_702)
    assert site.collection_allowed


def test_a_position_may_be_missing() -> None:
    site = site_from_row({**ROW, "lat": "", "lon": ""}).value
    assert site is not None
    assert (site.lat_thousandths, site.lon_thousandths) == (None, None)


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("code", "S 334/01", "code_invalid"),
        ("name", "", "missing"),
        ("lat", "24.4951", "not_a_number"),
        ("lat", "91", "out_of_range"),
        ("lat", "", "position_half"),
        ("district_lgd", "Koderma", "not_a_number"),
        ("land_status", "forest", "unknown_word"),
        ("collection_allowed", "", "unknown_word"),
        ("collection_allowed", "perhaps", "unknown_word"),
        ("remarks", "guard 999999990019", "aadhaar_in_field"),
        ("remarks", "x" * 301, "too_long"),
    ],
)
def test_a_cell_that_cannot_be_used_is_named(column: str, cell: str, code: str) -> None:
    parsed = site_from_row({**ROW, column: cell})
    assert parsed.value is None
    assert [(p.code, p.field) for p in parsed.problems] == [(code, column)]

"""The notice's form: one row of fields a grade and district, rupees to paise, India's times."""

from datetime import UTC, date, datetime

import pytest

from coop.prices.forms import notice_from_form
from coop.prices.rules import Component

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
PLACES = [(334, 1), (334, 2), (329, 1)]
TYPED = {
    "number": " dhb/2026/07 ",
    "from_day": "2026-11-25",
    "from_time": "13:00",
    "to_day": "",
    "to_time": "",
    "supersedes": "",
    "authority": "Nodal agency (invented)",
    "authority_hi": "नोडल एजेंसी",
    "reference": "letter 7 of 20-11-2026",
    "link": "https://agency.example/7.pdf",
    "consulted": "yes",
    "held_on": "2026-11-10",
    "place": "Domchanch",
    "men": "१२",
    "women": "22",
    "under_18": "",
    "aged_18_35": "14",
    "aged_36_59": "20",
    "aged_60_up": "0",
    "said": "Carrying is dear",
    "changed": "Carrying was raised",
    "no_consultation_reason": "",
    "no_components_reason": "",
    "picker-334-1": "11.75",
    "buyer-334-1": "१४",
    "premium-334-1": "0.50",
    "parts-334-1": "picking 9.00\r\n\r\nढुलाई: ₹ २.७५",
    "buyer_parts-334-1": "member 11.75\nsorting 2.25",
}


def test_a_notice_is_read() -> None:
    one = notice_from_form(TYPED, PLACES, NOW).value
    assert one is not None
    assert (one.number, one.authority_hi, len(one.lines)) == ("DHB/2026/07", "नोडल एजेंसी", 1)
    line = one.lines[0].line
    assert line.effective_from == datetime(2026, 11, 25, 7, 30, tzinfo=UTC)
    assert line.effective_to is None
    assert line.supersedes is None
    paise = (
        line.picker_floor_paise_per_kg,
        line.buyer_floor_paise_per_kg,
        line.premium_paise_per_kg,
    )
    assert paise == (1175, 1400, 50)
    assert one.lines[0].components == (
        Component("picker", "picking", 900),
        Component("picker", "ढुलाई", 275),
        Component("buyer", "member", 1175),
        Component("buyer", "sorting", 225),
    )
    heard = one.consultation
    assert heard is not None
    assert (heard.people, heard.by_age, heard.held_on) == (34, 34, date(2026, 11, 10))


def test_no_consultation_needs_none_of_its_fields() -> None:
    typed = {**TYPED, "consulted": "no", "held_on": "", "said": "", "no_consultation_reason": "x"}
    one = notice_from_form(typed, PLACES, NOW).value
    assert one is not None
    assert (one.consultation, one.no_consultation_reason) == (None, "x")


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("number", "", "code_invalid"),
        ("number", "A//B", "code_invalid"),
        ("number", "A/../B", "code_invalid"),
        ("number", "N" * 31, "too_long"),
        ("from_day", "", "missing"),
        ("from_day", "soon", "date_invalid"),
        ("from_time", "1 o'clock", "time_invalid"),
        ("authority", "", "missing"),
        ("reference", "", "missing"),
        ("link", "javascript:alert(1)", "link_invalid"),
        ("link", "http://agency.example", "link_invalid"),
        ("consulted", "", "unknown_word"),
        ("held_on", "", "date_invalid"),
        ("men", "many", "not_a_number"),
        ("men", "-1", "negative"),
        ("said", "", "missing"),
        ("said", "told by 9999 9999 0019", "aadhaar_in_field"),
        ("picker-334-1", "11.755", "not_a_number"),
        ("picker-334-1", "", "not_a_number"),
        ("premium-334-1", "-1", "negative"),
        ("premium-334-2", "1", "not_a_number"),
        ("parts-334-1", "picking", "part_unreadable"),
        ("parts-334-1", "9.00", "part_unreadable"),
        ("parts-334-1", "picking -9.00", "part_unreadable"),
        ("parts-334-1", "picking of 999999990019 11.75", "aadhaar_in_field"),
    ],
)
def test_what_cannot_be_used_is_said_at_its_field(field: str, text: str, code: str) -> None:
    parsed = notice_from_form({**TYPED, field: text}, PLACES, NOW)
    assert parsed.value is None
    found = [(p.code, p.field) for p in parsed.problems]
    assert (code, field if field != "premium-334-2" else "picker-334-2") in found
    # no field's inner name is said to a person
    assert not any(field in str(p.message) for p in parsed.problems if "-" in field or "_" in field)

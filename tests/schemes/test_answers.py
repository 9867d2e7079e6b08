"""What is taken as an answer, and each fault with its place."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from coop.schemes.rules.answers import WrongFacts, read_facts
from coop.schemes.rules.dates import read_span
from coop.schemes.rules.facts import Facts
from coop.schemes.rules.scheme import Catalogue

ON = date(2026, 7, 1)


def read(catalogue: Catalogue, given: object) -> Facts:
    return read_facts(given, catalogue.book, frozenset(catalogue.schemes), ON)


def faults(catalogue: Catalogue, given: object) -> list[tuple[str, str]]:
    with pytest.raises(WrongFacts) as caught:
        read(catalogue, given)
    return [(fault.error, fault.at) for fault in caught.value.faults]


def test_null_and_absent_are_unknown_and_none_is_an_answer(catalogue: Catalogue) -> None:
    facts = read(
        catalogue,
        {
            "household": {"rural": None, "land_acre": 0, "ration": "NONE", "receives": []},
            "persons": [{"id": "a", "dob": None, "class": -1, "school_type": "none"}],
        },
    )
    assert facts.household == {"h.land_acre": 0, "h.ration": "NONE", "h.receives": frozenset()}
    assert facts.persons[0].answers == {"p.class": -1, "p.school_type": "none"}


@pytest.mark.parametrize(
    ("key", "value", "error"),
    [
        ("epf", 1, "wrong_type"), ("epf", "yes", "wrong_type"), ("epf", [], "wrong_type"),
        ("disab_pct", Decimal("40.0"), "wrong_type"), ("disab_pct", True, "wrong_type"),
        ("disab_pct", 101, "out_of_range"), ("disab_pct", -1, "out_of_range"),
        ("class", -2, "out_of_range"), ("class", 18, "out_of_range"),
        ("income_month", -1, "out_of_range"), ("income_month", True, "wrong_type"),
        ("income_month", Decimal("-0.01"), "out_of_range"), ("income_month", "9", "wrong_type"),
        ("sex", "f", "not_allowed"), ("sex", "", "not_allowed"), ("sex", 1, "wrong_type"),
        ("receives", ["MAIYA", "NONE"], "not_allowed"), ("receives", "MAIYA", "wrong_type"),
        ("receives", [1], "wrong_type"), ("receives", {}, "wrong_type"),
        ("papers_missing", ["birth", "ration"], "not_allowed"),
        ("age", 40, "unknown_key"), ("age", None, "unknown_key"), ("state", "JH", "unknown_key"),
        ("dob", 1976, "wrong_type"), ("dob", "1976-13", "bad_date"), ("dob", "", "bad_date"),
        ("dob", "1976-02-30", "bad_date"), ("dob", "1899", "bad_date"), ("dob", "2101", "bad_date"),
        ("dob", "1977/1976", "bad_date"), ("dob", "76", "bad_date"), ("dob", "1976-1-1", "bad_date"),
        ("dob", "१९७६", "bad_date"), ("dob", "1976-01-01T00:00", "bad_date"),
        ("dob", "2026-07-02", "after_on"), ("dob", "2026-08", "after_on"), ("dob", "2027", "after_on"),
    ],
)  # fmt: skip
def test_one_wrong_answer_of_a_person(
    catalogue: Catalogue, key: str, value: object, error: str
) -> None:
    given = {"household": {}, "persons": [{"id": "a"}, {"id": "b", key: value}]}
    assert faults(catalogue, given) == [(error, f"persons[1].{key}")]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("dob", "2026"), ("dob", "2026-07"), ("dob", "2026-07-01"), ("dob", "1900/2100"),
        ("disab_pct", 0), ("disab_pct", 100), ("income_month", Decimal("1e400")),
        ("receives", ["MAIYA", "MAIYA"]), ("epf", False), ("birth_order", 15),
    ],
)  # fmt: skip
def test_answers_at_the_edge_are_taken(catalogue: Catalogue, key: str, value: object) -> None:
    facts = read(catalogue, {"household": {}, "persons": [{"id": "b", key: value}]})
    assert list(facts.persons[0].answers) == [f"p.{key}"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], [("wrong_type", "")]),
        ({}, [("missing_key", "household"), ("missing_key", "persons")]),
        ({"household": [], "persons": {}}, [("wrong_type", "household"), ("wrong_type", "persons")]),
        ({"household": None, "persons": [1]}, [("wrong_type", "household"), ("wrong_type", "persons[0]")]),
        ({"household": {"dob": "1976"}, "persons": []}, [("unknown_key", "household.dob")]),
        ({"household": {"death_months": 2}, "persons": []}, [("unknown_key", "household.death_months")]),
    ],
)  # fmt: skip
def test_the_frame(catalogue: Catalogue, given: object, expected: list[tuple[str, str]]) -> None:
    assert faults(catalogue, given) == expected


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        (["household"], [("bad_id", "persons[0].id")]),
        (["a b"], [("bad_id", "persons[0].id")]),
        (["x" * 41], [("bad_id", "persons[0].id")]),
        (["क"], [("bad_id", "persons[0].id")]),
        (["a\n"], [("bad_id", "persons[0].id")]),
        ([""], [("bad_id", "persons[0].id")]),
        ([None], [("wrong_type", "persons[0].id")]),
        (["a", "b", "a"], [("duplicate_id", "persons[2].id")]),
    ],
)
def test_names_of_persons(
    catalogue: Catalogue, ids: list[Any], expected: list[tuple[str, str]]
) -> None:
    given = {"household": {}, "persons": [{"id": one} for one in ids]}
    assert faults(catalogue, given) == expected


def test_a_number_is_compared_as_written(catalogue: Catalogue) -> None:
    text = '{"household": {"land_acre": 2.50}, "persons": []}'
    facts = read(catalogue, json.loads(text, parse_float=Decimal))
    assert facts.household["h.land_acre"] == Decimal("2.5")


def test_a_span_is_read_to_its_last_day() -> None:
    assert read_span("2024-02").last == date(2024, 2, 29)
    assert read_span("2023-12").last == date(2023, 12, 31)
    assert read_span("1975/1976").last == date(1976, 12, 31)

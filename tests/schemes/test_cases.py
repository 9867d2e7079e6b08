"""The command and the engine behind it on sixty households with known outcomes."""

import json
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from coop.schemes.rules.answers import read_facts
from coop.schemes.rules.judging import DayRules
from coop.schemes.rules.scheme import Catalogue
from tests.conftest import SAMPLE
from tests.program import run_program, without_ours

CASES = [
    json.loads(line, parse_float=Decimal)
    for line in (SAMPLE / "scheme-cases.jsonl").read_text("utf-8").splitlines()
]


def _rows(catalogue: Catalogue, facts: object, on: date) -> list[dict[str, Any]]:
    known = read_facts(facts, catalogue.book, frozenset(catalogue.schemes), on)
    return [
        {
            "scheme": scheme,
            "applicant": applicant,
            "result": judgement.result,
            "failing": list(judgement.failing),
            "missing": list(judgement.missing),
        }
        for scheme, applicant, judgement in DayRules(catalogue, on).outcomes(known)
    ]


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_a_known_household_comes_out_as_it_should(
    catalogue: Catalogue, case: dict[str, Any]
) -> None:
    rows = _rows(catalogue, case["facts"], date.fromisoformat(case["on"]))
    told = {row["scheme"] for row in case["expect"]}
    assert [row for row in rows if row["scheme"] in told] == case["expect"]
    households = {row["scheme"] for row in rows if row["applicant"] == "household"}
    of_families = {code for code, one in catalogue.schemes.items() if one.about == "household"}
    assert households == of_families
    every = set(catalogue.schemes) if case["facts"]["persons"] else of_families
    assert {row["scheme"] for row in rows} == every
    assert rows == sorted(rows, key=lambda row: (row["scheme"], row["applicant"]))


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return run_program("schemes", "check", *words, surroundings=without_ours())


@pytest.fixture
def facts_file(tmp_path: Path) -> Path:
    return tmp_path / "facts.json"


def test_the_command_prints_one_array(catalogue: Catalogue, facts_file: Path) -> None:
    facts = {
        "household": {"state": "JH", "ration": "PHH"},
        "persons": [{"id": "m1", "dob": "1976", "sex": "F"}],
    }
    facts_file.write_text(json.dumps(facts))
    done = run("--facts", str(facts_file), "--on", "2027-01-01")
    assert (done.returncode, done.stderr) == (0, "")
    rows = json.loads(done.stdout)
    assert rows == _rows(catalogue, facts, date(2027, 1, 1))
    by_scheme = {row["scheme"]: row for row in rows}
    assert by_scheme["APY"]["failing"] == ["age"]
    assert "p.dob" not in by_scheme["SARVAJAN"]["missing"]
    earlier = {row["scheme"]: row for row in _rows(catalogue, facts, date(2026, 7, 1))}
    assert "p.dob" in earlier["SARVAJAN"]["missing"]


def test_faults_of_the_facts_are_told_all_at_once(facts_file: Path) -> None:
    facts_file.write_text('{"household": {"rural": 1, "x": null}, "persons": [{}], "y": 2}')
    done = run("--facts", str(facts_file), "--on", "2026-12-01")
    assert (done.returncode, done.stdout) == (1, "")
    told = {(one["error"], one["at"]) for one in json.loads(done.stderr.splitlines()[-1])}
    assert told == {
        ("wrong_type", "household.rural"),
        ("unknown_key", "household.x"),
        ("missing_key", "persons[0].id"),
        ("unknown_key", "y"),
    }


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("{}", "2026-02-30"), ("{}", "20260201"), ("{}", "2026-W01-1"), ("", "2026-12-01"),
        ("[NaN]", "2026-12-01"), ("[-Infinity]", "2026-12-01"), ("[1", "2026-12-01"),
        ("[" * 100_000, "2026-12-01"), ("\udcff", "2026-12-01"),
    ],
)  # fmt: skip
def test_wrong_use_is_told_in_a_line(facts_file: Path, text: str, on: str) -> None:
    facts_file.write_bytes(text.encode("utf-8", "surrogateescape"))
    done = run("--facts", str(facts_file), "--on", on)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("coop: ")
    assert "Traceback" not in done.stderr


def test_options_must_be_there(facts_file: Path) -> None:
    facts_file.write_text('{"household": {}, "persons": []}')
    assert run("--facts", str(facts_file)).returncode == 2
    assert run("--facts", str(facts_file / "none"), "--on", "2026-12-01").returncode == 2
    assert run("--facts", str(facts_file), "--on", "2026-12-01", "--loud").returncode == 2
    done = run("--facts", str(facts_file), "--on", "2026-12-01")
    assert {row["applicant"] for row in json.loads(done.stdout)} == {"household"}

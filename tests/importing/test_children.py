"""Children of the sample: kept only with consent; found and judged as expected by the command."""

import csv
import io
from pathlib import Path

import pytest

from tests.importing.console import SAMPLE, Home, rows_of, truth

PAST = "past_compulsory_age_follow_up"


def answers(home: Home, rule: str, *more: str) -> dict[str, dict[str, str]]:
    """What the command prints, by child."""
    ran = home.run("schooling", "check", "--on", "2026-11-01", "--rule", rule, *more)
    assert ran.code == 0, ran.err
    return {row["person_no"]: row for row in csv.DictReader(io.StringIO(ran.out))}


@pytest.mark.parametrize("rule", ["in-45", "jh-30"])
def test_every_child_is_found_and_judged_as_expected(loaded: Home, rule: str) -> None:
    found = answers(loaded, rule)
    assert found["P00003"]["reason"] == "Days since last attended: 15"
    lines = truth("children")
    assert set(found) == {line["person_no"] for line in lines}
    matched = judged = asked = 0
    for line in lines:
        one, expected = found[line["person_no"]], line["expected_status"]
        if rule == "jh-30" and expected == "long_absent":
            expected = PAST if int(line["age_on_date"]) >= 14 else "out_of_school"
        judged += one["status"] == expected
        if expected == "consent_refused":
            assert (one["udise"], one["admission_no"], one["evidence_date"]) == ("", "", "")
            continue
        asked += 1
        best = line["best_udise"], line["best_admission_no"]
        matched += (one["udise"], one["admission_no"]) == best
    print(f"{rule}: matched {matched} of {asked}, status {judged} of {len(lines)}")
    assert matched / asked >= 0.97
    assert judged == len(lines)


def test_one_cooperative_s_children(loaded: Home) -> None:
    all_of_them, own = answers(loaded, "in-45"), answers(loaded, "in-45", "--cooperative", "GRD01")
    persons = {row["person_no"]: row["cooperative"] for row in rows_of(SAMPLE / "persons.csv")}
    assert own == {no: row for no, row in all_of_them.items() if persons[no] == "GRD01"}


def test_bad_questions_end_with_two(loaded: Home) -> None:
    for words in (
        ("--on", "2026-02-30"),
        ("--on", "yesterday"),
        ("--on", "2026-11-01", "--rule", "xx-99"),
        ("--on", "2025-01-01", "--rule", "jh-30"),
        ("--on", "2026-11-01", "--cooperative", "XXX99"),
        (),
    ):
        ran = loaded.run("schooling", "check", *words)
        assert ran.one_line, (words, ran.code, ran.out, ran.err)


async def test_without_consent_only_number_and_household_are_kept(loaded: Home) -> None:
    persons = rows_of(SAMPLE / "persons.csv")
    said_no = {
        row["person_no"] for row in persons if row["school_check_consent"] in ("no", "withdrawn")
    }
    said_yes = {row["person_no"] for row in persons if row["school_check_consent"] == "yes"}
    async with loaded.owner() as owner:
        for table, names in (("child_version", said_yes), ("guardianship", said_yes)):
            rows = await owner.fetch(
                f'SELECT DISTINCT p.person_no FROM "{table}" v JOIN person p ON p.id = v.person_id'
            )
            assert {row["person_no"] for row in rows} == names
        rows = await owner.fetch(
            "SELECT p.person_no FROM person_version v JOIN person p ON p.id = v.person_id"
            " JOIN child c ON c.person_id = p.id WHERE v.told_by = 'household_list'"
        )
        assert [row["person_no"] for row in rows] == []
    assert len(said_no) == 34


def test_a_list_without_a_guardian_keeps_the_child_bare(
    before_members: Home, tmp_path: Path
) -> None:
    header = list(rows_of(SAMPLE / "persons.csv")[0])
    house = rows_of(SAMPLE / "households.csv")[0]
    child = dict.fromkeys(header, "") | {
        "person_no": "P99001", "household_no": house["household_no"], "cooperative": house["cooperative"],
        "name_latin": "Qwertasi Namuna", "sex": "F", "dob": "2015-05-04", "relation_to_head": "daughter",
        "school_check_consent": "yes",
    }  # fmt: skip
    file, report = tmp_path / "persons.csv", tmp_path / "report.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, header)
        writer.writeheader()
        writer.writerows([child, {**child, "person_no": "P99002", "guardian_person_no": "P00000"}])
    ran = before_members.load("persons", file, "--dry-run", "--report", str(report))
    assert (ran.code, ran.counts["warned"]) == (0, 2), ran.err
    assert {row["code"] for row in rows_of(report)} == {"guardian_unknown"}
    assert "Qwertasi" not in ran.out + ran.err + report.read_text("utf-8")

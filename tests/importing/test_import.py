"""How an import behaves: twice, all or none, dry, of one cooperative, and files that cannot be read."""

import csv
import re
from pathlib import Path

import openpyxl
import pytest

from tests.importing.console import AS_OF, FILES, SAMPLE, Home, rows_of, truth

HOLDS_NUMBERS = re.compile(r"[2-9](?:[ -]?[0-9]){11}")
_MULTIPLY = (
    "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
    "5987604321", "6598710432", "7659821043", "8765932104", "9876543210",
)  # fmt: skip
_PERMUTE = (
    "0123456789", "1576283094", "5803796142", "8916043527",
    "9453126870", "4286573901", "2793806415", "7046913258",
)  # fmt: skip


def verhoeff_holds(digits: str) -> bool:
    """The check digit of an Aadhaar number (Verhoeff 1969), written anew for the test."""
    state = 0
    for place, digit in enumerate(reversed(digits)):
        state = int(_MULTIPLY[state][int(_PERMUTE[place % 8][int(digit)])])
    return state == 0


def aadhaar_numbers(text: str) -> set[str]:
    """Every run of twelve digits that could be an Aadhaar number, also in Hindi digits."""
    plain = text.translate({0x966 + digit: str(digit) for digit in range(10)})
    found = {re.sub(r"[ -]", "", match) for match in HOLDS_NUMBERS.findall(plain)}
    return {number for number in found if verhoeff_holds(number)}


def counted(**kept: int) -> dict[str, int]:
    """A summary with noughts where nothing is named."""
    names = ("rows", "accepted", "warned", "replay", "unchanged", "refused", "posted")
    return {name: kept.get(name, 0) for name in names}


async def row_counts(home: Home) -> dict[str, int]:
    """How many rows every table has, the audit chain among them."""
    async with home.owner() as owner:
        tables = await owner.fetch(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition"
            " AND relnamespace = 'public'::regnamespace"
        )
        return {
            row["relname"]: await owner.fetchval(f'SELECT count(*) FROM "{row["relname"]}"')
            for row in tables
        }


async def test_every_file_again_changes_nothing(loaded: Home) -> None:
    before = await row_counts(loaded)
    assert before["weighing"] == 4781
    for kind in FILES:
        first = rows_of(loaded.report(kind))
        refused = sum(row["outcome"] == "refused" for row in first)
        ran = loaded.load(kind, None, "--keep-good")
        counts = ran.counts
        assert (kind, counts["posted"], counts["accepted"], counts["warned"]) == (kind, 0, 0, 0)
        assert counts["refused"] == refused, kind
        assert counts["unchanged"] + counts["replay"] + refused == counts["rows"] == len(first)
        assert ran.code == (1 if refused else 0)
    assert await row_counts(loaded) == before


async def test_all_or_none_posts_nothing(before_members: Home) -> None:
    before = await row_counts(before_members)
    ran = before_members.load("members")
    assert ran.code == 1
    assert (ran.counts["refused"], ran.counts["posted"]) == (34, 0)
    assert ran.counts["accepted"] > 500
    assert "row 62: aadhaar_in_field" in ran.err or "row 40: dob_missing" in ran.err
    assert await row_counts(before_members) == before


async def test_a_dry_run_posts_nothing(before_members: Home, tmp_path: Path) -> None:
    before = await row_counts(before_members)
    report = tmp_path / "dry.csv"
    ran = before_members.load("members", None, "--keep-good", "--dry-run", "--report", str(report))
    assert ran.code == 1
    assert ran.counts["posted"] == 0
    assert len(rows_of(report)) == 645
    assert await row_counts(before_members) == before


def test_rows_of_another_cooperative_are_refused(before_members: Home, tmp_path: Path) -> None:
    report = tmp_path / "one.csv"
    ran = before_members.load(
        "members", None, "--dry-run", "--cooperative", "GRD01", "--report", str(report)
    )
    assert ran.code == 1
    judged = rows_of(report)
    for row, given in zip(judged, rows_of(SAMPLE / "members.csv"), strict=True):
        elsewhere = given["cooperative"] != "GRD01"
        assert ("other_cooperative" in row["code"].split("|")) == elsewhere, row
        assert row["outcome"] == "refused" or not elsewhere
    nobody = before_members.load("members", None, "--cooperative", "XXX99")
    assert nobody.one_line
    assert "XXX99" in nobody.err


def test_weighings_of_another_cooperative_are_refused(loaded: Home, tmp_path: Path) -> None:
    report = tmp_path / "one.csv"
    loaded.load("weighings", None, "--dry-run", "--cooperative", "GRD01", "--report", str(report))
    for row, given in zip(rows_of(report), rows_of(SAMPLE / "weighings.csv"), strict=True):
        if given["cooperative"] != "GRD01":
            assert (row["outcome"], row["code"]) == ("refused", "other_cooperative"), row
        else:
            assert row["code"] != "other_cooperative"


def _xlsx(source: Path, target: Path) -> None:
    """The same table as a spreadsheet: numbers that stay the same text become numbers."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    with source.open(encoding="utf-8", newline="") as file:
        for line in csv.reader(file):
            sheet.append([_cell(text) for text in line])
    book.save(target)


def _cell(text: str) -> object:
    if re.fullmatch(r"[1-9][0-9]{0,11}", text):
        return int(text)
    return float(text) if re.fullmatch(r"[1-9][0-9]{0,3}\.[0-9]*[1-9]", text) else text or None


def test_a_spreadsheet_is_judged_like_the_csv(before_members: Home, tmp_path: Path) -> None:
    book = tmp_path / "members.xlsx"
    _xlsx(SAMPLE / "members.csv", book)
    reports = [tmp_path / "csv.csv", tmp_path / "xlsx.csv"]
    for file, report in zip((SAMPLE / "members.csv", book), reports, strict=True):
        ran = before_members.load("members", file, "--dry-run", "--report", str(report))
        assert ran.code == 1, ran.err
    assert rows_of(reports[0]) == rows_of(reports[1])


def test_a_spreadsheet_of_booked_weighings_is_unchanged(loaded: Home, tmp_path: Path) -> None:
    book = tmp_path / "weighings.xlsx"
    _xlsx(SAMPLE / "weighings.csv", book)
    ran = loaded.load("weighings", book, "--keep-good")
    assert (ran.counts["accepted"], ran.counts["posted"]) == (0, 0)
    assert ran.counts["unchanged"] + ran.counts["replay"] == 4781 + 19


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00a",
        b"cooperative,member_no\nKDM01,0001\n",
        b"PK\x03\x04 no workbook",
        b'a,b\n"open',
        b"code\x00",
    ],
)
def test_files_that_cannot_be_used(before_members: Home, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "members.csv"
    file.write_bytes(content)
    ran = before_members.load("members", file)
    assert ran.one_line, (ran.code, ran.out, ran.err)
    assert str(file) in ran.err


def test_bad_usage_ends_with_two(before_members: Home, tmp_path: Path) -> None:
    file = str(SAMPLE / "members.csv")
    for words in (
        ("import", "members", str(tmp_path / "none.csv")),
        ("import", "members", str(tmp_path)),
        ("import", "members", file, "--as-of", "yesterday"),
        ("import", "members", file, "--as-of", "2026-11-01T09:00"),
        ("import", "members", file, "--as-of", "2026-02-30T09:00+05:30"),
        ("import", "members", file, "--report", str(tmp_path / "no" / "where.csv")),
        ("import", "wages", file),
        ("import", "members"),
    ):
        ran = before_members.run(*words)
        assert ran.one_line, (words, ran.code, ran.out, ran.err)
    empty = before_members.run("import", "members", "")
    assert empty.one_line, (empty.code, empty.out, empty.err)


def test_no_aadhaar_number_is_kept(loaded: Home, dump: str) -> None:
    given = rows_of(SAMPLE / "members.csv")
    named = [one for one in truth("members") if one["code"] == "aadhaar_in_field"]
    secret = set()
    for one in named:
        cells = " ; ".join(given[int(one["row"]) - 1].values())
        secret |= {number for number in aadhaar_numbers(cells) if number.startswith("9999")}
    assert len(secret) == len(named) == 10
    assert "INSERT INTO public.member " in dump
    plain = dump.translate({0x966 + digit: str(digit) for digit in range(10)})
    squeezed = re.sub(r"(?<=[0-9])[ -](?=[0-9])", "", plain)
    printed = "".join(ran.out + ran.err for ran in loaded.runs)
    reports = "".join(loaded.report(kind).read_text("utf-8") for kind in FILES)
    for number in secret:
        for where, text in (("database", squeezed), ("prints", printed), ("reports", reports)):
            assert number not in text, where
        hidden = number.encode().hex()
        assert hidden not in dump
    # Digests and signatures are random hex: twelve digits in a row stand in some of them.
    words = re.sub(r"(?:\\x|\b)[0-9a-f]{40,}\b", "", dump)
    assert len(words) > len(dump) / 4
    assert not {n for n in aadhaar_numbers(words) if n.startswith("9999")}


def test_a_child_s_name_is_not_kept(dump: str) -> None:
    children = [
        row
        for row in rows_of(SAMPLE / "persons.csv")
        if row["guardian_person_no"] and row["dob"] > "2008-11-01"
    ]
    assert len(children) > 500
    births = {row["dob"] for row in children}
    people = "".join(
        line for line in dump.splitlines() if line.startswith("INSERT INTO public.person_version")
    )
    dates = set(re.findall(r"'(\d{4}-\d\d-\d\d)'", people))
    assert dates, "else nobody's birth stands there as we look for it"
    assert births & dates == set()


def test_the_hour_of_judgement_only_judges(loaded: Home) -> None:
    ran = loaded.run("import", "weighings", str(SAMPLE / "weighings.csv"), "--as-of", AS_OF)
    assert ran.counts["posted"] == 0

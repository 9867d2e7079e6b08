"""Every list of the sample through the program, against the expected answers."""

import csv
import io
from collections import Counter
from datetime import date, datetime

import pytest

from coop.buyers.queries import standing_of
from coop.kernel.db import SYSTEM, Transaction
from coop.prices.queries import floors_at
from tests.importing.console import FILES, REPORT, Home, rows_of, truth

_OUTCOME = {"accepted": "accepted", "warn": "warned", "refused": "refused"}
_FREE_OF_CODE = ("", "near_miss", "ration_number_passes_verhoeff", "twelve_digits_not_aadhaar")


def _codes(row: dict[str, str]) -> set[str]:
    return set(filter(None, row["code"].split("|")))


@pytest.mark.parametrize("kind", FILES)
def test_reports_name_every_row_once(loaded: Home, kind: str) -> None:
    with loaded.report(kind).open(encoding="utf-8") as file:
        assert next(csv.reader(file)) == REPORT
    rows = rows_of(loaded.report(kind))
    assert [row["row"] for row in rows] == [str(n) for n in range(1, len(rows) + 1)]
    for row in rows:
        assert bool(row["code"]) == bool(row["message"]), row
        if row["outcome"] == "refused":
            assert row["code"], row


def test_members(loaded: Home) -> None:
    got = {row["row"]: row for row in rows_of(loaded.report("members"))}
    expected = [one for one in truth("members") if one["kind"] == "row"]
    assert len(got) == len(expected) == 645
    wrong = []
    for one in expected:
        row = got[one["row"]]
        allowed = {one["expected"], *filter(None, one["also_ok"].split("|"))}
        right = row["outcome"] in {_OUTCOME[word] for word in allowed}
        if one["code"] not in _FREE_OF_CODE and row["outcome"] == _OUTCOME[one["expected"]]:
            right = right and one["code"] in _codes(row)
        if not right:
            wrong.append((one["row"], one["expected"], one["code"], row["outcome"], row["code"]))
    by_first = Counter(got[one["row"]]["outcome"] == _OUTCOME[one["expected"]] for one in expected)
    print(f"members: {by_first[True]} of {len(expected)} as expected at first choice")
    assert wrong == []


def test_weighings(loaded: Home) -> None:
    got = rows_of(loaded.report("weighings"))
    expected = truth("weighings")
    assert len(got) == len(expected) == 4945
    wrong = []
    for row, one in zip(got, expected, strict=True):
        outcome, _, code = one["expected"].partition(":")
        if outcome == "refused":
            allowed = {code, *filter(None, one["also_ok"].split("|"))}
            first = row["code"].split("|")[0]
            right = row["outcome"] == "refused" and first in allowed
            right = right and row["grams"] == row["paise"] == ""
        elif outcome == "replay":
            right = row["outcome"] == "replay" and row["code"] == ""
        else:
            right = (row["outcome"], row["grams"], row["paise"]) == (
                "accepted",
                one["payable_g"],
                one["amount_paise"],
            )
        if not right or row["id"] != one["client_id"]:
            wrong.append((one, row))
    print(f"weighings: {len(expected) - len(wrong)} of {len(expected)} as expected")
    assert wrong == []


async def test_what_was_accepted_is_booked_to_the_gram_and_paisa(loaded: Home) -> None:
    good = [one for one in truth("weighings") if one["expected"] == "accepted"]
    async with loaded.owner() as owner:
        rows = await owner.fetch(
            """SELECT d.entry_id::text AS id, w.payable_grams, w.amount_paise FROM weighing w
               JOIN desk_entry d ON (d.cooperative_id, d.fy, d.weighing_no) = (w.cooperative_id, w.fy, w.no)"""
        )
        due = await owner.fetchval(
            """SELECT sum(e.stock_grams) FROM ledger_entry e JOIN journal j ON (j.cooperative_id, j.fy, j.no)
               = (e.cooperative_id, e.fy, e.journal_no) WHERE e.account_code = 1310 AND j.about = 'weighing'"""
        )
    booked = {row["id"]: (row["payable_grams"], row["amount_paise"]) for row in rows}
    assert booked == {
        one["client_id"]: (int(one["payable_g"]), int(one["amount_paise"])) for one in good
    }
    assert due == sum(int(one["payable_g"]) for one in good)


def test_buyers_are_kept_with_their_code(loaded: Home) -> None:
    got = {row["id"]: row for row in rows_of(loaded.report("buyers"))}
    wrong = []
    for one in truth("buyers"):
        row = got[one["buyer_code"]]
        expected = ("warned", {one["code"]}) if one["code"] else ("accepted", set())
        also = one["also_ok"] == "verified" and row["outcome"] == "accepted"
        if (row["outcome"], _codes(row) & {one["code"]}) != expected and not also:
            wrong.append((one, row))
    assert wrong == []


async def test_the_standing_of_imported_buyers_comes_out_of_their_papers(loaded: Home) -> None:
    wrong = []
    async with loaded.owner() as owner, owner.transaction():
        tx = Transaction(owner, SYSTEM)
        for one in truth("buyers"):
            found = await standing_of(tx, one["buyer_code"], date(2026, 11, 1))
            assert found is not None
            expected = (one["expected_on_2026_11_01"], (one["code"],) if one["code"] else ())
            if (found.standing.value, found.codes) != expected:
                wrong.append((one, found.codes))
        before = await standing_of(tx, "B11", date(2026, 10, 9))
        within = await standing_of(tx, "B12", date(2026, 10, 12))
    assert wrong == []
    assert before is not None
    assert within is not None
    assert (before.standing, within.standing) == ("verified", "suspended")


def test_an_account_is_tied_to_its_buyer(loaded: Home) -> None:
    words = ("user", "add", "--name", "b01-firm", "--role", "buyer")
    assert loaded.run(*words, "--buyer", "NOBODY").one_line
    assert loaded.run(*words).one_line
    ran = loaded.run(*words, "--buyer", "B01")
    assert (ran.code, len(ran.out.split())) == (0, 1)


async def test_floors_hold_to_the_second(loaded: Home) -> None:
    wrong = []
    expected = truth("floors")
    async with loaded.owner() as owner, owner.transaction():
        tx = Transaction(owner, SYSTEM)
        for one in expected:
            at = datetime.fromisoformat(one["at"])
            floors = {f.grade_code: f for f in await floors_at(tx, int(one["district_lgd"]), at)}
            found = floors.get(int(one["grade_code"]))
            got = ["none"]
            if found is not None:
                paise = (found.picker_floor_paise, found.buyer_floor_paise, found.premium_paise)
                got = [*(f"{p // 100}.{p % 100:02d}" for p in paise), found.notice_no]
            want = [
                one["picker_floor_rupees_per_kg"],
                one["buyer_floor_rupees_per_kg"],
                one["premium_rupees_per_kg"],
                one["notice_no"],
            ]
            if got != (["none"] if one["notice_no"] == "none" else want):
                wrong.append((one, got))
    print(f"floors: {len(expected) - len(wrong)} of {len(expected)}")
    assert len(expected) > 100
    assert wrong == []


def test_pairs(loaded: Home) -> None:
    ran = loaded.run("members", "duplicates")
    assert ran.code == 0
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert list(rows[0]) == ["member_a", "member_b", "score", "reasons"]
    found = {frozenset((row["member_a"], row["member_b"])) for row in rows}
    pairs = [one for one in truth("members") if one["kind"] == "pair"]
    named = {
        frozenset(
            (
                f"{one['cooperative']}/{one['member_no']}",
                f"{one['cooperative_b']}/{one['member_no_b']}",
            )
        ): one
        for one in pairs
    }
    missed = [
        one["code"] for key, one in named.items() if one["expected"] == "yes" and key not in found
    ]
    wrongly = [
        one["code"] for key, one in named.items() if one["expected"] == "no" and key in found
    ]
    yes = sum(one["expected"] == "yes" for one in pairs)
    print(f"pairs: {yes - len(missed)} of {yes} found, {len(wrongly)} listed as other people,")
    print(f"       {len(found - set(named))} not listed at all")
    assert missed == []
    assert len(wrongly) <= 1
    assert len(found) <= yes + 2


def test_pairs_of_one_cooperative(loaded: Home) -> None:
    ran = loaded.run("members", "duplicates", "--cooperative", "KDM01")
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert rows
    assert all("KDM01/" in row["member_a"] + row["member_b"] for row in rows)
    everywhere = loaded.run("members", "duplicates").out.splitlines()
    assert len(rows) < len(everywhere) - 1

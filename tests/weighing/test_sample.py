"""The whole October of both cooperatives, judged in memory against the expected answers."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest

from coop.kernel.table_file import read_table
from coop.prices.forms import NOTICE_COLUMNS, grade_from_row, notice_row_from
from coop.prices.rules import NoticeLine, price_in_force
from coop.sites.forms import SITE_COLUMNS, site_from_row
from coop.weighing.forms import WEIGHING_COLUMNS, entry_from_row
from coop.weighing.rules import (
    Facts,
    Judged,
    MemberFacts,
    Outcome,
    PriceFacts,
    SiteFacts,
    Terms,
    WeighingEntry,
    content_sha256,
    judge_in_order,
)

AS_OF = datetime.fromisoformat("2026-11-01T09:00+05:30")


@dataclass(frozen=True)
class Books:
    members: dict[tuple[str, str], MemberFacts]
    sites: dict[str, SiteFacts]
    grades: frozenset[int]
    notices: dict[tuple[int, int], list[NoticeLine]]
    centres: frozenset[tuple[str, str]]

    def facts_for(self, entry: WeighingEntry) -> Facts:
        site = self.sites.get(entry.site_code)
        line = None
        if site is not None:
            of_place = self.notices.get((site.district_lgd, entry.grade_code), [])
            line = price_in_force(of_place, site.district_lgd, entry.grade_code, entry.weighed_at)
        return Facts(
            now=AS_OF,
            terms=Terms(),
            member=self.members.get((entry.cooperative, entry.member_no)),
            site=site,
            grade_known=entry.grade_code in self.grades,
            price=PriceFacts(line.notice_no, line.picker_floor_paise_per_kg) if line else None,
            cash_today_paise=0,
            centre_known=(entry.cooperative, entry.centre) in self.centres,
            imported=True,
        )


def read_members(sample: Path) -> dict[tuple[str, str], MemberFacts]:
    rows = read_table(sample / "members.csv", ("member_no",)).rows
    kept: dict[tuple[str, str], MemberFacts] = {}
    for truth in read_table(sample / "truth_members.csv", ("kind",)).rows:
        if truth["kind"] != "row" or truth["expected"] == "refused":
            continue
        row = rows[int(truth["row"]) - 1]
        ceased = row["ceased_on"]
        kept[row["cooperative"], row["member_no"]] = MemberFacts(
            born=date.fromisoformat(row["dob"]),
            born_precision=row["dob_precision"],
            admitted_on=date.fromisoformat(row["admitted_on"]),
            ceased_on=date.fromisoformat(ceased) if ceased else None,
            provisional=truth["code"] == "possible_duplicate_other_coop",
        )
    return kept


@pytest.fixture(scope="module")
def books(sample: Path) -> Books:
    sites = [
        site_from_row(row).value for row in read_table(sample / "sites.csv", SITE_COLUMNS).rows
    ]
    grades = [
        grade_from_row(row).value for row in read_table(sample / "grades.csv", ("code",)).rows
    ]
    notices: dict[tuple[int, int], list[NoticeLine]] = {}
    for row in read_table(sample / "price_notices.csv", NOTICE_COLUMNS).rows:
        notice = notice_row_from(row).value
        assert notice is not None
        place = (notice.line.district_lgd, notice.line.grade_code)
        notices.setdefault(place, []).append(notice.line)
    centres = read_table(sample / "centres.csv", ("code", "cooperative")).rows
    return Books(
        read_members(sample),
        {
            site.code: SiteFacts(site.district_lgd, site.collection_allowed)
            for site in sites
            if site
        },
        frozenset(grade.code for grade in grades if grade),
        notices,
        frozenset((centre["cooperative"], centre["code"]) for centre in centres),
    )


@pytest.fixture(scope="module")
def rows(sample: Path) -> tuple[dict[str, str], ...]:
    return read_table(sample / "weighings.csv", WEIGHING_COLUMNS).rows


@pytest.fixture(scope="module")
def judged(books: Books, rows: tuple[dict[str, str], ...]) -> list[Judged]:
    return judge_in_order([entry_from_row(row) for row in rows], books.facts_for, {})


def test_every_weighing_of_october_ends_as_it_should(sample: Path, judged: list[Judged]) -> None:
    truths = read_table(sample / "truth_weighings.csv", ("expected",)).rows
    assert len(truths) == len(judged) == 4945
    wrong: list[tuple[dict[str, str], Judged]] = []
    by_first_code = 0
    several: Counter[tuple[str, ...]] = Counter()
    for truth, one in zip(truths, judged, strict=True):
        expected, _, code = truth["expected"].partition(":")
        codes = tuple(refusal.code for refusal in one.refusals)
        grams, paise = "", ""
        if one.settled is not None:
            grams, paise = str(one.settled.payable_g), str(one.settled.amount_paise)
        answer = (one.outcome.value, grams, paise)
        right = answer == (expected, truth["payable_g"], truth["amount_paise"])
        also_ok = {code, *truth["also_ok"].split("|")} if code else {""}
        if not right or (codes[:1] or ("",))[0] not in also_ok:
            wrong.append((truth, one))
        by_first_code += (codes[:1] or ("",)) == (code,)
        several[codes] += len(codes) > 1
    counts = Counter(one.outcome.value for one in judged)
    print(f"weighings: {len(truths) - len(wrong)} of {len(truths)} right; {dict(counts)};")
    print(f"first code exactly the expected one: {by_first_code}; several codes: {+several}")
    assert wrong == []
    # Seven members were refused for their age: a number that was never kept is unknown.
    assert by_first_code == len(truths) - 7


def test_grams_and_paise_of_october_add_up(sample: Path, judged: list[Judged]) -> None:
    truths = read_table(sample / "truth_weighings.csv", ("payable_g",)).rows
    booked = [one.settled for one in judged if one.settled is not None]
    grams = sum(int(truth["payable_g"] or 0) for truth in truths)
    paise = sum(int(truth["amount_paise"] or 0) for truth in truths)
    assert sum(one.payable_g for one in booked) == grams > 0
    assert sum(one.amount_paise for one in booked) == paise > 0
    print(f"accepted {len(booked)}: {grams} g, {paise} paise")


def test_the_same_file_again_books_nothing(
    books: Books, rows: tuple[dict[str, str], ...], judged: list[Judged]
) -> None:
    booked = {
        one.entry.id: content_sha256(one.entry)
        for one in judged
        if one.entry is not None and one.outcome is Outcome.ACCEPTED
    }
    again = judge_in_order([entry_from_row(row) for row in rows], books.facts_for, booked)
    first = Counter(one.outcome for one in judged)
    second = Counter(one.outcome for one in again)
    assert second[Outcome.ACCEPTED] == 0
    assert second[Outcome.REFUSED] == first[Outcome.REFUSED]
    assert second[Outcome.UNCHANGED] == first[Outcome.ACCEPTED] + first[Outcome.REPLAY]

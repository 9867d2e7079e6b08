"""What may be entered, checked, suspended and decided."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from coop.buyers.rules import AS_SHIPPED, Decision, ItemKind, Outcome, State, Suspension
from coop.buyers.rules.acts import (
    NEXT,
    Check,
    GivenItem,
    Method,
    number_faults,
    refusals_to_check,
    refusals_to_decide,
    refusals_to_give,
    refusals_to_reinstate,
    refusals_to_suspend,
)
from coop.buyers.rules.listed import Buyer, Dossier, changes
from tests.buyers.test_rules_standing import DAY, GSTIN, LICENCE, ONE, SOUND, with_items


def given(kind: ItemKind, number: str = "", **more: object) -> GivenItem:
    return replace(GivenItem(kind, number, None, None, ""), **more)  # type: ignore[arg-type]  # a test's


@pytest.mark.parametrize(
    ("item", "codes"),
    [
        (given(ItemKind.GSTIN, "20ZZXFM8628Q1Z8"), []),
        (given(ItemKind.GSTIN, "20ZZXFM8628Q1Z9"), [("gstin_check_digit", "number")]),
        (given(ItemKind.GSTIN, "10ZZEFR9287V1Z4"), [("gstin_pan_mismatch", "number"), ("gstin_state_mismatch", "number")]),
        (given(ItemKind.GSTIN), [("number_missing", "number")]),
        (given(ItemKind.PAN, "ZZXFM8628Q"), []),
        (given(ItemKind.PAN, "ZZCFA7016G"), [("gstin_pan_mismatch", "number")]),
        (given(ItemKind.PAN, "8"), [("pan_invalid", "number"), ("gstin_pan_mismatch", "number")]),
        (given(ItemKind.IEC, "ZZXFM8628Q"), []),
        (given(ItemKind.IEC, "ZZCFA7016G"), [("iec_pan_mismatch", "number")]),
        (given(ItemKind.IEC, "1234"), [("iec_invalid", "number")]),
        (given(ItemKind.LICENCE, "J-2"), [("licence_missing", "expires_on")]),
        (given(ItemKind.LICENCE, "J-2", issued_on=DAY + ONE, expires_on=DAY + ONE), []),
        (given(ItemKind.LICENCE, "J-2", issued_on=DAY, expires_on=DAY - ONE), [("bad_period", "expires_on")]),
        (given(ItemKind.UNDERTAKING, issued_on=DAY), []),
        (given(ItemKind.UNDERTAKING), [("date_missing", "issued_on")]),
        (given(ItemKind.UNDERTAKING, issued_on=DAY + ONE), [("future_day", "issued_on")]),
        (given(ItemKind.BANK_NAME, document="letter of the bank"), []),
        (given(ItemKind.BANK_NAME, "50100123456789"), [("bank_number", "number")]),
        (given(ItemKind.BANK_NAME, document="a/c 50100"), [("bank_number", "document")]),
        (given(ItemKind.ADVERSE_REMARK, "FIR 1/2026", issued_on=DAY), []),
    ],
)  # fmt: skip
def test_a_paper_is_refused_at_its_field(item: GivenItem, codes: list[tuple[str, str]]) -> None:
    found = refusals_to_give(item, SOUND, DAY, AS_SHIPPED)
    assert [(one.code, one.field) for one in found] == codes


def test_nothing_wrong_is_accepted_and_nothing_rejected_without_a_word() -> None:
    wrong = replace(GSTIN, number="20ZZXFM8628Q1Z9")
    faults = number_faults(wrong, with_items(wrong, without=ItemKind.GSTIN), DAY, AS_SHIPPED)
    seen = Check(Outcome.ACCEPTED, Method.ORIGINAL, "")
    assert [one.code for one in refusals_to_check(seen, wrong, faults)] == ["gstin_check_digit"]
    assert refusals_to_check(seen, LICENCE, ()) == ()
    turned_down = Check(Outcome.REJECTED, Method.COPY, "")
    assert [one.field for one in refusals_to_check(turned_down, LICENCE, ())] == ["note"]
    assert refusals_to_check(replace(turned_down, note="blurred"), wrong, faults) == ()


def test_a_suspension_begins_today_or_later_and_never_twice() -> None:
    def codes(first: date, last: date | None, reason: str = "why") -> list[str]:
        papers = replace(SOUND, suspensions=(Suspension(DAY + 5 * ONE, DAY + 9 * ONE),))
        return [one.code for one in refusals_to_suspend(papers, first, last, reason, DAY)]

    assert codes(DAY, DAY) == []
    assert codes(DAY, None, "") == ["reason_missing"]
    assert codes(DAY - ONE, None) == ["past_day"]
    assert codes(DAY + ONE, DAY) == ["bad_period"]
    assert codes(DAY + 5 * ONE, None) == codes(DAY + 9 * ONE, None) == ["suspended"]
    assert codes(DAY + 10 * ONE, None) == []


def test_only_what_runs_is_lifted() -> None:
    papers = replace(SOUND, suspensions=(Suspension(DAY - ONE, None),))
    assert refusals_to_reinstate(papers, DAY, "papers came", DAY) == ()
    assert [r.code for r in refusals_to_reinstate(papers, DAY - ONE, "x", DAY)] == ["past_day"]
    assert [r.code for r in refusals_to_reinstate(SOUND, DAY, "", DAY)] == [
        "not_suspended",
        "reason_missing",
    ]


@pytest.mark.parametrize("before", list(State))
@pytest.mark.parametrize("after", list(State))
def test_an_application_goes_step_by_step(before: State, after: State) -> None:
    papers = replace(SOUND, decisions=(Decision(before, DAY),))
    found = refusals_to_decide(papers, after, DAY, "why", DAY, AS_SHIPPED, open_conflicts=0)
    assert (found == ()) == (after in NEXT[before])


def test_verified_only_with_every_paper_and_no_open_flag() -> None:
    papers = replace(
        with_items(replace(LICENCE, outcome=None), without=ItemKind.LICENCE),
        decisions=(Decision(State.SUBMITTED, DAY),),
    )

    def codes(state: State, reason: str = "", flags: int = 0, on: date = DAY) -> list[str]:
        found = refusals_to_decide(papers, state, on, reason, DAY, AS_SHIPPED, open_conflicts=flags)
        return [one.code for one in found]

    assert codes(State.VERIFIED, flags=1) == ["papers_open", "conflict_open"]
    assert codes(State.RETURNED) == codes(State.REFUSED) == ["reason_missing"]
    assert codes(State.RETURNED, "licence") == []
    assert codes(State.RETURNED, "licence", on=DAY - ONE) == ["past_day"]


def test_a_list_writes_only_what_it_says_anew() -> None:
    dossier = Dossier(20, "G", "P", "J-1", DAY, DAY + ONE, DAY, None, DAY)
    first = Buyer("B01", "One", "trader", "Town", 334, "sealed", dossier)
    new = changes(None, first)
    assert [item.kind.value for item in new.items] == ["gstin", "pan", "licence", "undertaking"]
    assert new.suspension == Suspension(DAY, None, "sealed")
    assert changes(first, replace(first, name="Two")).items == ()
    assert changes(first, first).suspension is None
    renewed = replace(first, dossier=replace(dossier, licence_to=DAY + timedelta(days=400)))
    assert [item.kind.value for item in changes(first, renewed).items] == ["licence"]
    ended = replace(first, dossier=replace(dossier, suspended_to=DAY + ONE))
    assert (changes(first, ended).suspension_ends, changes(first, ended).last_day) == (
        True,
        DAY + ONE,
    )
    free = replace(first, dossier=replace(dossier, suspended_from=None))
    assert (changes(first, free).suspension, changes(first, free).last_day) == (None, DAY - ONE)

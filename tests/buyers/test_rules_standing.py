"""The standing on any day, from papers, decisions and suspensions; every boundary is included."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.buyers.rules import (
    AS_SHIPPED,
    Decision,
    DemandRow,
    Demands,
    Item,
    ItemKind,
    Outcome,
    Papers,
    Standing,
    State,
    Suspension,
    demands_on,
    standing_on,
)

DAY = date(2026, 11, 1)
ONE = timedelta(days=1)
GSTIN = Item(ItemKind.GSTIN, "20ZZXFM8628Q1Z8", id=1)
PAN = Item(ItemKind.PAN, "ZZXFM8628Q", id=2)
LICENCE = Item(ItemKind.LICENCE, "JIMMS-X-1", date(2025, 1, 1), date(2027, 1, 1), id=3)
SIGNED = Item(ItemKind.UNDERTAKING, "", date(2025, 10, 25), id=4)
SOUND = Papers(20, (GSTIN, PAN, LICENCE, SIGNED))


def with_items(*more: Item, without: ItemKind | None = None) -> Papers:
    kept = tuple(item for item in SOUND.items if item.kind is not without)
    return replace(SOUND, items=(*kept, *more))


def test_a_sound_dossier_is_verified_through_its_first_end() -> None:
    found = standing_on(SOUND, DAY)
    assert (found.standing, found.reasons, found.until) == (Standing.VERIFIED, (), date(2027, 1, 1))
    assert standing_on(SOUND, date(2027, 1, 1)).standing is Standing.VERIFIED
    after = standing_on(SOUND, date(2027, 1, 2))
    assert (after.standing, after.codes, after.until) == (
        Standing.LAPSED,
        ("licence_expired",),
        None,
    )


def test_a_renewed_licence_goes_on_where_the_old_one_ends() -> None:
    renewed = Item(ItemKind.LICENCE, "JIMMS-X-2", date(2027, 1, 2), date(2029, 1, 1), id=5)
    assert standing_on(with_items(renewed), DAY).until == date(2029, 1, 1)
    late = replace(renewed, issued_on=date(2027, 1, 3))
    assert standing_on(with_items(late), DAY).until == date(2027, 1, 1)
    assert standing_on(with_items(late), date(2027, 1, 2)).codes == ("licence_expired",)
    assert standing_on(with_items(late), date(2027, 1, 3)).standing is Standing.VERIFIED
    unchecked = replace(renewed, outcome=None)
    assert standing_on(with_items(unchecked), DAY).until == date(2027, 1, 1)
    assert standing_on(with_items(unchecked), date(2027, 2, 1)).codes == ("licence_expired",)


@pytest.mark.parametrize(
    ("item", "code"),
    [
        (replace(LICENCE, outcome=None), "licence_unchecked"),
        (replace(LICENCE, outcome=Outcome.REJECTED), "licence_rejected"),
        (replace(LICENCE, number=""), "licence_missing"),
        (replace(LICENCE, expires_on=None), "licence_missing"),
        (replace(LICENCE, issued_on=DAY + ONE), "licence_not_yet_valid"),
        (replace(SIGNED, outcome=None), "undertaking_unchecked"),
        (replace(SIGNED, issued_on=DAY + ONE), "undertaking_missing"),
        (replace(GSTIN, number="20ZZXFM8628Q1Z9"), "gstin_check_digit"),
        (replace(GSTIN, outcome=Outcome.REJECTED), "gstin_rejected"),
        (replace(PAN, number="ZZXFM8628X"), "gstin_pan_mismatch"),
    ],
)
def test_one_bad_paper_refuses(item: Item, code: str) -> None:
    found = standing_on(with_items(item, without=item.kind), DAY)
    assert (found.standing, found.codes) == (Standing.REFUSED, (code,))
    assert found.reasons[0].field == item.kind or code == "gstin_pan_mismatch"


def test_what_a_list_said_counts_as_accepted() -> None:
    listed = tuple(replace(item, outcome=Outcome.TAKEN_OVER) for item in SOUND.items)
    assert standing_on(replace(SOUND, items=listed), DAY).standing is Standing.VERIFIED


@pytest.mark.parametrize(
    ("decisions", "codes"),
    [
        ((), ("not_decided",)),
        ((Decision(State.DRAFT, DAY),), ("not_decided",)),
        ((Decision(State.SUBMITTED, DAY),), ("not_decided",)),
        ((Decision(State.VERIFIED, DAY + ONE),), ("not_decided",)),
        ((Decision(State.VERIFIED, DAY),), ()),
        ((Decision(State.VERIFIED, DAY), Decision(State.REFUSED, DAY)), ("application_refused",)),
        ((Decision(State.VERIFIED, DAY), Decision(State.BLACKLISTED, DAY)), ("blacklisted",)),
        ((Decision(State.BLACKLISTED, DAY), Decision(State.VERIFIED, DAY)), ()),
        ((Decision(State.LISTED, date.min), Decision(State.BLACKLISTED, DAY + ONE)), ()),
    ],
)
def test_the_last_decision_that_began_holds(
    decisions: tuple[Decision, ...], codes: tuple[str, ...]
) -> None:
    found = standing_on(replace(SOUND, decisions=decisions), DAY)
    assert found.codes == codes
    assert found.standing is (Standing.REFUSED if codes else Standing.VERIFIED)
    if decisions and decisions[-1] == Decision(State.BLACKLISTED, DAY + ONE):
        assert found.until == DAY


def test_a_confirmed_adverse_remark_suspends_by_itself() -> None:
    remark = Item(ItemKind.ADVERSE_REMARK, "FIR 1/2026", DAY, None, None, id=9)
    assert standing_on(with_items(remark), DAY).standing is Standing.VERIFIED
    found = standing_on(with_items(replace(remark, outcome=Outcome.ACCEPTED)), DAY)
    assert (found.standing, found.codes) == (Standing.SUSPENDED, ("adverse_remark",))
    assert standing_on(with_items(replace(remark, outcome=Outcome.ACCEPTED)), DAY - ONE).codes == ()


def test_what_is_asked_for_is_a_setting_of_a_day_and_a_kind() -> None:
    iec = DemandRow(ItemKind.IEC, "exporter", True, None, DAY)
    rows = (
        DemandRow(ItemKind.UNDERTAKING, "", True, None, date(1900, 1, 1)),
        DemandRow(ItemKind.UNDERTAKING, "", True, 365, DAY),
        DemandRow(ItemKind.UNDERTAKING, "trader", False, None, DAY + ONE),
        iec,
    )
    assert demands_on(rows, "trader", DAY - ONE) == Demands(frozenset({ItemKind.UNDERTAKING}), {})
    assert demands_on(rows, "trader", DAY).holds_days == {ItemKind.UNDERTAKING: 365}
    assert demands_on(rows, "trader", DAY + ONE).mandatory == frozenset()
    asked = demands_on(rows, "exporter", DAY + ONE)
    assert asked.mandatory == {ItemKind.UNDERTAKING, ItemKind.IEC}
    demands = Demands(AS_SHIPPED.mandatory | {ItemKind.IEC})
    assert standing_on(SOUND, DAY, demands).codes == ("iec_missing",)


def test_a_paper_without_a_day_is_counted_from_its_check() -> None:
    demands = Demands(AS_SHIPPED.mandatory, {ItemKind.GSTIN: 30})
    checked = replace(GSTIN, checked_on=DAY)
    papers = with_items(checked, without=ItemKind.GSTIN)
    assert standing_on(papers, DAY + 30 * ONE, demands).standing is Standing.VERIFIED
    assert standing_on(papers, DAY + 31 * ONE, demands).codes == ("gstin_expired",)


near = st.integers(-60, 60).map(lambda days: DAY + timedelta(days=days))
licences = st.lists(
    st.builds(
        lambda begins, length, outcome: Item(
            ItemKind.LICENCE, "J-1", begins, begins + timedelta(days=length), outcome
        ),
        near,
        st.integers(0, 40),
        st.sampled_from([Outcome.ACCEPTED, Outcome.TAKEN_OVER, Outcome.REJECTED, None]),
    ),
    max_size=4,
)
suspensions = st.lists(
    st.builds(
        lambda first, length: Suspension(
            first, None if length is None else first + timedelta(days=length)
        ),
        near,
        st.one_of(st.none(), st.integers(0, 20)),
    ),
    max_size=3,
)


@given(licences, suspensions, near)
def test_verified_until_holds_to_the_day(
    items: list[Item], stopped: list[Suspension], on: date
) -> None:
    papers = replace(with_items(*items, without=ItemKind.LICENCE), suspensions=tuple(stopped))
    found = standing_on(papers, on)
    covered = any(i.counts and i.begun(on) and on <= (i.expires_on or on) for i in items)
    halted = any(one.covers(on) for one in stopped)
    assert (found.standing is Standing.VERIFIED) == (covered and not halted)
    if found.standing is Standing.VERIFIED:
        assert found.until is not None
        for ahead in range((found.until - on).days + 1):
            assert standing_on(papers, on + ahead * ONE).standing is Standing.VERIFIED
        assert standing_on(papers, found.until + ONE).standing is not Standing.VERIFIED

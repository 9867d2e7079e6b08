"""Lives of applications, their age, counts that tell of nobody."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from coop.schemes.rules.applications import (
    MOVES,
    OPEN,
    Age,
    Event,
    Latest,
    State,
    age,
    refusals_to_move,
)
from coop.schemes.rules.indicator import unlocked
from coop.schemes.rules.scheme import Catalogue

ON = date(2026, 11, 24)

WORD = {
    State.CONSENTED: "thumb",
    State.REJECTED: "DOC",
    State.STOPPED: "BANK",
    State.APPEALED: "RTI",
    State.CLOSED: "done",
}
WAY = {
    State.CONSENTED: "hindi",
    State.APPLIED: "camp",
    State.REJECTED: "paper",
    State.RECEIVING: "passbook",
}


def full(state: State, on: date = ON) -> Event:
    return Event(
        state, on, note="n", number="7", office="Block", word=WORD.get(state, ""), by=WAY.get(state, ""),
        paise=100_000, papers=("voter_id",), due=on,
    )  # fmt: skip


@pytest.mark.parametrize("before", State)
@pytest.mark.parametrize("after", State)
def test_every_move_is_allowed_or_refused_by_the_table(
    catalogue: Catalogue, before: State, after: State
) -> None:
    refusals = refusals_to_move(Latest(before, ON), full(after), ON, catalogue.words)
    if after in MOVES[before]:
        assert refusals == ()
    else:
        assert [(one.code, one.field) for one in refusals] == [("referral_move", "state")]


@pytest.mark.parametrize(
    ("before", "event", "field"),
    [
        (State.IDENTIFIED, replace(full(State.CONSENTED), word=""), "word"),
        (State.IDENTIFIED, replace(full(State.CONSENTED), by="latin"), "by"),
        (State.CONSENTED, replace(full(State.DOCUMENTS_PENDING), papers=()), "papers"),
        (State.CONSENTED, replace(full(State.DOCUMENTS_PENDING), papers=("moon",)), "papers"),
        (State.CONSENTED, replace(full(State.DOCUMENTS_PENDING), due=None), "due"),
        (State.CONSENTED, replace(full(State.DOCUMENTS_PENDING), due=ON - timedelta(1)), "due"),
        (State.CONSENTED, replace(full(State.APPLIED), number=""), "number"),
        (State.CONSENTED, replace(full(State.APPLIED), office=""), "office"),
        (State.CONSENTED, replace(full(State.APPLIED), barriers=("RAIN",)), "barrier"),
        (State.APPLIED, replace(full(State.UNDER_VERIFICATION), note=""), "note"),
        (State.APPLIED, replace(full(State.SANCTIONED), paise=None), "amount"),
        (State.APPLIED, replace(full(State.REJECTED), word="WHIM"), "word"),
        (State.SANCTIONED, replace(full(State.RECEIVING), paise=0), "amount"),
        (State.SANCTIONED, replace(full(State.APPEALED), word=""), "word"),
        (State.SANCTIONED, replace(full(State.CLOSED), word=""), "word"),
        (State.SANCTIONED, full(State.RECEIVING, ON + timedelta(1)), "on"),
        (State.SANCTIONED, full(State.RECEIVING, ON - timedelta(1)), "on"),
    ],
)
def test_what_a_step_must_say(
    catalogue: Catalogue, before: State, event: Event, field: str
) -> None:
    refusals = refusals_to_move(Latest(before, ON), event, ON, catalogue.words)
    assert [one.field for one in refusals] == [field]


def test_no_receipt_is_a_barrier_and_goods_have_no_amount(catalogue: Catalogue) -> None:
    words, latest = catalogue.words, Latest(State.CONSENTED, ON)
    no_receipt = replace(full(State.APPLIED), number="", barriers=("NO_ACK",))
    assert refusals_to_move(latest, no_receipt, ON, words) == ()
    goods = replace(full(State.RECEIVING), paise=0, by="goods")
    assert refusals_to_move(Latest(State.SANCTIONED, ON), goods, ON, words) == ()


def test_every_open_state_can_be_left_and_every_barrier_has_a_next_step(
    catalogue: Catalogue,
) -> None:
    assert all(MOVES[state] for state in OPEN)
    assert not MOVES[State.CLOSED]
    assert set(catalogue.words["barrier"]) == set(catalogue.words["next_step"])
    assert set(catalogue.words["state"]) == set(State)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, Age.FINE),
        (23, Age.FINE),
        (24, Age.SOON),
        (29, Age.SOON),
        (30, Age.LATE),
        (59, Age.LATE),
        (60, Age.LONG),
    ],
)
def test_age_against_the_target(days: int, expected: Age) -> None:
    assert age(ON - timedelta(days=days), Decimal(30), ON) is expected


def test_rupees_unlocked() -> None:
    got = unlocked({1: 100_000, 2: 0, 3: 300_000, 4: 200_001}, frozenset({1, 2, 3, 4, 5}))
    assert (got.paise, got.screened, got.with_any, got.median_paise) == (600_001, 5, 3, 200_001)
    assert got.paise_each == 120_000
    assert unlocked({}, frozenset()).paise_each is None
    assert unlocked({1: 100, 2: 301}, frozenset({1})).median_paise == 200

"""Entries judged in order: replays, conflicts, what an earlier batch booked, cash that adds up."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from coop.kernel.refusal import Refusal
from coop.kernel.words import say
from coop.weighing.rules import (
    Facts,
    Outcome,
    UnreadEntry,
    WeighingEntry,
    content_sha256,
    judge_in_order,
)
from tests.weighing.test_rules import ENTRY, FACTS, NOW


def outcomes(
    entries: list[WeighingEntry | UnreadEntry],
    earlier: dict[UUID, bytes] | None = None,
    facts_for: Callable[[WeighingEntry], Facts] = lambda _: FACTS,
) -> list[str]:
    judged = judge_in_order(entries, facts_for, earlier or {})
    return [one.outcome + "".join(f":{refusal.code}" for refusal in one.refusals) for one in judged]


def test_the_same_id_is_a_replay_or_a_conflict() -> None:
    other = replace(ENTRY, rate_paise_per_kg=1100)
    assert outcomes([ENTRY, ENTRY, other]) == ["accepted", "replay", "refused:duplicate_conflict"]
    judged = judge_in_order([other, ENTRY, other], lambda _: FACTS, {})
    assert judged[0].settled is not None
    assert (judged[2].outcome, judged[2].repeats) == (Outcome.REPLAY, 0)


def test_a_refused_entry_does_not_take_its_id() -> None:
    below = replace(ENTRY, rate_paise_per_kg=1)
    assert outcomes([below, below, ENTRY, below]) == [
        "refused:rate_below_floor",
        "refused:rate_below_floor",
        "accepted",
        "refused:duplicate_conflict",
    ]


def test_what_an_earlier_batch_booked_is_unchanged() -> None:
    earlier = {ENTRY.id: content_sha256(ENTRY)}
    other = replace(ENTRY, gross_g=17_000)
    assert outcomes([ENTRY, other], earlier) == ["unchanged", "refused:duplicate_conflict"]


def test_what_a_device_sent_comes_again_in_a_file_unchanged() -> None:
    in_file = replace(ENTRY, place_in_row=True)
    assert outcomes([in_file], {ENTRY.id: content_sha256(ENTRY)}) == ["unchanged"]
    assert outcomes([ENTRY], {ENTRY.id: content_sha256(in_file)}) == ["unchanged"]
    moved = replace(in_file, centre="KDM01-C2")
    assert outcomes([moved], {ENTRY.id: content_sha256(in_file)}) == ["refused:duplicate_conflict"]


def test_an_earlier_booking_stands_even_if_its_facts_changed_since() -> None:
    earlier = {ENTRY.id: content_sha256(ENTRY)}
    assert outcomes([ENTRY], earlier, lambda _: replace(FACTS, member=None)) == ["unchanged"]


def test_an_unread_entry_is_refused_in_its_place() -> None:
    unread = UnreadEntry(ENTRY.id, (Refusal("not_a_number", say("No number."), "gross_kg"),))
    assert outcomes([unread, ENTRY]) == ["refused:not_a_number", "accepted"]


def test_cash_of_one_batch_adds_up_to_the_limit_of_the_day() -> None:
    def paid(number: int, **changes: object) -> WeighingEntry:
        one = replace(ENTRY, id=UUID(int=number), gross_g=50_250, moisture=Decimal(0))
        return replace(one, waste=Decimal(0), rate_paise_per_kg=2000, **changes)  # type: ignore[arg-type]

    # 50 kg at 20.00 is 1,000 rupees; the limit is 10,000.
    facts = replace(FACTS, cash_today_paise=850_000)
    entries: list[WeighingEntry | UnreadEntry] = [
        paid(1),
        paid(2),
        paid(3, paid_mode="upi"),
        paid(4, member_no="0236"),
        paid(5, weighed_at=NOW - timedelta(days=1)),
        paid(1),
    ]
    assert outcomes(entries, facts_for=lambda _: facts) == [
        "accepted",
        "refused:cash_limit",
        "accepted",
        "accepted",
        "accepted",
        "replay",
    ]

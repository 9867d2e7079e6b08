"""When a weighing may be taken back, and by whom."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from coop.kernel.refusal import Refusal
from coop.kernel.words import Said, say

UNDO = "undo"
OTHER = "other"
# Why somebody asks; ``undo`` is the poster's own within the time and is not chosen.
REASONS: Mapping[str, Said] = {
    "wrong_weight": say("Wrong weight"),
    "wrong_grade": say("Wrong grade"),
    "wrong_member": say("Wrong member"),
    "twice": say("Entered twice"),
    "not_bought": say("The goods were not bought"),
    OTHER: say("Another reason"),
}
CONFIRMED, REJECTED = "confirmed", "rejected"


@dataclass(frozen=True, slots=True)
class ReversalFacts:
    """What stands about a weighing. ``stands``: ``free``, ``in_lot`` or ``sold``; grams of its grade in stock.

    ``decided``: another person let it in, so its poster alone does not take it back.
    """

    now: datetime
    posted_at: datetime
    undo_within: timedelta
    stands: str
    taken_back: bool
    asked_for: bool
    payable_grams: int
    stock_grams: int
    decided: bool = False


@dataclass(frozen=True, slots=True)
class DeciderFacts:
    """Who asked, who would decide, and how many others in the cooperative could (not the asker)."""

    asked_by: int
    decider: int
    of_agency: bool
    second_persons: int


def refusals_to_undo(facts: ReversalFacts) -> tuple[Refusal, ...]:
    """Return why the poster alone may not take a weighing back, nothing where they may."""
    return (*_standing(facts), *_undoing(facts))[:1]


def refusals_to_ask(facts: ReversalFacts) -> tuple[Refusal, ...]:
    """Return why nobody may ask to take a weighing back."""
    return tuple(_standing(facts))[:1]


def refusals_to_confirm(facts: ReversalFacts) -> tuple[Refusal, ...]:
    """Return why a weighing that was asked for cannot be taken back now."""
    return tuple(r for r in _standing(facts) if r.code != "asked_for")[:1]


def refusals_to_decide(facts: DeciderFacts) -> tuple[Refusal, ...]:
    """Return why this person may not decide: one asks, another decides.

    >>> [r.code for r in refusals_to_decide(DeciderFacts(7, 7, False, 2))]
    ['same_person']
    """
    if facts.asked_by == facts.decider:
        message = say("You asked for it yourself; another person must decide.")
        return (Refusal("same_person", message),)
    if facts.of_agency and facts.second_persons:
        message = say("The cooperative has another person who decides; leave it to them.")
        return (Refusal("second_person", message),)
    return ()


def _standing(facts: ReversalFacts) -> Iterator[Refusal]:
    if facts.taken_back:
        yield Refusal("already_reversed", say("This weighing was taken back already."))
    if facts.asked_for:
        message = say("Somebody asked to take it back; wait for the decision.")
        yield Refusal("asked_for", message)
    if facts.stands == "sold":
        message = say("The lot of this weighing is sold; it cannot be taken back.")
        yield Refusal("sold", message)
    elif facts.stock_grams < facts.payable_grams:
        message = say("The stock of this grade holds less than that; ask the treasurer.")
        yield Refusal("not_in_stock", message)


def _undoing(facts: ReversalFacts) -> Iterator[Refusal]:
    if facts.decided:
        message = say("Another person let this weighing in; ask to take it back.")
        yield Refusal("decided", message)
    if facts.now - facts.posted_at > facts.undo_within:
        message = say("The time to undo is over; ask to take it back.")
        yield Refusal("undo_time_over", message)
    if facts.stands != "free":
        message = say("The weighing stands in a lot already; ask to take it back.")
        yield Refusal("in_lot", message)

"""How each paper stands on a day, and which buyers are to be looked at first."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coop.buyers.rules.papers import Demands, Item, ItemKind, Outcome, Papers, State
from coop.buyers.rules.standing import Standing, StandingOn, holds_until, speaking


class PaperState(StrEnum):
    """What a line of the dossier's table says of a paper."""

    HOLDS = "holds"
    ENDS_SOON = "ends_soon"
    RAN_OUT = "ran_out"
    LATER = "later"
    UNCHECKED = "unchecked"
    REJECTED = "rejected"
    EARLIER = "earlier"
    AGAINST = "against"
    WITHDRAWN = "withdrawn"
    MISSING = "missing"


def paper_state(
    item: Item, papers: Papers, on: date, demands: Demands, warn_days: int
) -> PaperState:
    """Return how a paper stands on a day; ``warn_days`` before its last day it ends soon."""
    if item.outcome is None:
        return PaperState.UNCHECKED
    if item.outcome is Outcome.REJECTED:
        return PaperState.REJECTED
    if item.kind is ItemKind.ADVERSE_REMARK:
        ended = item.expires_on is not None and item.expires_on < on
        return PaperState.EARLIER if ended else PaperState.AGAINST
    if not item.begun(on):
        return PaperState.LATER
    found = speaking(papers, item.kind, on, demands)
    if found is not None and found.id != item.id:
        return PaperState.EARLIER
    ends = item.last_day(demands.holds_days.get(item.kind))
    if ends is not None and ends < on:
        return PaperState.RAN_OUT
    covered = holds_until(papers, item.kind, on, demands)
    soon = covered is not None and (covered - on).days <= warn_days
    return PaperState.ENDS_SOON if soon else PaperState.HOLDS


def missing_kinds(papers: Papers, demands: Demands) -> tuple[ItemKind, ...]:
    """Return the mandatory kinds of which no paper was entered at all."""
    return tuple(kind for kind in ItemKind if kind in demands.mandatory and not papers.of(kind))


@dataclass(frozen=True, slots=True)
class Ending:
    """A kind of paper that ends within the days of warning, and its last day."""

    kind: ItemKind
    last_day: date
    mandatory: bool


def endings(papers: Papers, on: date, demands: Demands, warn_days: int) -> tuple[Ending, ...]:
    """Return what runs out from a day through ``warn_days`` later, the earliest first."""
    found = []
    for kind in ItemKind:
        if kind is ItemKind.ADVERSE_REMARK or speaking(papers, kind, on, demands) is None:
            continue
        ends = holds_until(papers, kind, on, demands)
        if ends is not None and 0 <= (ends - on).days <= warn_days:
            found.append(Ending(kind, ends, kind in demands.mandatory))
    return tuple(sorted(found, key=lambda one: (one.last_day, not one.mandatory)))


def days_left(found: StandingOn, on: date) -> int | None:
    """Return for how many days after this one a buyer stays verified; None: no end, or it is not."""
    return None if found.until is None else (found.until - on).days


def urgency(found: StandingOn, state: State, on: date, warn_days: int) -> tuple[int, int]:
    """Return a buyer's place in the list: soon to lapse, lapsed, to be decided, stopped, the rest."""
    left = days_left(found, on)
    if found.standing is Standing.VERIFIED:
        soon = left is not None and left <= warn_days
        return (0 if soon else 5, left if left is not None else 10**6)
    if state is State.SUBMITTED:
        return (2, 0)
    order = {Standing.LAPSED: 1, Standing.SUSPENDED: 3}
    return (order.get(found.standing, 4), 0)

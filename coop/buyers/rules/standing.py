"""Whether a buyer may buy on a day: the worst of the mandatory papers, decisions and suspensions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from coop.buyers.rules.listed import Dossier, papers_of
from coop.buyers.rules.numbers import gstin_faults, pan_faults
from coop.buyers.rules.papers import AS_SHIPPED, Demands, Item, ItemKind, Outcome, Papers, State
from coop.kernel.refusal import Refusal
from coop.kernel.words import Said, say


class Standing(StrEnum):
    """A buyer's standing on a day; only a verified buyer may buy."""

    VERIFIED = "verified"
    LAPSED = "lapsed"
    SUSPENDED = "suspended"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class StandingOn:
    """The standing on a day and what speaks against the buyer, the gravest first.

    A reason's field is the kind of paper it is about. ``until``: the last day that a verified
    buyer stays so by what is recorded now; None where no end is known, or it is not verified.
    """

    standing: Standing
    reasons: tuple[Refusal, ...]
    until: date | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the reasons."""
        return tuple(reason.code for reason in self.reasons)


_MISSING: Mapping[ItemKind, Said] = {
    ItemKind.GSTIN: say("The GSTIN is missing; ask for it."),
    ItemKind.PAN: say("The PAN is missing; ask for it."),
    ItemKind.LICENCE: say("The dealer licence or its last day is missing; ask for it."),
    ItemKind.UNDERTAKING: say("The undertaking on floor price and child labour is not signed."),
}
_EXPIRED: Mapping[ItemKind, Said] = {
    ItemKind.LICENCE: say("The dealer licence has run out; ask for the renewed one."),
    ItemKind.UNDERTAKING: say("The undertaking has run out; have it signed again."),
}
_LATER: Mapping[ItemKind, Said] = {
    ItemKind.LICENCE: say("The dealer licence begins later; wait for its first day."),
}
_DECIDED: Mapping[State, tuple[str, Said]] = {
    State.REFUSED: (
        "application_refused",
        say("The agency refused this buyer; sell nothing to it."),
    ),
    State.BLACKLISTED: (
        "blacklisted",
        say("The agency blacklisted this buyer; sell nothing to it."),
    ),
}


def standing_on(papers: Papers | Dossier, on: date, demands: Demands = AS_SHIPPED) -> StandingOn:
    """Return the standing on a day: the worst of what is recorded, or of what a list says.

    No decision, missing or wrong papers refuse, then a suspension, then a paper that ran out.
    """
    if isinstance(papers, Dossier):
        papers = papers_of(papers)
    faults = (*_undecided(papers, on), *_faults(papers, on, demands))
    suspensions = tuple(_suspensions(papers, on))
    lapses = tuple(_lapses(papers, on, demands))
    reasons = (*faults, *suspensions, *lapses)
    if faults:
        return StandingOn(Standing.REFUSED, reasons)
    if suspensions:
        return StandingOn(Standing.SUSPENDED, reasons)
    if lapses:
        return StandingOn(Standing.LAPSED, reasons)
    return StandingOn(Standing.VERIFIED, (), _until(papers, on, demands))


def paper_faults(papers: Papers, on: date, demands: Demands) -> tuple[Refusal, ...]:
    """Return what is missing or wrong in the papers alone, whatever was decided."""
    return tuple(_faults(papers, on, demands))


def speaking(papers: Papers, kind: ItemKind, on: date, demands: Demands) -> Item | None:
    """Return the accepted paper that speaks for a day: one that holds before one that ran out."""
    begun = [item for item in papers.of(kind) if item.counts and item.begun(on)]
    holds = demands.holds_days.get(kind)

    def rank(item: Item) -> tuple[bool, date, int]:
        return (_holds(item, on, holds), item.issued_on or date.min, item.id)

    return max(begun, key=rank, default=None)


def holds_until(papers: Papers, kind: ItemKind, on: date, demands: Demands) -> date | None:
    """Return the last day that accepted papers of a kind cover without a gap; None: no end."""
    found = speaking(papers, kind, on, demands)
    holds = demands.holds_days.get(kind)
    ends = found.last_day(holds) if found else None
    while ends is not None and ends < date.max:
        following = [
            item.last_day(holds)
            for item in papers.of(kind)
            if item.counts and item.begun(ends + timedelta(days=1))
        ]
        if None in following:
            return None
        latest = max(day for day in (ends, *following) if day is not None)
        if latest == ends:
            return ends
        ends = latest
    return ends


def _holds(item: Item, on: date, holds_days: int | None) -> bool:
    ends = item.last_day(holds_days)
    return ends is None or on <= ends


def _undecided(papers: Papers, on: date) -> Iterator[Refusal]:
    state = papers.state_on(on)
    if state in _DECIDED:
        code, message = _DECIDED[state]
        yield Refusal(code, message, "decision")
    elif state not in (State.LISTED, State.VERIFIED):
        message = say("The agency has not verified this buyer yet; sell nothing to it.")
        yield Refusal("not_decided", message, "decision")


def _faults(papers: Papers, on: date, demands: Demands) -> Iterator[Refusal]:
    pan = speaking(papers, ItemKind.PAN, on, demands)
    for kind in ItemKind:
        found = speaking(papers, kind, on, demands)
        if found is None:
            if kind in demands.mandatory:
                yield _lacking(papers, kind, on)
        elif kind is ItemKind.GSTIN:
            yield from gstin_faults(found.number, pan.number if pan else "", papers.state_lgd)
        elif kind is ItemKind.PAN:
            yield from pan_faults(found.number)


def _lacking(papers: Papers, kind: ItemKind, on: date) -> Refusal:
    """Why no accepted paper of a mandatory kind has begun."""
    given = papers.of(kind)
    later = any(item.counts and not item.begun(on) for item in given)
    if later and kind is not ItemKind.UNDERTAKING:
        message = _LATER.get(kind, say("This paper begins later; wait for its first day."))
        return Refusal(f"{kind}_not_yet_valid", message, kind)
    if any(item.outcome is None for item in given):
        return Refusal(f"{kind}_unchecked", say("This paper is not yet checked; check it."), kind)
    if any(item.outcome is Outcome.REJECTED for item in given):
        message = say("This paper was not accepted; ask for a right one.")
        return Refusal(f"{kind}_rejected", message, kind)
    message = _MISSING.get(kind, say("A mandatory paper is missing; ask for it."))
    return Refusal(f"{kind}_missing", message, kind)


def _suspensions(papers: Papers, on: date) -> Iterator[Refusal]:
    if any(one.covers(on) for one in papers.suspensions):
        message = say("The buyer is suspended on this day; sell nothing to it.")
        yield Refusal("suspended", message, "suspension")
    if any(
        item.outcome is Outcome.ACCEPTED and item.begun(on) and _holds(item, on, None)
        for item in papers.of(ItemKind.ADVERSE_REMARK)
    ):
        message = say("An adverse remark stands against the buyer; sell nothing to it.")
        yield Refusal("adverse_remark", message, ItemKind.ADVERSE_REMARK)


def _lapses(papers: Papers, on: date, demands: Demands) -> Iterator[Refusal]:
    for kind in ItemKind:
        found = speaking(papers, kind, on, demands) if kind in demands.mandatory else None
        if found is not None and not _holds(found, on, demands.holds_days.get(kind)):
            message = _EXPIRED.get(kind, say("A mandatory paper has run out; ask for a new one."))
            yield Refusal(f"{kind}_expired", message, kind)


def _until(papers: Papers, on: date, demands: Demands) -> date | None:
    """The last day of a verified buyer: before the first end, suspension or decision to come."""
    ends = [holds_until(papers, kind, on, demands) for kind in demands.mandatory]
    starts = [one.first_day for one in papers.suspensions]
    starts += [
        d.holds_from for d in papers.decisions if d.state not in (State.LISTED, State.VERIFIED)
    ]
    remarks = papers.of(ItemKind.ADVERSE_REMARK)
    starts += [
        item.issued_on for item in remarks if item.outcome is Outcome.ACCEPTED and item.issued_on
    ]
    ends += [day - timedelta(days=1) for day in starts if day > on]
    return min((day for day in ends if day is not None), default=None)

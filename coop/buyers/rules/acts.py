"""What the agency may do to a dossier, and what it is refused. Days are India's."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from coop.buyers.rules.numbers import gstin_faults, iec_faults, pan_faults
from coop.buyers.rules.papers import Demands, Item, ItemKind, Outcome, Papers, State
from coop.buyers.rules.standing import paper_faults, speaking
from coop.kernel.refusal import Refusal
from coop.kernel.words import say


class Method(StrEnum):
    """How a paper was checked; ``LIST``: taken over from a list, nobody looked."""

    ORIGINAL = "original"
    COPY = "copy"
    PORTAL = "portal"
    VISIT = "visit"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class GivenItem:
    """A paper as somebody entered it; ``document`` is where the paper itself is kept."""

    kind: ItemKind
    number: str
    issued_on: date | None
    expires_on: date | None
    document: str


@dataclass(frozen=True, slots=True)
class Check:
    """What came of looking at a paper."""

    outcome: Outcome
    method: Method
    note: str


# A paper that has no number of its own; of the bank account no number is kept at all.
NO_NUMBER = frozenset({ItemKind.UNDERTAKING, ItemKind.BANK_NAME, ItemKind.OWNERS})
# How an application goes on; what was listed or verified can be taken back, and given again.
NEXT: Mapping[State, tuple[State, ...]] = {
    State.DRAFT: (State.SUBMITTED,),
    State.SUBMITTED: (State.VERIFIED, State.RETURNED, State.REFUSED),
    State.RETURNED: (State.SUBMITTED,),
    State.LISTED: (State.VERIFIED, State.REFUSED, State.BLACKLISTED),
    State.VERIFIED: (State.REFUSED, State.BLACKLISTED),
    State.REFUSED: (State.VERIFIED, State.BLACKLISTED),
    State.BLACKLISTED: (State.VERIFIED,),
}
_NEEDS_REASON = frozenset({State.RETURNED, State.REFUSED, State.BLACKLISTED})


def refusals_to_give(
    item: GivenItem, papers: Papers, today: date, demands: Demands
) -> tuple[Refusal, ...]:
    """Return why a paper cannot be entered: its number, its days, and what stands beside it."""
    return (*_number_refusals(item, papers, today, demands), *_day_refusals(item, today))


def _number_refusals(
    item: GivenItem, papers: Papers, today: date, demands: Demands
) -> Iterator[Refusal]:
    if item.kind is ItemKind.BANK_NAME:
        if any(sign.isdigit() for sign in item.number + item.document):
            message = say("No number of a bank account is kept; write only where the proof is.")
            yield Refusal("bank_number", message, "number" if item.number else "document")
        return
    if not item.number:
        if item.kind not in NO_NUMBER:
            yield Refusal(
                "number_missing", say("The number is empty; copy it from the paper."), "number"
            )
        return
    pan = speaking(papers, ItemKind.PAN, today, demands)
    known_pan = pan.number if pan else ""
    if item.kind is ItemKind.GSTIN:
        yield from gstin_faults(item.number, known_pan, papers.state_lgd, "number")
    elif item.kind is ItemKind.PAN:
        yield from pan_faults(item.number, "number")
        gstin = speaking(papers, ItemKind.GSTIN, today, demands)
        if gstin and gstin.number[2:12] != item.number:
            message = say("The GSTIN holds another PAN; compare both papers.")
            yield Refusal("gstin_pan_mismatch", message, "number")
    elif item.kind is ItemKind.IEC:
        yield from iec_faults(item.number, known_pan, "number")


def _day_refusals(item: GivenItem, today: date) -> Iterator[Refusal]:
    begins, ends = item.issued_on, item.expires_on
    if item.kind is ItemKind.LICENCE and ends is None:
        yield Refusal("licence_missing", say("A licence has a last day; copy it."), "expires_on")
    if item.kind in (ItemKind.UNDERTAKING, ItemKind.ADVERSE_REMARK) and begins is None:
        yield Refusal("date_missing", say("The day is empty; copy it from the paper."), "issued_on")
    if begins is not None and ends is not None and ends < begins:
        message = say("The paper ends before it begins; correct a day.")
        yield Refusal("bad_period", message, "expires_on")
    # A renewed licence may be shown before its first day; what was signed was signed by today.
    signed = item.kind in (ItemKind.UNDERTAKING, ItemKind.ADVERSE_REMARK, ItemKind.WORKPLACE_AUDIT)
    if signed and begins is not None and begins > today:
        message = say("This day lies in the future; correct it.")
        yield Refusal("future_day", message, "issued_on")


def refusals_to_check(check: Check, item: Item, faults: tuple[Refusal, ...]) -> tuple[Refusal, ...]:
    """Return why a check cannot be recorded; ``faults`` are those of the paper's own number."""
    if check.outcome is Outcome.ACCEPTED:
        return faults
    if not check.note:
        message = say("Say why the paper was not accepted.")
        return (Refusal("reason_missing", message, "note"),)
    return ()


def number_faults(item: Item, papers: Papers, on: date, demands: Demands) -> tuple[Refusal, ...]:
    """Return what is wrong with a paper's number beside the others, at the form's outcome."""
    given = GivenItem(item.kind, item.number, item.issued_on, item.expires_on, "")
    found = _number_refusals(given, papers, on, demands)
    return tuple(Refusal(one.code, one.message, "outcome") for one in found)


def refusals_to_suspend(
    papers: Papers, first_day: date, last_day: date | None, reason: str, today: date
) -> tuple[Refusal, ...]:
    """Return why a suspension is refused; it begins today or later, since sales made stand."""
    refusals = []
    if first_day < today:
        message = say("A suspension begins today or later; sales made before stand.")
        refusals.append(Refusal("past_day", message, "first_day"))
    if last_day is not None and last_day < first_day:
        message = say("The suspension ends before it begins; correct a day.")
        refusals.append(Refusal("bad_period", message, "last_day"))
    if any(one.covers(first_day) for one in papers.suspensions):
        message = say("The buyer is suspended on this day already; look at its page.")
        refusals.append(Refusal("suspended", message, "first_day"))
    if not reason:
        refusals.append(
            Refusal("reason_missing", say("Write the reason; the buyer reads it."), "reason")
        )
    return tuple(refusals)


def refusals_to_reinstate(
    papers: Papers, free_from: date, reason: str, today: date
) -> tuple[Refusal, ...]:
    """Return why a suspension is not lifted from a day on; that day is today or later."""
    refusals = []
    if free_from < today:
        message = say("It can be lifted from today on; choose today or later.")
        refusals.append(Refusal("past_day", message, "free_from"))
    elif not any(one.covers(free_from) for one in papers.suspensions):
        message = say("No suspension runs on this day; there is nothing to lift.")
        refusals.append(Refusal("not_suspended", message, "free_from"))
    if not reason:
        refusals.append(
            Refusal("reason_missing", say("Write the reason; the buyer reads it."), "reason")
        )
    return tuple(refusals)


def last_day_before(free_from: date) -> date:
    """The last day of a suspension that is lifted from a day on."""
    return free_from - timedelta(days=1)


def refusals_to_decide(
    papers: Papers,
    state: State,
    holds_from: date,
    reason: str,
    today: date,
    demands: Demands,
    *,
    open_conflicts: int,
) -> tuple[Refusal, ...]:
    """Return why a decision is refused: its order, its day, its reason, papers and open flags."""
    refusals = []
    if state not in NEXT[papers.state_on(max(holds_from, today))]:
        message = say("The application is not at this step; choose another decision.")
        refusals.append(Refusal("not_this_step", message, "state"))
    if holds_from < today:
        message = say("A decision holds from today or later; sales made before stand.")
        refusals.append(Refusal("past_day", message, "holds_from"))
    if not reason and (state in _NEEDS_REASON or _given_back(papers, state, holds_from)):
        refusals.append(
            Refusal("reason_missing", say("Write the reason; the buyer reads it."), "reason")
        )
    if state is State.VERIFIED:
        if paper_faults(papers, holds_from, demands):
            message = say("Papers are missing, wrong or not yet checked; see the list.")
            refusals.append(Refusal("papers_open", message, "state"))
        if open_conflicts:
            message = say("Decide first on the owners who may be members.")
            refusals.append(Refusal("conflict_open", message, "state"))
    return tuple(refusals)


def _given_back(papers: Papers, state: State, on: date) -> bool:
    return state is State.VERIFIED and papers.state_on(on) in (State.REFUSED, State.BLACKLISTED)

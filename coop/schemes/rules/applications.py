"""The life of an application: which state may follow which, and what each must say.

One application is one scheme, one applicant, one attempt. Its state is its last event's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from coop.kernel.refusal import Refusal
from coop.kernel.words import Said, say
from coop.schemes.rules.facts import Text


class State(StrEnum):
    """Where an application stands."""

    IDENTIFIED = "identified"
    CONSENTED = "consented"
    DECLINED = "declined"
    DOCUMENTS_PENDING = "documents_pending"
    APPLIED = "applied"
    UNDER_VERIFICATION = "under_verification"
    SANCTIONED = "sanctioned"
    REJECTED = "rejected"
    RECEIVING = "receiving"
    STOPPED = "stopped"
    APPEALED = "appealed"
    CLOSED = "closed"


_S = State
MOVES: Mapping[State, tuple[State, ...]] = {
    _S.IDENTIFIED: (_S.CONSENTED, _S.DECLINED, _S.CLOSED),
    _S.CONSENTED: (_S.DOCUMENTS_PENDING, _S.APPLIED, _S.CLOSED),
    _S.DECLINED: (_S.CONSENTED,),
    _S.DOCUMENTS_PENDING: (_S.APPLIED, _S.CLOSED),
    _S.APPLIED: (_S.UNDER_VERIFICATION, _S.SANCTIONED, _S.REJECTED),
    _S.UNDER_VERIFICATION: (_S.DOCUMENTS_PENDING, _S.SANCTIONED, _S.REJECTED),
    _S.SANCTIONED: (_S.RECEIVING, _S.APPEALED, _S.CLOSED),
    _S.REJECTED: (_S.APPEALED, _S.DOCUMENTS_PENDING, _S.CLOSED),
    _S.RECEIVING: (_S.STOPPED, _S.CLOSED),
    _S.STOPPED: (_S.RECEIVING, _S.APPEALED, _S.CLOSED),
    _S.APPEALED: (_S.SANCTIONED, _S.RECEIVING, _S.REJECTED, _S.CLOSED),
    _S.CLOSED: (),
}
OPEN = frozenset(State) - {State.DECLINED, State.RECEIVING, State.CLOSED}
NO_ACK = "NO_ACK"


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to an application on a day; texts are empty where nothing was said.

    ``paise``: of a sanctioned or seen benefit. ``word``: the state's own word (how agreed, reason,
    forum, end). ``by``: how it came (channel, seen where, in writing or spoken, language).
    """

    state: State
    on: date
    note: str = ""
    number: str = ""
    office: str = ""
    word: str = ""
    by: str = ""
    paise: int | None = None
    papers: tuple[str, ...] = ()
    due: date | None = None
    barriers: tuple[str, ...] = ()


# Which list a state's word and way come from; empty: it has none.
WORDS: Mapping[State, tuple[str, str]] = {
    **dict.fromkeys(State, ("", "")),
    _S.CONSENTED: ("how", "language"),
    _S.APPLIED: ("", "channel"),
    _S.REJECTED: ("reason", "answered"),
    _S.RECEIVING: ("", "seen"),
    _S.STOPPED: ("reason", ""),
    _S.APPEALED: ("forum", ""),
    _S.CLOSED: ("end", ""),
}


@dataclass(frozen=True, slots=True)
class Latest:
    """The last event of an application."""

    state: State
    on: date


def refusals_to_move(
    latest: Latest, event: Event, today: date, words: Mapping[str, Mapping[str, Text]]
) -> tuple[Refusal, ...]:
    """Why an event may not follow; empty where it may."""
    found: list[Refusal] = []
    if event.state not in MOVES[latest.state]:
        message = say("This step does not follow the last one. Choose another.")
        return (Refusal("referral_move", message, "state"),)
    if event.on > today:
        message = say("This day is still to come. Give the day on which it happened.")
        found.append(Refusal("referral_move", message, "on"))
    if event.on < latest.on:
        message = say("This day is before the last step of %(day)s.", day=f"{latest.on:%d-%m-%Y}")
        found.append(Refusal("referral_move", message, "on"))
    return (*found, *refusals_of_event(event, words))


def refusals_of_event(event: Event, words: Mapping[str, Mapping[str, Text]]) -> tuple[Refusal, ...]:
    """What an event still has to say."""
    found = []
    for kind, given, field in zip(
        WORDS[event.state], (event.word, event.by), ("word", "by"), strict=True
    ):
        if kind and given not in words[kind]:
            found.append(Refusal("missing", say("Choose one of the list."), field))
    for barrier in event.barriers:
        if barrier not in words["barrier"]:
            found.append(Refusal("not_allowed", say("Choose one of the list."), "barrier"))
    return (*found, *_of_state(event, words))


def _of_state(event: Event, words: Mapping[str, Mapping[str, Text]]) -> list[Refusal]:
    """What one state asks for besides its words; the first false line of each field is told."""
    asked: Mapping[State, tuple[tuple[bool, str, Said], ...]] = {
        State.DOCUMENTS_PENDING: (
            (_all_known(event.papers, words["document"]), "papers", _PAPERS),
            (event.due is not None and event.due >= event.on, "due", _DUE),
        ),
        State.APPLIED: (
            (event.number != "" or NO_ACK in event.barriers, "number", _RECEIPT),
            (event.office != "", "office", _OFFICE),
        ),
        State.UNDER_VERIFICATION: ((event.note != "", "note", _NOTE),),
        State.SANCTIONED: ((event.paise is not None, "amount", _AMOUNT),),
        State.RECEIVING: (
            (event.paise is not None and (event.paise > 0 or event.by == "goods"), "amount", _SEEN),
        ),
    }
    return [
        Refusal("no_acknowledgement" if message is _RECEIPT else "missing", message, field)
        for holds, field, message in asked.get(event.state, ())
        if not holds
    ]


_PAPERS = say("Say which paper is missing.")
_DUE = say("Say by which day it will be got.")
_RECEIPT = say("Type the number on the office's receipt, or say that it gave none.")
_OFFICE = say("Say which office took it.")
_NOTE = say("Say what the office asked or who came.")
_AMOUNT = say("Type the amount; for goods 0.")
_SEEN = say("Type the amount that was seen; for goods 0.")


def _all_known(papers: tuple[str, ...], known: Mapping[str, Text]) -> bool:
    return papers != () and all(paper in known for paper in papers)


class Age(StrEnum):
    """How late an application is against the desk's own target."""

    FINE = "fine"
    SOON = "soon"
    LATE = "late"
    LONG = "long"


def age(since: date, target: Decimal | None, today: date) -> Age:
    """From 80 % of the target soon, from 100 % late, from 200 % long; no target: always fine.

    >>> age(date(2026, 11, 1), Decimal(10), date(2026, 11, 9))
    <Age.SOON: 'soon'>
    """
    if target is None:
        return Age.FINE
    days = Decimal((today - since).days)
    if days >= 2 * target:
        return Age.LONG
    if days >= target:
        return Age.LATE
    return Age.SOON if 5 * days >= 4 * target else Age.FINE


def due(since: date, target: Decimal | None) -> date | None:
    """The day on which the target runs out."""
    return None if target is None else since + timedelta(days=int(target))

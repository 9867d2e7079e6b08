"""The life of an application: which state may follow which, and what each must say.

One application is one scheme, one applicant, one attempt. Its state is its last event's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from coop.kernel.refusal import Refusal
from coop.kernel.words import say
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
    found = []
    match event.state:
        case State.DOCUMENTS_PENDING:
            if not event.papers or any(paper not in words["document"] for paper in event.papers):
                found.append(Refusal("missing", say("Say which paper is missing."), "papers"))
            if event.due is None or event.due < event.on:
                found.append(Refusal("missing", say("Say by which day it will be got."), "due"))
        case State.APPLIED:
            if not event.number and NO_ACK not in event.barriers:
                message = say("Type the number on the office's receipt, or say that it gave none.")
                found.append(Refusal("no_acknowledgement", message, "number"))
            if not event.office:
                found.append(Refusal("missing", say("Say which office took it."), "office"))
        case State.UNDER_VERIFICATION:
            if not event.note:
                found.append(
                    Refusal("missing", say("Say what the office asked or who came."), "note")
                )
        case State.SANCTIONED:
            if event.paise is None:
                found.append(Refusal("missing", say("Type the amount; for goods 0."), "amount"))
        case State.RECEIVING:
            if event.paise is None or (event.by == "passbook" and event.paise == 0):
                message = say("Type the amount that was seen; for goods 0.")
                found.append(Refusal("missing", message, "amount"))
    return found


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

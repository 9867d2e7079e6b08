"""What the pages of buyers draw: lines of the list, of the dossier, of the standing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from coop.buyers.controllers.words import (
    ITEMS,
    KINDS,
    METHODS,
    PAPERS,
    STANDINGS,
    STATES,
    days_words,
)
from coop.buyers.queries import Known
from coop.buyers.queries.dossier import DossierRow
from coop.buyers.queries.registry import Listed
from coop.buyers.rules import BuyerKind, ItemKind, StandingOn, State
from coop.buyers.rules.table import (
    Ending,
    PaperState,
    days_left,
    endings,
    missing_kinds,
    paper_state,
)
from coop.kernel.refusal import Refusal
from coop.kernel.words import Said


@dataclass(frozen=True, slots=True)
class Line:
    """A buyer in the list."""

    code: str
    name: str
    kind: Said
    town: str
    state: str
    words: Said
    until: date | None
    left: Said | None
    due: bool
    waiting: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a standing is what it is: the paper it is about, where it is about one."""

    about: Said | None
    words: Said


@dataclass(frozen=True, slots=True)
class StandingShown:
    """A standing on a day, by shape, word and reasons."""

    on: date
    state: str
    words: Said
    reasons: tuple[Reason, ...]
    until: date | None
    left: Said | None
    due: bool
    application: tuple[str, Said]


@dataclass(frozen=True, slots=True)
class PaperShown:
    """A line of the dossier's table; one that is missing has no number."""

    id: int
    kind: Said
    number: str
    issued_on: date | None
    expires_on: date | None
    document: str
    state: str
    words: Said
    checked_on: date | None
    checked_by: str
    method: Said | None
    note: str
    open: bool


@dataclass(frozen=True, slots=True)
class EndingShown:
    """A paper that runs out soon."""

    kind: Said
    last_day: date
    left: Said
    mandatory: bool


def kind_words(kind: str) -> Said:
    """The kind of a buyer in words."""
    return KINDS[BuyerKind(kind)]


def line_of(one: Listed) -> Line:
    """Show a buyer in the list; an application that is not decided says so."""
    state, words = STANDINGS[one.standing.standing]
    if "not_decided" in one.standing.codes:
        state, words = STATES[one.state]
    known = one.known
    return Line(
        known.code,
        known.name,
        kind_words(known.kind),
        known.town,
        state,
        words,
        one.standing.until,
        None if one.left is None else days_words(one.left),
        one.due,
        one.state is State.SUBMITTED,
    )


def reason_shown(one: Refusal) -> Reason:
    """Show a reason of a standing with the name of the paper it is about."""
    about = ITEMS[ItemKind(one.field)] if one.field in tuple(ItemKind) else None
    return Reason(about, one.message)


def standing_shown(known: Known, found: StandingOn, on: date, warn: int) -> StandingShown:
    """Show a standing with its reasons."""
    state, words = STANDINGS[found.standing]
    left = days_left(found, on)
    return StandingShown(
        on,
        state,
        words,
        tuple(
            Reason(
                ITEMS[ItemKind(one.field)] if one.field in tuple(ItemKind) else None, one.message
            )
            for one in found.reasons
        ),
        found.until,
        None if left is None else days_words(left),
        left is not None and left <= warn,
        STATES[known.papers.state_on(on)],
    )


def papers_shown(
    known: Known, rows: Iterable[DossierRow], on: date, warn: int
) -> tuple[PaperShown, ...]:
    """Show every paper as it stands on a day, and the mandatory ones that are missing."""
    demands = known.demands(on)
    missing = [_missing(kind) for kind in missing_kinds(known.papers, demands)]
    lines = []
    for row in rows:
        state = (
            PaperState.WITHDRAWN
            if row.withdrawn is not None
            else paper_state(row.item, known.papers, on, demands, warn)
        )
        shape, words = PAPERS[state]
        lines.append(
            PaperShown(
                row.item.id,
                ITEMS[row.item.kind],
                row.item.number,
                row.item.issued_on,
                row.item.expires_on,
                row.document,
                shape,
                words,
                row.item.checked_on,
                row.checked_by,
                METHODS[row.method] if row.method else None,
                row.withdrawn or row.note,
                row.withdrawn is None,
            )
        )
    return (*missing, *lines)


def _missing(kind: ItemKind) -> PaperShown:
    shape, words = PAPERS[PaperState.MISSING]
    return PaperShown(
        0, ITEMS[kind], "", None, None, "", shape, words, None, "", None, "", open=False
    )


def endings_shown(known: Known, on: date, warn: int) -> tuple[EndingShown, ...]:
    """Show what runs out soon."""
    found: Sequence[Ending] = endings(known.papers, on, known.demands(on), warn)
    return tuple(
        EndingShown(
            ITEMS[one.kind], one.last_day, days_words((one.last_day - on).days), one.mandatory
        )
        for one in found
    )

"""A buyer's dossier as values: papers, decisions, suspensions, and what is asked for on a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class BuyerKind(StrEnum):
    """What a buyer does with what it buys."""

    TRADER = "trader"
    PROCESSOR = "processor"
    EXPORTER = "exporter"


class ItemKind(StrEnum):
    """A paper of the dossier, in the order in which it is shown."""

    GSTIN = "gstin"
    PAN = "pan"
    LICENCE = "licence"
    UNDERTAKING = "undertaking"
    FACTORY_LICENCE = "factory_licence"
    POLLUTION_CONSENT = "pollution_consent"
    IEC = "iec"
    RCMC = "rcmc"
    BANK_NAME = "bank_name"
    WORKPLACE_AUDIT = "workplace_audit"
    OWNERS = "owners"
    ALLOTMENT = "allotment"
    ADVERSE_REMARK = "adverse_remark"


class Outcome(StrEnum):
    """What became of a paper when somebody looked at it; of a list it is taken over unseen."""

    TAKEN_OVER = "taken_over"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


COUNTS = frozenset({Outcome.TAKEN_OVER, Outcome.ACCEPTED})


class State(StrEnum):
    """The state of the application; ``LISTED``: taken over from a list, decided elsewhere."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    LISTED = "listed"
    VERIFIED = "verified"
    REFUSED = "refused"
    BLACKLISTED = "blacklisted"


@dataclass(frozen=True, slots=True)
class Item:
    """A paper. ``outcome`` None: nobody has looked at it yet. Days are India's."""

    kind: ItemKind
    number: str
    issued_on: date | None = None
    expires_on: date | None = None
    outcome: Outcome | None = Outcome.ACCEPTED
    checked_on: date | None = None
    id: int = 0

    @property
    def counts(self) -> bool:
        """Whether it was accepted and is whole: a licence has its number and its last day."""
        whole = self.kind is not ItemKind.LICENCE or bool(self.number and self.expires_on)
        return whole and self.outcome in COUNTS

    def begun(self, on: date) -> bool:
        """Whether it holds from that day or before."""
        return self.issued_on is None or self.issued_on <= on

    def last_day(self, holds_days: int | None) -> date | None:
        """The last day it holds, by itself and by what is asked for; None: for good."""
        begins = self.issued_on or self.checked_on
        ends = [self.expires_on] if self.expires_on else []
        if holds_days is not None and begins is not None:
            ends.append(
                date.fromordinal(min(begins.toordinal() + holds_days, date.max.toordinal()))
            )
        return min(ends, default=None)


@dataclass(frozen=True, slots=True)
class Suspension:
    """Both days are included; without a last day it still runs."""

    first_day: date
    last_day: date | None
    reason: str = ""
    id: int = 0

    def covers(self, on: date) -> bool:
        """Whether it runs on a day."""
        return self.first_day <= on and (self.last_day is None or on <= self.last_day)


@dataclass(frozen=True, slots=True)
class Decision:
    """A state of the application from a day on."""

    state: State
    holds_from: date


@dataclass(frozen=True, slots=True)
class Papers:
    """All that a standing is made of; withdrawn papers are left out, decisions stand in order."""

    state_lgd: int | None
    items: tuple[Item, ...]
    suspensions: tuple[Suspension, ...] = ()
    decisions: tuple[Decision, ...] = (Decision(State.LISTED, date.min),)

    def of(self, kind: ItemKind) -> tuple[Item, ...]:
        """The papers of a kind."""
        return tuple(item for item in self.items if item.kind is kind)

    def state_on(self, on: date) -> State:
        """The state of the application: of the decisions begun, the last that began."""
        begun = [one for one in self.decisions if one.holds_from <= on]
        if not begun:
            return State.DRAFT
        last = max(one.holds_from for one in begun)
        return next(one.state for one in reversed(begun) if one.holds_from == last)


@dataclass(frozen=True, slots=True)
class Demands:
    """Which papers are mandatory, and for how many days one holds where that is limited."""

    mandatory: frozenset[ItemKind] = frozenset(
        {ItemKind.GSTIN, ItemKind.PAN, ItemKind.LICENCE, ItemKind.UNDERTAKING}
    )
    holds_days: Mapping[ItemKind, int] = field(default_factory=dict)


AS_SHIPPED = Demands()


@dataclass(frozen=True, slots=True)
class DemandRow:
    """A setting from a day on; ``buyer_kind`` empty: for every kind of buyer."""

    kind: ItemKind
    buyer_kind: str
    mandatory: bool
    holds_days: int | None
    holds_from: date


def demands_on(rows: Iterable[DemandRow], buyer_kind: str, on: date) -> Demands:
    """Return what is asked of a kind of buyer on a day.

    A row of that very kind of buyer goes before one for all; of several the last that began
    holds, of the same day the one that stands later in ``rows``.
    """
    holding: dict[ItemKind, tuple[bool, date, DemandRow]] = {}
    for row in rows:
        if row.holds_from > on or row.buyer_kind not in ("", buyer_kind):
            continue
        rank = (row.buyer_kind != "", row.holds_from)
        found = holding.get(row.kind)
        if found is None or rank >= found[:2]:
            holding[row.kind] = (*rank, row)
    kept = [row for *_, row in holding.values()]
    return Demands(
        frozenset(row.kind for row in kept if row.mandatory),
        {row.kind: row.holds_days for row in kept if row.holds_days is not None},
    )

"""A buyer as a list says it, in one row, and which papers of the dossier that row is."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from coop.buyers.rules.papers import Item, ItemKind, Outcome, Papers, Suspension


@dataclass(frozen=True, slots=True)
class Dossier:
    """What a list says a buyer showed. A licence and a suspension hold through their end."""

    state_lgd: int | None
    gstin: str
    pan: str
    dealer_licence_no: str
    licence_from: date | None
    licence_to: date | None
    suspended_from: date | None
    suspended_to: date | None
    undertaking_signed_on: date | None


@dataclass(frozen=True, slots=True)
class Buyer:
    """A buyer as listed; ``kind`` is trader, processor or exporter."""

    buyer_code: str
    name: str
    kind: str
    town: str
    district_lgd: int | None
    suspension_reason: str
    dossier: Dossier


def items_of(dossier: Dossier) -> tuple[Item, ...]:
    """Return the papers that a row of a list is; what is not there is no paper.

    >>> [i.kind.value for i in items_of(Dossier(20, "20X", "", "", None, None, None, None, None))]
    ['gstin']
    """
    listed = (
        Item(ItemKind.GSTIN, dossier.gstin, outcome=Outcome.TAKEN_OVER),
        Item(ItemKind.PAN, dossier.pan, outcome=Outcome.TAKEN_OVER),
        Item(
            ItemKind.LICENCE,
            dossier.dealer_licence_no,
            dossier.licence_from,
            dossier.licence_to,
            Outcome.TAKEN_OVER,
        ),
        Item(ItemKind.UNDERTAKING, "", dossier.undertaking_signed_on, outcome=Outcome.TAKEN_OVER),
    )
    return tuple(one for one in listed if one.number or one.issued_on or one.expires_on)


def papers_of(dossier: Dossier) -> Papers:
    """Return a row of a list as a dossier of its own."""
    suspensions = (
        (Suspension(dossier.suspended_from, dossier.suspended_to),)
        if dossier.suspended_from
        else ()
    )
    return Papers(dossier.state_lgd, items_of(dossier), suspensions)


@dataclass(frozen=True, slots=True)
class Changes:
    """What a list says otherwise than the list before it."""

    items: tuple[Item, ...]
    suspension: Suspension | None
    suspension_ends: bool
    last_day: date | None


def changes(before: Buyer | None, now: Buyer) -> Changes:
    """Return what is new in a list: only that is written, so that papers given since stay.

    ``suspension``: a new one. ``suspension_ends``: the one of the list before gets another last
    day (``last_day``, None: it runs again), or is taken back (the day before it began).
    """
    old = items_of(before.dossier) if before else ()
    items = tuple(one for one in items_of(now.dossier) if one not in old)
    was = before.dossier.suspended_from if before else None
    begins, ends = now.dossier.suspended_from, now.dossier.suspended_to
    new = Suspension(begins, ends, now.suspension_reason) if begins and begins != was else None
    if before is None or was is None:
        return Changes(items, new, suspension_ends=False, last_day=None)
    if begins == was:
        other = ends != before.dossier.suspended_to
        return Changes(items, None, suspension_ends=other, last_day=ends)
    return Changes(items, new, suspension_ends=True, last_day=date.fromordinal(was.toordinal() - 1))


def listed_text(buyer: Buyer) -> str:
    """Return what a list said of a buyer as text, to be kept and read again."""
    return json.dumps(asdict(buyer), default=date.isoformat, ensure_ascii=False, sort_keys=True)


def listed_from(text: str) -> Buyer:
    """Read what a list said of a buyer."""
    said = json.loads(text)
    dossier: dict[str, Any] = {
        name: date.fromisoformat(value) if name in _DAYS and value else value
        for name, value in said.pop("dossier").items()
    }
    return Buyer(**said, dossier=Dossier(**dossier))


_DAYS = frozenset(
    {"licence_from", "licence_to", "suspended_from", "suspended_to", "undertaking_signed_on"}
)


def merged(last: Buyer, before: Buyer, now: Buyer) -> Buyer:
    """Return the next version: what the list changed is the list's, the rest is as known last."""
    facts = {
        name: getattr(now, name)
        for name in ("name", "kind", "town", "district_lgd")
        if getattr(now, name) != getattr(before, name)
    }
    state = now.dossier.state_lgd
    if state == before.dossier.state_lgd:
        state = last.dossier.state_lgd
    return replace(
        last,
        **facts,
        suspension_reason=now.suspension_reason,
        dossier=replace(now.dossier, state_lgd=state),
    )

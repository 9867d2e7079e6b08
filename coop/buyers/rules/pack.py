"""The due-diligence pack of a sale: the five steps of the OECD guidance, filled with what is known.

Source of the steps: OECD Due Diligence Guidance for Responsible Supply Chains of Minerals, Annex I.
A field that this system knows nothing of stays in the pack and says so; nothing is made up, and no
pack says "free of child labour".
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from coop.buyers.rules.pedigree import Pedigree
from coop.kernel.clock import IST
from coop.kernel.money import format_rupees
from coop.kernel.weight import format_kg
from coop.kernel.words import Said, say

_NOT_KNOWN = say("Not known to this system")


class Paper(Enum):
    """How a paper of the buyer stands: seen by the agency, taken from a list unseen, or missing."""

    SEEN = "seen"
    LISTED = "listed"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known beside the sale: names in the reader's language, witnesses of the log, coverage.

    ``coverage``: the band of the cooperative's quarter, None where it is not handed in or too few.
    """

    cooperative: str
    grade: str
    district: str
    verdict: str
    witnesses: int
    licence: Paper
    undertaking: Paper
    feedback: bool
    coverage: Said | None


@dataclass(frozen=True, slots=True)
class Field:
    """A line of the pack: ``state`` ok (shown by rows), wait (open), off (not known here)."""

    name: Said
    value: Said | str
    state: str


@dataclass(frozen=True, slots=True)
class Step:
    """One of the five steps with its fields."""

    number: int
    name: Said
    fields: tuple[Field, ...]


def pack_of(one: Pedigree, known: Surroundings) -> tuple[Step, ...]:
    """Fill the five steps for one sale."""
    return (
        Step(1, say("Strong management systems"), _systems(one, known)),
        Step(2, say("Risks found and weighed"), _risks(one, known)),
        Step(3, say("What is done about risks"), _response(one, known)),
        Step(4, say("Audit by somebody independent"), _audit(known)),
        Step(5, say("A public report each year"), (_unknown(say("Your own yearly report")),)),
    )


def _unknown(name: Said) -> Field:
    return Field(name, _NOT_KNOWN, "off")


def _day(at: datetime | None) -> str:
    return at.astimezone(IST).strftime("%d-%m-%Y") if at else ""


def _held(name: Said, holds: bool, words: Said) -> Field:
    return Field(name, words if holds else _NOT_KNOWN, "ok" if holds else "off")


def _paper(name: Said, paper: Paper) -> Field:
    if paper is Paper.LISTED:
        return Field(name, say("On a list, not yet seen by the agency"), "wait")
    return _held(name, paper is Paper.SEEN, say("Seen by the agency"))


def _systems(one: Pedigree, known: Surroundings) -> tuple[Field, ...]:
    return (
        Field(say("Seller"), f"{known.cooperative} ({one.coop_code})", "ok"),
        Field(say("Receipt"), one.receipt_no, "ok"),
        Field(
            say("Verdict of the receipt"),
            known.verdict,
            "ok" if known.verdict == "GENUINE_CURRENT" else "wait",
        ),
        Field(
            say("Goods"),
            say(
                "%(kg)s kg, grade %(grade)s",
                kg=format_kg(one.quantity_grams),
                grade=f"{one.grade_code} {known.grade}",
            ),
            "ok",
        ),
        _paper(say("Undertaking of the buyer"), known.undertaking),
        _held(
            say("Voice of workers and children"),
            known.feedback,
            say("A public feedback page without sign-in"),
        ),
    )


def _risks(one: Pedigree, known: Surroundings) -> tuple[Field, ...]:
    allowed = one.sites_allowed == one.site_count > 0
    sites = say(
        "%(n)s sites, collecting allowed at %(allowed)s",
        n=one.site_count,
        allowed=one.sites_allowed,
    )
    return (
        Field(say("Origin"), say("District %(district)s", district=known.district), "ok"),
        Field(say("Collection sites"), sites, "ok" if allowed else "wait"),
        Field(say("Purchases behind it"), _purchases(one), "ok" if one.purchase_count else "wait"),
        Field(say("Mass balance"), _balance(one), "ok" if one.closes else "bad"),
        Field(
            say("Children’s school cover"),
            known.coverage or say("Not known, or too few households to show"),
            "ok" if known.coverage else "off",
        ),
        _unknown(say("Armed groups and security forces")),
        _unknown(say("Forced labour and worst forms of child labour")),
        _unknown(say("Bribes")),
    )


def _purchases(one: Pedigree) -> Said:
    return say(
        "%(n)s purchases from members, %(first)s to %(last)s",
        n=one.purchase_count,
        first=_day(one.first_weighed_at),
        last=_day(one.last_weighed_at),
    )


def _balance(one: Pedigree) -> Said:
    parts = {
        "bought": one.bought_grams,
        "sold": one.sold_grams,
        "stock": one.stock_grams,
        "lost": one.lost_grams,
        "seized": one.seized_grams,
    }
    written = {name: format_kg(grams) for name, grams in parts.items()}
    return say(
        "bought %(bought)s kg = sold %(sold)s + stock %(stock)s + sorted out %(lost)s + seized %(seized)s",
        **written,
    )


def _response(one: Pedigree, known: Surroundings) -> tuple[Field, ...]:
    found = [_price(one)]
    found.append(
        Field(
            say("Premium to the common fund"),
            say(
                "%(sum)s (%(rate)s a kg)",
                sum=format_rupees(one.premium_paise),
                rate=format_rupees(one.premium_rate_paise),
            ),
            "ok" if one.premium_paise else "wait",
        )
    )
    found.append(
        Field(
            say("Left the gate"),
            _day(one.gate_passed_at) if one.gate_passed_at else say("not yet"),
            "ok" if one.gate_passed_at else "wait",
        )
    )
    found.append(_paper(say("Dealer licence of the buyer"), known.licence))
    found.append(_unknown(say("Plan for risks that were found, with dates")))
    return tuple(found)


def _price(one: Pedigree) -> Field:
    name = say("Price paid to members")
    if None in (one.paid_lowest, one.paid_highest, one.floor_lowest, one.floor_highest):
        return Field(name, _NOT_KNOWN, "off")
    words = say(
        "%(low)s to %(high)s a kg; floor %(floor_low)s to %(floor_high)s; below it: %(below)s",
        low=format_rupees(one.paid_lowest or 0),
        high=format_rupees(one.paid_highest or 0),
        floor_low=format_rupees(one.floor_lowest or 0),
        floor_high=format_rupees(one.floor_highest or 0),
        below=one.below_floor,
    )
    return Field(name, words, "bad" if one.below_floor else "ok")


def _audit(known: Surroundings) -> tuple[Field, ...]:
    seen = known.witnesses
    return (
        Field(
            say("Witnesses of the public log"),
            say("%(n)s signed within a day", n=seen),
            "ok" if seen else "wait",
        ),
        _unknown(say("Audit at the processor (RMI, GWS)")),
        _unknown(say("Audit by a third party at the dump")),
    )

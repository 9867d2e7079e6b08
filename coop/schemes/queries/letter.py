"""The caregiver's letter: at most three schemes, what each gives, what to bring, where, by when.

Its page and its PDF both draw a ``Letter``. No caste, no health, no private scheme stands in it.
"""

from dataclasses import dataclass
from datetime import date

from coop.schemes.queries.catalogue import catalogue
from coop.schemes.queries.households import HouseholdKnown
from coop.schemes.queries.screened import Screened
from coop.schemes.rules.answers import HOUSEHOLD
from coop.schemes.rules.deadlines import apply_by
from coop.schemes.rules.facts import Text
from coop.schemes.rules.scheme import Scheme, in_force
from coop.schemes.rules.screening import Group, Line

_MOST = 3
_IN_LETTER = (Group.CAN, Group.PAPER, Group.APPLIED, Group.PERHAPS)


@dataclass(frozen=True, slots=True)
class Offer:
    """One scheme of a letter. ``papers``: each with whether it was seen at the desk."""

    name: Text
    gives: Text
    sure: bool
    papers: tuple[tuple[Text, bool], ...]
    places: tuple[Text, ...]
    by: date
    over: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to a grown person. ``asks``: what is not known yet."""

    household: HouseholdKnown
    name: str
    offers: tuple[Offer, ...]
    asks: tuple[Text, ...]
    on: date


def letter(known: Screened, applicant: str, name: str) -> Letter:
    """The letter to somebody of a screened household."""
    offers = tuple(offer_of(known, line) for line in chosen(known, applicant))
    return Letter(known.household, name, offers, _asks(known, applicant), known.on)


def gives(scheme: Scheme, on: date) -> Text:
    """What a scheme gives on a day; empty where no row holds."""
    rows = in_force(scheme.benefits, on)
    return rows[0].text if rows else Text("", "")


def chosen(known: Screened, applicant: str) -> list[Line]:
    """At most three: the person's own and the family's, best first, none that another shuts out."""
    order = list(_IN_LETTER)
    fitting = [
        line
        for line in known.lines
        if line.group in order and line.applicant in (applicant, HOUSEHOLD) and not line.better
    ]
    fitting.sort(key=lambda line: (line.group is Group.PERHAPS, -line.rupees, line.scheme.number))
    return fitting[:_MOST]


def offer_of(known: Screened, line: Line) -> Offer:
    """One scheme in words."""
    words, schemes = catalogue().words, catalogue().schemes
    seen = {one.paper for one in known.papers if one.seen and one.applicant == line.applicant}
    return Offer(
        line.scheme.name,
        gives(line.scheme, known.on),
        line.group is not Group.PERHAPS,
        tuple((words["document"][paper], paper in seen) for paper in line.scheme.documents),
        tuple(words["place"][place] for place in line.scheme.apply_at),
        apply_by(line.scheme, known.answers(line.applicant), known.on),
        tuple(schemes[code].name for code in line.over),
    )


def _asks(known: Screened, applicant: str) -> tuple[Text, ...]:
    """What we do not know yet: of schemes with one question left, and only what is no secret."""
    facts = catalogue().book.facts
    asked = {
        line.judgement.missing[0]
        for line in known.lines
        if line.group is Group.QUESTION and line.applicant in (applicant, HOUSEHOLD)
    }
    plain = [facts[name] for name in asked if facts[name].care.value == "plain"]
    return tuple(fact.ask for fact in sorted(plain, key=lambda fact: fact.order)[:_MOST])

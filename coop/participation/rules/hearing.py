"""Who was heard before a decision: people counted by sex and band of age, nobody named. Pure."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date

from coop.kernel.refusal import Refusal
from coop.kernel.words import say

BANDS = ("6-13", "14-17", "18-35", "36-59", "60+")
CHILDREN = ("6-13", "14-17")
SEXES = ("F", "M", "O")
ABOUT = ("price", "site", "scheme", "school", "other")


@dataclass(frozen=True, slots=True)
class Heard:
    """How many of a sex and band of age."""

    band: str
    sex: str
    people: int


@dataclass(frozen=True, slots=True)
class Hearing:
    """A consultation. ``cooperative_id`` None: the agency's own."""

    cooperative_id: int | None
    about: str
    question: str
    held_on: date
    place: str
    heard: tuple[Heard, ...]
    said: str
    changed: str

    @property
    def people(self) -> int:
        """How many were heard."""
        return sum(one.people for one in self.heard)

    @property
    def children(self) -> bool:
        """Whether somebody under 18 was heard."""
        return any(one.band in CHILDREN for one in self.heard)

    @property
    def bands(self) -> tuple[str, ...]:
        """The bands that were there: all that strangers read of ages."""
        there = {one.band for one in self.heard}
        return tuple(band for band in BANDS if band in there)

    def of(self, band: str, sex: str) -> int:
        """How many of a band and sex."""
        return sum(one.people for one in self.heard if (one.band, one.sex) == (band, sex))

    @property
    def digest(self) -> bytes:
        """What makes two sendings of a form the same."""
        text = json.dumps(asdict(self), sort_keys=True, ensure_ascii=False, default=str)
        return hashlib.sha256(text.encode("utf-8")).digest()


def refusals_to_record(hearing: Hearing, today: date) -> tuple[Refusal, ...]:
    """Why a hearing cannot be recorded."""
    found = []
    if hearing.people < 1:
        message = say("Nobody is counted; write how many were heard.")
        found.append(Refusal("nobody_heard", message, "people-18-35-F"))
    if hearing.held_on > today:
        message = say("This day is still to come; a hearing comes before the decision.")
        found.append(Refusal("ahead", message, "held_on"))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Rests:
    """What a decision rests on: a hearing (row id), or the reason why none was held."""

    hearing_id: int | None
    no_hearing_reason: str


def refusals_to_rest(rests: Rests, known: bool) -> tuple[Refusal, ...]:
    """Why a decision does not say whom it heard: a hearing that stands, or the reason for none."""
    if rests.hearing_id is None and not rests.no_hearing_reason:
        message = say("Choose who was heard, or say why nobody was.")
        return (Refusal("hearing_missing", message, "no_hearing_reason"),)
    if rests.hearing_id is not None and rests.no_hearing_reason:
        message = say("People were heard; take out the reason why nobody was.")
        return (Refusal("hearing_and_reason", message, "no_hearing_reason"),)
    if rests.hearing_id is not None and not known:
        return (Refusal("hearing_unknown", say("Choose one of those shown."), "hearing_id"),)
    return ()

"""What a partner, an activity, a committee and their money must say. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from coop.kernel.refusal import Refusal
from coop.kernel.words import Said, say

SEXES: Mapping[str, Said] = {"F": say("Women, girls"), "M": say("Men, boys"), "O": say("Other")}
BANDS: Mapping[str, Said] = {
    "under_14": say("under 14"),
    "14_17": say("14 to 17"),
    "adult": say("18 or older"),
}
KINDS: Mapping[str, Said] = {
    "awareness": say("Awareness session"),
    "bridge_class": say("Bridge class"),
    "school_drive": say("Going to school together"),
    "home_visits": say("Home visits"),
    "health_camp": say("Health camp"),
    "training": say("Training"),
}
TOPICS: Mapping[str, Said] = {
    "child_labour": say("No work for children"),
    "school": say("School and bridge classes"),
    "schemes": say("Schemes for the family"),
    "safety": say("Dangers of the heaps"),
    "advances": say("Advances and debt"),
    "girls": say("Girls' schooling"),
    "helplines": say("Numbers that help: 1098, 112, 181"),
}
MATERIALS: Mapping[str, Said] = {
    "none": say("None"),
    "hindi": say("Hindi"),
    "khortha": say("Khortha"),
    "santali": say("Santali"),
    "urdu": say("Urdu"),
    "pictures": say("Pictures only"),
}
SEATS: Mapping[str, Said] = {
    "panchayat": say("Panchayat"),
    "teacher": say("Teacher"),
    "anganwadi": say("Anganwadi worker"),
    "health": say("Health worker"),
    "parent": say("Parent"),
    "child": say("Child or young person"),
    "other": say("Somebody else"),
}


@dataclass(frozen=True, slots=True)
class Partner:
    """A civil-society organisation and its agreement; the contact is a role, never a name."""

    name: str
    contact_role: str
    agreed_from: date
    agreed_until: date


@dataclass(frozen=True, slots=True)
class HamletGiven:
    """A village and tola for a partner; an empty tola is the whole village."""

    village: str
    tola: str
    from_day: date
    assigned: bool


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in paise; ``words``: the source of a grant, or the line of a budget."""

    kind: str
    words: str
    amount_paise: int
    on_day: date


@dataclass(frozen=True, slots=True)
class Activity:
    """What was done; ``reached`` counts people by sex and band, those of none are left out."""

    kind: str
    topic: str
    village: str
    tola: str
    on_day: date
    materials: str
    reached: Mapping[tuple[str, str], int] = field(default_factory=dict)

    @property
    def people(self) -> int:
        """How many were reached."""
        return sum(self.reached.values())


@dataclass(frozen=True, slots=True)
class Committee:
    """A village's committee: members by role and sex, no names."""

    village: str
    formed_on: date
    seats: Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting: which roles came, what was decided in short words."""

    on_day: date
    present: tuple[str, ...]
    decisions: str


def refusals_of_day(on: date, today: date, field: str = "on_day") -> Iterator[Refusal]:
    """Nothing is written down before it was."""
    if on > today:
        yield Refusal("future", say("This day is still to come; write the day it was."), field)


def refusals_of_partner(one: Partner) -> Iterator[Refusal]:
    """What keeps a partner from being registered."""
    if one.agreed_until < one.agreed_from:
        message = say("The agreement ends before it begins; put the days right.")
        yield Refusal("agreement", message, "agreed_until")


def refusals_of_activity(one: Activity, today: date, *, own_place: bool) -> Iterator[Refusal]:
    """What keeps an activity out; ``own_place``: it lies where the asker works."""
    yield from refusals_of_day(one.on_day, today)
    if not own_place:
        message = say("This hamlet is not given to your organisation; ask the focal point.")
        yield Refusal("not_assigned", message, "village")
    if one.kind == "awareness" and not one.topic:
        yield Refusal("topic", say("Choose what was talked about."), "topic")
    if one.people == 0:
        message = say("Nobody was reached; write at least one count.")
        yield Refusal("nobody", message, "reached_F_under_14")


def refusals_of_committee(one: Committee, today: date) -> Iterator[Refusal]:
    """What keeps a committee from being registered."""
    yield from refusals_of_day(one.formed_on, today, "formed_on")
    if sum(one.seats.values()) == 0:
        message = say("A committee has members; write how many in each role.")
        yield Refusal("no_members", message, "seats_panchayat_F")


def refusals_of_meeting(one: Meeting, formed_on: date, today: date) -> Iterator[Refusal]:
    """What keeps a meeting out."""
    yield from refusals_of_day(one.on_day, today, "met_on")
    if one.on_day < formed_on:
        message = say("The committee was formed later; write the day of the meeting.")
        yield Refusal("before_formed", message, "met_on")
    if not one.present:
        yield Refusal("nobody", say("Tick who came, by role."), "present_panchayat")

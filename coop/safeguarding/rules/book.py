"""The words of a case's book: kinds of lines and what may stand in them. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from coop.kernel.words import Said, say


class Kind(StrEnum):
    """What a line says."""

    CHILD = "child"
    CONFLICT = "conflict"
    RISK = "risk"
    WISH = "wish"
    REFERRAL = "referral"
    ANSWER = "answer"
    STEP = "step"
    STEP_END = "step_end"
    VISIT = "visit"
    CLOSING = "closing"
    DECISION = "decision"
    REOPENING = "reopening"
    HANDOVER = "handover"


class Channel(StrEnum):
    """Where a case may be referred to."""

    H1098 = "h1098"
    H112 = "h112"
    CWC = "cwc"
    DNO = "dno"
    DCPU = "dcpu"


@dataclass(frozen=True, slots=True)
class NewLine:
    """A line about to be written. ``due_on`` only of a step; ``about_id``: the line it answers, the
    child's row (``child``) or the account (``conflict``).
    """

    kind: Kind
    on: date
    choice: str
    second: str = ""
    third: str = ""
    shared: tuple[str, ...] = ()
    about_id: int | None = None
    due_on: date | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it stands; ``words`` empty where none were written or they were erased."""

    id: int
    kind: Kind
    on: date
    choice: str
    second: str
    third: str
    shared: tuple[str, ...]
    about_id: int | None
    due_on: date | None
    words: str
    recorded_by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Concern:
    """What somebody told. ``names_reader``: a focal point is named in it."""

    id: int
    source: str
    about: str
    danger_now: bool
    names_reader: bool
    words: str
    raised_by: str
    raised_at: datetime


Names = Mapping[str, Said]

KINDS: Names = {
    Kind.CHILD: say("Child found in the list"),
    Kind.CONFLICT: say("A focal point is related"),
    Kind.RISK: say("Risk judged"),
    Kind.WISH: say("Wish about sharing"),
    Kind.REFERRAL: say("Referred"),
    Kind.ANSWER: say("Answer to a referral"),
    Kind.STEP: say("Step planned"),
    Kind.STEP_END: say("Step ended"),
    Kind.VISIT: say("Follow-up"),
    Kind.CLOSING: say("Closing asked for"),
    Kind.DECISION: say("Closing decided"),
    Kind.REOPENING: say("Opened again"),
    Kind.HANDOVER: say("Given to the standby"),
}
ABOUT: Names = {
    "work": say("A child works"),
    "hazard": say("A child is in danger at a dump or pit"),
    "violence": say("A child is beaten or frightened"),
    "sexual": say("A child is touched or followed"),
    "bonded": say("A child works off a debt or an advance"),
    "school": say("A child cannot go to school"),
    "alone": say("A child is without parents or help"),
    "other": say("Something else"),
}
LEVELS: Names = {
    "danger": say("Danger now"),
    "high": say("High"),
    "medium": say("Medium"),
    "low": say("Low"),
    "none": say("No sign of harm"),
}
REASONS: Names = {
    "hazardous": say("Works at a pit, dump or with tools"),
    "works": say("Works in another way"),
    "bonded": say("Debt or advance behind it"),
    "violence": say("Violence or fear"),
    "sexual": say("Sexual harm or risk of it"),
    "health": say("Ill or hurt"),
    "no_school": say("Out of school"),
    "alone": say("Nobody cares for the child"),
    "unclear": say("Not clear yet"),
}
CHANNELS: Names = {
    Channel.H1098: say("Childline 1098"),
    Channel.H112: say("Emergency and police 112"),
    Channel.CWC: say("Child Welfare Committee"),
    Channel.DNO: say("District Nodal Officer"),
    Channel.DCPU: say("District Child Protection Unit"),
}
SHARED: Names = {
    "number": say("the case number"),
    "name": say("the name"),
    "place": say("the place"),
    "what": say("what happened"),
    "school": say("the school"),
    "health": say("about health"),
    "family": say("about the family"),
}
# What a duty of law or present danger opens without a wish: to find the child and to help, no more.
WITHOUT_WISH = ("number", "name", "place", "what")
GROUNDS: Names = {
    "wish": say("They want it"),
    "law": say("The law demands it"),
    "danger": say("Danger now"),
}
WISHES: Names = {
    "yes": say("Yes"),
    "no": say("No"),
    "withdrawn": say("Taken back"),
}
TOLD_BY: Names = {
    "child": say("the child"),
    "guardian": say("the guardian"),
    "both": say("both together"),
}
OUTCOMES: Names = {
    "taken": say("They took it up"),
    "acted": say("They acted"),
    "refused": say("They will not act"),
    "silent": say("No answer"),
}
STEPS: Names = {
    "school_entry": say("Back to school"),
    "bridge": say("Bridge course"),
    "life_skills": say("Life skills"),
    "health": say("Health"),
    "psychosocial": say("Talking with a trained person"),
    "scheme": say("A scheme for the caregiver"),
    "legal": say("Legal help"),
    "other": say("Something else"),
}
STEP_ENDS: Names = {"done": say("Done"), "dropped": say("Not any more")}
FOUND: Names = {
    "clear": say("The child is well and does not work"),
    "not_clear": say("Something is not right yet"),
    "not_met": say("Nobody was met"),
}
HOWS: Names = {
    "home": say("at home"),
    "school": say("at school"),
    "phone": say("by telephone"),
    "office": say("at the office"),
}
EVIDENCE: Names = {
    "visits": say("Two follow-ups in a row were clear"),
    "attendance": say("The school's register was seen"),
    "handed": say("An office took the case over in writing"),
    "no_ground": say("Looked into: no sign of harm"),
}
AGAIN: Names = {
    "new_concern": say("A new concern"),
    "works_again": say("The child works again"),
    "left_school": say("The child left school"),
    "asked": say("The child or family asked"),
}
DECIDED: Names = {"yes": say("Closed"), "no": say("Stays open")}
WHY_HANDED: Names = {
    "related": say("Related to the family"),
    "away": say("Away or ill"),
    "help": say("Help is needed"),
}
# What the first two codes of a line are called, by kind.
FIRST: Mapping[str, Names] = {
    Kind.RISK: LEVELS,
    Kind.WISH: CHANNELS,
    Kind.REFERRAL: CHANNELS,
    Kind.ANSWER: OUTCOMES,
    Kind.STEP: STEPS,
    Kind.STEP_END: STEP_ENDS,
    Kind.VISIT: FOUND,
    Kind.CLOSING: EVIDENCE,
    Kind.DECISION: DECIDED,
    Kind.REOPENING: AGAIN,
    Kind.HANDOVER: WHY_HANDED,
}
SECOND: Mapping[str, Names] = {
    Kind.RISK: REASONS,
    Kind.WISH: WISHES,
    Kind.REFERRAL: GROUNDS,
    Kind.VISIT: HOWS,
}

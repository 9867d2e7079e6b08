"""What follows a check: whom to visit first, what is asked once, what a person may confirm. Pure.

Nothing here punishes a family: no weighing, pay or membership depends on any of it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from coop.kernel.refusal import Refusal
from coop.kernel.words import Said, say
from coop.schooling.rules.consent import Purpose
from coop.schooling.rules.status import HandConfirmation, Status, StatusRule, is_stale

# What a person may find out; the rest is worked out from registers, age and consent.
BY_HAND: Mapping[Status, Said] = {
    Status.ENROLLED: say("Goes to school"),
    Status.OUT_OF_SCHOOL: say("Goes to no school"),
    Status.BETWEEN_SCHOOLS: say("Between two schools, has the certificate"),
    Status.SPECIAL_TRAINING: say("Special training or bridge course"),
    Status.RESIDENTIAL: say("Residential school"),
    Status.OPEN_SCHOOL: say("Open school"),
    Status.VOCATIONAL: say("Vocational training"),
    Status.HOME_BASED: say("Taught at home, disability"),
    Status.MIGRATED: say("Away with the family"),
}
STATUS_NAMES: Mapping[Status, Said] = {
    Status.CONSENT_REFUSED: say("No consent"),
    Status.ADULT: say("Of age"),
    Status.NOT_OF_SCHOOL_AGE: say("Not yet of school age"),
    Status.HOME_BASED: say("Taught at home"),
    Status.NOT_VERIFIABLE: say("Could not be checked"),
    Status.OUT_OF_SCHOOL: say("Out of school"),
    Status.LONG_ABSENT: say("Long absent"),
    Status.IRREGULAR: say("Irregular"),
    Status.ENROLLED: say("In school"),
    Status.BETWEEN_SCHOOLS: say("Between two schools"),
    Status.PAST_COMPULSORY: say("Follow-up after 14"),
    Status.SPECIAL_TRAINING: say("Special training"),
    Status.RESIDENTIAL: say("Residential school"),
    Status.OPEN_SCHOOL: say("Open school"),
    Status.VOCATIONAL: say("Vocational training"),
    Status.MIGRATED: say("Away with the family"),
}
HOWS: Mapping[str, Said] = {
    "register_seen": say("Saw the school's register"),
    "certificate_seen": say("Saw a certificate"),
    "head_teacher": say("The head teacher said so"),
    "home_visit": say("Visited at home"),
    "guardian": say("The guardian said so"),
}
QUESTIONS: Mapping[str, tuple[Said, Mapping[str, Said]]] = {
    "barrier": (
        say("What keeps the child from school?"),
        {
            "distance": say("It is far"),
            "cost": say("It costs money"),
            "illness": say("Illness"),
            "care": say("Looks after others at home"),
            "season": say("The family was away"),
            "paper": say("A paper is missing"),
            "refused": say("The school refused"),
            "safety": say("Not safe on the way or there"),
            "disability": say("A disability"),
            "other": say("Something else"),
        },
    ),
    "wish": (
        say("What does the child want?"),
        {
            "back": say("Back to school"),
            "other_school": say("Another school"),
            "training": say("Learn a trade"),
            "unsure": say("Does not know yet"),
        },
    ),
    "help": (
        say("What would help most?"),
        {
            "transport": say("A way to get there"),
            "hostel": say("A hostel"),
            "paper": say("Help with a paper"),
            "books": say("Books and clothes"),
            "talk_school": say("A word with the school"),
            "bridge": say("A bridge course"),
        },
    ),
}


@dataclass(frozen=True, slots=True)
class NextAct:
    """What to do next; ``state`` is the tag's shape, ``span`` names the parameter of its days."""

    state: str
    act: Said
    span: str


NEXT_ACTS: Mapping[Status, NextAct] = {
    Status.OUT_OF_SCHOOL: NextAct(
        "bad", say("Visit, talk about the way back"), "visit_out_of_school"
    ),
    Status.LONG_ABSENT: NextAct(
        "wait", say("Ask the family, then the teacher"), "visit_long_absent"
    ),
    Status.IRREGULAR: NextAct(
        "wait", say("Ask the family: illness or distance?"), "visit_irregular"
    ),
    Status.BETWEEN_SCHOOLS: NextAct("wait", say("Help with the new admission"), "visit_irregular"),
    Status.PAST_COMPULSORY: NextAct("ask", say("Tell of open school or a trade"), "visit_other"),
    Status.NOT_VERIFIABLE: NextAct("off", say("Ask the school for its register"), "visit_other"),
    Status.MIGRATED: NextAct("ask", say("Ask when the family is back"), "visit_other"),
}
_ORDER = list(NEXT_ACTS)


@dataclass(frozen=True, slots=True)
class LastCheck:
    """A child's last check: on which day, by which rule, with which result."""

    on: date
    rule: str
    status: Status
    reason: Said
    udise: str
    admission_no: str
    evidence_on: date | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a child stands now: the last check, or what a person found out after it."""

    status: Status
    since: date
    reason: Said
    by_hand: bool
    stale: bool


def standing(
    last: LastCheck | None, told: tuple[HandConfirmation, ...], rule: StatusRule, today: date
) -> Standing | None:
    """How a child stands; None where nothing was ever checked. A stale one says so."""
    newest = max(told, key=lambda one: one.confirmed_on, default=None)
    if newest is not None and (last is None or newest.confirmed_on >= last.on):
        reason = HOWS[newest.how]
        stale = is_stale(rule, newest.confirmed_on, today)
        return Standing(newest.status, newest.confirmed_on, reason, by_hand=True, stale=stale)
    if last is None:
        return None
    stale = is_stale(rule, last.on, today)
    return Standing(last.status, last.on, last.reason, by_hand=False, stale=stale)


def due_on(standing_: Standing, days: Mapping[str, int]) -> date | None:
    """By which day somebody should have been there; None where nothing is to be done."""
    next_act = NEXT_ACTS.get(standing_.status)
    return None if next_act is None else standing_.since + timedelta(days=days[next_act.span])


def urgency(standing_: Standing, due: date) -> tuple[int, date]:
    """Sorts the most urgent first: by status, then by the day that is due."""
    return _ORDER.index(standing_.status), due


def age_band(age: int, rule: StatusRule) -> str:
    """The band that lists show instead of an age.

    >>> from datetime import date
    >>> age_band(9, StatusRule("in-45", date.min, 6, 14, 18, 15, 30, 45, 30, 40, 90, "", False))
    '6–13'
    """
    if age < rule.past_compulsory_age:
        return f"{rule.school_age}–{rule.past_compulsory_age - 1}"
    return f"{rule.past_compulsory_age}–{rule.adult_age - 1}"


def school_year(day: date) -> int:
    """The year in which the school year of a day began, in April.

    >>> from datetime import date
    >>> school_year(date(2027, 3, 31)), school_year(date(2027, 4, 1))
    (2026, 2027)
    """
    return day.year if day.month >= 4 else day.year - 1


def refusals_to_confirm(
    told: HandConfirmation, live: frozenset[Purpose], rule: StatusRule, today: date
) -> Iterator[Refusal]:
    """Why a confirmation by hand cannot be kept."""
    if Purpose.SCHOOL_CHECK not in live:
        message = say("No guardian's consent lives; ask the guardian first.")
        yield Refusal("no_consent", message, None)
    if told.status not in BY_HAND:
        yield Refusal("status_missing", say("Choose what you found out."), "status")
    if told.how not in HOWS:
        yield Refusal("how_missing", say("Choose how you found it out."), "how")
    if told.how == "head_teacher" and Purpose.ASK_SCHOOL not in live:
        message = say("Speaking with the school needs the guardian's consent; ask for it first.")
        yield Refusal("no_consent_to_ask", message, "how")
    if told.confirmed_on > today:
        yield Refusal("future_day", say("This day has not come yet; correct it."), "confirmed_on")
    elif (today - told.confirmed_on).days > rule.stale_days:
        message = say("That was over %(days)s days ago; find out anew.", days=rule.stale_days)
        yield Refusal("too_old", message, "confirmed_on")
    if told.status is Status.BETWEEN_SCHOOLS and told.paper_day is None:
        message = say("Write the day on the transfer certificate.")
        yield Refusal("paper_missing", message, "paper_day")
    if told.admission_no and not told.udise:
        yield Refusal("school_missing", say("A number needs its school; write both."), "udise")


def refusals_to_note(
    question: str, answer: str, live: frozenset[Purpose], *, asked_before: bool
) -> Iterator[Refusal]:
    """Why an answer cannot be noted. What was asked this school year is not asked again."""
    if Purpose.FOLLOW_UP not in live:
        message = say("Noting answers needs the guardian's consent; ask for it first.")
        yield Refusal("no_consent_to_note", message, None)
    if question not in QUESTIONS or answer not in QUESTIONS[question][1]:
        yield Refusal("answer_missing", say("Choose one answer."), None)
    if asked_before:
        message = say("This was asked this school year; it is not asked again.")
        yield Refusal("asked_before", message, None)

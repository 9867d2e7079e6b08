"""What is refused, and why: sharing against a wish, closing without evidence. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from coop.kernel.refusal import Refusal
from coop.kernel.words import Said, say
from coop.safeguarding.rules.book import FIRST, SECOND, SHARED, WITHOUT_WISH, Kind, Line, NewLine
from coop.safeguarding.rules.readers import CaseFacts
from coop.safeguarding.rules.state import Days, answered, of_kind, this_time

LONGEST = 800


@dataclass(frozen=True, slots=True)
class Duty:
    """What the law demands without asking; ``verified`` False: nobody compared it with the Gazette."""

    about: str
    channel: str
    within_hours: int | None
    source: str
    verified: bool


def wishes(lines: Sequence[Line]) -> dict[str, str]:
    """The last word on sharing with each office."""
    return {line.choice: line.second for line in of_kind(lines, Kind.WISH)}


def duties_of(case: CaseFacts, duties: Sequence[Duty]) -> list[Duty]:
    """The duties that what was told, or the judged risk, brings about."""
    told = {one.about for one in case.concerns}
    judged = {line.second for line in of_kind(case.lines, Kind.RISK)}
    told |= {_TOLD[reason] for reason in judged if reason in _TOLD}
    return [duty for duty in duties if duty.about in told]


_TOLD = {
    "hazardous": "work",
    "works": "work",
    "bonded": "bonded",
    "sexual": "sexual",
    "alone": "alone",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A line that somebody wants to write, and what decides on it."""

    new: NewLine
    case: CaseFacts
    duties: tuple[Duty, ...]
    days: Days
    today: date
    by: str


def refusals_to_write(asked: Asked) -> list[Refusal]:
    """Why a line cannot be written; empty where it can."""
    new, stands = asked.new, asked.case.standing
    if stands.closed and new.kind not in (Kind.REOPENING, Kind.ANSWER, Kind.WISH):
        return [Refusal("case_closed", say("This case is closed; open it again first."))]
    if not stands.closed and new.kind is Kind.REOPENING:
        return [Refusal("case_open", say("This case is open already."))]
    found = list(_codes(new))
    if new.on > asked.today:
        found.append(Refusal("day_to_come", say("This day is still to come; correct it."), "on"))
    special = _SPECIAL.get(new.kind)
    return found + (special(asked) if special and not found else [])


def _codes(new: NewLine) -> list[Refusal]:
    missing: Said = say("Choose one of the answers.")
    found = []
    if new.kind in FIRST and new.choice not in FIRST[new.kind]:
        found.append(Refusal("choice_missing", missing, "choice"))
    if new.kind in SECOND and new.second not in SECOND[new.kind]:
        found.append(Refusal("choice_missing", missing, "second"))
    return found


def _risk(asked: Asked) -> list[Refusal]:
    if asked.new.choice != "none" and asked.new.second == "unclear" and not asked.new.words:
        message = say("Say in a few words what is not clear yet.")
        return [Refusal("reason_missing", message, "words")]
    return []


def _referral(asked: Asked) -> list[Refusal]:
    """Sharing follows a wish; else only a duty of law or danger, and no more than they need."""
    new, case = asked.new, asked.case
    if not new.shared or any(one not in SHARED for one in new.shared):
        message = say("Tick what is shared; the case number alone is possible.")
        return [Refusal("shared_missing", message, "shared")]
    said = wishes(case.lines).get(new.choice, "")
    if new.second == "wish":
        return [] if said == "yes" else [_no_wish(said)]
    allowed = (
        new.choice in ("h1098", "h112")
        if new.second == "danger"
        else any(duty.channel == new.choice for duty in duties_of(case, asked.duties))
    )
    if not allowed:
        if new.second == "danger":
            message = say("In danger call 1098 or 112; for another office ask first.")
        else:
            message = say("No duty is recorded for this office; ask the child or guardian.")
        return [Refusal("no_duty", message, "second")]
    if any(one not in WITHOUT_WISH for one in new.shared):
        message = say("Without their yes: number, name, place and what happened only.")
        return [Refusal("shared_beyond", message, "shared")]
    return []


def _no_wish(said: str) -> Refusal:
    if said in ("no", "withdrawn"):
        message = say("They do not want this office to know; respect it.")
        return Refusal("wish_against", message, "second")
    message = say("Ask them first, and write their wish for this office.")
    return Refusal("wish_missing", message, "second")


def _answer(asked: Asked) -> list[Refusal]:
    return _names_one(asked, Kind.REFERRAL)


def _step(asked: Asked) -> list[Refusal]:
    if asked.new.due_on is None or asked.new.due_on < asked.today:
        message = say("Choose a day from today on for this step.")
        return [Refusal("due_missing", message, "due_on")]
    return []


def _step_end(asked: Asked) -> list[Refusal]:
    if asked.new.about_id in answered(asked.case.lines, Kind.STEP_END):
        return [Refusal("step_ended", say("This step has ended already."), "about_id")]
    return _names_one(asked, Kind.STEP)


def _names_one(asked: Asked, kind: Kind) -> list[Refusal]:
    if any(line.id == asked.new.about_id for line in of_kind(asked.case.lines, kind)):
        return []
    return [Refusal("about_missing", say("Choose one of the answers."), "about_id")]


def _closing(asked: Asked) -> list[Refusal]:
    """At least two follow-ups, the last two clear, every step ended, and evidence in words."""
    found = []
    now = this_time(asked.case.lines)
    visits, fewest = of_kind(now, Kind.VISIT), asked.days["case_fewest_visits"]
    harmless = asked.new.choice == "no_ground" and asked.case.standing.level == "none"
    if asked.case.standing.closing is not None:
        message = say("The closing is asked for already; a second person decides.")
        return [Refusal("closing_asked", message)]
    if asked.case.standing.level == "":
        return [Refusal("risk_missing", say("Judge the risk first."))]
    if asked.new.choice == "no_ground" and not harmless:
        message = say("The risk says harm; judge it again or choose other evidence.")
        found.append(Refusal("evidence_against", message, "choice"))
    if not harmless:
        if len(visits) < fewest:
            message = say("%(least)s follow-ups are needed first; there are %(now)s.", least=fewest, now=len(visits))  # fmt: skip
            found.append(Refusal("visits_missing", message))
        elif any(one.choice != "clear" for one in visits[-2:]):
            message = say("The last two follow-ups must be clear; visit once more.")
            found.append(Refusal("visits_not_clear", message))
        ended = answered(now, Kind.STEP_END)
        if any(step.id not in ended for step in of_kind(now, Kind.STEP)):
            found.append(Refusal("steps_open", say("A step is still open; end it first.")))
    if not asked.new.words:
        message = say("Write what shows it: which register, paper or visit.")
        found.append(Refusal("evidence_missing", message, "words"))
    return found


def _decision(asked: Asked) -> list[Refusal]:
    closing = asked.case.standing.closing
    if closing is None or closing.id != asked.new.about_id:
        return [Refusal("closing_missing", say("No closing waits here."))]
    if closing.recorded_by == asked.by:
        message = say("You asked for it; another person decides.")
        return [Refusal("same_person", message, "choice")]
    if asked.new.choice == "no" and not asked.new.words:
        return [Refusal("reason_missing", say("Write why it stays open."), "words")]
    return []


_SPECIAL: Mapping[Kind, Callable[[Asked], list[Refusal]]] = {
    Kind.RISK: _risk,
    Kind.REFERRAL: _referral,
    Kind.ANSWER: _answer,
    Kind.STEP: _step,
    Kind.STEP_END: _step_end,
    Kind.CLOSING: _closing,
    Kind.DECISION: _decision,
}

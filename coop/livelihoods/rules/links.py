"""Another livelihood: referred, started, asked after three and six months, or stopped and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from coop.kernel.refusal import Refusal
from coop.kernel.words import Said, say


class Step(StrEnum):
    """Where it stands."""

    REFERRED = "referred"
    STARTED = "started"
    MONTH_3 = "month_3"
    MONTH_6 = "month_6"
    STOPPED = "stopped"


STEPS: Mapping[Step, Said] = {
    Step.REFERRED: say("Referred"),
    Step.STARTED: say("Started"),
    Step.MONTH_3: say("Income after 3 months"),
    Step.MONTH_6: say("Income after 6 months"),
    Step.STOPPED: say("Stopped"),
}
NEXT: Mapping[Step, tuple[Step, ...]] = {
    Step.REFERRED: (Step.STARTED, Step.STOPPED),
    Step.STARTED: (Step.MONTH_3, Step.STOPPED),
    Step.MONTH_3: (Step.MONTH_6, Step.STOPPED),
    Step.MONTH_6: (Step.STOPPED,),
    Step.STOPPED: (),
}
# Days after the start from which the income may be asked.
_ASKED_AFTER: Mapping[Step, int] = {Step.MONTH_3: 85, Step.MONTH_6: 175}
PROGRAMMES: Mapping[str, Said] = {
    "self_help": say("Self-help group (JSLPS)"),
    "rural_work": say("Work of the panchayat"),
    "livestock": say("Goats, pigs, poultry"),
    "farming": say("Farming and garden"),
    "forest": say("Produce of the forest"),
    "tailoring": say("Tailoring"),
    "skill": say("A skill course"),
    "trade": say("A small shop"),
    "other": say("Something else"),
}
REASONS: Mapping[str, Said] = {
    "no_money": say("No money to begin"),
    "no_market": say("Nobody buys it"),
    "illness": say("Illness"),
    "moved": say("Moved away"),
    "refused": say("Turned away by the office"),
    "too_far": say("Too far"),
    "no_time": say("No time beside other work"),
    "other": say("Another reason"),
}


@dataclass(frozen=True, slots=True)
class LinkStep:
    """What happened on a day; paise a month where income was asked, a reason where it stopped."""

    step: Step
    on: date
    monthly_paise: int | None = None
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class LinkStands:
    """The last step, and the day of the start, None before it."""

    step: Step
    on: date
    started_on: date | None


def refusals_to_step(stands: LinkStands, asked: LinkStep, today: date) -> tuple[Refusal, ...]:
    """Why a step does not follow; empty where it does."""
    if asked.step not in NEXT[stands.step]:
        message = say("This step does not follow the last one. Choose another.")
        return (Refusal("step_order", message, "step"),)
    found = []
    if not stands.on <= asked.on <= today:
        message = say("Give a day from %(day)s until today.", day=f"{stands.on:%d-%m-%Y}")
        found.append(Refusal("step_day", message, "on_day"))
    after = _ASKED_AFTER.get(asked.step)
    if after is not None and stands.started_on is not None:
        earliest = stands.started_on + timedelta(days=after)
        if asked.on < earliest:
            message = say("Too early; ask from %(day)s on.", day=f"{earliest:%d-%m-%Y}")
            found.append(Refusal("too_early", message, "on_day"))
        if asked.monthly_paise is None:
            message = say("Type what it brings a month; 0 if nothing.")
            found.append(Refusal("missing", message, "monthly"))
    if asked.step is Step.STOPPED and asked.reason not in REASONS:
        found.append(Refusal("missing", say("Say why it stopped."), "reason"))
    return tuple(found)


def due_on(stands: LinkStands) -> date | None:
    """When the next question about income is due; None where none is."""
    following = {Step.STARTED: Step.MONTH_3, Step.MONTH_3: Step.MONTH_6}.get(stands.step)
    if following is None or stands.started_on is None:
        return None
    return stands.started_on + timedelta(days=_ASKED_AFTER[following])

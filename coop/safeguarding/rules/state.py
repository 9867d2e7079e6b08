"""How a case stands, what is due next and how urgent it is: worked out from its lines. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coop.kernel.clock import ist_day
from coop.kernel.words import Said, say
from coop.safeguarding.rules.book import Concern, Kind, Line

# Names of the dated parameters that this part reads.
DAYS = (
    "case_first_look",
    "case_plan_within",
    "case_answer_within",
    "case_first_visit",
    "case_next_visit",
    "case_close_within",
    "case_escalates",
    "case_fewest_visits",
    "case_words_kept",
)
Days = Mapping[str, int]
_LEVEL_ORDER = {"danger": 0, "": 1, "high": 2, "medium": 3, "low": 4, "none": 5}


@dataclass(frozen=True, slots=True)
class Due:
    """Something to be done by a day; ``act`` is the page on which it is written."""

    act: str
    words: Said
    on: date
    about_id: int | None = None

    def late(self, today: date) -> bool:
        """Whether the day is past."""
        return self.on < today


@dataclass(frozen=True, slots=True)
class Standing:
    """A case as it stands: ``level`` empty until the risk is judged."""

    level: str
    danger: bool
    closed_on: date | None
    closing: Line | None
    child_id: int | None
    dues: tuple[Due, ...]

    @property
    def closed(self) -> bool:
        """Whether two people closed it and nobody opened it again."""
        return self.closed_on is not None

    @property
    def next(self) -> Due | None:
        """What is due first."""
        return min(self.dues, key=lambda due: due.on, default=None)

    def late(self, today: date, days: int = 0) -> bool:
        """Whether something was missed by more than so many days."""
        return any(due.on + timedelta(days=days) < today for due in self.dues)

    def urgency(self, today: date) -> tuple[int, int, int, date]:
        """Sorts the most urgent first: danger, missed days, level, day."""
        first = self.next
        return (
            0 if self.danger and not self.closed else 1,
            0 if self.late(today) else 1,
            _LEVEL_ORDER[self.level],
            first.on if first else date.max,
        )


def of_kind(lines: Sequence[Line], kind: Kind) -> list[Line]:
    """The lines of a kind, the oldest first."""
    return [line for line in lines if line.kind is kind]


def answered(lines: Sequence[Line], kind: Kind) -> dict[int, Line]:
    """Lines of a kind by the line that they answer; the last one holds."""
    return {line.about_id: line for line in of_kind(lines, kind) if line.about_id is not None}


def this_time(lines: Sequence[Line]) -> list[Line]:
    """The lines since the case was opened the last time."""
    starts = [place for place, line in enumerate(lines) if line.kind is Kind.REOPENING]
    return list(lines[starts[-1] + 1 :]) if starts else list(lines)


def standing(concerns: Sequence[Concern], lines: Sequence[Line], days: Days) -> Standing:
    """How a case stands."""
    now = this_time(lines)
    risks, closings = of_kind(now, Kind.RISK), of_kind(now, Kind.CLOSING)
    decided = answered(now, Kind.DECISION)
    closing = closings[-1] if closings else None
    decision = decided.get(closing.id) if closing else None
    closed_on = decision.on if decision and decision.choice == "yes" else None
    level = risks[-1].choice if risks else ""
    danger = level == "danger" or (not risks and any(one.danger_now for one in concerns))
    children = of_kind(lines, Kind.CHILD)
    waiting = closing if closing and decision is None else None
    dues = () if closed_on else tuple(_dues(concerns, lines, waiting, days, danger=danger))
    return Standing(
        level, danger, closed_on, waiting, children[-1].about_id if children else None, dues
    )


def _dues(
    concerns: Sequence[Concern],
    lines: Sequence[Line],
    closing: Line | None,
    days: Days,
    *,
    danger: bool,
) -> list[Due]:
    now = this_time(lines)
    found = _first_look(concerns, lines, days, danger=danger)
    if closing is not None:
        words = say("A second person decides on the closing")
        found.append(Due("decision", words, closing.on + _span(days, "case_close_within")))
        return found
    told = answered(lines, Kind.ANSWER)
    for sent in of_kind(now, Kind.REFERRAL):
        if sent.id not in told:
            on = sent.on + _span(days, "case_answer_within")
            found.append(Due("answer", say("Ask the office what it did"), on, sent.id))
    ended = answered(lines, Kind.STEP_END)
    for step in of_kind(now, Kind.STEP):
        if step.id not in ended and step.due_on is not None:
            found.append(Due("step_end", say("End a step of the plan"), step.due_on, step.id))
    return found + _plan_and_visits(now, days)


def _first_look(
    concerns: Sequence[Concern], lines: Sequence[Line], days: Days, *, danger: bool
) -> list[Due]:
    """A concern told after the last judged risk waits for a look; danger waits for nothing."""
    judged = max((line.recorded_at for line in of_kind(lines, Kind.RISK)), default=None)
    unseen = [one for one in concerns if judged is None or one.raised_at > judged]
    found = []
    if unseen:
        day = ist_day(min(one.raised_at for one in unseen))
        within = timedelta() if danger else _span(days, "case_first_look")
        found.append(Due("risk", say("Look into it and judge the risk"), day + within))
    risks, reopened = of_kind(this_time(lines), Kind.RISK), of_kind(lines, Kind.REOPENING)
    if reopened and not risks and not unseen:
        on = reopened[-1].on + _span(days, "case_first_look")
        found.append(Due("risk", say("Look into it and judge the risk"), on))
    if danger and risks and not of_kind(this_time(lines), Kind.REFERRAL):
        found.append(Due("referral", say("Danger: refer today"), risks[-1].on))
    return found


def _plan_and_visits(now: Sequence[Line], days: Days) -> list[Due]:
    risks, steps = of_kind(now, Kind.RISK), of_kind(now, Kind.STEP)
    if not risks:
        return []
    level = risks[-1].choice
    if level == "none":
        return [Due("closing", say("Ask for the closing"), risks[-1].on + _span(days, "case_plan_within"))]  # fmt: skip
    if not steps:
        return [Due("step", say("Make a plan"), risks[0].on + _span(days, "case_plan_within"))]
    visits = of_kind(now, Kind.VISIT)
    if len(visits) >= days["case_fewest_visits"] and _two_clear(visits):
        on = visits[-1].on + _span(days, "case_plan_within")
        return [Due("closing", say("Ask for the closing"), on)]
    if visits:
        return [Due("visit", say("Follow-up"), visits[-1].on + _span(days, "case_next_visit"))]
    return [Due("visit", say("Follow-up"), steps[0].on + _span(days, "case_first_visit"))]


def _two_clear(visits: Sequence[Line]) -> bool:
    return len(visits) > 1 and all(one.choice == "clear" for one in visits[-2:])


def _span(days: Days, name: str) -> timedelta:
    return timedelta(days=days[name])

"""The acts of a case as pages: what each asks, and which are open now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from coop.kernel.words import Said, say
from coop.safeguarding.rules.acts import Duty, duties_of, wishes
from coop.safeguarding.rules.book import (
    AGAIN,
    CHANNELS,
    EVIDENCE,
    FIRST,
    FOUND,
    GROUNDS,
    HOWS,
    KINDS,
    LEVELS,
    OUTCOMES,
    REASONS,
    SECOND,
    SHARED,
    STEP_ENDS,
    STEPS,
    TOLD_BY,
    WHY_HANDED,
    WISHES,
    Kind,
    Line,
    Names,
)
from coop.safeguarding.rules.readers import CaseFacts
from coop.safeguarding.rules.state import answered, of_kind, this_time


@dataclass(frozen=True, slots=True)
class Field:
    """One question of an act's page. ``kind``: choices, select, day, words, ticks, text."""

    name: str
    kind: str
    label: Said
    options: tuple[tuple[str, Said], ...] = ()
    hint: Said | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """An act: its address, what it is called, what to heed, its questions."""

    name: str
    title: Said
    heed: Said
    fields: tuple[Field, ...]


def _pairs(names: Names) -> tuple[tuple[str, Said], ...]:
    return tuple(names.items())


_ON = Field("on", "day", say("Day"), hint=say("Empty: today"))
_WORDS = Field(
    "words", "words", say("In your words"), hint=say("Without the child's name and without numbers of cards")
)  # fmt: skip
ACTS: Mapping[str, Act] = {
    "risk": Act(
        "risk",
        say("Judge the risk"),
        say("See the child's place yourself. Do not question the child twice."),
        (
            Field("choice", "choices", say("How great is it?"), _pairs(LEVELS)),
            Field("second", "select", say("Why"), _pairs(REASONS)),
            _ON,
            _WORDS,
        ),
    ),
    "child": Act(
        "child",
        say("Name the child by number"),
        say("From then on the number names the child; words with the name are erased."),
        (Field("child_no", "text", say("Number in the household list")),),
    ),
    "wish": Act(
        "wish",
        say("Write a wish"),
        say("Ask calmly, one office at a time. A no is a good answer and may change."),
        (
            Field("choice", "select", say("May this office know?"), _pairs(CHANNELS)),
            Field("second", "choices", say("Answer"), _pairs(WISHES)),
            Field("third", "choices", say("Who said it"), _pairs(TOLD_BY)),
            _ON,
            _WORDS,
        ),
    ),
    "referral": Act(
        "referral",
        say("Refer"),
        say("Share what the office needs and no more. The case number alone is possible."),
        (
            Field("choice", "select", say("To whom"), _pairs(CHANNELS)),
            Field("second", "choices", say("On what ground"), _pairs(GROUNDS)),
            Field("shared", "ticks", say("What is shared"), _pairs(SHARED)),
            _ON,
            _WORDS,
        ),
    ),
    "answer": Act(
        "answer",
        say("Answer to a referral"),
        say("Write what the office did, not what it promised."),
        (
            Field("about_id", "select", say("Which referral")),
            Field("choice", "choices", say("What happened"), _pairs(OUTCOMES)),
            _ON,
            _WORDS,
        ),
    ),
    "step": Act(
        "step",
        say("Plan a step"),
        say("Plan with the child and the family, one step at a time."),
        (
            Field("choice", "select", say("What"), _pairs(STEPS)),
            Field("due_on", "day", say("By which day")),
            _WORDS,
        ),
    ),
    "step_end": Act(
        "step_end",
        say("End a step"),
        say("A step ends when it was done, or when it is not wanted any more."),
        (
            Field("about_id", "select", say("Which step")),
            Field("choice", "choices", say("How did it end"), _pairs(STEP_ENDS)),
            _ON,
            _WORDS,
        ),
    ),
    "visit": Act(
        "visit",
        say("Write a follow-up"),
        say("Say who you are. It never stops the family's weighing or pay."),
        (
            Field("choice", "choices", say("What did you find"), _pairs(FOUND)),
            Field("second", "choices", say("Where"), _pairs(HOWS)),
            _ON,
            _WORDS,
        ),
    ),
    "closing": Act(
        "closing",
        say("Ask for the closing"),
        say("A second person decides. Without evidence nothing is closed."),
        (Field("choice", "choices", say("What shows it"), _pairs(EVIDENCE)), _ON, _WORDS),
    ),
    "decision": Act(
        "decision",
        say("Decide on the closing"),
        say("Read the whole case first. You did not ask for this closing."),
        (
            Field("choice", "choices", say("Decision"), (("yes", say("Close")), ("no", say("Keep open")))),
            _WORDS,
        ),
    ),
    "reopening": Act(
        "reopening",
        say("Open again"),
        say("The case begins anew with a look at the risk."),
        (Field("choice", "choices", say("Why"), _pairs(AGAIN)), _WORDS),
    ),
    "handover": Act(
        "handover",
        say("Call the standby"),
        say("The agency's standby then reads this case too."),
        (Field("choice", "choices", say("Why"), _pairs(WHY_HANDED)), _WORDS),
    ),
    "conflict": Act(
        "conflict",
        say("I am related"),
        say("You will not open this case any more; another reader takes it."),
        (),
    ),
}  # fmt: skip


def open_acts(case: CaseFacts, by: str) -> tuple[Act, ...]:
    """Which acts are open to somebody now, the one that is due first."""
    stands, now = case.standing, this_time(case.lines)
    waiting = [line for line in of_kind(case.lines, Kind.REFERRAL) if line.id not in answered(case.lines, Kind.ANSWER)]  # fmt: skip
    if stands.closed:
        return tuple(ACTS[n] for n in ("reopening", *(("answer",) if waiting else ())))
    ended = answered(now, Kind.STEP_END)
    names = ["risk", "wish", "referral", "step", "visit"]
    if waiting:
        names.append("answer")
    if any(line.id not in ended for line in of_kind(now, Kind.STEP)):
        names.append("step_end")
    if stands.closing is None:
        names.append("closing")
    elif stands.closing.recorded_by != by:
        names.append("decision")
    if stands.child_id is None:
        names.append("child")
    names += ["handover", "conflict"]
    first = stands.next.act if stands.next else ""
    return tuple(ACTS[n] for n in sorted(names, key=lambda name: name != first))


def choices_of(act: str, case: CaseFacts) -> tuple[tuple[str, Said], ...]:
    """The lines that an answer or the end of a step may be about."""
    now = this_time(case.lines)
    if act == "answer":
        told = answered(case.lines, Kind.ANSWER)
        lines = [one for one in of_kind(case.lines, Kind.REFERRAL) if one.id not in told]
        return tuple((str(one.id), _dated(CHANNELS[one.choice], one.on)) for one in lines)
    if act == "step_end":
        ended = answered(now, Kind.STEP_END)
        steps = [one for one in of_kind(now, Kind.STEP) if one.id not in ended]
        return tuple(
            (str(one.id), _dated(STEPS[one.choice], one.due_on or one.on)) for one in steps
        )
    return ()


def _dated(words: Said, day: date) -> Said:
    return say("%(what)s, %(day)s", what=words, day=f"{day:%d-%m-%Y}")


@dataclass(frozen=True, slots=True)
class Wished:
    """An office, the last wish about it, and a duty of law that asks nobody."""

    office: Said
    state: str
    wish: Said
    duty: Duty | None


def wished(case: CaseFacts, duties: Sequence[Duty]) -> tuple[Wished, ...]:
    """Every office with the last wish."""
    said = wishes(case.lines)
    binding = {duty.channel: duty for duty in duties_of(case, duties)}
    states = {"yes": "ok", "no": "bad", "withdrawn": "bad"}
    return tuple(
        Wished(
            words,
            states.get(said.get(channel, ""), "off"),
            WISHES.get(said.get(channel, ""), say("not asked yet")),
            binding.get(channel),
        )
        for channel, words in CHANNELS.items()
    )


def title_of(line: Line) -> Said:
    """What a line says in the timeline."""
    first = FIRST.get(line.kind, {}).get(line.choice)
    second = SECOND.get(line.kind, {}).get(line.second)
    if first is None:
        return KINDS[line.kind]
    if second is None:
        return say("%(kind)s: %(first)s", kind=KINDS[line.kind], first=first)
    return say("%(kind)s: %(first)s, %(second)s", kind=KINDS[line.kind], first=first, second=second)

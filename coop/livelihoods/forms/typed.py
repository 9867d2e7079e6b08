"""A household's income and livelihoods, and a benchmark, as typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from coop.kernel.cells import Cells
from coop.kernel.refusal import Refusal
from coop.kernel.words import say
from coop.livelihoods.rules.benchmarks import Benchmark, Kind, Per
from coop.livelihoods.rules.income import HOWS, SOURCES, Span
from coop.livelihoods.rules.links import PROGRAMMES, REASONS, LinkStep, Step

T = TypeVar("T")
MOST_PAISE = 10**11
LABELS = {
    "source": say("Where it comes from"),
    "low": say("At least, a month"),
    "high": say("At most, a month"),
    "given": say("Does the household agree?"),
    "how": say("How"),
    "programme": say("What"),
    "words": say("In your words"),
    "on_day": say("Day"),
    "step": say("Step"),
    "monthly": say("Brings a month"),
    "reason": say("Why it stopped"),
    "kind": say("What it measures"),
    "name_en": say("Name in English"),
    "name_hi": say("Name in Hindi"),
    "area": say("Area"),
    "state_lgd": say("State of India"),
    "amount": say("Amount"),
    "per": say("For"),
    "family": say("People in the family"),
    "holds_from": say("Holds from"),
    "proxy": say("Measured elsewhere"),
    "source_words": say("Source"),
    "verified": say("Read in the source"),
}


@dataclass(frozen=True, slots=True)
class Read(Generic[T]):
    """What a form says with its id; without a value, why not."""

    value: T | None
    operation_id: UUID
    problems: tuple[Refusal, ...] = ()


def act_of(cells: Cells) -> UUID:
    """The id drawn with the form; a problem where there is none."""
    try:
        return UUID(cells.raw("operation_id"))
    except ValueError:
        message = say("This page is too old; open it again.")
        cells.problems.append(Refusal("id_invalid", message))
        return UUID(int=0)


def finished(cells: Cells, act: UUID, value: T) -> Read[T]:
    """The value, or the problems."""
    if cells.problems:
        return Read(None, act, tuple(cells.problems))
    return Read(value, act)


def read_consent(typed: Mapping[str, str]) -> Read[tuple[bool, str]]:
    """Whether the household agrees, and how it said so."""
    cells = Cells(typed, LABELS)
    act = act_of(cells)
    given = cells.yes("given")
    return finished(cells, act, (given, cells.choice("how", tuple(HOWS))))


def read_income(typed: Mapping[str, str]) -> Read[tuple[str, Span]]:
    """One source with paise from low to high; no highest: the same as the lowest."""
    cells = Cells(typed, LABELS)
    act = act_of(cells)
    source = cells.choice("source", tuple(SOURCES))
    low = cells.scaled("low", 2, 0, MOST_PAISE)
    high = cells.scaled_or_none("high", 2, 0, MOST_PAISE)
    return finished(cells, act, (source, Span(low, low if high is None else high)))


def read_link(typed: Mapping[str, str]) -> Read[tuple[str, LinkStep, str]]:
    """Where a household is pointed to, since when, in which words."""
    cells = Cells(typed, LABELS)
    act = act_of(cells)
    programme = cells.choice("programme", tuple(PROGRAMMES))
    words = cells.text("words", 200, needed=programme == "other")
    return finished(cells, act, (programme, LinkStep(Step.REFERRED, cells.day("on_day")), words))


def read_step(typed: Mapping[str, str]) -> Read[LinkStep]:
    """The next step of a link; paise a month, a reason where it stopped."""
    cells = Cells(typed, LABELS)
    act = act_of(cells)
    word = cells.choice("step", tuple(step.value for step in Step))
    step = Step(word) if word else Step.STARTED
    monthly = cells.scaled_or_none("monthly", 2, 0, MOST_PAISE)
    reason = cells.choice("reason", tuple(REASONS), needed=False)
    note = cells.text("words", 200)
    return finished(cells, act, LinkStep(step, cells.day("on_day"), monthly, reason, note))


def read_benchmark(typed: Mapping[str, str]) -> Read[Benchmark]:
    """A benchmark; paise, the family's size with at most two decimals."""
    cells = Cells(typed, LABELS)
    act = act_of(cells)
    kind = cells.choice("kind", tuple(one.value for one in Kind))
    per = cells.choice("per", tuple(one.value for one in Per))
    return finished(
        cells,
        act,
        Benchmark(
            Kind(kind) if kind else Kind.MINIMUM_WAGE,
            cells.text("name_en", 120, needed=True),
            cells.text("name_hi", 120, needed=True),
            cells.text("area", 120, needed=True),
            cells.whole_or_none("state_lgd", 1, 999),
            cells.scaled("amount", 2, 1, MOST_PAISE),
            Per(per) if per else Per.DAY,
            cells.scaled_or_none("family", 2, 100, 3000),
            cells.day("holds_from"),
            cells.raw("proxy") == "yes",
            cells.text("source_words", 400, needed=True),
            cells.raw("verified") == "yes",
        ),
    )

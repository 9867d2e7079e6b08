"""What became of each row of a file: the shape that every import reports in."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from coop.kernel.refusal import Refusal
from coop.kernel.words import say

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Outcome(StrEnum):
    """``replay`` came twice in this file, ``unchanged`` stands from an earlier one."""

    ACCEPTED = "accepted"
    WARNED = "warned"
    REPLAY = "replay"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """One row: its number from 1 after the header, its own id, and why. Grams and paise of trade."""

    row: int
    row_id: str
    outcome: Outcome
    reasons: tuple[Refusal, ...] = ()
    grams: int | None = None
    paise: int | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of a file's rows; ``posted`` is 0 when all-or-none or a dry run held it back."""

    rows: int
    accepted: int
    warned: int
    replay: int
    unchanged: int
    refused: int
    posted: int


def summary(outcomes: Sequence[RowOutcome], *, kept: bool) -> Summary:
    """Count outcomes; they always sum to the number of rows."""
    counts = Counter(outcome.outcome for outcome in outcomes)
    booked = counts[Outcome.ACCEPTED] + counts[Outcome.WARNED]
    return Summary(
        rows=len(outcomes),
        accepted=counts[Outcome.ACCEPTED],
        warned=counts[Outcome.WARNED],
        replay=counts[Outcome.REPLAY],
        unchanged=counts[Outcome.UNCHANGED],
        refused=counts[Outcome.REFUSED],
        posted=booked if kept else 0,
    )


def refused(row: int, row_id: str, reasons: Iterable[Refusal]) -> RowOutcome:
    """A refused row."""
    return RowOutcome(row, row_id, Outcome.REFUSED, tuple(reasons))


class ParsedRow(Protocol[T_co]):
    """What a form makes of a row: a value, or none and why; with a value problems are warnings."""

    @property
    def value(self) -> T_co | None: ...  # noqa: D102  (the class says it)
    @property
    def problems(self) -> tuple[Refusal, ...]: ...  # noqa: D102  (the class says it)


@dataclass(frozen=True, slots=True)
class JudgedRow(Generic[T]):
    """A row's outcome and, where it is to be written, its value."""

    outcome: RowOutcome
    value: T | None


def _no_refusals(_: object) -> tuple[Refusal, ...]:
    return ()


def judge_register(
    rows: Sequence[Mapping[str, str]],
    parse: Callable[[Mapping[str, str]], ParsedRow[T]],
    key: Callable[[T], str],
    current: Mapping[str, T],
    refusals: Callable[[T], tuple[Refusal, ...]] = _no_refusals,
) -> list[JudgedRow[T]]:
    """Judge a register row by row: the first of a key holds, the same as recorded is unchanged.

    ``current`` is what stands recorded, by key.
    """
    seen: dict[str, T] = {}
    return [
        _judge(number, parse(row), key, current, refusals, seen)
        for number, row in enumerate(rows, 1)
    ]


def _judge(
    number: int,
    parsed: ParsedRow[T],
    key: Callable[[T], str],
    current: Mapping[str, T],
    refusals: Callable[[T], tuple[Refusal, ...]],
    seen: dict[str, T],
) -> JudgedRow[T]:
    value = parsed.value
    if value is None:
        return JudgedRow(refused(number, "", parsed.problems), None)
    name = key(value)
    if name in seen:
        if seen[name] == value:
            return JudgedRow(RowOutcome(number, name, Outcome.REPLAY), None)
        message = say(
            "%(key)s came before in this file with other content; the first stands.", key=name
        )
        return JudgedRow(refused(number, name, [Refusal("duplicate_conflict", message)]), None)
    why = refusals(value)
    if why:
        return JudgedRow(refused(number, name, why), None)
    seen[name] = value
    if current.get(name) == value:
        return JudgedRow(RowOutcome(number, name, Outcome.UNCHANGED), None)
    outcome = Outcome.WARNED if parsed.problems else Outcome.ACCEPTED
    return JudgedRow(RowOutcome(number, name, outcome, parsed.problems), value)

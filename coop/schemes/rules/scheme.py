"""A scheme as its file says it: dated rows, each with a day from which and to which it holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

from coop.schemes.rules.facts import FactBook, Facts, Text
from coop.schemes.rules.logic import Rule


class About(StrEnum):
    """Who is judged."""

    PERSON = "person"
    HOUSEHOLD = "household"


class Standing(StrEnum):
    """How far a public source that somebody read bears a scheme out.

    ``yes``: the source says so, named details apart. ``partly``: it says only some of it. ``no``: it
    rests on general knowledge. Only ``yes`` may be told as "can apply".
    """

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Days:
    """From a day to a day, both included; an absent end is open."""

    first: date | None
    last: date | None

    def hold(self, on: date) -> bool:
        """Whether a day lies within."""
        return (self.first is None or self.first <= on) and (self.last is None or on <= self.last)


class _Dated(Protocol):
    @property
    def days(self) -> Days: ...


Row = TypeVar("Row", bound=_Dated)


def in_force(rows: Iterable[Row], on: date) -> tuple[Row, ...]:
    """The rows that hold on a day, in their order."""
    return tuple(row for row in rows if row.days.hold(on))


@dataclass(frozen=True, slots=True)
class Criterion:
    """One condition. ``why`` is told instead of its tests; ``checked`` false: nobody verified it."""

    id: str
    days: Days
    rule: Rule
    why: Text | None = None
    checked: bool = True


@dataclass(frozen=True, slots=True)
class Benefit:
    """What it gives. ``rupees`` a ``per`` (month, year, once ...) where it is money of one amount."""

    days: Days
    kind: str
    text: Text
    rupees: int | None = None
    per: str = ""
    checked: bool = True

    @property
    def rupees_in_a_year(self) -> int:
        """Rupees of the first year, 0 where it is not cash or not of one amount."""
        if self.rupees is None or self.kind != "cash":
            return 0
        return self.rupees * (12 if self.per in ("month", "child_month") else 1)


@dataclass(frozen=True, slots=True)
class Advice:
    """A sentence that is shown and never counted; ``when`` absent: always."""

    days: Days
    text: Text
    when: Rule | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where it is said. ``confidence`` H, M or L; ``dated`` is the source's own day or month."""

    title: str
    publisher: str
    read: date
    confidence: str
    verified: bool
    dated: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example: facts, the day, and what must come out."""

    on: date
    facts: Facts
    result: str
    failing: frozenset[str] | None
    missing: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class ClaimPeriod:
    """Months after a date within which people are told to apply; the rule itself may allow longer."""

    fact: str
    months: int


@dataclass(frozen=True, slots=True)
class Scheme:
    """One file of the catalogue. ``again``: days on which it was corrected; who was checked before is again."""

    code: str
    number: int
    about: About
    name: Text
    authority: Text
    days: Days
    from_checked: bool
    standing: Standing
    unchecked: Text | None
    group: str
    order_seen: bool
    private: bool
    one_per_household: bool
    documents: tuple[str, ...]
    apply_at: tuple[str, ...]
    last_seen_active: date | None
    again: tuple[date, ...]
    claim: ClaimPeriod | None
    benefits: tuple[Benefit, ...]
    criteria: tuple[Criterion, ...]
    advice: tuple[Advice, ...]
    sources: tuple[Source, ...]
    examples: tuple[Example, ...]

    @property
    def verified(self) -> bool:
        """Whether "can apply" may be said of it."""
        return self.standing is Standing.YES


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All schemes by code, in code order, the facts they ask for, and words by their kind.

    Kinds of words: document, place, state, reason, barrier, next_step and the like (``words.toml``).
    """

    schemes: Mapping[str, Scheme]
    book: FactBook
    words: Mapping[str, Mapping[str, Text]]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a file of the catalogue: which file, which row of it, what; its line, 0 if unknown."""

    file: str
    row: str
    what: str
    line: int = 0

    def __str__(self) -> str:
        at = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{at}: {self.row}: {self.what}" if self.row else f"{at}: {self.what}"


class Faulty(Exception):
    """The catalogue cannot be used."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(str(fault) for fault in self.faults))

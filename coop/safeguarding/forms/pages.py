"""A concern and a reader as they were typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from coop.kernel.cells import Cells
from coop.kernel.refusal import Refusal
from coop.kernel.words import say
from coop.safeguarding.forms.acts import day_from, day_to_come
from coop.safeguarding.rules.acts import LONGEST

Typed = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TypedConcern:
    """What somebody typed; the cooperative's code stands as typed."""

    cooperative: str
    about: str
    words: str
    danger_now: bool
    names_reader: bool
    child_no: str


@dataclass(frozen=True, slots=True)
class TypedReader:
    """Who is to be named; ``cooperative`` empty is the agency's standby."""

    cooperative: str
    login: str
    person_no: str
    woman: bool
    training: str
    trained_on: date
    valid_until: date


def concern_from(typed: Typed) -> tuple[TypedConcern, list[Refusal]]:
    """A concern as typed."""
    cells = Cells(typed, {"words": say("The text")})
    told = TypedConcern(
        typed.get("cooperative", "")[:20],
        typed.get("about", "")[:12],
        cells.text("words", LONGEST),
        typed.get("danger") == "yes",
        typed.get("names_reader") == "yes",
        typed.get("child_no", "").strip().upper()[:20],
    )
    return told, list(cells.problems)


def reader_from(typed: Typed, today: date) -> tuple[TypedReader, list[Refusal]]:
    """A reader as typed."""
    cells = Cells(typed, {"training": say("The training")})
    training = cells.text("training", 160)
    problems = list(cells.problems)
    until = today - timedelta(days=1)
    if typed.get("valid_until", "").strip():
        until = day_to_come(typed["valid_until"], today, problems, "valid_until") or until
    named = TypedReader(
        typed.get("cooperative", "")[:20],
        typed.get("user", "").strip()[:60],
        typed.get("person_no", "").strip().upper()[:20],
        typed.get("woman") == "yes",
        training,
        day_from(typed, "trained_on", today, problems),
        until,
    )
    return named, problems

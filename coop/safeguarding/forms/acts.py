"""A line of a case as it was typed. Words never hold an Aadhaar number."""

from collections.abc import Mapping, Sequence
from datetime import date

from coop.kernel.cells import Cells
from coop.kernel.refusal import Refusal
from coop.kernel.words import say
from coop.safeguarding.rules.acts import LONGEST
from coop.safeguarding.rules.book import SHARED, TOLD_BY, Kind, NewLine
from coop.schooling.forms.school_words import parse_school_day

Typed = Mapping[str, str]
_LABELS = {"words": say("The text")}


def day_from(typed: Typed, name: str, today: date, problems: list[Refusal]) -> date:
    """A day as people write it; today where the field is empty."""
    text = typed.get(name, "").strip()
    if not text:
        return today
    try:
        return parse_school_day(text, today)
    except ValueError:
        problems.append(Refusal("day_unreadable", say("Write the day, like 24-11-2026."), name))
        return today


def line_from(
    kind: Kind, typed: Typed, shared: Sequence[str], today: date
) -> tuple[NewLine, list[Refusal]]:
    """A line and what cannot be read of it; the rule decides on the rest."""
    cells = Cells(typed, _LABELS)
    words = cells.text("words", LONGEST)
    problems = list(cells.problems)
    about = typed.get("about_id", "")
    due_on = None
    if kind is Kind.STEP and typed.get("due_on", "").strip():
        due_on = day_to_come(typed["due_on"], today, problems)
    third = typed.get("third", "")
    new = NewLine(
        kind,
        day_from(typed, "on", today, problems),
        typed.get("choice", "")[:24],
        typed.get("second", "")[:24],
        third if third in TOLD_BY else "",
        tuple(one for one in SHARED if one in shared),
        int(about[:18]) if about.isdecimal() and about.isascii() else None,
        due_on,
        words,
    )
    return new, problems


def day_to_come(
    text: str, today: date, problems: list[Refusal], name: str = "due_on"
) -> date | None:
    """A day to come: what the reader of school lists takes for a typing error is right here."""
    parts = text.strip().replace("/", "-").replace(".", "-").split("-")
    try:
        numbers = [int(part) for part in parts]
        if len(numbers) == 3 and len(parts[0]) == 4:
            return date(*numbers)
        day, month, year = numbers
        return date(year, month, day)
    except ValueError:
        problems.append(Refusal("day_unreadable", say("Write the day, like 24-11-2026."), name))
        return today

"""What a facilitator or the focal point typed, as values. Each field once; the rest is not read."""

from collections.abc import Mapping
from datetime import date

from coop.cooperatives.forms import Cells
from coop.kernel.refusal import Refusal
from coop.kernel.words import say
from coop.schooling.forms.children import PRECISIONS
from coop.schooling.forms.school_words import parse_school_day, parse_udise
from coop.schooling.rules.consent import RELATIONS, Answer, Asked, ChildParticulars, Purpose
from coop.schooling.rules.follow_up import BY_HAND
from coop.schooling.rules.status import HandConfirmation, Status

Typed = Mapping[str, str]

# What the pages call their fields.
_LABELS = {
    "name_hi": say("Name in Hindi"),
    "name_latin": say("Name in Latin letters"),
    "sex": say("Girl or boy"),
    "dob_precision": say("How sure is it?"),
    "father_name": say("Father's name"),
    "mother_name": say("Mother's name"),
    "disability_pct": say("Disability in per cent, if the family wants to tell"),
    "admission_no": say("Number of the child in the school"),
}


def typed_day(typed: Typed, name: str, today: date) -> date | None:
    """A day as people write it; None where it is none."""
    text = typed.get(name, "").strip()
    try:
        return parse_school_day(text, today) if text else None
    except ValueError:
        return None


def answers_from(typed: Typed) -> dict[Purpose, Answer]:
    """The answers that were given; a question left open has none."""
    words = {"given": Answer.GIVEN, "refused": Answer.REFUSED}
    return {
        purpose: words[typed.get(purpose.value, "")]
        for purpose in Purpose
        if typed.get(purpose.value, "") in words
    }


def asked_from(typed: Typed, today: date) -> tuple[Asked, list[Refusal]]:
    """How the guardian was asked."""
    on = typed_day(typed, "on", today)
    problems = [] if on else [Refusal("day_missing", say("Write the day, like 24-11-2026."), "on")]
    read_aloud = typed.get("read_aloud") == "yes"
    how, proof = typed.get("how", ""), typed.get("adult_proof", "")
    allowed_how = how if how in ("thumb", "signature") else "word"
    return Asked(on or today, read_aloud, allowed_how, proof or "none"), problems


def particulars_from(typed: Typed, today: date) -> tuple[ChildParticulars, list[Refusal]]:
    """What is told of a child; a name never holds an Aadhaar number."""
    cells = Cells({**typed, "dob": ""}, _LABELS)
    precision = cells.choice("dob_precision", PRECISIONS, needed=False) or "day"
    known = ChildParticulars(
        name_latin=cells.text("name_latin", 120),
        name_hi=cells.text("name_hi", 120),
        sex=cells.choice("sex", ("M", "F"), needed=False),
        dob=_birth(typed, precision, today),
        dob_precision=precision,
        father_name=cells.text("father_name", 120),
        mother_name=cells.text("mother_name", 120),
        disability_pct=cells.whole_or_none("disability_pct", 0, 100),
    )
    return known, list(cells.problems)


def _birth(typed: Typed, precision: str, today: date) -> date | None:
    """A year alone is enough: its first day, with the precision beside it."""
    text = typed.get("dob", "").strip()
    if precision in ("year", "estimated") and len(text) == 4:
        text = f"01-01-{text}"
    return typed_day({"dob": text}, "dob", today)


def relation_from(typed: Typed) -> str:
    """How the guardian is related; one of a short list."""
    said = typed.get("relation", "")
    return said if said in RELATIONS else "other"


def confirmation_from(typed: Typed, today: date) -> tuple[HandConfirmation, list[Refusal]]:
    """What somebody found out."""
    problems: list[Refusal] = []
    said = typed.get("status", "")
    status = Status(said) if said in set(BY_HAND) else Status.NOT_VERIFIABLE
    on = typed_day(typed, "confirmed_on", today)
    if on is None:
        message = say("Write the day, like 24-11-2026.")
        problems.append(Refusal("day_missing", message, "confirmed_on"))
    udise = typed.get("udise", "").strip()
    try:
        udise = parse_udise(udise) if udise else ""
    except ValueError:
        message = say("A school's number has 11 digits; look it up again.")
        problems.append(Refusal("udise_unreadable", message, "udise"))
    cells = Cells(typed, _LABELS)
    told = HandConfirmation(
        status,
        on or today,
        typed.get("how", ""),
        udise,
        cells.text("admission_no", 20),
        typed_day(typed, "paper_day", today),
    )
    return told, [*problems, *cells.problems]

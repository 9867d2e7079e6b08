"""Children's lines of persons.csv: read only where the guardian's consent is said to live."""

from collections.abc import Mapping
from dataclasses import dataclass

from coop.cooperatives.forms import Cells, Parsed
from coop.schooling.rules.consent import Answer, ChildParticulars

_ANSWERS = {"yes": Answer.GIVEN, "no": Answer.REFUSED, "withdrawn": Answer.WITHDRAWN}
_PERSON_NO = "[A-Z0-9][A-Z0-9-]{0,11}"
PRECISIONS = ("day", "month", "year", "estimated")


@dataclass(frozen=True, slots=True)
class ChildEntry:
    """A child of a list. ``answer`` None: nothing was said of consent; then nothing else is read."""

    answer: Answer | None
    known: ChildParticulars | None = None
    guardian_person_no: str = ""
    relation: str = ""


def child_from_row(row: Mapping[str, str]) -> Parsed[ChildEntry]:
    """Read a child's line. Without a live consent no cell but the answer is even looked at."""
    cells = Cells(row)
    said = cells.choice("school_check_consent", tuple(_ANSWERS), needed=False)
    answer = _ANSWERS.get(said)
    if answer is not Answer.GIVEN:
        return cells.finish(ChildEntry(answer))
    entry = ChildEntry(
        answer,
        ChildParticulars(
            name_latin=cells.text("name_latin", 120),
            name_hi=cells.text("name_hi", 120),
            sex=cells.choice("sex", ("M", "F"), needed=False),
            dob=cells.day_or_none("dob"),
            dob_precision=cells.choice("dob_precision", PRECISIONS, needed=False) or "day",
            father_name=cells.text("father_name", 120),
            mother_name=cells.text("mother_name", 120),
            disability_pct=cells.whole_or_none("disability_pct", 0, 100),
        ),
        cells.pattern("guardian_person_no", _PERSON_NO, "P00001", needed=False),
        cells.text("guardian_relation", 20),
    )
    return cells.finish(entry)

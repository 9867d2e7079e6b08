"""The household list's lines: adults go to members, children to schooling, with consent or bare."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from coop.cooperatives.forms import Parsed
from coop.kernel.db import Transaction
from coop.kernel.refusal import Refusal
from coop.kernel.words import say
from coop.members.forms import person_from_row
from coop.members.queries import ListedPerson
from coop.members.rules.household import PersonRow
from coop.schooling.forms.children import ChildEntry, child_from_row
from coop.schooling.operations.listed import ListedChild, record_listed_children
from coop.schooling.queries.children import ChildLine, children, guardian_numbers
from coop.schooling.queries.role import as_school
from coop.schooling.rules.consent import Answer


@dataclass(frozen=True, slots=True)
class ListedLine:
    """A line of persons.csv; ``child`` None for an adult."""

    person: PersonRow
    child: ChildEntry | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """Children as recorded, by number, and their guardians' numbers."""

    lines: Mapping[str, ChildLine]
    guardians: Mapping[str, tuple[str, str]]

    def entry(self, person_no: str) -> ChildEntry | None:
        """What a list would have to say for nothing to change."""
        line = self.lines.get(person_no)
        if line is None:
            return None
        answer = Answer(line.answer) if line.answer else None
        if answer is not Answer.GIVEN:
            return ChildEntry(answer)
        return ChildEntry(answer, line.known, *self.guardians.get(person_no, ("", "")))


def listed_line(one: ListedPerson, recorded: Recorded) -> ListedLine:
    """A line that would change nothing of what is recorded; who has no name is a child."""
    if one.dob is None and not one.name_latin and not one.name_hi:
        bare = PersonRow(one.person_no, one.household_no, one.cooperative, child=True)
        return ListedLine(bare, recorded.entry(one.person_no))
    return ListedLine(
        PersonRow(
            one.person_no,
            one.household_no,
            one.cooperative,
            False,
            one.name_latin,
            one.name_hi,
            one.sex,
            one.dob,
            one.dob_precision,
            one.member_no,
        )
    )


async def recorded_children(tx: Transaction, numbers: Mapping[int, str]) -> Recorded:
    """Children as recorded; ``numbers``: person numbers by row id."""
    async with as_school(tx):
        lines = {line.person_no: line for line in await children(tx)}
        guardians = await guardian_numbers(tx)
    by_number = {
        line.person_no: (
            numbers.get(guardians[line.person_id][0], ""),
            guardians[line.person_id][1],
        )
        for line in lines.values()
        if line.person_id in guardians
    }
    return Recorded(lines, by_number)


def line_reader(
    rows: Iterable[Mapping[str, str]],
    recorded: Recorded,
    known_adults: Iterable[str],
    on: date,
    adult_age: int,
) -> Callable[[Mapping[str, str]], Parsed[ListedLine]]:
    """Return what reads a line; a guardian is an adult of this file or of an earlier one."""
    adults = set(known_adults)
    for row in rows:
        person = person_from_row(row, on, adult_age).value
        if person is not None and not person.child:
            adults.add(person.person_no)

    def read(row: Mapping[str, str]) -> Parsed[ListedLine]:
        person = person_from_row(row, on, adult_age)
        if person.value is None or not person.value.child:
            value = ListedLine(person.value) if person.value else None
            return Parsed(value, person.problems)
        child = child_from_row(row)
        if child.value is None:
            return Parsed(None, child.problems)
        entry, doubts = _allowed(child.value, person.value.person_no, recorded, adults)
        return Parsed(ListedLine(person.value, entry), doubts)

    return read


def _allowed(
    entry: ChildEntry, person_no: str, recorded: Recorded, adults: set[str]
) -> tuple[ChildEntry, tuple[Refusal, ...]]:
    """A list gives consent only in a guardian's name, and never after one withdrew."""
    if entry.answer is not Answer.GIVEN:
        return entry, ()
    if entry.guardian_person_no not in adults:
        message = say("No adult of the list is named as guardian; the child is kept without name.")
        return ChildEntry(None), (Refusal("guardian_unknown", message, "guardian_person_no"),)
    line = recorded.lines.get(person_no)
    told_no = line is not None and line.answer == Answer.REFUSED and line.how != "list"
    if line is not None and (line.answer == Answer.WITHDRAWN or told_no):
        message = say("A guardian said no; only a guardian, asked in person, can say yes again.")
        stands = replace(entry, answer=Answer(line.answer), known=None, guardian_person_no="", relation="")  # fmt: skip
        return stands, (Refusal("consent_ended", message, "school_check_consent"),)
    return entry, ()


async def record_children_of(
    tx: Transaction,
    cooperative_id: int,
    on: date,
    lines: Sequence[ListedLine],
    person_ids: Mapping[str, int],
) -> None:
    """Write the children of a file; ``person_ids`` of all persons, this file's too."""
    listed = [
        ListedChild(
            person_ids[line.person.person_no],
            line.child.answer,
            line.child.known,
            person_ids.get(line.child.guardian_person_no),
            line.child.relation,
        )
        for line in lines
        if line.child is not None
    ]
    if listed:
        async with as_school(tx):
            await record_listed_children(tx, cooperative_id, on, listed)

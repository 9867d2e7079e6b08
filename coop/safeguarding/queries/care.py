"""Private schemes of a child's household: health and grounds of care meet the other facts in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from coop.kernel.db import Transaction
from coop.safeguarding.queries.cases import Case
from coop.schemes.queries.catalogue import catalogue, rules_on
from coop.schemes.queries.screened import Screened
from coop.schemes.rules.dates import read_span
from coop.schemes.rules.facts import Answer, Care, Fact, Facts, Person, Text
from coop.schemes.rules.gathering import stored
from coop.schemes.rules.judging import NOT_IN_FORCE, Result
from coop.schemes.rules.screening import STATE


@dataclass(frozen=True, slots=True)
class CareFact:
    """An answer as JSON; the last one to a fact of a person."""

    person_no: str
    fact: str
    value: str
    told_on: date


@dataclass(frozen=True, slots=True)
class Judged:
    """A private scheme for one person: what it gives, and what is still to be asked."""

    name: Text
    authority: Text
    person_no: str
    eligible: bool
    sure: bool
    asks: tuple[Text, ...]


def care_questions() -> tuple[Fact, ...]:
    """The questions that the reader alone asks."""
    facts = catalogue().book.facts.values()
    return tuple(one for one in facts if one.care is Care.SAFEGUARDED)


async def care_facts(tx: Transaction, case_id: int) -> list[CareFact]:
    """The last answers of a case."""
    rows = await tx.fetch(
        """SELECT DISTINCT ON (f.person_id, f.fact) p.person_no, f.fact, f.value, f.told_on
           FROM safeguarding.case_fact f JOIN person p ON p.id = f.person_id WHERE f.case_id = $1
           ORDER BY f.person_id, f.fact, f.id DESC""",
        case_id,
    )
    return [CareFact(*row.values()) for row in rows]


def judged(
    case: Case, screened: Screened | None, answers: Sequence[CareFact], on: date
) -> tuple[Judged, ...]:
    """Private schemes that are open or need a fact. ``screened`` None: nothing else is known.

    Nothing of it is written: no row of the schemes' own tables ever holds a private scheme's ground.
    """
    schemes, book = catalogue().schemes, catalogue().book
    persons: dict[str, dict[str, Answer]] = {}
    household: Mapping[str, Answer] = {}
    if screened is not None:
        household = screened.gathered.facts.household
        persons = {one.id: dict(one.answers) for one in screened.gathered.facts.persons}
    child = case.child
    if child is not None:
        own = persons.setdefault(child.person_no, {})
        known = child.known if child.consent else None
        if known is not None and known.dob is not None and known.dob_precision == "day":
            own.setdefault("p.dob", read_span(known.dob.isoformat()))
    for one in answers:
        answer = stored(one.value, book.facts[one.fact], frozenset(schemes), on)
        if answer is not None:
            persons.setdefault(one.person_no, {})[one.fact] = answer
    facts = Facts(household, tuple(Person(name, held) for name, held in persons.items()))
    wanted = {one.person_no for one in answers} | ({child.person_no} if child else set())
    found = []
    for code, applicant, judgement in rules_on(on).outcomes(facts):
        scheme = schemes[code]
        shut = {STATE, NOT_IN_FORCE} & set(judgement.failing)
        if not scheme.private or shut or judgement.result is Result.NOT_ELIGIBLE:
            continue
        if applicant not in wanted:
            continue
        asks = tuple(book.facts[name].ask for name in judgement.missing if name in book.facts)
        eligible = judgement.result is Result.ELIGIBLE
        found.append(Judged(scheme.name, scheme.authority, applicant, eligible, scheme.verified, asks))  # fmt: skip
    return tuple(sorted(found, key=lambda one: (not one.eligible, len(one.asks))))

"""A household screened: what is known of it, its task list, the next question."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from coop.kernel.db import Transaction
from coop.schemes.queries.applications import ApplicationKnown, of_household
from coop.schemes.queries.catalogue import catalogue, rules_on
from coop.schemes.queries.households import (
    Desk,
    HouseholdKnown,
    PaperKnown,
    PersonKnown,
    agreed,
    household,
    papers,
    people,
    refused_today,
    told,
)
from coop.schemes.rules.answers import HOUSEHOLD
from coop.schemes.rules.applications import OPEN, State
from coop.schemes.rules.facts import Answer, Care, Text
from coop.schemes.rules.gathering import Agreed, Gathered, gather
from coop.schemes.rules.judging import Outcome
from coop.schemes.rules.screening import (
    Asker,
    Known,
    Line,
    Question,
    next_question,
    task_list,
)


@dataclass(frozen=True, slots=True)
class Screened:
    """Everything that the desk's pages of a household show.

    ``asks_consent``: the next question is one that the household must first agree to. ``open_facts``: those
    whose answer may still decide a result.
    """

    household: HouseholdKnown
    people: tuple[PersonKnown, ...]
    agreed: Agreed
    gathered: Gathered
    outcomes: tuple[Outcome, ...]
    open_facts: frozenset[str]
    lines: tuple[Line, ...]
    question: Question | None
    asks_consent: bool
    papers: tuple[PaperKnown, ...]
    applications: tuple[ApplicationKnown, ...]
    on: date

    def answers(self, applicant: str) -> Mapping[str, Answer]:
        """The household's answers, with those of the person where it is one."""
        held = dict(self.gathered.facts.household)
        for person in self.gathered.facts.persons:
            if person.id == applicant:
                held.update(person.answers)
        return held

    def person(self, applicant: str) -> PersonKnown | None:
        """The person of an id, None for the household and for ids of others."""
        return next((one for one in self.people if one.person_no == applicant), None)

    def desk(self, applicant: str) -> Desk:
        """The row ids to write about an applicant with."""
        person = self.person(applicant)
        return Desk(
            self.household.cooperative_id,
            self.household.id,
            None if person is None else person.id,
        )

    def knows(self, applicant: str) -> bool:
        """Whether the applicant is this household or a person that is judged."""
        judged = {person.id for person in self.gathered.facts.persons}
        return applicant == HOUSEHOLD or applicant in judged

    @property
    def unasked_children(self) -> tuple[PersonKnown, ...]:
        """Of whom nothing is known, because no guardian was asked or none agreed."""
        return tuple(one for one in self.people if not self.knows(one.person_no))

    def decides(self, fact: str, applicant: str) -> bool:
        """Whether an answer may change a result, or puts right one that was given."""
        return fact in self.open_facts or fact in self.answers(applicant)

    def line(self, code: str, applicant: str) -> Line | None:
        """The result of one scheme for one applicant, None where none is shown."""
        return next(
            (x for x in self.lines if (x.scheme.code, x.applicant) == (code, applicant)), None
        )


def scheme_names() -> Mapping[str, Text]:
    """Names of all schemes by code."""
    return {code: scheme.name for code, scheme in catalogue().schemes.items()}


async def screened(tx: Transaction, number: str, on: date) -> Screened | None:
    """Judge a household by its number; None where it is not within reach."""
    found = await household(tx, number)
    if found is None:
        return None
    book, schemes = catalogue().book, catalogue().schemes
    persons = tuple(await people(tx, found.id))
    consent = await agreed(tx, found.id)
    applications = tuple(await of_household(tx, found.id))
    gathered = gather(
        found.registered,
        [one.registered for one in persons],
        await told(tx, found.id),
        consent,
        [(one.scheme, one.applicant) for one in applications if one.state is State.RECEIVING],
        book,
        frozenset(schemes),
        on,
    )
    rules = rules_on(on)
    noted = tuple(await papers(tx, found.id))
    known = _known(gathered, noted, applications)
    outcomes = tuple(rules.outcomes(gathered.facts))
    settled = known.receiving | known.applied
    # What runs or was applied for is not asked about again: no answer would change what the desk does.
    still = tuple(one for one in outcomes if (one.scheme, one.applicant) not in settled)
    question, asks_consent = _question(
        still, gathered, consent, refused=await refused_today(tx, found.id, on)
    )
    return Screened(
        found,
        persons,
        consent,
        gathered,
        outcomes,
        frozenset(name for one in still for name in one.judgement.missing),
        task_list(catalogue(), rules, gathered.facts, known),
        question,
        asks_consent,
        noted,
        applications,
        on,
    )


def _known(
    gathered: Gathered, noted: tuple[PaperKnown, ...], applications: tuple[ApplicationKnown, ...]
) -> Known:
    receiving = set()
    missing = {(one.paper, one.applicant) for one in noted if not one.seen}
    places = [(HOUSEHOLD, gathered.facts.household, "h.receives")]
    places += [(one.id, one.answers, "p.receives") for one in gathered.facts.persons]
    for applicant, held, name in places:
        drawn, lost = held.get(name), held.get("p.papers_missing")
        if isinstance(drawn, frozenset):
            receiving |= {(code, applicant) for code in drawn}
        if isinstance(lost, frozenset):
            missing |= {(f"{word}_cert", applicant) for word in lost}
    seen = {(one.paper, one.applicant) for one in noted if one.seen}
    return Known(
        frozenset(receiving),
        frozenset((one.scheme, one.applicant) for one in applications if one.state in OPEN),
        frozenset(missing - seen),
    )


def _question(
    outcomes: tuple[Outcome, ...], gathered: Gathered, consent: Agreed, *, refused: bool
) -> tuple[Question | None, bool]:
    """What to ask next, and whether the household's agreement is to be asked before it."""
    schemes, book = catalogue().schemes, catalogue().book

    def asked(agrees: bool) -> Question | None:
        asker = Asker(agrees, gathered.children, consent.children, gathered.unanswered)
        # Questions about school come to grown people last: to most of them they sound odd.
        first = next_question(outcomes, schemes, book, asker.may_ask_before_others)
        return first or next_question(outcomes, schemes, book, asker.may_ask)

    if consent.household or refused:
        return asked(consent.household), False
    question = asked(True)
    if question is None or question.fact.care is Care.PLAIN:
        return question, False
    # One agreement opens all that is sensitive; what is plain and can be asked comes first.
    plain = asked(False)
    return (plain, False) if plain is not None else (question, True)

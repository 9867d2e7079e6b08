"""What the registers and the desk's answers together say of a household.

An answer of the desk always stands before the register. "Do not know" leaves a fact unknown.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from coop.schemes.rules.answers import HOUSEHOLD, Wrong, read_answer
from coop.schemes.rules.dates import read_span
from coop.schemes.rules.facts import Answer, Care, Fact, FactBook, Facts, Kind, Person

_STATES = {20: "JH", 10: "BR"}  # codes of the Local Government Directory
_HOUSES = {"kutcha": "kutcha", "semi": "semi_pucca", "pucca": "pucca"}


@dataclass(frozen=True, slots=True)
class RegisteredHousehold:
    """The household list's line; land in hundredths of an acre, texts empty where nothing stands."""

    state_lgd: int | None
    ration: str
    house: str
    land_hundredths_acre: int | None
    pvtg: bool | None
    minority: bool | None


@dataclass(frozen=True, slots=True)
class RegisteredPerson:
    """A person of the household. ``known``: names and dates are kept, so this is a grown person."""

    id: str
    known: bool
    member: bool = False
    sex: str = ""
    dob: date | None = None
    dob_precision: str = "day"


@dataclass(frozen=True, slots=True)
class Told:
    """One answer of the desk as JSON; None: "do not know". ``applicant``: a person's id or household."""

    applicant: str
    fact: str
    value: str | None
    on: date


@dataclass(frozen=True, slots=True)
class Agreed:
    """Who agreed to be asked: the household, and the guardians of these children (ids)."""

    household: bool
    children: frozenset[str]


@dataclass(frozen=True, slots=True)
class Gathered:
    """Facts to judge by, which of them come from a register, and what nobody knew today."""

    facts: Facts
    prefilled: frozenset[tuple[str, str]]
    unanswered: frozenset[tuple[str, str]]
    children: frozenset[str]


def gather(
    household: RegisteredHousehold,
    persons: Iterable[RegisteredPerson],
    told: Iterable[Told],
    agreed: Agreed,
    receiving: Iterable[tuple[str, str]],
    book: FactBook,
    codes: frozenset[str],
    on: date,
) -> Gathered:
    """Put together what may be used. ``told``: the last answer to each fact.

    ``receiving``: scheme and applicant of benefits that the desk has seen: whoever draws one draws it,
    also where "none" was said before it began.

    Of a child nothing is used without the guardian's agreement, and no sensitive register entry
    without the household's.
    """
    people = tuple(persons)
    answers: dict[str, dict[str, Answer]] = {HOUSEHOLD: {}}
    answers.update({one.id: {} for one in people if one.known or one.id in agreed.children})
    prefilled: set[tuple[str, str]] = set()
    for applicant, name, answer in [*_of_household(household), *_of_persons(people)]:
        allowed = book.facts[name].care is Care.PLAIN or agreed.household
        if applicant in answers and allowed:
            answers[applicant][name] = answer
            prefilled.add((name, applicant))
    unanswered = set()
    for one in told:
        fact = book.facts.get(one.fact)
        if fact is None or one.applicant not in answers:
            continue
        prefilled.discard((one.fact, one.applicant))
        answers[one.applicant].pop(one.fact, None)
        known = None if one.value is None else stored(one.value, fact, codes, on)
        if known is not None:
            answers[one.applicant][one.fact] = known
        elif one.on == on:
            unanswered.add((one.fact, one.applicant))
    _follow(answers, prefilled)
    for code, applicant in receiving:
        name = "h.receives" if applicant == HOUSEHOLD else "p.receives"
        if applicant in answers:
            drawn = answers[applicant].get(name, frozenset())
            if isinstance(drawn, frozenset):
                answers[applicant][name] = drawn | {code}
                prefilled.add((name, applicant))
    return Gathered(
        Facts(
            answers[HOUSEHOLD],
            tuple(Person(name, held) for name, held in answers.items() if name != HOUSEHOLD),
        ),
        frozenset(prefilled),
        frozenset(unanswered),
        frozenset(one.id for one in people if not one.known),
    )


def stored(text: str, fact: Fact, codes: frozenset[str], on: date) -> Answer | None:
    """An answer as it was kept; None where the catalogue no longer takes it."""
    value = json.loads(text, parse_float=Decimal)
    answer = read_answer(value, fact, codes, on)
    if isinstance(answer, Wrong):
        return None
    return read_span(str(value)) if fact.kind is Kind.DATE else answer


def to_store(value: object) -> str:
    """The JSON text that is kept of a value as a file of facts would write it."""
    if isinstance(value, Decimal):
        return str(value)
    return json.dumps(value, ensure_ascii=False)


def _of_household(given: RegisteredHousehold) -> Iterator[tuple[str, str, Answer]]:
    if given.state_lgd is not None:
        yield HOUSEHOLD, "h.state", _STATES.get(given.state_lgd, "OTHER")
    if given.ration:
        yield HOUSEHOLD, "h.ration", given.ration
    if given.house in _HOUSES:
        yield HOUSEHOLD, "h.house", _HOUSES[given.house]
    if given.land_hundredths_acre is not None:
        yield HOUSEHOLD, "h.land_acre", Decimal(given.land_hundredths_acre).scaleb(-2)
    if given.pvtg is not None:
        yield HOUSEHOLD, "h.pvtg", given.pvtg
    if given.minority is not None:
        yield HOUSEHOLD, "h.minority", given.minority


def _of_persons(people: Iterable[RegisteredPerson]) -> Iterator[tuple[str, str, Answer]]:
    for one in people:
        if one.sex in ("F", "M", "T"):
            yield one.id, "p.sex", one.sex
        if one.dob is not None and one.dob_precision in ("day", "month", "year"):
            length = {"day": 10, "month": 7, "year": 4}[one.dob_precision]
            yield one.id, "p.dob", read_span(one.dob.isoformat()[:length])
        if one.member:
            yield one.id, "p.unorganised", True
            yield one.id, "p.work_kind", "self_employed"


def _follow(answers: Mapping[str, dict[str, Answer]], prefilled: set[tuple[str, str]]) -> None:
    """Somebody who pays income tax is somebody of the family who does."""
    payers = any(held.get("p.income_tax") is True for held in answers.values())
    if payers and "h.any_income_tax" not in answers[HOUSEHOLD]:
        answers[HOUSEHOLD]["h.any_income_tax"] = True
        prefilled.add(("h.any_income_tax", HOUSEHOLD))

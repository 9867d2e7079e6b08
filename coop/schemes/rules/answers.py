"""Facts as a file or a form gives them, turned into answers, with every fault and its place.

Nothing is guessed: a number is a number and not a text, ``1`` is not yes, and a word is one of the
list in exactly these letters.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeGuard

from coop.schemes.rules.dates import read_span
from coop.schemes.rules.facts import Answer, Fact, FactBook, Facts, Kind, Person

HOUSEHOLD = "household"
_ID = re.compile(r"[A-Za-z0-9_-]{1,40}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Wrong:
    """One fault: its code, the path of the place, and a sentence."""

    error: str
    at: str
    message: str


class WrongFacts(Exception):
    """The facts are refused; all faults are named."""

    def __init__(self, faults: tuple[Wrong, ...]) -> None:
        self.faults = faults
        super().__init__("; ".join(f"{fault.error} at {fault.at}" for fault in faults))


def read_facts(given: object, book: FactBook, codes: frozenset[str], on: date) -> Facts:
    """Turn a parsed JSON text into facts. ``codes``: of every scheme. Raises WrongFacts."""
    reader = _Reader(book, codes, on)
    facts = reader.top(given)
    if reader.faults:
        raise WrongFacts(tuple(reader.faults))
    return facts


def read_answer(value: object, fact: Fact, codes: frozenset[str], on: date) -> Answer | Wrong:
    """Turn one value into the answer to a fact, or say what is wrong with it."""
    wrong = _wrong_kind(value, fact) or _wrong_value(value, fact, codes, on)
    return wrong or _answer(value)


def _answer(value: object) -> Answer:
    if isinstance(value, list):
        return frozenset(value)
    if _is_number(value) or isinstance(value, bool | str):
        return value
    raise TypeError(f"no answer: {value!r}")


def _is_number(value: object) -> TypeGuard[int | Decimal]:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


_KINDS: Mapping[Kind, str] = {
    Kind.BOOL: "true or false",
    Kind.INT: "a whole number",
    Kind.NUM: "a number",
    Kind.ENUM: "one word of the list",
    Kind.SET: "an array of words",
    Kind.SCHEMES: "an array of scheme codes",
    Kind.DATE: "a date as text",
}


def _wrong_kind(value: object, fact: Fact) -> Wrong | None:
    match fact.kind:
        case Kind.BOOL:
            fits = isinstance(value, bool)
        case Kind.INT:
            fits = isinstance(value, int) and not isinstance(value, bool)
        case Kind.NUM:
            fits = _is_number(value)
        case Kind.ENUM | Kind.DATE:
            fits = isinstance(value, str)
        case Kind.SET | Kind.SCHEMES:
            fits = isinstance(value, list) and all(isinstance(word, str) for word in value)
    return None if fits else Wrong("wrong_type", "", f"{_KINDS[fact.kind]} is expected")


def _wrong_value(value: object, fact: Fact, codes: frozenset[str], on: date) -> Wrong | None:
    if _is_number(value):
        too_low = fact.low is not None and value < fact.low
        too_high = fact.high is not None and value > fact.high
        if too_low or too_high:
            return Wrong("out_of_range", "", f"from {fact.low} to {fact.high or 'any'}")
    elif fact.kind is Kind.DATE:
        return _wrong_date(str(value), on)
    elif fact.kind is not Kind.BOOL:
        words = {str(word) for word in (value if isinstance(value, list) else [value])}
        unknown = sorted(words - (codes if fact.kind is Kind.SCHEMES else fact.words))
        if unknown:
            return Wrong("not_allowed", "", f"not in the list: {', '.join(unknown)[:200]}")
    return None


def _wrong_date(text: str, on: date) -> Wrong | None:
    try:
        span = read_span(text)
    except ValueError:
        return Wrong("bad_date", "", "YYYY-MM-DD, YYYY-MM, YYYY or YYYY/YYYY, 1900 to 2100")
    return Wrong("after_on", "", f"begins after {on}") if span.first > on else None


class _Reader:
    """Walks through the given value once and keeps every fault that it meets."""

    def __init__(self, book: FactBook, codes: frozenset[str], on: date) -> None:
        self.book, self.codes, self.on = book, codes, on
        self.faults: list[Wrong] = []

    def wrong(self, error: str, at: str, message: str) -> None:
        self.faults.append(Wrong(error, at, message))

    def top(self, given: object) -> Facts:
        if not isinstance(given, dict):
            self.wrong("wrong_type", "", "an object is expected")
            return Facts({}, ())
        for key in given:
            if key not in (HOUSEHOLD, "persons"):
                self.wrong("unknown_key", key, "household and persons are expected")
        for key in (HOUSEHOLD, "persons"):
            if key not in given:
                self.wrong("missing_key", key, "is not there")
        household: Mapping[str, Answer] = {}
        if HOUSEHOLD in given:
            household = self.place(given[HOUSEHOLD], HOUSEHOLD, self.book.of_household)
        return Facts(household, tuple(self.persons(given.get("persons", []))))

    def place(
        self, given: object, at: str, facts: Mapping[str, Fact], passed: str = ""
    ) -> dict[str, Answer]:
        """The answers of one object; ``passed`` names a key that is no fact."""
        answers: dict[str, Answer] = {}
        if not isinstance(given, dict):
            self.wrong("wrong_type", at, "an object is expected")
            return answers
        for key, value in given.items():
            if key == passed:
                continue
            fact = facts.get(key)
            if fact is None:
                self.wrong("unknown_key", f"{at}.{key}", "no fact of this name is asked here")
            elif value is not None:
                answer = read_answer(value, fact, self.codes, self.on)
                if isinstance(answer, Wrong):
                    self.wrong(answer.error, f"{at}.{key}", answer.message)
                elif fact.kind is Kind.DATE:
                    answers[fact.name] = read_span(str(value))
                else:
                    answers[fact.name] = answer
        return answers

    def persons(self, given: object) -> Iterator[Person]:
        if not isinstance(given, list):
            self.wrong("wrong_type", "persons", "an array is expected")
            return
        seen: set[str] = set()
        for number, one in enumerate(given):
            at = f"persons[{number}]"
            answers = self.place(one, at, self.book.of_person, passed="id")
            if isinstance(one, dict):
                yield Person(self.person_id(one, f"{at}.id", seen), answers)

    def person_id(self, given: Mapping[str, object], at: str, seen: set[str]) -> str:
        if "id" not in given:
            self.wrong("missing_key", at, "is not there")
            return ""
        name = given["id"]
        if not isinstance(name, str):
            self.wrong("wrong_type", at, "a text is expected")
            return ""
        if name == HOUSEHOLD or not _ID.fullmatch(name):
            self.wrong("bad_id", at, "1 to 40 of A-Z a-z 0-9 _ -, and not household")
        elif name in seen:
            self.wrong("duplicate_id", at, "stands before")
        seen.add(name)
        return name

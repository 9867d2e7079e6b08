"""Households by chance, of the shapes that the benefit desk meets. The same seed, the same households."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from coop.schemes.rules.dates import Span
from coop.schemes.rules.facts import Answer, Fact, FactBook, Facts, Kind, Person

# Numbers at and around which rules turn.
_RUPEES = (0, 900, 9000, 14999, 15000, 15001, 49999, 50000, 72000, 72001, 96000, 250000, 250001)
_ACRES = tuple(Decimal(text) for text in ("0", "0.49", "0.5", "2", "2.49", "2.5", "5", "10.01"))


def households(
    book: FactBook, codes: list[str], on: date, *, seed: int, count: int, known: float = 0.8
) -> Iterator[Facts]:
    """``known``: the share of facts that have an answer."""
    chance = Random(seed)
    for _ in range(count):
        household = _answers(chance, book.of_household.values(), codes, on, known)
        persons = tuple(
            Person(f"m{number}", _answers(chance, book.of_person.values(), codes, on, known))
            for number in range(1, chance.choice((1, 3, 4, 5, 5, 6, 8)) + 1)
        )
        yield Facts(household, persons)


def _answers(
    chance: Random, facts: object, codes: list[str], on: date, known: float
) -> dict[str, Answer]:
    assert hasattr(facts, "__iter__")
    return {
        fact.name: answer_by_chance(chance, fact, codes, on)
        for fact in facts
        if chance.random() < known
    }


def answer_by_chance(chance: Random, fact: Fact, codes: list[str], on: date) -> Answer:
    match fact.kind:
        case Kind.BOOL:
            return chance.random() < 0.4
        case Kind.ENUM:
            return chance.choice([word for word, _ in fact.options])
        case Kind.SET | Kind.SCHEMES:
            words = codes if fact.kind is Kind.SCHEMES else sorted(fact.words)
            return frozenset(chance.sample(words, chance.choice((0, 0, 0, 1, 2))))
        case Kind.INT:
            return chance.randint(fact.low or 0, min(fact.high or 400, 400))
        case Kind.NUM:
            return chance.choice(_ACRES if fact.unit == "acres" else _RUPEES)
        case Kind.DATE:
            far = 85 * 366 if fact.name == "p.dob" else 900
            day = max(on - timedelta(days=chance.randrange(far)), date(1900, 1, 1))
            if chance.random() < 0.6:
                return Span(day, day)
            return Span(date(day.year, 1, 1), date(day.year, 12, 31))

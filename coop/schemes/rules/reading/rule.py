"""Rules as files write them: ``["p.age", ">=", 18]``, grouped by ``all``, ``any`` and ``not``."""

from decimal import Decimal
from typing import TypeGuard

from coop.schemes.rules.facts import Fact, FactBook, Kind, Number
from coop.schemes.rules.logic import AllOf, AnyOf, NotOf, Op, Rule, Test, Value
from coop.schemes.rules.reading.page import near

_OPS = {op.value: op for op in Op}
_PLAIN = frozenset((Op.IS, Op.IS_NOT))
_NUMBER = _PLAIN | {Op.BELOW, Op.AT_MOST, Op.ABOVE, Op.AT_LEAST, Op.WITHIN}
_ALLOWED = {
    Kind.BOOL: _PLAIN,
    Kind.ENUM: _PLAIN | {Op.IN},
    Kind.SET: frozenset((Op.HAS, Op.HAS_NONE)),
    Kind.SCHEMES: frozenset((Op.HAS, Op.HAS_NONE)),
    Kind.INT: _NUMBER,
    Kind.NUM: _NUMBER,
    Kind.DATE: _NUMBER,  # of what is measured from it
}


class WrongRule(ValueError):
    """A rule that cannot be read; the text says why."""


def read_rule(given: object, book: FactBook, codes: frozenset[str], *, household: bool) -> Rule:
    """Read one rule. ``household``: only facts of the household may stand in it. Raises WrongRule."""
    match given:
        case ["all", *parts] if parts:
            return AllOf(tuple(read_rule(part, book, codes, household=household) for part in parts))
        case ["any", *parts] if parts:
            return AnyOf(tuple(read_rule(part, book, codes, household=household) for part in parts))
        case ["not", part]:
            return NotOf(read_rule(part, book, codes, household=household))
        case [str(name), str(op), value]:
            return _test(name, op, value, book, codes, household)
    raise WrongRule(f'not a test, "all", "any" or "not": {given!r}'[:200])


def _test(
    name: str, op: str, value: object, book: FactBook, codes: frozenset[str], household: bool
) -> Test:
    base = book.base(name)
    fact = book.facts.get(base)
    if fact is None:
        raise WrongRule(f"unknown fact {name}{near(name, (*book.facts, *book.measures))}")
    if household and not fact.of_household:
        raise WrongRule(f"{name} is about a person, the scheme about the household")
    if fact.kind is Kind.DATE and name == base:
        given = [measure for measure, (date, _) in book.measures.items() if date == name]
        raise WrongRule(f"{name} is a date: test what is measured from it, {' or '.join(given)}")
    if op not in _OPS:
        raise WrongRule(f"unknown operator {op}; one of {' '.join(_OPS)}")
    if _OPS[op] not in _ALLOWED[fact.kind]:
        suits = " ".join(one.value for one in Op if one in _ALLOWED[fact.kind])
        raise WrongRule(f"{op} does not suit {name}; write one of {suits}")
    measure = book.measures[name][1] if name in book.measures else None
    return Test(name, base, _OPS[op], _value(name, _OPS[op], value, fact, codes), measure)


def _value(name: str, op: Op, value: object, fact: Fact, codes: frozenset[str]) -> Value:
    match fact.kind:
        case Kind.BOOL:
            if not isinstance(value, bool):
                raise WrongRule(f"{name}: true or false is expected")
            return value
        case Kind.ENUM if op in _PLAIN:
            return _known([value], fact.words, name)[0]
        case Kind.ENUM | Kind.SET:
            return frozenset(_known(value, fact.words, name))
        case Kind.SCHEMES:
            return frozenset(_known(value, codes, name))
        case _:
            return _bounds(name, value) if op is Op.WITHIN else _number(name, value, fact)


def _known(value: object, words: frozenset[str], name: str) -> list[str]:
    if not isinstance(value, list):
        raise WrongRule(f"{name}: a list of words is expected")
    found: list[str] = []
    for word in value:
        if not isinstance(word, str) or word not in words:
            raise WrongRule(f"{name}: unknown word {word}{near(str(word), words)}")
        found.append(word)
    return found


def _is_number(value: object) -> TypeGuard[Number]:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _number(name: str, value: object, fact: Fact) -> Number:
    if not _is_number(value) or (fact.kind is not Kind.NUM and isinstance(value, Decimal)):
        raise WrongRule(f"{name}: a number that suits the fact is expected")
    return value


def _bounds(name: str, value: object) -> tuple[Number, Number]:
    match value:
        case [low, high] if _is_number(low) and _is_number(high) and low <= high:
            return low, high
    raise WrongRule(f"{name}: within asks for [low, high]")

"""Three schemes of three conditions by this catalogue's engine and by openfisca-core, in one process.

`.venv-bench/bin/python -m benchmarks.beside [PERSONS]`; without openfisca-core only our own figure.
"""

import sys
import time
from datetime import date

from coop.schemes.queries.catalogue import catalogue
from coop.schemes.rules.dates import Span
from coop.schemes.rules.facts import FactBook, Facts, Person
from coop.schemes.rules.judging import DayRules
from coop.schemes.rules.logic import tests
from coop.schemes.rules.scheme import Catalogue
from tests.schemes.chance import households

ON = date(2026, 12, 1)
# Schemes of the catalogue with exactly three conditions, whose facts openfisca-core can hold too.
THREE = ("SSY", "RURAL_WORK", "PASHUDHAN")
CHUNK = 2_000


def main(count: int = 100_000) -> None:
    """Print seconds of processor time of both, whether they agree, and the ratio."""
    whole = catalogue()
    few = Catalogue({code: whole.schemes[code] for code in THREE}, whole.book, {})
    made = _persons(few, count)
    rules = DayRules(few, ON)
    began = time.process_time()
    ours = [rules.results(facts) for facts in made]
    own = time.process_time() - began
    print(f"{', '.join(THREE)} on {count:,} persons, all facts known: {own:.2f} s of ours")
    try:
        from benchmarks import openfisca
    except ImportError:
        print("openfisca-core is not installed here: no ratio (tools/beside.py brings it)")
        return
    theirs, loading, calculating = openfisca.screen(made, ON)
    same = sum(
        [result == "eligible" for result in one] == list(other)
        for one, other in zip(ours, theirs, strict=True)
    )
    print(
        f"openfisca-core: {loading:.2f} s to take the facts in, {calculating:.2f} s to calculate, arrays of numpy, "
        f"no unknown and no reasons; {same:,} of {count:,} agree. ours / theirs: {own / (loading + calculating):.2f} "
        f"from facts to verdicts, {own / calculating:.1f} to its calculation alone"
    )
    if same != count:
        sys.exit("the two do not agree: one of them is wrong")


def _persons(few: Catalogue, count: int) -> list[Facts]:
    """One person a household with every fact that the three schemes read; births to the day.

    A year alone leaves us an unknown where openfisca-core has no word for it.
    """
    return [
        Facts(facts.household, (_born_on_a_day(facts.persons[0]),))
        for seed in range(-(-count // CHUNK))
        for facts in households(
            _only_asked(few), [], ON, seed=seed, count=min(CHUNK, count - seed * CHUNK), known=1.0
        )
    ]


def _born_on_a_day(person: Person) -> Person:
    born = person.answers["p.dob"]
    assert isinstance(born, Span)
    return Person(person.id, {**person.answers, "p.dob": Span(born.first, born.first)})


def _only_asked(few: Catalogue) -> FactBook:
    """A book of the facts that the three schemes read."""
    asked = {
        test.base
        for scheme in few.schemes.values()
        for criterion in scheme.criteria
        for test in tests(criterion.rule)
    }
    facts = {name: fact for name, fact in few.book.facts.items() if name in asked}
    return FactBook(facts, few.book.measures)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)

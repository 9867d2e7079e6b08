"""Screen households by the whole catalogue, and the same three-condition rules by openfisca-core.

`python -m benchmarks.screening [HOUSEHOLDS]`. openfisca-core is no dependency of ours: where it is not
installed (`pip install openfisca-core` in a venv of its own), only our own figure is printed.
"""

import sys
import time
from datetime import date
from typing import Any

from coop.schemes.queries.catalogue import catalogue
from coop.schemes.rules.facts import Facts
from coop.schemes.rules.judging import DayRules
from coop.schemes.rules.scheme import Catalogue
from tests.schemes.chance import households

ON = date(2026, 12, 1)
# Schemes of the catalogue with exactly three conditions, whose facts openfisca-core can hold too.
THREE = ("SSY", "RURAL_WORK", "PASHUDHAN")
CHUNK = 2_000


def main(count: int = 100_000) -> None:
    """Print seconds of processor time on one core, then the ratio."""
    whole = catalogue()
    verdicts, reasons, persons, outcomes = _screen(whole, count)
    share = 100_000 / count
    print(
        f"{count:,} households, {persons:,} persons, {outcomes:,} results of {len(whole.schemes)} schemes: "
        f"verdicts alone {verdicts:.0f} s, with reasons {reasons:.0f} s "
        f"(a hundred thousand: {verdicts * share:.0f} s, aim 60; {reasons * share:.0f} s, aim 300)"
    )
    _compare(whole, min(count, 100_000))


def _screen(whole: Catalogue, count: int) -> tuple[float, float, int, int]:
    rules = (DayRules(whole, ON), DayRules(whole, ON))
    verdicts = reasons = 0.0
    persons = outcomes = 0
    codes = sorted(whole.schemes)
    for seed in range(-(-count // CHUNK)):
        size = min(CHUNK, count - seed * CHUNK)
        made = list(households(whole.book, codes, ON, seed=seed, count=size))
        persons += sum(len(facts.persons) for facts in made)
        began = time.process_time()
        for facts in made:
            rules[0].results(facts)
        between = time.process_time()
        for facts in made:
            outcomes += len(rules[1].outcomes(facts))
        reasons += time.process_time() - between
        verdicts += between - began
    return verdicts, reasons, persons, outcomes


def _compare(whole: Catalogue, count: int) -> None:
    few = Catalogue({code: whole.schemes[code] for code in THREE}, whole.book, {})
    made = [
        Facts(facts.household, facts.persons[:1])
        for seed in range(-(-count // CHUNK))
        for facts in households(
            _only_asked(few), [], ON, seed=seed, count=min(CHUNK, count - seed * CHUNK), known=1.0
        )
    ]
    rules = DayRules(few, ON)
    began = time.process_time()
    ours = [rules.results(facts) for facts in made]
    own = time.process_time() - began
    print(f"{', '.join(THREE)} on {count:,} persons, all facts known: {own:.2f} s of ours")
    try:
        from benchmarks import openfisca
    except ImportError:
        print("openfisca-core is not installed here: no ratio")
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


def _only_asked(few: Catalogue) -> Any:
    """A book of the facts that the three schemes read."""
    from coop.schemes.rules.facts import FactBook
    from coop.schemes.rules.logic import tests

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

"""The whole catalogue from its files; refused as a whole where one file has a fault."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from coop.schemes.rules.judging import Judgement, judge_plainly
from coop.schemes.rules.reading.book import read_book, texts
from coop.schemes.rules.reading.files import SchemeFile, Words
from coop.schemes.rules.reading.page import Faults
from coop.schemes.rules.scheme import About, Catalogue, Example, Faulty, Scheme

Tables = Mapping[str, Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Files:
    """Parsed files by name: schemes, facts with their words, and the words of papers and places."""

    schemes: Tables
    facts: Tables
    words: Mapping[str, object]


def read_catalogue(files: Files) -> Catalogue:
    """Read and prove everything, the worked examples too. Raises Faulty with all faults."""
    faults = Faults()
    book = read_book(files.facts, faults)
    words = {kind: texts(given, "words.toml", kind, faults) for kind, given in files.words.items()}
    codes = frozenset(name.removesuffix(".toml") for name in files.schemes)
    known = Words(codes, words["document"], words["place"])
    schemes = {
        name: SchemeFile(name, given, book, known, faults).read()
        for name, given in sorted(files.schemes.items())
    }
    by_number: dict[int, list[str]] = {}
    for name, one in schemes.items():
        by_number.setdefault(one.number, []).append(name)
    for number, names in by_number.items():
        if len(names) > 1:
            free = f"{', '.join(names)}; the next free number is {max(by_number) + 1}"
            faults.add("catalogue", f"number {number}", f"stands twice: {free}")
    if not faults.found:
        for name, scheme in schemes.items():
            for row, what in wrong_examples(scheme):
                faults.add(name, row, what)
    if faults.found:
        raise Faulty(faults.found)
    return Catalogue({one.code: one for one in schemes.values()}, book, words)


def wrong_examples(scheme: Scheme) -> Iterator[tuple[str, str]]:
    """The examples of a scheme that do not come out, with what came."""
    for number, example in enumerate(scheme.examples, 1):
        came = _judged(scheme, example)
        if not _as_said(came, example):
            failing, missing = ", ".join(came.failing), ", ".join(came.missing)
            yield (
                f"example {number}",
                f"result: by the criteria it is {came.result}, failing [{failing}], missing [{missing}]. "
                "Put the example right, or the criterion",
            )


def _judged(scheme: Scheme, example: Example) -> Judgement:
    answers = dict(example.facts.household)
    if scheme.about is About.PERSON:
        answers.update(example.facts.persons[0].answers)
    return judge_plainly(scheme, answers, example.on)


def _as_said(came: Judgement, example: Example) -> bool:
    return (
        came.result == example.result
        and (example.failing is None or example.failing == frozenset(came.failing))
        and (example.missing is None or example.missing == frozenset(came.missing))
    )

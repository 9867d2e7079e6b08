"""Why not, in words: what is needed, what was said, and who says that it is needed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from coop.schemes.rules.dates import Span, written
from coop.schemes.rules.facts import Answer, Fact, FactBook, Text
from coop.schemes.rules.judging import Judgement
from coop.schemes.rules.logic import Test, Truth, holds, tests, truth
from coop.schemes.rules.scheme import Criterion, Scheme, Source, in_force

YES, NO, NOTHING = Text("Yes", "हाँ"), Text("No", "नहीं"), Text("None", "कोई नहीं")


@dataclass(frozen=True, slots=True)
class Said:
    """A question and what was answered to it. ``fact``: its name."""

    ask: Text
    answer: Text
    fact: str = ""

    @property
    def of_household(self) -> bool:
        """Whether the household answered."""
        return self.fact.startswith("h.")


@dataclass(frozen=True, slots=True)
class Reason:
    """A criterion in words. ``came``: whether it holds, None while nobody knows."""

    id: str
    needed: Text
    checked: bool
    came: Truth
    said: tuple[Said, ...]


def reasons(
    scheme: Scheme,
    answers: Mapping[str, Answer],
    book: FactBook,
    names: Mapping[str, Text],
    on: date,
) -> tuple[Reason, ...]:
    """Every criterion in force, each with the answers that its outcome rests on.

    ``names``: of schemes by code, for facts that list them.
    """

    def look(test: Test) -> Truth:
        return holds(test, answers.get(test.base), on)

    return tuple(
        Reason(
            one.id,
            one.why or Text(one.id, one.id),
            one.checked,
            truth(one.rule, look),
            _said(one, answers, book, names, on),
        )
        for one in in_force(scheme.criteria, on)
    )


def why_not(judgement: Judgement, scheme: Scheme, on: date) -> tuple[Text, ...]:
    """The failing criteria in words."""
    return tuple(
        one.why or Text(one.id, one.id)
        for one in in_force(scheme.criteria, on)
        if one.id in judgement.failing
    )


def best_source(scheme: Scheme) -> Source:
    """The source to name: a verified one before others, the newest first."""
    return max(scheme.sources, key=lambda source: (source.verified, source.dated))


def _said(
    one: Criterion,
    answers: Mapping[str, Answer],
    book: FactBook,
    names: Mapping[str, Text],
    on: date,
) -> tuple[Said, ...]:
    asked = dict.fromkeys(test.base for test in tests(one.rule) if test.base in answers)
    return tuple(
        Said(book.facts[name].ask, in_words(answers[name], book.facts[name], names), name)
        for name in asked
    )


def in_words(answer: Answer, fact: Fact, names: Mapping[str, Text]) -> Text:
    """An answer as it is read out."""
    if isinstance(answer, bool):
        return YES if answer else NO
    if isinstance(answer, str):
        return fact.option(answer)
    if isinstance(answer, Span):
        text = _day(answer)
        return Text(text, text)
    if isinstance(answer, frozenset):
        words = [names.get(word) or fact.option(word) for word in sorted(answer)]
        if not words:
            return NOTHING
        return Text(", ".join(w.name_en for w in words), ", ".join(w.name_hi for w in words))
    text = f"{answer:,}" if fact.unit == "rupees" else str(answer)
    return Text(text, text)


def _day(span: Span) -> str:
    return f"{span.first:%d-%m-%Y}" if span.exact else written(span)

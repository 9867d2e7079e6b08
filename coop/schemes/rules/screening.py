"""A household's task list, and the one question to ask next."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from coop.schemes.rules.choosing import Claim, better_choice, rupees_in_a_year
from coop.schemes.rules.facts import Care, Fact, FactBook, Facts
from coop.schemes.rules.judging import NOT_IN_FORCE, DayRules, Judgement, Outcome, Result
from coop.schemes.rules.scheme import Catalogue, Scheme

STATE = "state"  # the criterion by which a State's scheme is no other State's


class Group(StrEnum):
    """Where a result stands in the task list, in this order.

    ``perhaps``: all criteria hold, but no source bears the scheme out; the office decides.
    """

    CAN = "can"
    PERHAPS = "perhaps"
    PAPER = "paper"
    QUESTION = "question"
    QUESTIONS = "questions"
    APPLIED = "applied"
    RECEIVING = "receiving"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Known:
    """What the desk knows besides facts, by scheme and applicant, or by paper and applicant."""

    receiving: frozenset[tuple[str, str]] = frozenset()
    applied: frozenset[tuple[str, str]] = frozenset()
    missing_papers: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Line:
    """One scheme for one applicant. ``over``: codes given up for it; ``better``: the code to take."""

    scheme: Scheme
    applicant: str
    group: Group
    judgement: Judgement
    papers: tuple[str, ...] = ()
    rupees: int = 0
    over: tuple[str, ...] = ()
    better: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A fact to ask of an applicant; ``settles``: in how many results of the household it stands."""

    fact: Fact
    applicant: str
    settles: int


def task_list(
    catalogue: Catalogue, rules: DayRules, facts: Facts, known: Known
) -> tuple[Line, ...]:
    """Every result that is shown: by group, more rupees first, then by number and applicant.

    Left out: schemes not in force, other States' schemes, and private ones, which are judged on the
    focal point's page alone.
    """
    shown = [
        outcome
        for outcome in rules.outcomes(facts)
        if not catalogue.schemes[outcome.scheme].private
        and STATE not in outcome.judgement.failing
        and NOT_IN_FORCE not in outcome.judgement.failing
    ]
    lines = [_line(catalogue, rules, facts, known, outcome) for outcome in shown]
    order = list(Group)
    return tuple(
        sorted(
            _with_choices(lines, catalogue),
            key=lambda one: (
                order.index(one.group),
                bool(one.better),
                -one.rupees,
                one.scheme.number,
                one.applicant,
            ),
        )
    )


def _line(
    catalogue: Catalogue, rules: DayRules, facts: Facts, known: Known, outcome: Outcome
) -> Line:
    scheme = catalogue.schemes[outcome.scheme]
    drawn = {code for code, at in known.receiving if at == outcome.applicant}
    missing = tuple(
        paper for paper in scheme.documents if (paper, outcome.applicant) in known.missing_papers
    )
    return Line(
        scheme,
        outcome.applicant,
        _group(outcome, scheme, drawn, known, missing),
        outcome.judgement,
        missing,
        rupees_in_a_year(scheme, rules.on),
    )


def _group(
    outcome: Outcome, scheme: Scheme, drawn: set[str], known: Known, missing: tuple[str, ...]
) -> Group:
    if outcome.scheme in drawn:
        return Group.RECEIVING
    if outcome[:2] in known.applied:
        return Group.APPLIED
    match outcome.judgement.result:
        case Result.NOT_ELIGIBLE:
            return Group.NOT
        case Result.NEEDS_FACTS:
            one = len(outcome.judgement.missing) == 1
            return Group.QUESTION if one else Group.QUESTIONS
        case Result.ELIGIBLE if not scheme.verified:
            return Group.PERHAPS
        case _:
            return Group.PAPER if missing else Group.CAN


def _with_choices(lines: Sequence[Line], catalogue: Catalogue) -> Iterable[Line]:
    """Mark, of lines that shut each other out, the better one and what it is better than."""
    ready = {
        Claim(line.scheme.number, line.applicant, line.scheme.code, line.rupees): line
        for line in lines
        if line.group in (Group.CAN, Group.PERHAPS, Group.PAPER)
    }
    chosen = better_choice(list(ready), catalogue.schemes)
    better = {loser: winner.code for winner, losers in chosen.items() for loser in losers}
    marked = {
        id(line): Line(
            line.scheme,
            line.applicant,
            line.group,
            line.judgement,
            line.papers,
            line.rupees,
            over=tuple(sorted({loser.code for loser in chosen.get(claim, ())})),
            better=better.get(claim, ""),
        )
        for claim, line in ready.items()
    }
    return [marked.get(id(line), line) for line in lines]


def next_question(
    outcomes: Iterable[Outcome],
    schemes: Mapping[str, Scheme],
    book: FactBook,
    may_ask: Callable[[Fact, str], bool],
) -> Question | None:
    """The fact that stands in most undecided results; ties by the order of the facts.

    ``may_ask``: whether this fact may be asked of this applicant by whoever looks at the page.
    Private schemes count for nothing: asking for their sake would tell of them.
    """
    stands: Counter[str] = Counter()
    of: dict[str, Counter[str]] = {}
    for code, applicant, judgement in outcomes:
        if schemes[code].private:
            continue
        for name in judgement.missing:
            fact = book.facts[name]
            asked = "household" if fact.of_household else applicant
            if may_ask(fact, asked):
                stands[name] += 1
                of.setdefault(name, Counter())[asked] += 1
    if not stands:
        return None
    name = min(stands, key=lambda one: (-stands[one], book.facts[one].order))
    applicant = min(of[name], key=lambda one: (-of[name][one], one))
    return Question(book.facts[name], applicant, stands[name])


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, and what was agreed to. ``children``: ids of whom a guardian agreed to ask about."""

    consent: bool
    children: frozenset[str]
    consenting_children: frozenset[str]
    unanswered: frozenset[tuple[str, str]] = frozenset()  # "do not know" was said today

    def may_ask(self, fact: Fact, applicant: str) -> bool:
        """Safeguarded facts never; sensitive and money facts with consent; of a child with the guardian's."""
        if fact.care is Care.SAFEGUARDED or (fact.name, applicant) in self.unanswered:
            return False
        if applicant in self.children and applicant not in self.consenting_children:
            return False
        if fact.care is Care.CHILD:
            return self.consent or applicant in self.consenting_children
        return fact.care is Care.PLAIN or self.consent

    def may_ask_before_others(self, fact: Fact, applicant: str) -> bool:
        """The same, without what is about children where the applicant is none."""
        about_school = fact.care is Care.CHILD and applicant not in self.children
        return not about_school and self.may_ask(fact, applicant)

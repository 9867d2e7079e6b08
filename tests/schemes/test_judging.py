"""The fast way says what the plain way says, and what is missing is all that can matter."""

from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coop.schemes.queries import catalogue as files
from coop.schemes.rules.facts import Facts, Person
from coop.schemes.rules.judging import DayRules, Judgement, Result, judge_plainly
from coop.schemes.rules.scheme import About, Catalogue
from tests.schemes.chance import answer_by_chance, households

DAYS = [date(2016, 2, 16), date(2022, 4, 1), date(2024, 9, 6), date(2025, 4, 1), date(2026, 12, 1)]


def plainly(catalogue: Catalogue, facts: Facts, on: date) -> list[tuple[str, str, Judgement]]:
    return [
        (code, applicant, judge_plainly(scheme, known, on))
        for code, scheme in sorted(catalogue.schemes.items())
        for applicant, known in (
            [("household", dict(facts.household))]
            if scheme.about is About.HOUSEHOLD
            else [
                (person.id, {**facts.household, **person.answers})
                for person in sorted(facts.persons, key=lambda person: person.id)
            ]
        )
    ]


@pytest.mark.parametrize("on", DAYS)
@pytest.mark.parametrize("known", [0.0, 0.3, 0.8, 1.0])
def test_fast_and_plain_agree(catalogue: Catalogue, on: date, known: float) -> None:
    rules = DayRules(catalogue, on)
    for facts in households(
        catalogue.book, sorted(catalogue.schemes), on, seed=7, count=15, known=known
    ):
        outcomes = rules.outcomes(facts)
        assert [tuple(outcome) for outcome in outcomes] == plainly(catalogue, facts, on)
        assert rules.results(facts) == [outcome.judgement.result for outcome in outcomes]


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_more_answers_turn_no_decision_and_others_change_nothing(seed: int) -> None:
    catalogue = files.catalogue()
    on, codes, chance = DAYS[-1], sorted(catalogue.schemes), Random(seed)
    rules = DayRules(catalogue, on)
    facts = next(households(catalogue.book, codes, on, seed=seed, count=1, known=0.5))
    before = {outcome[:2]: outcome.judgement for outcome in rules.outcomes(facts)}
    book = catalogue.book
    place = chance.choice([book.of_household, book.of_person])
    fact = chance.choice(sorted(place.values(), key=lambda one: one.name))
    answer = answer_by_chance(chance, fact, codes, on)
    more = Facts(
        {fact.name: answer, **facts.household} if fact.of_household else facts.household,
        tuple(
            Person(
                person.id,
                person.answers if fact.of_household else {fact.name: answer, **person.answers},
            )
            for person in facts.persons
        ),
    )
    for outcome in rules.outcomes(more):
        old = before[outcome[:2]]
        if old.result is not Result.NEEDS_FACTS:
            assert outcome.judgement.result is old.result
            assert set(outcome.judgement.failing) >= set(old.failing)
        elif fact.name not in old.missing:
            assert outcome.judgement == old


def test_a_scheme_out_of_force_is_looked_at_no_further(catalogue: Catalogue) -> None:
    facts = Facts({}, (Person("a", {}),))
    outcomes = DayRules(catalogue, date(2000, 1, 1)).outcomes(facts)
    assert {outcome.judgement for outcome in outcomes} == {
        Judgement(Result.NOT_ELIGIBLE, ("in_force",))
    }


def test_a_household_without_persons_has_household_schemes_only(catalogue: Catalogue) -> None:
    outcomes = DayRules(catalogue, DAYS[-1]).outcomes(Facts({}, ()))
    assert {outcome.applicant for outcome in outcomes} == {"household"}

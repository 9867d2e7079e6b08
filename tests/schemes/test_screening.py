"""Choosing, asking, explaining, ageing, lives of applications, deadlines, counts that tell of nobody."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.schemes.rules.choosing import Claim, barred_by, better_choice, exclusive
from coop.schemes.rules.dates import read_span
from coop.schemes.rules.facts import Care, Facts, Person
from coop.schemes.rules.gathering import (
    Agreed,
    RegisteredHousehold,
    RegisteredPerson,
    Told,
    gather,
)
from coop.schemes.rules.judging import DayRules, Result
from coop.schemes.rules.scheme import Catalogue
from coop.schemes.rules.screening import Asker, Group, Known, next_question, task_list
from tests.schemes.chance import households
from tests.schemes.deciding import ground, household_where

ON = date(2026, 11, 24)


def test_what_shuts_out_what_is_read_from_the_rules(catalogue: Catalogue) -> None:
    schemes = catalogue.schemes
    assert barred_by(schemes["MAIYA"]) >= {"SARVAJAN", "IGNWPS", "ADIM_HIV"}
    pairs = {
        (one, other)
        for one in schemes
        for other in schemes
        if one < other and exclusive(schemes[one], schemes[other])
    }
    assert ("MAIYA", "SARVAJAN") in pairs
    assert ("IGNOAPS", "SARVAJAN") in pairs
    assert ("ABUA_AWAS", "PMAYG") in pairs
    assert ("ABUA_SWASTHYA", "PMJAY") in pairs
    assert ("AAY", "PHH") in pairs
    assert len(pairs) == 7 * 6 // 2 + 7 + 3 + 1 + 3


def claim(catalogue: Catalogue, code: str, applicant: str, rupees: int) -> Claim:
    return Claim(catalogue.schemes[code].number, applicant, code, rupees)


def test_more_rupees_win_then_the_earlier_number(catalogue: Catalogue) -> None:
    maiya = claim(catalogue, "MAIYA", "a", 30_000)
    widow, old = claim(catalogue, "IGNWPS", "a", 12_000), claim(catalogue, "IGNOAPS", "a", 12_000)
    other = claim(catalogue, "SARVAJAN", "b", 12_000)
    chosen = better_choice([widow, maiya, other, old], catalogue.schemes)
    assert dict(chosen) == {maiya: {widow, old}, other: set()}
    assert dict(better_choice([widow, old], catalogue.schemes)) == {old: {widow}}
    house, own = (
        claim(catalogue, "PMAYG", "household", 120_000),
        claim(catalogue, "ABUA_AWAS", "household", 200_000),
    )
    assert dict(better_choice([house, own], catalogue.schemes)) == {own: {house}}


@given(
    st.lists(
        st.sampled_from(
            ["MAIYA", "SARVAJAN", "IGNOAPS", "PMAYG", "ABUA_AWAS", "PMJAY", "ABUA_SWASTHYA", "SSY"]
        ),
        max_size=8,
        unique=True,
    ),
    st.data(),
)
def test_no_set_that_goes_together_gives_more(codes: list[str], data: st.DataObject) -> None:
    from itertools import combinations

    from coop.schemes.queries.catalogue import catalogue as read

    catalogue = read()
    claims = [
        claim(catalogue, code, "a", data.draw(st.sampled_from([0, 6000, 12000, 30000])))
        for code in codes
    ]
    chosen = better_choice(claims, catalogue.schemes)
    assert not any(
        exclusive(catalogue.schemes[one.code], catalogue.schemes[other.code])
        for one, other in combinations(chosen, 2)
    )
    best = max(
        sum(one.rupees for one in some)
        for size in range(len(claims) + 1)
        for some in combinations(claims, size)
        if not any(
            exclusive(catalogue.schemes[a.code], catalogue.schemes[b.code])
            for a, b in combinations(some, 2)
        )
    )
    assert sum(one.rupees for one in chosen) == best
    assert set(claims) == set(chosen) | {loser for losers in chosen.values() for loser in losers}


def screened(
    catalogue: Catalogue, facts: Facts, known: Known | None = None
) -> dict[tuple[str, str], Group]:
    lines = task_list(catalogue, DayRules(catalogue, ON), facts, known or Known())
    return {(line.scheme.code, line.applicant): line.group for line in lines}


def ready(catalogue: Catalogue, code: str) -> Facts:
    facts = household_where(ground(catalogue.schemes[code], catalogue, ON))
    assert facts is not None
    return facts


def test_what_is_not_verified_is_never_told_as_can_apply(catalogue: Catalogue) -> None:
    told = {code: screened(catalogue, ready(catalogue, code)) for code in catalogue.schemes}
    for code, scheme in catalogue.schemes.items():
        applicant = "one" if scheme.about.value == "person" else "household"
        if scheme.private:
            assert (code, applicant) not in told[code]
        else:
            expected = Group.CAN if scheme.verified else Group.PERHAPS
            assert told[code][code, applicant] is expected, code


def test_groups_of_the_task_list(catalogue: Catalogue) -> None:
    facts = ready(catalogue, "SARVAJAN")
    key = ("SARVAJAN", "one")
    assert screened(catalogue, facts)[key] is Group.CAN
    missing = Known(missing_papers=frozenset({("voter_id", "one")}))
    assert screened(catalogue, facts, missing)[key] is Group.PAPER
    assert screened(catalogue, facts, Known(applied=frozenset({key})))[key] is Group.APPLIED
    assert screened(catalogue, facts, Known(receiving=frozenset({key})))[key] is Group.RECEIVING
    less = dict(facts.persons[0].answers)
    del less["p.receives"]
    one_left = Facts(facts.household, (Person("one", less),))
    assert screened(catalogue, one_left)[key] is Group.QUESTION


def test_another_states_family_is_told_nothing_of_this_one(catalogue: Catalogue) -> None:
    codes = {
        code for code, _ in screened(catalogue, Facts({"h.state": "BR"}, (Person("one", {}),)))
    }
    assert "SARVAJAN" not in codes
    assert {"PMJJBY", "NFBS", "ESHRAM"} <= codes


@pytest.mark.parametrize("seed", range(6))
def test_the_question_stands_in_most_results(catalogue: Catalogue, seed: int) -> None:
    facts = next(
        households(catalogue.book, sorted(catalogue.schemes), ON, seed=seed, count=1, known=0.6)
    )
    outcomes = DayRules(catalogue, ON).outcomes(facts)
    question = next_question(outcomes, catalogue.schemes, catalogue.book, lambda fact, _: True)
    counts: dict[str, int] = {}
    for outcome in outcomes:
        for name in () if catalogue.schemes[outcome.scheme].private else outcome.judgement.missing:
            counts[name] = counts.get(name, 0) + 1
    assert question is not None
    assert question.settles == max(counts.values()) == counts[question.fact.name]
    first = min(
        catalogue.book.facts[name].order
        for name, count in counts.items()
        if count == question.settles
    )
    assert question.fact.order == first


def test_answering_on_and_on_ends(catalogue: Catalogue) -> None:
    """A family of three is settled with far fewer answers than there are facts."""
    told: dict[str, dict[str, object]] = {"household": {}, "a": {}, "b": {}, "c": {}}
    truth = next(
        households(catalogue.book, sorted(catalogue.schemes), ON, seed=3, count=1, known=1.0)
    )
    known = {
        "household": truth.household,
        **dict.fromkeys(("a", "b", "c"), truth.persons[0].answers),
    }
    rules, asked = DayRules(catalogue, ON), 0
    while True:
        facts = Facts(told["household"], tuple(Person(n, told[n]) for n in ("a", "b", "c")))  # type: ignore[arg-type]  # answers
        outcomes = rules.outcomes(facts)
        question = next_question(outcomes, catalogue.schemes, catalogue.book, lambda fact, _: True)
        if question is None:
            break
        told[question.applicant][question.fact.name] = known[question.applicant][question.fact.name]
        asked += 1
    undecided = {o.scheme for o in outcomes if o.judgement.result is Result.NEEDS_FACTS}
    assert all(catalogue.schemes[code].private for code in undecided)
    everything = len(catalogue.book.of_household) + 3 * len(catalogue.book.of_person)
    assert asked < everything * 2 // 3


def test_who_may_be_asked_what(catalogue: Catalogue) -> None:
    facts = catalogue.book.facts
    nobody = Asker(consent=False, children=frozenset({"k"}), consenting_children=frozenset())
    agreed = replace(nobody, consent=True)
    parent = replace(nobody, consenting_children=frozenset({"k"}))
    assert nobody.may_ask(facts["p.bank_ac"], "a")
    assert not nobody.may_ask(facts["p.caste"], "a")
    assert agreed.may_ask(facts["p.caste"], "a")
    for asker in (nobody, agreed, parent):
        assert not any(
            asker.may_ask(fact, "a") for fact in facts.values() if fact.care is Care.SAFEGUARDED
        )
    assert not agreed.may_ask(facts["p.class"], "k")
    assert not agreed.may_ask(facts["p.sex"], "k")
    assert parent.may_ask(facts["p.class"], "k")
    assert agreed.may_ask(facts["p.class"], "a")
    assert not agreed.may_ask_before_others(facts["p.class"], "a")
    assert parent.may_ask_before_others(facts["p.class"], "k")
    asked = replace(agreed, unanswered=frozenset({("p.caste", "a")}))
    assert not asked.may_ask(facts["p.caste"], "a")
    assert asked.may_ask(facts["p.caste"], "b")


def gathered(
    catalogue: Catalogue,
    told: list[Told],
    agreed: Agreed,
    receiving: tuple[tuple[str, str], ...] = (),
) -> Facts:
    listed = RegisteredHousehold(20, "PHH", "semi", 250, True, False)
    people = [
        RegisteredPerson("a", True, True, "F", date(1976, 1, 1), "year"),
        RegisteredPerson("k", False),
    ]
    book, codes = catalogue.book, frozenset(catalogue.schemes)
    return gather(listed, people, told, agreed, receiving, book, codes, ON).facts


def test_the_desks_word_stands_before_the_register(catalogue: Catalogue) -> None:
    none = Agreed(household=False, children=frozenset())
    facts = gathered(catalogue, [], none)
    assert facts.household == {
        "h.state": "JH", "h.ration": "PHH", "h.house": "semi_pucca", "h.land_acre": Decimal("2.5"),
    }  # fmt: skip
    assert facts.persons[0].answers == {
        "p.sex": "F", "p.dob": read_span("1976"), "p.unorganised": True, "p.work_kind": "self_employed",
    }  # fmt: skip
    assert [person.id for person in facts.persons] == ["a"]
    told = [
        Told("household", "h.ration", '"AAY"', ON),
        Told("household", "h.house", None, ON),
        Told("a", "p.dob", '"1976-05"', ON),
        Told("a", "p.income_tax", "true", ON),
        Told("k", "p.class", "5", ON),
        Told("a", "p.gone", "true", ON),
        Told("a", "p.sex", '"X"', ON),
    ]
    facts = gathered(catalogue, told, none)
    assert facts.household["h.ration"] == "AAY"
    assert "h.house" not in facts.household
    assert facts.household["h.any_income_tax"] is True
    assert facts.persons[0].answers["p.dob"] == read_span("1976-05")
    assert "p.sex" not in facts.persons[0].answers
    both = Agreed(household=True, children=frozenset({"k"}))
    facts = gathered(catalogue, told, both)
    assert facts.household["h.pvtg"] is True
    assert {person.id: person.answers for person in facts.persons}["k"] == {"p.class": 5}


def test_a_benefit_that_was_seen_is_drawn_whatever_was_said_before(catalogue: Catalogue) -> None:
    none, key = Agreed(household=True, children=frozenset()), "p.receives"
    seen = (("SARVAJAN", "a"), ("PMAYG", "household"), ("MAIYA", "nobody"))
    facts = gathered(catalogue, [Told("a", key, "[]", ON)], none, seen)
    assert facts.persons[0].answers[key] == {"SARVAJAN"}
    assert facts.household["h.receives"] == {"PMAYG"}
    facts = gathered(catalogue, [Told("a", key, '["MAIYA"]', ON)], none, seen)
    assert facts.persons[0].answers[key] == {"SARVAJAN", "MAIYA"}

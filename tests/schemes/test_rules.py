"""Choosing, asking, explaining, ageing, lives of applications, deadlines, counts that tell of nobody."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.schemes.rules.applications import (
    MOVES,
    OPEN,
    Age,
    Event,
    Latest,
    State,
    age,
    refusals_to_move,
)
from coop.schemes.rules.choosing import Claim, barred_by, better_choice, exclusive
from coop.schemes.rules.dates import read_span
from coop.schemes.rules.deadlines import apply_by, last_day, opens_on
from coop.schemes.rules.explaining import best_source, in_words, reasons
from coop.schemes.rules.facts import Care, Facts, Person
from coop.schemes.rules.gathering import (
    Agreed,
    RegisteredHousehold,
    RegisteredPerson,
    Told,
    gather,
)
from coop.schemes.rules.indicator import told_counts, unlocked
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
    asked = replace(agreed, unanswered=frozenset({("p.caste", "a")}))
    assert not asked.may_ask(facts["p.caste"], "a")
    assert asked.may_ask(facts["p.caste"], "b")


def gathered(catalogue: Catalogue, told: list[Told], agreed: Agreed) -> Facts:
    listed = RegisteredHousehold(20, "PHH", "semi", 250, True, False)
    people = [
        RegisteredPerson("a", True, True, "F", date(1976, 1, 1), "year"),
        RegisteredPerson("k", False),
    ]
    book, codes = catalogue.book, frozenset(catalogue.schemes)
    return gather(listed, people, told, agreed, book, codes, ON).facts


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


def test_every_criterion_is_told_with_what_it_rests_on(catalogue: Catalogue) -> None:
    scheme = catalogue.schemes["SARVAJAN"]
    answers = {"h.state": "JH", "p.marital": "widow", "p.receives": frozenset({"IGNWPS"})}
    names = {code: one.name for code, one in catalogue.schemes.items()}
    told = {one.id: one for one in reasons(scheme, answers, catalogue.book, names, ON)}
    assert [one.came for one in told.values()].count(None) == 4
    assert told["one_pension"].came is False
    assert told["one_pension"].said[0].answer.name_en == "Indira Gandhi widow pension"
    assert told["spouse_job"].said[0].answer.name_hi == "विधवा"
    assert best_source(scheme).verified
    book = catalogue.book.facts
    assert in_words(Decimal("72000"), book["h.income_year"], {}).name_en == "72,000"
    assert in_words(read_span("1976-02-01"), book["p.dob"], {}).name_en == "01-02-1976"
    assert in_words(frozenset(), book["p.receives"], {}).name_hi == "कोई नहीं"


def test_by_when(catalogue: Catalogue) -> None:
    maiya = catalogue.schemes["MAIYA"]
    facts = household_where(ground(maiya, catalogue, ON))
    assert facts is not None
    answers = {**facts.household, **facts.persons[0].answers, "p.dob": read_span("1976-12-10")}
    assert last_day(maiya, answers, ON) == date(2026, 12, 9)
    assert apply_by(maiya, answers, ON) == date(2026, 12, 9)
    young = {**answers, "p.dob": read_span("2000-01-01")}
    assert last_day(maiya, young, ON) is None
    assert apply_by(maiya, young, ON) == ON + timedelta(days=30)
    assert apply_by(maiya, young, ON, camp=date(2026, 12, 1)) == date(2026, 12, 1)
    pension = catalogue.schemes["SARVAJAN"]
    told = ready(catalogue, "SARVAJAN")
    soon = {
        **told.household,
        **told.persons[0].answers,
        "p.sex": "F",
        "p.dob": read_span("1976-12-10"),
    }
    assert opens_on(pension, soon, ON) == date(2026, 12, 10)
    nfbs = catalogue.schemes["NFBS"]
    death = {
        "h.bpl": True, "h.breadwinner_died": True, "h.breadwinner_age_at_death": 40,
        "h.breadwinner_died_on": read_span("2025-12-05"),
    }  # fmt: skip
    assert apply_by(nfbs, death, ON) == date(2026, 12, 5)
    # After twelve months the rule may still hold: the usual thirty days.
    assert apply_by(
        nfbs, {**death, "h.breadwinner_died_on": read_span("2025-10-05")}, ON
    ) == ON + timedelta(days=30)


WORD = {
    State.CONSENTED: "thumb",
    State.REJECTED: "DOC",
    State.STOPPED: "BANK",
    State.APPEALED: "RTI",
    State.CLOSED: "done",
}
WAY = {
    State.CONSENTED: "hindi",
    State.APPLIED: "camp",
    State.REJECTED: "paper",
    State.RECEIVING: "passbook",
}


def full(state: State, on: date = ON) -> Event:
    return Event(
        state, on, note="n", number="7", office="Block", word=WORD.get(state, ""), by=WAY.get(state, ""),
        paise=100_000, papers=("voter_id",), due=on,
    )  # fmt: skip


@pytest.mark.parametrize("before", State)
@pytest.mark.parametrize("after", State)
def test_every_move_is_allowed_or_refused_by_the_table(
    catalogue: Catalogue, before: State, after: State
) -> None:
    refusals = refusals_to_move(Latest(before, ON), full(after), ON, catalogue.words)
    if after in MOVES[before]:
        assert refusals == ()
    else:
        assert [(one.code, one.field) for one in refusals] == [("referral_move", "state")]


@pytest.mark.parametrize(
    ("before", "event", "field"),
    [
        (State.IDENTIFIED, replace(full(State.CONSENTED), word=""), "word"),
        (State.IDENTIFIED, replace(full(State.CONSENTED), by="latin"), "by"),
        (State.CONSENTED, replace(full(State.DOCUMENTS_PENDING), papers=()), "papers"),
        (State.CONSENTED, replace(full(State.DOCUMENTS_PENDING), papers=("moon",)), "papers"),
        (State.CONSENTED, replace(full(State.DOCUMENTS_PENDING), due=None), "due"),
        (State.CONSENTED, replace(full(State.DOCUMENTS_PENDING), due=ON - timedelta(1)), "due"),
        (State.CONSENTED, replace(full(State.APPLIED), number=""), "number"),
        (State.CONSENTED, replace(full(State.APPLIED), office=""), "office"),
        (State.CONSENTED, replace(full(State.APPLIED), barriers=("RAIN",)), "barrier"),
        (State.APPLIED, replace(full(State.UNDER_VERIFICATION), note=""), "note"),
        (State.APPLIED, replace(full(State.SANCTIONED), paise=None), "amount"),
        (State.APPLIED, replace(full(State.REJECTED), word="WHIM"), "word"),
        (State.SANCTIONED, replace(full(State.RECEIVING), paise=0), "amount"),
        (State.SANCTIONED, replace(full(State.APPEALED), word=""), "word"),
        (State.SANCTIONED, replace(full(State.CLOSED), word=""), "word"),
        (State.SANCTIONED, full(State.RECEIVING, ON + timedelta(1)), "on"),
        (State.SANCTIONED, full(State.RECEIVING, ON - timedelta(1)), "on"),
    ],
)
def test_what_a_step_must_say(
    catalogue: Catalogue, before: State, event: Event, field: str
) -> None:
    refusals = refusals_to_move(Latest(before, ON), event, ON, catalogue.words)
    assert [one.field for one in refusals] == [field]


def test_no_receipt_is_a_barrier_and_goods_have_no_amount(catalogue: Catalogue) -> None:
    words, latest = catalogue.words, Latest(State.CONSENTED, ON)
    no_receipt = replace(full(State.APPLIED), number="", barriers=("NO_ACK",))
    assert refusals_to_move(latest, no_receipt, ON, words) == ()
    goods = replace(full(State.RECEIVING), paise=0, by="goods")
    assert refusals_to_move(Latest(State.SANCTIONED, ON), goods, ON, words) == ()


def test_every_open_state_can_be_left_and_every_barrier_has_a_next_step(
    catalogue: Catalogue,
) -> None:
    assert all(MOVES[state] for state in OPEN)
    assert not MOVES[State.CLOSED]
    assert set(catalogue.words["barrier"]) == set(catalogue.words["next_step"])
    assert set(catalogue.words["state"]) == set(State)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, Age.FINE),
        (23, Age.FINE),
        (24, Age.SOON),
        (29, Age.SOON),
        (30, Age.LATE),
        (59, Age.LATE),
        (60, Age.LONG),
    ],
)
def test_age_against_the_target(days: int, expected: Age) -> None:
    assert age(ON - timedelta(days=days), Decimal(30), ON) is expected


def test_rupees_unlocked() -> None:
    got = unlocked({1: 100_000, 2: 0, 3: 300_000, 4: 200_001}, frozenset({1, 2, 3, 4, 5}))
    assert (got.paise, got.screened, got.with_any, got.median_paise) == (600_001, 5, 3, 200_001)
    assert got.paise_each == 120_000
    assert unlocked({}, frozenset()).paise_each is None
    assert unlocked({1: 100, 2: 301}, frozenset({1})).median_paise == 200


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 30), max_size=6), st.integers(2, 8))
def test_nothing_kept_back_can_be_worked_out(counts: dict[str, int], least: int) -> None:
    told = told_counts(counts, least)
    shown = {name: count for name, count in told.items() if count is not None}
    assert all(
        count == counts[name] and (count == 0 or count >= least) for name, count in shown.items()
    )
    hidden = [name for name in counts if told[name] is None]
    small = [name for name in counts if 0 < counts[name] < least]
    assert set(small) <= set(hidden)
    # From the total alone a single hidden group would follow, unless it is all there is.
    assert len(hidden) != 1 or not [name for name in shown if counts[name] > 0]

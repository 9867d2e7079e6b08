"""Why not, in words, and by when."""

from datetime import date, timedelta
from decimal import Decimal

from coop.schemes.rules.dates import read_span
from coop.schemes.rules.deadlines import apply_by, last_day, opens_on
from coop.schemes.rules.explaining import best_source, in_words, reasons
from coop.schemes.rules.scheme import Catalogue
from tests.schemes.deciding import ground, household_where

ON = date(2026, 11, 24)


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
    told = household_where(ground(pension, catalogue, ON))
    assert told is not None
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

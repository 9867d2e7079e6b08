"""The status on a date: edges of days and ages, transfer, home-based, by hand, stale."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.schooling.rules.match import RegisterRow
from coop.schooling.rules.status import (
    ChildFacts,
    HandConfirmation,
    Status,
    StatusRule,
    is_stale,
    rule_on,
    status_on,
)
from tests.schooling.children import DAY, IN_45, JH_30
from tests.schooling.test_rules_match import ROW

TEN, FIFTEEN = date(2016, 6, 1), date(2011, 6, 1)


def days_before(days: int) -> date:
    return DAY - timedelta(days=days)


def absent(days: int | None) -> RegisterRow:
    return RegisterRow(
        1, replace(ROW, last_attended_on=None if days is None else days_before(days))
    )


def left(days: int) -> RegisterRow:
    return RegisterRow(2, replace(ROW, last_attended_on=None, tc_date=days_before(days)))


def status(
    *rows: RegisterRow, born: date | None = TEN, rule: StatusRule = IN_45, pct: int | None = None
) -> Status:
    return status_on(ChildFacts(True, born, pct, rows), rule, DAY).status


@pytest.mark.parametrize(
    ("days", "in_45", "jh_30"),
    [
        (0, "enrolled", "enrolled"),
        (14, "enrolled", "enrolled"),
        (15, "irregular", "irregular"),
        (29, "irregular", "irregular"),
        (30, "long_absent", "out_of_school"),
        (44, "long_absent", "out_of_school"),
        (45, "out_of_school", "out_of_school"),
        (400, "out_of_school", "out_of_school"),
    ],
)
def test_days_of_absence(days: int, in_45: str, jh_30: str) -> None:
    assert status(absent(days)) == in_45
    assert status(absent(days), rule=JH_30) == jh_30
    past = "past_compulsory_age_follow_up"
    older = {"out_of_school": past}
    assert status(absent(days), born=FIFTEEN) == older.get(in_45, in_45)
    assert status(absent(days), born=FIFTEEN, rule=JH_30) == older.get(jh_30, jh_30)


@pytest.mark.parametrize(
    ("born", "answer"),
    [
        (date(2020, 11, 2), "not_of_school_age"),
        (date(2020, 11, 1), "out_of_school"),
        (date(2012, 11, 2), "out_of_school"),
        (date(2012, 11, 1), "past_compulsory_age_follow_up"),
        (date(2008, 11, 2), "past_compulsory_age_follow_up"),
        (date(2008, 11, 1), "adult"),
        (None, "not_verifiable"),
    ],
)
def test_birthdays(born: date | None, answer: str) -> None:
    assert status(born=born) == answer


def test_no_live_consent_is_asked_first() -> None:
    for born in (TEN, None, date(1990, 1, 1)):
        facts = ChildFacts(False, born, None, (absent(1),))
        assert status_on(facts, IN_45, DAY).status is Status.CONSENT_REFUSED


def test_a_transfer_certificate_has_thirty_days_of_grace() -> None:
    assert status(left(0)) is Status.BETWEEN_SCHOOLS
    assert status(left(30)) is Status.BETWEEN_SCHOOLS
    assert status(left(31)) is Status.OUT_OF_SCHOOL
    assert status(left(31), born=FIFTEEN) is Status.PAST_COMPULSORY
    assert status(left(31), absent(2)) is Status.ENROLLED
    assert status(left(2), left(90)) is Status.BETWEEN_SCHOOLS


def test_the_latest_attendance_decides_between_two_schools() -> None:
    assert (
        status(absent(80), RegisterRow(2, replace(ROW, last_attended_on=days_before(3))))
        is Status.ENROLLED
    )
    assert status(absent(None)) is Status.NOT_VERIFIABLE
    assert status(absent(None), absent(20)) is Status.IRREGULAR


def test_home_based_education_knows_no_alarm() -> None:
    row = RegisterRow(1, replace(ROW, section="HBE", last_attended_on=None))
    assert status(row, pct=40) is Status.HOME_BASED
    assert status(row, pct=39) is Status.NOT_VERIFIABLE
    assert status(row) is Status.NOT_VERIFIABLE


def test_a_doubtful_match_is_not_called_out_of_school() -> None:
    facts = ChildFacts(True, TEN, None, doubtful=True)
    assert status_on(facts, IN_45, DAY).status is Status.NOT_VERIFIABLE


def test_a_register_of_a_later_day_counts_no_absence_before_it() -> None:
    assert (
        status(RegisterRow(1, replace(ROW, last_attended_on=DAY + timedelta(days=40))))
        is Status.ENROLLED
    )
    later = replace(ROW, tc_date=DAY + timedelta(days=5), last_attended_on=days_before(1))
    assert status(RegisterRow(1, later)) is Status.ENROLLED


def by_hand(
    days: int, what: Status = Status.SPECIAL_TRAINING, paper: int | None = None
) -> HandConfirmation:
    day = None if paper is None else days_before(paper)
    return HandConfirmation(what, days_before(days), "school_visit", paper_day=day)


def told(*confirmations: HandConfirmation, rows: tuple[RegisterRow, ...] = ()) -> Status:
    facts = ChildFacts(True, TEN, None, rows, confirmations)
    return status_on(facts, IN_45, DAY).status


def test_what_a_person_found_out_holds_until_it_is_stale() -> None:
    assert told(by_hand(90)) is Status.SPECIAL_TRAINING
    assert told(by_hand(91)) is Status.OUT_OF_SCHOOL
    assert told(by_hand(-1)) is Status.OUT_OF_SCHOOL
    assert told(by_hand(40), by_hand(2, Status.MIGRATED)) is Status.MIGRATED


def test_the_later_evidence_holds() -> None:
    assert told(by_hand(10), rows=(absent(50),)) is Status.SPECIAL_TRAINING
    assert told(by_hand(10), rows=(absent(3),)) is Status.ENROLLED


def test_a_certificate_shown_by_the_guardian_has_the_same_grace() -> None:
    assert told(by_hand(5, Status.BETWEEN_SCHOOLS, paper=30)) is Status.BETWEEN_SCHOOLS
    assert told(by_hand(5, Status.BETWEEN_SCHOOLS, paper=31)) is Status.OUT_OF_SCHOOL


def test_nothing_told_by_hand_overrides_age_or_consent() -> None:
    facts = ChildFacts(False, TEN, None, (), (by_hand(1),))
    assert status_on(facts, IN_45, DAY).status is Status.CONSENT_REFUSED
    facts = ChildFacts(True, date(2022, 1, 1), None, (), (by_hand(1),))
    assert status_on(facts, IN_45, DAY).status is Status.NOT_OF_SCHOOL_AGE


def test_rules_hold_from_a_day() -> None:
    later = replace(IN_45, holds_from=date(2027, 4, 1), out_of_school_days=40)
    rules = (later, IN_45, JH_30)
    assert rule_on(rules, "in-45", DAY) is IN_45
    assert rule_on(rules, "in-45", date(2027, 4, 1)) is later
    with pytest.raises(LookupError):
        rule_on(rules, "jh-30", date(2025, 8, 31))
    with pytest.raises(LookupError):
        rule_on(rules, "mh-30", DAY)


def test_a_check_grows_stale() -> None:
    assert is_stale(IN_45, None, DAY)
    assert not is_stale(IN_45, days_before(90), DAY)
    assert is_stale(IN_45, days_before(91), DAY)


_STEPS = [Status.ENROLLED, Status.IRREGULAR, Status.LONG_ABSENT, Status.OUT_OF_SCHOOL]


@given(st.integers(0, 500), st.integers(0, 500))
def test_longer_absence_is_never_a_milder_status(a: int, b: int) -> None:
    few, many = sorted((a, b))
    for rule in (IN_45, JH_30):
        assert _STEPS.index(status(absent(few), rule=rule)) <= _STEPS.index(
            status(absent(many), rule=rule)
        )

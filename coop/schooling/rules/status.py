"""The school status of a child on a date, by a rule that holds then. Pure.

A rule is a dated row with its source: ``in-45`` the national definition, ``jh-30`` Jharkhand's;
others are further rows. Enrolment and attendance are told apart, and neither is proof that a child
does not work.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coop.kernel.clock import full_years
from coop.kernel.words import Said, say
from coop.schooling.rules.match import RegisterRow
from coop.schooling.rules.school import HOME_BASED, EnrolmentRow

DEFAULT_RULE = "in-45"


class Status(StrEnum):
    """A child's status; the last five are told by hand only."""

    CONSENT_REFUSED = "consent_refused"
    ADULT = "adult"
    NOT_OF_SCHOOL_AGE = "not_of_school_age"
    HOME_BASED = "home_based"
    NOT_VERIFIABLE = "not_verifiable"
    OUT_OF_SCHOOL = "out_of_school"
    LONG_ABSENT = "long_absent"
    IRREGULAR = "irregular"
    ENROLLED = "enrolled"
    BETWEEN_SCHOOLS = "between_schools"
    PAST_COMPULSORY = "past_compulsory_age_follow_up"
    SPECIAL_TRAINING = "special_training"
    RESIDENTIAL = "residential"
    OPEN_SCHOOL = "open_school"
    VOCATIONAL = "vocational"
    MIGRATED = "migrated_with_family"


@dataclass(frozen=True, slots=True)
class StatusRule:
    """A rule's version from a day on; ages in full years, spans in calendar days.

    ``long_absent_days`` None: the rule knows no such step. ``verified``: somebody compared it with
    its source.
    """

    code: str
    holds_from: date
    school_age: int
    past_compulsory_age: int
    adult_age: int
    irregular_days: int
    long_absent_days: int | None
    out_of_school_days: int
    transfer_days: int
    home_based_disability_pct: int
    stale_days: int
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class HandConfirmation:
    """What a person found out and how; ``paper_day``: the day on a transfer certificate."""

    status: Status
    confirmed_on: date
    how: str
    udise: str = ""
    admission_no: str = ""
    paper_day: date | None = None


@dataclass(frozen=True, slots=True)
class ChildFacts:
    """What the status is decided from. ``doubtful``: a register may hold the child; nobody decided."""

    consent: bool
    dob: date | None
    disability_pct: int | None
    rows: tuple[RegisterRow, ...] = ()
    by_hand: tuple[HandConfirmation, ...] = ()
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """A status with its evidence: the row that decides, the day it speaks of, and why."""

    status: Status
    reason: Said
    row: EnrolmentRow | None = None
    evidence_on: date | None = None
    by_hand: HandConfirmation | None = None


def rule_words(rule: StatusRule) -> Said:
    """Say a rule by what it does; its code stands behind for who looks up the list of rules."""
    return say(
        "out of school after %(days)s days (%(code)s)",
        days=rule.out_of_school_days,
        code=rule.code,
    )


def rule_on(rules: Iterable[StatusRule], code: str, on: date) -> StatusRule:
    """The version of a rule that holds on a day. LookupError where none does."""
    fitting = [one for one in rules if one.code == code and one.holds_from <= on]
    if not fitting:
        raise LookupError(f"no rule {code} holds on {on}")
    return max(fitting, key=lambda one: one.holds_from)


def status_on(child: ChildFacts, rule: StatusRule, on: date) -> Finding:
    """Decide a child's status on a day: the first that fits, in this order."""
    if not child.consent:
        return Finding(Status.CONSENT_REFUSED, say("No live consent; no look-up was made"))
    if child.dob is None:
        return Finding(Status.NOT_VERIFIABLE, say("The date of birth is not known"))
    age, row = full_years(child.dob, on), deciding_row(child.rows, on)
    if age >= rule.adult_age:
        return Finding(Status.ADULT, say("%(age)s years or over", age=rule.adult_age), row)
    if age < rule.school_age:
        message = say("Under %(age)s years", age=rule.school_age)
        return Finding(Status.NOT_OF_SCHOOL_AGE, message, row)
    found = _by_registers(child, row, rule, age, on)
    return _by_hand(child.by_hand, rule, found, on) or found


def deciding_row(rows: Sequence[RegisterRow], on: date) -> EnrolmentRow | None:
    """Of a child's rows the latest attendance; with certificates only, the latest of them."""
    return max((one.row for one in rows), key=lambda row: _weight(row, on), default=None)


def _weight(row: EnrolmentRow, on: date) -> tuple[bool, date, str]:
    if _has_left(row, on):
        return (False, row.tc_date or date.min, row.udise)
    return (True, row.last_attended_on or date.min, row.udise)


def _has_left(row: EnrolmentRow, on: date) -> bool:
    return row.tc_date is not None and row.tc_date <= on


def _by_registers(
    child: ChildFacts, row: EnrolmentRow | None, rule: StatusRule, age: int, on: date
) -> Finding:
    if row is not None:
        if _has_left(row, on):
            return _of_transfer(row, rule, age, on)
        return _of_attendance(row, child.disability_pct, rule, age, on)
    if child.doubtful:
        message = say("Perhaps found in a register; a person must decide")
        return Finding(Status.NOT_VERIFIABLE, message)
    return Finding(_without_school(rule, age), say("No current enrolment, age %(age)s", age=age))


def _of_attendance(
    row: EnrolmentRow, disability_pct: int | None, rule: StatusRule, age: int, on: date
) -> Finding:
    if row.section == HOME_BASED and (disability_pct or 0) >= rule.home_based_disability_pct:
        return Finding(Status.HOME_BASED, say("Home-based education; no absence alarm"), row)
    if row.last_attended_on is None:
        message = say("On the roll, never attended this session")
        return Finding(Status.NOT_VERIFIABLE, message, row)
    # A register exported later may know a later day; before it nothing was missed that we know of.
    absent = max(0, (on - row.last_attended_on).days)
    reason = say("Days since last attended: %(days)s", days=absent)
    return Finding(_by_absence(rule, age, absent), reason, row, row.last_attended_on)


def _by_absence(rule: StatusRule, age: int, absent: int) -> Status:
    if absent >= rule.out_of_school_days:
        return _without_school(rule, age)
    if rule.long_absent_days is not None and absent >= rule.long_absent_days:
        return Status.LONG_ABSENT
    return Status.IRREGULAR if absent >= rule.irregular_days else Status.ENROLLED


def _of_transfer(row: EnrolmentRow, rule: StatusRule, age: int, on: date) -> Finding:
    """Delay of a certificate is no ground to refuse admission (RTE Act 2009 s.5): first a grace."""
    left = row.tc_date or on
    since = (on - left).days
    reason = say("No new enrolment; days since the transfer certificate: %(days)s", days=since)
    graced = since <= rule.transfer_days
    status = Status.BETWEEN_SCHOOLS if graced else _without_school(rule, age)
    return Finding(status, reason, row, left)


def _without_school(rule: StatusRule, age: int) -> Status:
    return Status.PAST_COMPULSORY if age >= rule.past_compulsory_age else Status.OUT_OF_SCHOOL


def _by_hand(
    told: Sequence[HandConfirmation], rule: StatusRule, found: Finding, on: date
) -> Finding | None:
    """What a person found out holds until it is stale or a register knows a later day."""
    fresh = [
        one
        for one in told
        if 0 <= (on - one.confirmed_on).days <= rule.stale_days
        and (found.evidence_on is None or one.confirmed_on > found.evidence_on)
    ]
    if not fresh:
        return None
    last = max(fresh, key=lambda one: one.confirmed_on)
    if last.status is Status.BETWEEN_SCHOOLS:
        since = (on - (last.paper_day or last.confirmed_on)).days
        if since > rule.transfer_days:
            return None
    reason = say("Confirmed by a person on %(day)s", day=f"{last.confirmed_on:%d-%m-%Y}")
    return Finding(last.status, reason, None, last.confirmed_on, last)


def is_stale(rule: StatusRule, checked_on: date | None, on: date) -> bool:
    """Whether a check says nothing any more: never made, or too long ago."""
    return checked_on is None or (on - checked_on).days > rule.stale_days

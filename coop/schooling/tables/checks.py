"""Rules, checks, what matched, what people found out. The constraints stand in ``migrations/sql``."""

from piccolo.columns import JSONB, BigInt, BigSerial, Boolean, Date, Integer, Timestamptz, Varchar
from piccolo.table import Table


class CoverageQuarter(Table, tablename="coverage_quarter"):
    """In which band a finished quarter lay, kept once; no band: too few households."""

    id = BigSerial(primary_key=True)
    cooperative_id = BigInt(null=False)
    quarter_from = Date(null=False)
    band = Integer(null=True, default=None)
    recorded_by = Varchar(length=80, null=False)
    recorded_at = Timestamptz(null=False)


class StatusRule(Table, tablename="status_rule"):
    """A rule of the status, from a day on."""

    id = BigSerial(primary_key=True)
    code = Varchar(length=12, null=False)
    holds_from = Date(null=False)
    school_age = Integer(null=False)
    past_compulsory_age = Integer(null=False)
    adult_age = Integer(null=False)
    irregular_days = Integer(null=False)
    long_absent_days = Integer(null=True, default=None)
    out_of_school_days = Integer(null=False)
    transfer_days = Integer(null=False)
    home_based_disability_pct = Integer(null=False)
    stale_days = Integer(null=False)
    source = Varchar(length=400, null=False)
    verified = Boolean(null=False)
    recorded_at = Timestamptz(null=False)


class SchoolCheckRun(Table, tablename="school_check_run"):
    """A check of a cooperative's children."""

    id = BigSerial(primary_key=True)
    cooperative_id = BigInt(null=False)
    on_day = Date(null=False)
    rule = Varchar(length=12, null=False)
    recorded_by = Varchar(length=80, null=False)
    recorded_at = Timestamptz(null=False)


class SchoolCheckCount(Table, tablename="school_check_count"):
    """How many children had a status in a check; stays."""

    run_id = BigInt(primary_key=True, null=False)
    cooperative_id = BigInt(null=False)
    status = Varchar(length=30, null=False)
    children = Integer(null=False)


class SchoolCheck(Table, tablename="school_check"):
    """A child's status in a check, erasable."""

    id = BigSerial(primary_key=True)
    cooperative_id = BigInt(null=False)
    run_id = BigInt(null=False)
    person_id = BigInt(null=False)
    status = Varchar(length=30, null=False)
    udise = Varchar(length=11, null=False)
    admission_no = Varchar(length=20, null=False)
    evidence = Varchar(length=8, null=False)
    evidence_on = Date(null=True, default=None)
    reason = Varchar(length=120, null=False)
    reason_values = JSONB(null=False)
    recorded_at = Timestamptz(null=False)


class RegisterMatch(Table, tablename="register_match"):
    """A child and a register's row in a check, erasable."""

    id = BigSerial(primary_key=True)
    cooperative_id = BigInt(null=False)
    run_id = BigInt(null=False)
    person_id = BigInt(null=False)
    enrolment_row_id = BigInt(null=False)
    score_thousandths = Integer(null=False)
    reasons = Varchar(length=160, null=False)
    certain = Boolean(null=False)


class PupilDecision(Table, tablename="pupil_decision"):
    """Whether a child is a pupil, by a person, erasable."""

    id = BigSerial(primary_key=True)
    cooperative_id = BigInt(null=False)
    person_id = BigInt(null=False)
    udise = Varchar(length=11, null=False)
    admission_no = Varchar(length=20, null=False)
    same = Boolean(null=False)
    recorded_by = Varchar(length=80, null=False)
    recorded_at = Timestamptz(null=False)


class HandConfirmation(Table, tablename="hand_confirmation"):
    """What a person found out, erasable."""

    id = BigSerial(primary_key=True)
    cooperative_id = BigInt(null=False)
    person_id = BigInt(null=False)
    status = Varchar(length=30, null=False)
    confirmed_on = Date(null=False)
    how = Varchar(length=16, null=False)
    udise = Varchar(length=11, null=False)
    admission_no = Varchar(length=20, null=False)
    paper_day = Date(null=True, default=None)
    recorded_by = Varchar(length=80, null=False)
    recorded_at = Timestamptz(null=False)


class FollowUpAnswer(Table, tablename="follow_up_answer"):
    """An answer that is asked once a school year, erasable."""

    id = BigSerial(primary_key=True)
    cooperative_id = BigInt(null=False)
    person_id = BigInt(null=False)
    school_year = Integer(null=False)
    question = Varchar(length=16, null=False)
    answer = Varchar(length=20, null=False)
    asked_on = Date(null=False)
    recorded_by = Varchar(length=80, null=False)
    recorded_at = Timestamptz(null=False)

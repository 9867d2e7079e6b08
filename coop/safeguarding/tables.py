"""Rows of safeguarding, in a schema of their own; constraints and grants stand in ``migrations/sql``."""

from piccolo.columns import (
    UUID,
    BigInt,
    BigSerial,
    Boolean,
    Bytea,
    Date,
    Integer,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table


class NamedReader(Table, tablename="reader", schema="safeguarding"):
    """Who reads cases, trained until a day; the last row of a person and place holds."""

    id = BigSerial(primary_key=True)
    cooperative_id = BigInt(null=True, default=None)
    user_id = BigInt(null=False)
    person_id = BigInt(null=True, default=None)
    woman = Boolean(null=False)
    training = Varchar(length=160, null=False)
    trained_on = Date(null=False)
    valid_until = Date(null=False)
    named_by = Varchar(length=80, null=False)
    named_at = Timestamptz(null=False)


class ProtectionCase(Table, tablename="protection_case", schema="safeguarding"):
    """A case: a number and the day it began."""

    id = BigSerial(primary_key=True)
    cooperative_id = BigInt(null=False)
    case_no = Varchar(length=20, null=False, unique=True)
    opened_at = Timestamptz(null=False)


class CaseWords(Table, tablename="case_words", schema="safeguarding"):
    """Free words of a case: erasable, never changed."""

    id = BigSerial(primary_key=True)
    cooperative_id = BigInt(null=False)
    case_id = BigInt(null=False)
    words = Varchar(length=800, null=False)
    salt = Bytea(null=False)
    recorded_at = Timestamptz(null=False)


class ToldConcern(Table, tablename="concern", schema="safeguarding"):
    """What somebody told."""

    id = BigSerial(primary_key=True)
    cooperative_id = BigInt(null=False)
    case_id = BigInt(null=False)
    source = Varchar(length=12, null=False)
    about = Varchar(length=12, null=False)
    danger_now = Boolean(null=False)
    names_reader = Boolean(null=False)
    words_id = BigInt(null=True, default=None)
    raised_by = Varchar(length=80, null=False)
    raised_at = Timestamptz(null=False)


class CaseLine(Table, tablename="case_line", schema="safeguarding"):
    """A line of a case's book: codes and days."""

    id = BigSerial(primary_key=True)
    cooperative_id = BigInt(null=False)
    case_id = BigInt(null=False)
    kind = Varchar(length=12, null=False)
    choice = Varchar(length=24, null=False)
    second = Varchar(length=24, null=False)
    third = Varchar(length=24, null=False)
    shared = Varchar(length=120, null=False)
    about_id = BigInt(null=True, default=None)
    on_day = Date(null=False)
    due_on = Date(null=True, default=None)
    words_id = BigInt(null=True, default=None)
    recorded_by = Varchar(length=80, null=False)
    recorded_at = Timestamptz(null=False)


class CaseFact(Table, tablename="case_fact", schema="safeguarding"):
    """An answer about health or the ground of care: erasable, never changed."""

    id = BigSerial(primary_key=True)
    cooperative_id = BigInt(null=False)
    case_id = BigInt(null=False)
    person_id = BigInt(null=False)
    fact = Varchar(length=40, null=False)
    value = Varchar(length=400, null=False)
    salt = Bytea(null=False)
    told_on = Date(null=False)
    recorded_by = Varchar(length=80, null=False)
    recorded_at = Timestamptz(null=False)


class LegalDuty(Table, tablename="legal_duty", schema="safeguarding"):
    """What the law demands without asking, from a day on, with its source."""

    id = BigSerial(primary_key=True)
    about = Varchar(length=12, null=False)
    channel = Varchar(length=12, null=False)
    within_hours = Integer(null=True, default=None)
    holds_from = Date(null=False)
    source = Varchar(length=300, null=False)
    verified = Boolean(null=False)
    recorded_at = Timestamptz(null=False)


class CaseIndicator(Table, tablename="indicator", schema="safeguarding"):
    """What an indicator means; its key is code and day."""

    code = Varchar(length=12, primary_key=True)
    holds_from = Date(null=False)
    place = Integer(null=False)
    words_en = Varchar(length=120, null=False)
    words_hi = Varchar(length=120, null=False)
    means_en = Varchar(length=300, null=False)
    means_hi = Varchar(length=300, null=False)
    source = Varchar(length=400, null=False)
    verified = Boolean(null=False)
    recorded_at = Timestamptz(null=False)


class IndicatorReport(Table, tablename="indicator_report", schema="safeguarding"):
    """A half-year of a cooperative, told once."""

    id = BigSerial(primary_key=True)
    cooperative_id = BigInt(null=False)
    half_from = Date(null=False)
    published_by = Varchar(length=80, null=False)
    published_at = Timestamptz(null=False)


class IndicatorCell(Table, tablename="indicator_cell", schema="safeguarding"):
    """A count as it is told; null: few. Its key is report and code."""

    report_id = BigInt(primary_key=True)
    cooperative_id = BigInt(null=False)
    code = Varchar(length=12, null=False)
    shown = Integer(null=True, default=None)
    hidden = Boolean(null=False)


class CaseForm(Table, tablename="case_form", schema="safeguarding"):
    """A form that was sent; a hash of what was typed, erased with the words."""

    operation_id = UUID(primary_key=True, null=False)
    cooperative_id = BigInt(null=False)
    case_id = BigInt(null=True, default=None)
    body_sha256 = Bytea(null=False)
    sent_at = Timestamptz(null=False)

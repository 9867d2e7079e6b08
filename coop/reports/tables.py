"""Published reports of children, and villages assessed as zones. Constraints stand in ``migrations/sql``."""

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


class ChildReport(Table, tablename="child_report"):
    """A quarter of a cooperative, published once."""

    id = BigSerial(primary_key=True)
    cooperative_id = BigInt(null=False)
    quarter_from = Date(null=False)
    checked_on = Date(null=False)
    rule = Varchar(length=12, null=False)
    published_by = Varchar(length=80, null=False)
    published_at = Timestamptz(null=False)


class ChildReportCell(Table, tablename="child_report_cell"):
    """What is shown of a group; null: few. Its key is report, grouping, name and measure."""

    report_id = BigInt(primary_key=True)
    cooperative_id = BigInt(null=False)
    grouping = Varchar(length=10, null=False)
    name = Varchar(length=80, null=False)
    measure = Varchar(length=10, null=False)
    shown = Integer(null=True, default=None)


class ZoneCriterion(Table, tablename="zone_criterion"):
    """What must hold in a village; its key is code and day."""

    code = Varchar(length=20, primary_key=True)
    holds_from = Date(null=False)
    place = Integer(null=False)
    words_en = Varchar(length=200, null=False)
    words_hi = Varchar(length=200, null=False)
    demanded = Boolean(null=False)
    source = Varchar(length=400, null=False)
    verified = Boolean(null=False)
    recorded_at = Timestamptz(null=False)


class ZoneAssessment(Table, tablename="zone_assessment"):
    """An assessor's visit to a village."""

    id = BigSerial(primary_key=True)
    village = Varchar(length=80, null=False)
    block = Varchar(length=80, null=False)
    district_lgd = Integer(null=False)
    assessed_on = Date(null=False)
    valid_until = Date(null=False)
    assessor = Varchar(length=120, null=False)
    organisation = Varchar(length=120, null=False)
    evidence = Varchar(length=300, null=False)
    recorded_as = Varchar(length=20, null=False)
    recorded_by = Varchar(length=80, null=False)
    operation_id = UUID(null=False)
    content_sha256 = Bytea(null=False)
    recorded_at = Timestamptz(null=False)


class ZoneAnswer(Table, tablename="zone_answer"):
    """Whether a criterion was met; its key is assessment and criterion."""

    assessment_id = BigInt(primary_key=True)
    criterion = Varchar(length=20, null=False)
    met = Boolean(null=False)


class ZoneRevocation(Table, tablename="zone_revocation"):
    """The end of an assessment before its day."""

    assessment_id = BigInt(primary_key=True)
    revoked_on = Date(null=False)
    reason = Varchar(length=300, null=False)
    recorded_as = Varchar(length=20, null=False)
    recorded_by = Varchar(length=80, null=False)
    recorded_at = Timestamptz(null=False)

"""Denominations, counts of the cash box, closed days. The constraints stand in ``migrations/sql``."""

from piccolo.columns import (
    UUID,
    BigInt,
    BigSerial,
    Boolean,
    Bytea,
    Date,
    ForeignKey,
    Integer,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from coop.cooperatives.tables import Cooperative


class Denomination(Table, tablename="denomination"):
    """A note or coin that a count asks for."""

    id = BigSerial(primary_key=True, null=False)
    value_paise = Integer(null=False)
    kind = Varchar(length=4, null=False)
    holds_from = Date(null=False)
    holds_until = Date(null=True)
    source = Varchar(length=400, null=False)
    verified = Boolean(null=False)
    recorded_at = Timestamptz(null=False)


class CashCount(Table, tablename="cash_count"):
    """A count of the cash box; paise."""

    id = BigSerial(primary_key=True, null=False)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    day = Date(null=False)
    opening_paise = BigInt(null=False)
    expected_paise = BigInt(null=False)
    counted_paise = BigInt(null=False)
    after_fy = Integer(null=False)
    after_no = BigInt(null=False)
    reason = Varchar(length=20, null=False)
    words = Varchar(length=200, null=False)
    operation_id = UUID(null=False)
    content = Bytea(null=False)
    counted_by = BigInt(null=False)
    counted_role = Varchar(length=40, null=False)
    counted_at = Timestamptz(null=False)


class CashCountLine(Table, tablename="cash_count_line"):
    """So many notes or coins of one value."""

    count_id = BigInt(primary_key=True, null=False)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    value_paise = Integer(null=False)
    kind = Varchar(length=4, null=False)
    pieces = Integer(null=False)


class ClosedDay(Table, tablename="closed_day"):
    """A day that a second person closed."""

    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    day = Date(primary_key=True, null=False)
    count_id = BigInt(null=False)
    counted_by = BigInt(null=False)
    journal_fy = Integer(null=True)
    journal_no = BigInt(null=True)
    operation_id = UUID(null=False)
    confirmed_by = BigInt(null=False)
    confirmed_role = Varchar(length=40, null=False)
    closed_at = Timestamptz(null=False)

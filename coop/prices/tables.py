"""Grades, price notices as published, and the periods in which each is in force. The constraints stand in ``migrations/sql``."""

import asyncpg
from piccolo.columns import BigInt, BigSerial, Column, ForeignKey, Integer, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table


class TimestamptzRange(Column):
    """A half-open span of instants; Piccolo has no column for it."""

    value_type = asyncpg.Range

    @property
    def column_type(self) -> str:
        """The name PostgreSQL knows it by."""
        return "TSTZRANGE"


class Grade(Table, tablename="grade"):
    """A grade of the agency's list."""

    code = Integer(primary_key=True, null=False)
    name_en = Varchar(length=120, null=False)
    name_hi = Varchar(length=120, null=False)
    hsn = Varchar(length=8, null=False)
    unit = Varchar(length=4, null=False)
    recorded_at = Timestamptz(null=False)


class PriceNoticeLine(Table, tablename="price_notice_line"):
    """One district and grade of a price notice, as published."""

    id = BigSerial(primary_key=True)
    notice_no = Varchar(length=30, null=False)
    published_at = Timestamptz(null=False)
    effective_from = Timestamptz(null=False)
    effective_to = Timestamptz(null=True, default=None)
    district_lgd = Integer(null=False)
    grade_code = ForeignKey(Grade, on_delete=OnDelete.restrict, null=False)
    picker_floor_paise = BigInt(null=False)
    buyer_floor_paise = BigInt(null=False)
    premium_paise = BigInt(null=False)
    authority = Varchar(length=120, null=False)
    reference = Varchar(length=200, null=False)
    supersedes = Varchar(length=30, null=False)
    recorded_at = Timestamptz(null=False)


class PricePeriod(Table, tablename="price_period"):
    """When which notice is in force; never two at once."""

    id = BigSerial(primary_key=True)
    district_lgd = Integer(null=False)
    grade_code = Integer(null=False)
    during = TimestamptzRange(null=False)
    line_id = ForeignKey(PriceNoticeLine, on_delete=OnDelete.restrict, null=False)

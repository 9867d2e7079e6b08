"""Grades, price notices as published, and the periods in which each is in force. The constraints stand in ``migrations/sql``."""

import asyncpg
from piccolo.columns import (
    UUID,
    BigInt,
    BigSerial,
    Bytea,
    Column,
    Date,
    ForeignKey,
    Integer,
    Timestamptz,
    Varchar,
)
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


class PriceNotice(Table, tablename="price_notice"):
    """An act of publishing: who answers for the notice, and whether people were heard."""

    id = BigSerial(primary_key=True)
    notice_no = Varchar(length=30, null=False)
    part = Integer(null=False)
    authority_hi = Varchar(length=120, null=False)
    link = Varchar(length=300, null=False)
    consultation = Varchar(length=12, null=False)
    no_consultation_reason = Varchar(length=500, null=False)
    no_components_reason = Varchar(length=500, null=False)
    published_as = Varchar(length=20, null=False)
    operation_id = UUID(null=True, default=None)
    content_sha256 = Bytea(null=True, default=None)
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
    notice_id = ForeignKey(PriceNotice, on_delete=OnDelete.restrict, null=False)


class PriceComponent(Table, tablename="price_component"):
    """A part of a floor, in paise a kilogram."""

    id = BigSerial(primary_key=True)
    line_id = ForeignKey(PriceNoticeLine, on_delete=OnDelete.restrict, null=False)
    of_floor = Varchar(length=6, null=False)
    place = Integer(null=False)
    name = Varchar(length=80, null=False)
    paise = BigInt(null=False)


class PriceConsultation(Table, tablename="price_consultation"):
    """Who was heard before a notice, counted; what they said and what it changed."""

    notice_id = BigInt(primary_key=True, null=False)
    held_on = Date(null=False)
    place = Varchar(length=120, null=False)
    men = Integer(null=False)
    women = Integer(null=False)
    under_18 = Integer(null=False)
    aged_18_35 = Integer(null=False)
    aged_36_59 = Integer(null=False)
    aged_60_up = Integer(null=False)
    said = Varchar(length=1000, null=False)
    changed = Varchar(length=1000, null=False)


class PricePeriod(Table, tablename="price_period"):
    """When which notice is in force; never two at once."""

    id = BigSerial(primary_key=True)
    district_lgd = Integer(null=False)
    grade_code = Integer(null=False)
    during = TimestamptzRange(null=False)
    line_id = ForeignKey(PriceNoticeLine, on_delete=OnDelete.restrict, null=False)

"""Households, persons and members; what is personal stands in version rows. The constraints stand in ``migrations/sql``."""

from piccolo.columns import (
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


class Household(Table, tablename="household"):
    """A household; what is known of it stands in its versions."""

    id = BigSerial(primary_key=True)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    household_no = Varchar(length=20, null=False)
    recorded_at = Timestamptz(null=False)


class HouseholdVersion(Table, tablename="household_version"):
    """What a household told, erasable."""

    id = BigSerial(primary_key=True)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    household_id = ForeignKey(Household, on_delete=OnDelete.restrict, null=False)
    version = Integer(null=False)
    head_person_no = Varchar(length=12, null=False)
    head_name = Varchar(length=120, null=False)
    village = Varchar(length=80, null=False)
    tola = Varchar(length=80, null=False)
    block = Varchar(length=80, null=False)
    district_lgd = Integer(null=True, default=None)
    state_lgd = Integer(null=True, default=None)
    ration_card_no = Varchar(length=15, null=False)
    ration_type = Varchar(length=8, null=False)
    caste = Varchar(length=8, null=False)
    pvtg = Boolean(null=True, default=None)
    minority = Boolean(null=True, default=None)
    house = Varchar(length=10, null=False)
    land_hundredths_acre = Integer(null=True, default=None)
    migrant = Varchar(length=10, null=False)
    salt = Bytea(null=False)
    recorded_at = Timestamptz(null=False)
    recorded_by = Varchar(length=80, null=False)
    head_salt = Bytea(null=False)


class Person(Table, tablename="person"):
    """A person's number and household."""

    id = BigSerial(primary_key=True)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    person_no = Varchar(length=12, null=False)
    household_id = ForeignKey(Household, on_delete=OnDelete.restrict, null=True, default=None)
    listed_member_no = Varchar(length=8, null=False)
    recorded_at = Timestamptz(null=False)


class PersonVersion(Table, tablename="person_version"):
    """Name, birth and numbers of an adult, erasable."""

    id = BigSerial(primary_key=True)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    person_id = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    version = Integer(null=False)
    told_by = Varchar(length=16, null=False)
    name_latin = Varchar(length=120, null=False)
    name_hi = Varchar(length=120, null=False)
    relation = Varchar(length=8, null=False)
    relation_name_latin = Varchar(length=120, null=False)
    relation_name_hi = Varchar(length=120, null=False)
    sex = Varchar(length=1, null=False)
    dob = Date(null=True, default=None)
    dob_precision = Varchar(length=10, null=False)
    village = Varchar(length=80, null=False)
    tola = Varchar(length=80, null=False)
    block = Varchar(length=80, null=False)
    district_lgd = Integer(null=True, default=None)
    state_lgd = Integer(null=True, default=None)
    mobile = Varchar(length=16, null=False)
    id_kind = Varchar(length=16, null=False)
    id_no = Varchar(length=30, null=False)
    bank_account = Varchar(length=18, null=False)
    ifsc = Varchar(length=11, null=False)
    salt = Bytea(null=False)
    recorded_at = Timestamptz(null=False)
    row_sha256 = Bytea(null=False)
    why = Varchar(length=12, null=False)
    holds_from = Date(null=True, default=None)
    recorded_by = Varchar(length=80, null=False)


class Member(Table, tablename="member"):
    """A membership of one cooperative."""

    id = BigSerial(primary_key=True)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    member_no = Varchar(length=8, null=False)
    person_id = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    admitted_on = Date(null=False)
    admission_source = Varchar(length=60, null=False)
    provisional = Boolean(null=False)
    shares = Integer(null=False)
    recorded_at = Timestamptz(null=False)


class MemberCessation(Table, tablename="member_cessation"):
    """The end of a membership; one that was taken back has an undo row."""

    id = BigSerial(primary_key=True)
    member_id = ForeignKey(Member, on_delete=OnDelete.restrict, null=False)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    ceased_on = Date(null=False)
    reason = Varchar(length=20, null=False)
    recorded_at = Timestamptz(null=False)
    source = Varchar(length=60, null=False)
    recorded_by = Varchar(length=80, null=False)


class Nominee(Table, tablename="nominee"):
    """Who inherits a member's share."""

    id = BigSerial(primary_key=True)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    member_id = ForeignKey(Member, on_delete=OnDelete.restrict, null=False)
    version = Integer(null=False)
    name = Varchar(length=120, null=False)
    relation = Varchar(length=30, null=False)
    share_tenths = Integer(null=False)
    recorded_at = Timestamptz(null=False)
    salt = Bytea(null=False)
    recorded_by = Varchar(length=80, null=False)


class MemberQuestion(Table, tablename="member_question"):
    """Something a person must decide about a member."""

    id = BigSerial(primary_key=True)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    member_id = ForeignKey(Member, on_delete=OnDelete.restrict, null=False)
    code = Varchar(length=40, null=False)
    recorded_at = Timestamptz(null=False)

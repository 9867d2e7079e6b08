"""Cooperatives, their centres, devices, and the parameters that change with a date. The constraints stand in ``migrations/sql``."""

from piccolo.columns import (
    BigInt,
    BigSerial,
    Boolean,
    Bytea,
    Date,
    ForeignKey,
    Integer,
    Numeric,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnDelete
from piccolo.table import Table


class Cooperative(Table, tablename="cooperative"):
    """A multi-functional cooperative of pickers."""

    id = BigSerial(primary_key=True)
    code = Varchar(length=10, null=False)
    name_en = Varchar(length=200, null=False)
    name_hi = Varchar(length=200, null=False)
    block = Varchar(length=80, null=False)
    district_lgd = Integer(null=False)
    state_lgd = Integer(null=False)
    recorded_at = Timestamptz(null=False)


class CollectionCentre(Table, tablename="collection_centre"):
    """Where members bring dhibra to be weighed."""

    id = BigSerial(primary_key=True)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    code = Varchar(length=20, null=False)
    name = Varchar(length=120, null=False)
    village = Varchar(length=80, null=False)
    block = Varchar(length=80, null=False)
    district_lgd = Integer(null=False)
    recorded_at = Timestamptz(null=False)


class CollectionCentreName(Table, tablename="collection_centre_name"):
    """A centre's name in Hindi; the last one holds."""

    id = BigSerial(primary_key=True)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    centre_id = ForeignKey(CollectionCentre, on_delete=OnDelete.restrict, null=False)
    name_hi = Varchar(length=120, null=False)
    recorded_at = Timestamptz(null=False)


class Device(Table, tablename="device"):
    """A phone or laptop at a scale; of its token only the SHA-256 is kept."""

    id = BigSerial(primary_key=True)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    centre_id = ForeignKey(CollectionCentre, on_delete=OnDelete.restrict, null=False)
    code = Varchar(length=24, null=False)
    token_sha256 = Bytea(null=True, default=None)
    recorded_at = Timestamptz(null=False)


class DeviceRevocation(Table, tablename="device_revocation"):
    """A device that may post no more."""

    device_id = BigInt(primary_key=True, null=False)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    revoked_at = Timestamptz(null=False)
    revoked_by = Varchar(length=80, null=False)


class DeviceDuty(Table, tablename="device_duty"):
    """The clerk who opened a device for a day."""

    id = BigSerial(primary_key=True)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    device_id = ForeignKey(Device, on_delete=OnDelete.restrict, null=False)
    clerk_id = BigInt(null=False)
    day = Date(null=False)
    opened_at = Timestamptz(null=False)


class Bylaw(Table, tablename="bylaw"):
    """A parameter with the day it holds from and its source; no cooperative means all."""

    id = BigSerial(primary_key=True)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=True, default=None)
    name = Varchar(length=60, null=False)
    value = Numeric(digits=(20, 4), null=False)
    unit = Varchar(length=20, null=False)
    holds_from = Date(null=False)
    source = Varchar(length=300, null=False)
    verified = Boolean(null=False)
    recorded_at = Timestamptz(null=False)


class PolicyReference(Table, tablename="policy_reference"):
    """The rules that collecting stands on, as card and slip name them."""

    id = BigSerial(primary_key=True)
    words_en = Varchar(length=200, null=False)
    words_hi = Varchar(length=200, null=False)
    holds_from = Date(null=False)
    source = Varchar(length=300, null=False)
    verified = Boolean(null=False)
    recorded_at = Timestamptz(null=False)

"""Signed receipts, public keys, the trust list and what became of a receipt. The constraints stand in ``migrations/sql``."""

from piccolo.columns import (
    BigInt,
    BigSerial,
    Bytea,
    ForeignKey,
    Integer,
    SmallInt,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from coop.cooperatives.tables import Cooperative


class ReceiptKey(Table, tablename="receipt_key"):
    """The public half of a signing key."""

    kid = Bytea(primary_key=True, null=False)
    x = Bytea(null=False)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=True, default=None)
    not_before = Timestamptz(null=False)
    not_after = Timestamptz(null=False)
    recorded_at = Timestamptz(null=False)


class TrustList(Table, tablename="trust_list"):
    """A signed list of keys as it was served."""

    seq = BigInt(primary_key=True, null=False)
    issued_at = Timestamptz(null=False)
    expires_at = Timestamptz(null=False)
    signed = Bytea(null=False)


class StatusList(Table, tablename="status_list"):
    """A list of 131,072 status places."""

    n = Integer(primary_key=True, null=False)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    opened_at = Timestamptz(null=False)


class Receipt(Table, tablename="receipt"):
    """A signed receipt, byte for byte."""

    id = BigSerial(primary_key=True)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    fy = Integer(null=False)
    kind = SmallInt(null=False)
    no = BigInt(null=False)
    cti = Bytea(null=False)
    sidx = BigInt(null=False)
    issued_at = Timestamptz(null=False)
    signed = Bytea(null=False)


class ReceiptStatus(Table, tablename="receipt_status"):
    """What became of a receipt later."""

    id = BigSerial(primary_key=True)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    sidx = BigInt(null=False)
    status = SmallInt(null=False)
    at = Timestamptz(null=False)
    reason = Varchar(length=80, null=False)


class ReceiptKeyState(Table, tablename="receipt_key_state"):
    """A signing key retired or compromised; the last row of a key holds."""

    id = BigSerial(primary_key=True)
    kid = Bytea(null=False)
    state = SmallInt(null=False)
    compromised_from = Timestamptz(null=True, default=None)
    recorded_at = Timestamptz(null=False)
    recorded_by = Varchar(length=80, null=False)


class LogKeyRow(Table, tablename="log_key"):
    """A public key of the log or of a witness."""

    id = BigSerial(primary_key=True)
    name = Varchar(length=200, null=False)
    type = SmallInt(null=False)
    x = Bytea(null=False)
    recorded_at = Timestamptz(null=False)
    recorded_by = Varchar(length=80, null=False)


class LogKeyState(Table, tablename="log_key_state"):
    """A key of the log or of a witness retired or withdrawn; the last row of a key holds."""

    id = BigSerial(primary_key=True)
    log_key_id = BigInt(null=False)
    state = SmallInt(null=False)
    recorded_at = Timestamptz(null=False)
    recorded_by = Varchar(length=80, null=False)

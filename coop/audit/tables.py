"""The chain of acts, its heads, and the reads of personal data. The constraints stand in ``migrations/sql``."""

from piccolo.columns import (
    BigInt,
    BigSerial,
    Bytea,
    Integer,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table


class AuditEntry(Table, tablename="audit_entry"):
    """One act in a chain: who, when, what, and the hash over it and the one before."""

    id = BigSerial(primary_key=True)
    fy = Integer(null=False)
    cooperative_id = BigInt(null=True, default=None)
    chain = Varchar(length=10, null=False)
    seq = BigInt(null=False)
    at = Timestamptz(null=False)
    actor = Varchar(length=80, null=False)
    tag = Varchar(length=60, null=False)
    about_table = Varchar(length=40, null=False)
    about_row = Varchar(length=80, null=False)
    facts = Text(null=False)
    previous = Bytea(null=False)
    hash = Bytea(null=False)


class AuditHead(Table, tablename="audit_head"):
    """The end of a chain; locked by whoever lengthens it."""

    chain = Varchar(length=10, primary_key=True, null=False)
    cooperative_id = BigInt(null=True, default=None)
    last_seq = BigInt(null=False)
    last_hash = Bytea(null=False)


class AuditRead(Table, tablename="audit_read"):
    """One page or command that showed personal data."""

    id = BigSerial(primary_key=True)
    cooperative_id = BigInt(null=True, default=None)
    at = Timestamptz(null=False)
    actor = Varchar(length=80, null=False)
    question = Varchar(length=60, null=False)
    about = Varchar(length=80, null=False)
    row_count = Integer(null=False)

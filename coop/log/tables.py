"""The public log: leaves, tiles, checkpoints, cosignatures, tokens. The constraints stand in ``migrations/sql``."""

from piccolo.columns import BigInt, BigSerial, Bytea, SmallInt, Timestamptz, Varchar
from piccolo.table import Table


class LogLeaf(Table, tablename="log_leaf"):
    """A receipt's place in the log, from 0, and the hash over its bytes."""

    leaf_index = BigInt(primary_key=True, null=False)
    receipt_id = BigInt(null=False)
    hash = Bytea(null=False)
    previous = BigInt(null=True, default=None)


class LogTile(Table, tablename="log_tile"):
    """A full tile: 256 hashes, and the one over them."""

    level = SmallInt(primary_key=True, null=False)
    n = BigInt(null=False)
    hashes = Bytea(null=False)
    root = Bytea(null=False)


class LogCheckpoint(Table, tablename="log_checkpoint"):
    """A checkpoint as it was signed."""

    id = BigSerial(primary_key=True)
    size = BigInt(null=False)
    root = Bytea(null=False)
    note = Bytea(null=False)
    signed_at = Timestamptz(null=False)


class LogCosignature(Table, tablename="log_cosignature"):
    """A witness's line under a checkpoint of ours."""

    id = BigSerial(primary_key=True)
    log_key_id = BigInt(null=False)
    size = BigInt(null=False)
    seen_at = Timestamptz(null=False)
    line = Varchar(length=400, null=False)
    received_at = Timestamptz(null=False)
    received_by = Varchar(length=80, null=False)


class LogWaiting(Table, tablename="log_waiting"):
    """A receipt that waits for its leaf."""

    receipt_id = BigInt(primary_key=True, null=False)


class WitnessToken(Table, tablename="witness_token"):
    """A witness's bearer token, as its SHA-256."""

    id = BigSerial(primary_key=True)
    name = Varchar(length=80, null=False)
    token_sha256 = Bytea(null=False)
    recorded_at = Timestamptz(null=False)
    recorded_by = Varchar(length=80, null=False)


class WitnessTokenRevocation(Table, tablename="witness_token_revocation"):
    """A token that opens nothing any more."""

    token_id = BigInt(primary_key=True, null=False)
    revoked_at = Timestamptz(null=False)
    revoked_by = Varchar(length=80, null=False)

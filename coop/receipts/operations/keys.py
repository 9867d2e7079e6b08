"""Keys: the agency's root, a key for each cooperative, one for status lists, and the signed list.

Private halves are files under ``COOP_HOME/keys`` (0600), outside the database. In production the
root's file is carried away; without it no new list can be signed, and the message says so.
"""

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from time import monotonic

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from coop.audit.operations import record
from coop.audit.rules import AuditTag
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import Unusable
from coop.receipts.rules.cose import key_id
from coop.receipts.rules.trust_list import KeyEntry, sign_trust_list

EVERY = "*"
KEY_HOLDS = timedelta(days=395)  # a year and the thirty days' overlap of a rotation
LIST_HOLDS = timedelta(days=90)
LIST_WARNS = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key with its id; ``cooperative`` is a code or ``*``."""

    cooperative: str
    kid: bytes
    private: Ed25519PrivateKey
    not_before: datetime
    not_after: datetime


def public_bytes(private: Ed25519PrivateKey) -> bytes:
    """The 32 bytes x of a private key."""
    return private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def _write_private(path: Path, private: Ed25519PrivateKey) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as out:
        out.write(private.private_bytes_raw().hex() + "\n")


def _read_private(path: Path) -> Ed25519PrivateKey:
    try:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text("ascii").strip()))
    except FileNotFoundError as error:
        raise Unusable(f"{path} is missing; restore the folder of keys from its backup") from error
    except ValueError as error:
        raise Unusable(f"{path} is not a key file; restore it from its backup") from error


def root_key(keys: Path) -> Ed25519PrivateKey | None:
    """The agency's root, if its file is on this machine."""
    path = keys / "root.key"
    return _read_private(path) if path.exists() else None


def root_public_keys(keys: Path) -> list[str]:
    """The pinned roots in hex, as ``coop key root`` prints them."""
    return sorted(path.read_text("ascii").strip() for path in keys.glob("root*.pub"))


def make_root(keys: Path) -> None:
    """Make the root at the first start; the public half stays beside it when it is carried away."""
    if (keys / "root.pub").exists():
        return
    private = Ed25519PrivateKey.generate()
    _write_private(keys / "root.key", private)
    (keys / "root.pub").write_text(public_bytes(private).hex() + "\n", "ascii")


# A key in use is asked for again every minute, so that a rotation is noticed without a restart.
_ASK_AGAIN = 60.0
_in_use: dict[int | None, tuple[float, SigningKey]] = {}


async def signing_key(
    tx: Transaction, keys: Path, cooperative_id: int | None, at: datetime
) -> SigningKey:
    """The key that signs for a cooperative (None: status lists) at an instant. Raises Unusable."""
    asked_at, held = _in_use.get(cooperative_id, (-_ASK_AGAIN, None))
    if (
        held is not None
        and monotonic() - asked_at < _ASK_AGAIN
        and held.not_before <= at <= held.not_after
    ):
        return held
    row = await tx.fetchrow(
        """SELECT k.kid, coalesce(c.code, '*') AS code, k.not_before, k.not_after
           FROM receipt_key k LEFT JOIN cooperative c ON c.id = k.cooperative_id
           WHERE k.cooperative_id IS NOT DISTINCT FROM $1 AND k.not_before <= $2 AND k.not_after >= $2
           ORDER BY k.not_before DESC LIMIT 1""",
        cooperative_id,
        at,
    )
    if row is None:
        raise Unusable(
            "no signing key holds now; start the server once where the root's key is kept"
        )
    private = _read_private(keys / f"{row['kid'].hex()}.key")
    found = SigningKey(row["code"], row["kid"], private, row["not_before"], row["not_after"])
    _in_use[cooperative_id] = (monotonic(), found)
    return found


async def make_missing_keys(tx: Transaction, keys: Path, trust_domain: str) -> None:
    """Make a key for each cooperative and for status lists, then sign the list of keys anew.

    Nothing is done where every key holds and the list stands for more than a month.
    """
    make_root(keys)
    at = clock.now()
    await tx.execute("SELECT pg_advisory_xact_lock(hashtext('receipt_key'))")
    missing = await tx.fetch(
        """SELECT c.id, c.code FROM (SELECT id, code FROM cooperative UNION ALL SELECT NULL, '*') c
           WHERE NOT EXISTS (SELECT FROM receipt_key k WHERE k.cooperative_id IS NOT DISTINCT FROM c.id
                             AND k.not_before <= $1 AND k.not_after > $1) ORDER BY c.code""",
        at,
    )
    for row in missing:
        await _make_key(tx, keys, row["id"], at)
    expires = await tx.fetchval("SELECT expires_at FROM trust_list ORDER BY seq DESC LIMIT 1")
    if missing or expires is None or expires - at < LIST_WARNS:
        await _sign_list(tx, keys, trust_domain, at)


async def _make_key(tx: Transaction, keys: Path, cooperative_id: int | None, at: datetime) -> None:
    private = Ed25519PrivateKey.generate()
    x = public_bytes(private)
    kid = key_id(x)
    _write_private(keys / f"{kid.hex()}.key", private)
    until = at + KEY_HOLDS
    await tx.execute(
        "INSERT INTO receipt_key (kid, x, cooperative_id, not_before, not_after, recorded_at)"
        " VALUES ($1, $2, $3, $4, $5, $4)",
        kid,
        x,
        cooperative_id,
        at.replace(microsecond=0),
        until,
    )
    await record(
        tx,
        AuditTag.KEY_MADE,
        cooperative_id=cooperative_id,
        table="receipt_key",
        row=kid.hex(),
        facts={
            "kid": kid.hex(),
            "not_before": int(at.timestamp()),
            "not_after": int(until.timestamp()),
        },
    )


async def _sign_list(tx: Transaction, keys: Path, trust_domain: str, at: datetime) -> None:
    root = root_key(keys)
    if root is None:
        raise Unusable(
            "the root's key is not on this machine; sign the list of keys where it is kept"
        )
    rows = await tx.fetch(
        "SELECT k.kid, k.x, coalesce(c.code, '*') AS code, k.not_before, k.not_after FROM receipt_key k"
        " LEFT JOIN cooperative c ON c.id = k.cooperative_id ORDER BY k.kid"
    )
    entries = [
        KeyEntry(
            r["kid"],
            r["x"],
            r["code"],
            int(r["not_before"].timestamp()),
            int(r["not_after"].timestamp()),
            0,
            None,
        )
        for r in rows
    ]
    seq = int(await tx.fetchval("SELECT coalesce(max(seq), 0) + 1 FROM trust_list"))
    signed = sign_trust_list(
        trust_domain, seq, int(at.timestamp()), int((at + LIST_HOLDS).timestamp()), entries, root
    )
    await tx.execute(
        "INSERT INTO trust_list (seq, issued_at, expires_at, signed) VALUES ($1, $2, $3, $4)",
        seq,
        at,
        at + LIST_HOLDS,
        signed,
    )
    await record(
        tx,
        AuditTag.TRUST_LIST_SIGNED,
        cooperative_id=None,
        table="trust_list",
        row=str(seq),
        facts={"seq": seq, "sha256": sha256(signed).hexdigest()},
    )

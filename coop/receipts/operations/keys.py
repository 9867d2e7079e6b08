"""Signing keys: one for each cooperative, one for status lists; made, renewed yearly, retired, revoked.

A key signs once the list of keys names it, so that no receipt is printed that nobody can verify.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from time import monotonic

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from coop.audit.operations import record, sealed
from coop.audit.rules import AuditTag, Seal
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import Refusal, Refused, Unusable
from coop.kernel.words import say
from coop.receipts import queries
from coop.receipts.operations.key_files import (
    make_root,
    public_bytes,
    read_private,
    root_key,
    root_public_keys,
    write_private,
)
from coop.receipts.operations.log_keys import make_log_key
from coop.receipts.operations.trust import publish_list
from coop.receipts.rules.cose import key_id
from coop.receipts.rules.trust_list import COMPROMISED, EVERY, OK, RETIRED, listed
from coop.settings import settings

__all__ = [
    "EVERY",
    "SigningKey",
    "end_key",
    "make_missing_keys",
    "make_root",
    "public_bytes",
    "root_key",
    "root_public_keys",
    "rotate_key",
    "signing_key",
]
OVERLAP = timedelta(days=30)
KEY_HOLDS = timedelta(days=365) + OVERLAP
KEY_SEAL = Seal(
    AuditTag.KEY_MADE,
    "SELECT jsonb_build_array(encode(kid, 'hex'), encode(x, 'hex'), cooperative_id, not_before, not_after, recorded_at)::text"
    " FROM receipt_key WHERE encode(kid, 'hex') = $2 AND cooperative_id IS NOT DISTINCT FROM $1::bigint",
)
KEY_STATE_SEAL = Seal(
    AuditTag.KEY_ENDED,
    "SELECT jsonb_build_array(encode(kid, 'hex'), state, compromised_from, recorded_at, recorded_by)::text"
    " FROM receipt_key_state WHERE id = $2::text::bigint AND $1::bigint IS NULL",
)


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key with its id; ``cooperative`` is a code or ``*``."""

    cooperative: str
    kid: bytes
    private: Ed25519PrivateKey
    not_before: datetime
    not_after: datetime


# A key in use is asked for again every few seconds, so that a rotation or a revocation is noticed
# without a restart.
_ASK_AGAIN = 10.0
_in_use: dict[int | None, tuple[float, SigningKey]] = {}


@lru_cache(maxsize=4)
def _signing(served: bytes) -> tuple[bytes, ...]:
    """The keys that a list of ours says are in use."""
    return tuple(kid for kid, entry in listed(served).keys.items() if entry.state == OK)


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
    served = await queries.trust_list(tx)
    row = await tx.fetchrow(
        """SELECT k.kid, coalesce(c.code, '*') AS code, k.not_before, k.not_after
           FROM receipt_key k LEFT JOIN cooperative c ON c.id = k.cooperative_id
           WHERE k.cooperative_id IS NOT DISTINCT FROM $1 AND k.not_before <= $2 AND k.not_after >= $2
             AND k.kid = ANY ($3::bytea[]) AND NOT EXISTS (SELECT FROM receipt_key_state s WHERE s.kid = k.kid)
           ORDER BY k.not_before DESC, k.recorded_at DESC LIMIT 1""",
        cooperative_id,
        at,
        _signing(served.signed) if served else (),
    )
    if row is None:
        raise Unusable(
            "no signing key holds now that the list of keys names; start the server once where the"
            " root's key is kept, or: coop key export-list"
        )
    private = read_private(keys / f"{row['kid'].hex()}.key")
    found = SigningKey(row["code"], row["kid"], private, row["not_before"], row["not_after"])
    _in_use[cooperative_id] = (monotonic(), found)
    return found


async def make_missing_keys(tx: Transaction, keys: Path, trust_domain: str) -> None:
    """Make what is missing: a key for each cooperative, for status lists and for the log; then
    publish the list of keys.

    A key in its last thirty days counts as missing. Nothing is done where every key holds and the
    list stands for more than ``LIST_RENEWED``.
    """
    make_root(keys)
    at = clock.now()
    await tx.execute("SELECT pg_advisory_xact_lock(hashtext('receipt_key'))")
    missing = await tx.fetch(
        """SELECT c.id FROM (SELECT id, code FROM cooperative UNION ALL SELECT NULL, '*') c
           WHERE NOT EXISTS (SELECT FROM receipt_key k WHERE k.cooperative_id IS NOT DISTINCT FROM c.id
                             AND k.not_before <= $1 AND k.not_after > $2
                             AND NOT EXISTS (SELECT FROM receipt_key_state s WHERE s.kid = k.kid))
           ORDER BY c.code""",
        at,
        at + OVERLAP,
    )
    for row in missing:
        await rotate_key(tx, keys, row["id"])
    if not any(held.signs for held in await queries.log_keys(tx)):
        await make_log_key(tx, keys, settings().log_origin)
    await publish_list(tx, keys, trust_domain)


async def rotate_key(tx: Transaction, keys: Path, cooperative_id: int | None) -> bytes:
    """Make the next key of a cooperative (None: for status lists); return its kid.

    The one before signs until the next list names the new one, and is believed to its own end.
    """
    at = clock.now()
    private = Ed25519PrivateKey.generate()
    x = public_bytes(private)
    kid = key_id(x)
    write_private(keys / f"{kid.hex()}.key", private)
    until = at + KEY_HOLDS
    await tx.execute(
        "INSERT INTO receipt_key (kid, x, cooperative_id, not_before, not_after, recorded_at)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        kid,
        x,
        cooperative_id,
        at.replace(microsecond=0),
        until,
        at,
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
            "rows_sha256": await sealed(tx, KEY_SEAL, cooperative_id, kid.hex()),
        },
    )
    return kid


async def end_key(
    tx: Transaction, kid: bytes, compromised_from: datetime | None = None
) -> queries.HeldKey | None:
    """Retire a signing key, or say since when it is compromised; None where there is no such key.

    A compromise can be said again with an earlier time only: what was refused stays refused. The
    list of keys says it from the next one on; here the key signs no more at once. Raises Refused.
    """
    held = next((one for one in await queries.receipt_keys(tx) if one.entry.kid == kid), None)
    if held is None:
        return None
    state = RETIRED if compromised_from is None else COMPROMISED
    since = int(compromised_from.timestamp()) if compromised_from else None
    told = held.entry.compromised_from
    if held.entry.state > state or (told is not None and since is not None and since > told):
        message = say("This key is said to be compromised from an earlier time. That stands.")
        raise Refused([Refusal("key_compromised_before", message)])
    if (held.entry.state, told) == (state, since):
        return held
    number = await tx.fetchval(
        "INSERT INTO receipt_key_state (kid, state, compromised_from, recorded_at, recorded_by)"
        " VALUES ($1, $2, $3, $4, $5) RETURNING id",
        kid,
        state,
        compromised_from.replace(microsecond=0) if compromised_from else None,
        clock.now(),
        tx.reach.actor,
    )
    await record(
        tx,
        AuditTag.KEY_ENDED,
        cooperative_id=None,
        table="receipt_key_state",
        row=str(number),
        facts={
            "kid": kid.hex(),
            "state": "retired" if state == RETIRED else "compromised",
            "compromised_from": since,
            "rows_sha256": await sealed(tx, KEY_STATE_SEAL, None, str(number)),
        },
    )
    _in_use.clear()
    return held

"""The list of keys: written from the rows, signed by a root here or on another machine, published."""

from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from coop.audit.operations import record
from coop.audit.rules import AuditTag
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import Unusable
from coop.receipts import queries
from coop.receipts.operations.key_files import root_key, root_public_keys
from coop.receipts.rules.trust_list import (
    COMPROMISED,
    TrustList,
    listed,
    read_payload,
    read_trust_list,
    sign_payload,
    trust_payload,
)
from coop.settings import say_to_operator

LIST_HOLDS = timedelta(days=90)
# A week before the verifier's page begins to say that its list ends soon (30 days, static/offline.js): nobody
# with a network should ever read that.
LIST_RENEWED = timedelta(days=37)
ROOT_ELSEWHERE = (
    "the root's key is not on this machine: write the list with coop key export-list, sign it where"
    " the root is kept with coop key sign-list, bring it back with coop key import-list"
)


async def unsigned_list(tx: Transaction, trust_domain: str, at: datetime) -> bytes:
    """The next list as the root is to sign it: every key with its state, the log's and witnesses'."""
    seq = int(await tx.fetchval("SELECT coalesce(max(seq), 0) + 1 FROM trust_list"))
    entries = [held.entry for held in await queries.receipt_keys(tx)]
    log_keys = [held.key for held in await queries.log_keys(tx) if held.state != COMPROMISED]
    issued, expires = int(at.timestamp()), int((at + LIST_HOLDS).timestamp())
    return trust_payload(trust_domain, seq, issued, expires, entries, log_keys)


async def list_in_force(tx: Transaction) -> TrustList | None:
    """What the newest list says, None before the first."""
    served = await queries.trust_list(tx)
    return listed(served.signed) if served else None


async def publish_list(tx: Transaction, keys: Path, trust_domain: str) -> bool:
    """Sign and publish the list where it differs from the rows or ends within ``LIST_RENEWED``.

    Where the root is not on this machine nothing is signed, the operator is told, and the answer is
    False.
    """
    at = clock.now()
    wanted = listed_rows(await unsigned_list(tx, trust_domain, at))
    current = await list_in_force(tx)
    if current is not None and _says_the_same(current, wanted, at):
        return True
    root = root_key(keys)
    if root is None:
        say_to_operator(ROOT_ELSEWHERE)
        return False
    await sign_list(tx, trust_domain, root)
    return True


def _says_the_same(current: TrustList, wanted: TrustList, at: datetime) -> bool:
    lasts = current.expires - int(at.timestamp()) >= LIST_RENEWED.total_seconds()
    return lasts and current.keys == wanted.keys and current.log_keys == wanted.log_keys


def listed_rows(payload: bytes) -> TrustList:
    """An unsigned list as it would be read. Raises Unusable for one that everybody would refuse."""
    found = read_payload(payload)
    if found.refused:
        raise Unusable(f"not an unsigned list of keys: {found.refused}")
    return found


async def sign_list(tx: Transaction, trust_domain: str, root: Ed25519PrivateKey) -> None:
    """Sign the next list with a root that is at hand, and publish it."""
    payload = await unsigned_list(tx, trust_domain, clock.now())
    await _write(tx, sign_payload(payload, root), listed_rows(payload))


async def import_list(
    tx: Transaction, keys: Path, trust_domain: str, signed: bytes
) -> tuple[TrustList, int]:
    """Publish a list that a root signed elsewhere; return it and how many keys it leaves out.

    Raises Unusable for one that verifiers would refuse, one of another system, and one that was
    written before a key was retired or revoked here.
    """
    current = await list_in_force(tx)
    roots = [bytes.fromhex(line) for line in root_public_keys(keys)]
    now, min_seq = int(clock.now().timestamp()), current.seq + 1 if current else 0
    found = read_trust_list(signed, roots, now=now, min_seq=min_seq)
    if found.refused:
        raise Unusable(f"the list is refused: {found.refused}")
    held = {one.entry.kid: one.entry for one in await queries.receipt_keys(tx)}
    known = {one.key for one in await queries.log_keys(tx) if one.state != COMPROMISED}
    strange = [kid for kid in found.keys if kid not in held] + [
        key for key in found.log_keys if key not in known
    ]
    if found.iss != trust_domain or strange:
        raise Unusable("the list is not of this system: it names keys that are not known here")
    if any(held[kid] != entry for kid, entry in found.keys.items()):
        raise Unusable("a key was retired or revoked since this list was written; export it anew")
    await _write(tx, signed, found)
    return found, len(held) - len(found.keys) + len(known) - len(found.log_keys)


async def _write(tx: Transaction, signed: bytes, found: TrustList) -> None:
    await tx.execute(
        "INSERT INTO trust_list (seq, issued_at, expires_at, signed)"
        " VALUES ($1, to_timestamp($2), to_timestamp($3), $4)",
        found.seq,
        found.issued,
        found.expires,
        signed,
    )
    await record(
        tx,
        AuditTag.TRUST_LIST_SIGNED,
        cooperative_id=None,
        table="trust_list",
        row=str(found.seq),
        facts={"seq": found.seq, "sha256": sha256(signed).hexdigest()},
    )

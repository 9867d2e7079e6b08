"""A file between preview and booking: sealed, its holder's alone, and gone soon.

The key is drawn with the preview and stands in that page only, so that the row, a backup of it and
whoever reads the database hold nothing that can be read (docs/decisions/0043).
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import NotThere

KEPT_FOR = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Held:
    """What was uploaded: its id, kind, the one cooperative's code (empty: all), hash and bytes."""

    id: UUID
    kind: str
    cooperative: str
    sha256: str
    content: bytes


async def hold(
    tx: Transaction, kind: str, cooperative: str, sha256: str, content: bytes
) -> tuple[UUID, str]:
    """Keep a file sealed; return its id and the key, which is kept nowhere. Old ones go."""
    await purge(tx)
    upload, key, nonce = uuid4(), AESGCM.generate_key(256), secrets.token_bytes(12)
    sealed = nonce + AESGCM(key).encrypt(nonce, content, upload.bytes)
    await tx.execute(
        "INSERT INTO import_upload (id, held_by, kind, cooperative, file_sha256, sealed, held_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7)",
        upload,
        tx.reach.actor,
        kind,
        cooperative,
        sha256,
        sealed,
        clock.now(),
    )
    return upload, key.hex()


async def held(tx: Transaction, upload: UUID, key: str) -> Held | None:
    """Open a file of the asker; None where its time is over. Raises NotThere for a wrong key."""
    row = await tx.fetchrow(
        "SELECT kind, cooperative, file_sha256, sealed FROM import_upload"
        " WHERE id = $1 AND held_by = $2 AND held_at > $3",
        upload,
        tx.reach.actor,
        clock.now() - KEPT_FOR,
    )
    if row is None:
        return None
    sealed = bytes(row["sealed"])
    try:
        content = AESGCM(bytes.fromhex(key)).decrypt(sealed[:12], sealed[12:], upload.bytes)
    except (InvalidTag, ValueError) as error:
        raise NotThere(str(upload)) from error
    return Held(upload, row["kind"], row["cooperative"], row["file_sha256"], content)


async def let_go(tx: Transaction, upload: UUID) -> None:
    """Drop a file that was booked or is not wanted any more."""
    await tx.execute("DELETE FROM import_upload WHERE id = $1", upload)


async def purge(tx: Transaction) -> None:
    """Drop files whose half hour is over: the asker's own, or everybody's where the system asks."""
    await tx.execute("DELETE FROM import_upload WHERE held_at <= $1", clock.now() - KEPT_FOR)

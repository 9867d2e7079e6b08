"""A form that was sent twice books once; words are kept with a salt of their own."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import Conflict


async def sent_before(
    tx: Transaction,
    cooperative_id: int,
    case_id: int | None,
    operation_id: UUID,
    body: Mapping[str, str],
) -> bool:
    """Whether this form was booked already; Conflict where it came with another content.

    The caller holds the chain's lock.
    """
    content = json.dumps(dict(sorted(body.items())), ensure_ascii=False).encode("utf-8")
    digest = hashlib.sha256(operation_id.bytes + content).digest()
    row = await tx.fetchrow(
        """INSERT INTO safeguarding.case_form (operation_id, cooperative_id, case_id, body_sha256, sent_at)
           VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING operation_id""",
        operation_id,
        cooperative_id,
        case_id,
        digest,
        clock.now(),
    )
    if row is not None:
        return False
    stands = await tx.fetchval(
        "SELECT body_sha256 FROM safeguarding.case_form WHERE operation_id = $1", operation_id
    )
    if stands != digest:
        raise Conflict(str(operation_id))
    return True


@dataclass(frozen=True, slots=True)
class KeptWords:
    """The row of words and their salted hash, as the entry names them; None and empty for no words."""

    row: int | None
    sha256: str


async def keep_words(tx: Transaction, cooperative_id: int, case_id: int, words: str) -> KeptWords:
    """Write words that can be erased; the hash is kept in the entry, the salt beside the words."""
    if not words:
        return KeptWords(None, "")
    salt = secrets.token_bytes(16)
    row = await tx.fetchval(
        """INSERT INTO safeguarding.case_words (cooperative_id, case_id, words, salt, recorded_at)
           VALUES ($1, $2, $3, $4, $5) RETURNING id""",
        cooperative_id,
        case_id,
        words,
        salt,
        clock.now(),
    )
    return KeptWords(row, hashlib.sha256(salt + words.encode("utf-8")).hexdigest())

"""Whose token is this."""

from coop.access.actor import Actor, witness_actor
from coop.kernel.db import Transaction
from coop.kernel.token import token_key


async def actor_of_witness(tx: Transaction, token: str) -> Actor | None:
    """The witness that a bearer token belongs to; None for one that is unknown or revoked."""
    row = await tx.fetchrow(
        "SELECT t.id, t.name FROM witness_token t WHERE t.token_sha256 = $1 AND NOT EXISTS"
        " (SELECT FROM witness_token_revocation v WHERE v.token_id = t.id)",
        token_key(token),
    )
    return witness_actor(row["id"], row["name"]) if row else None

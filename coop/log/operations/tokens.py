"""Bearer tokens of witnesses: shown once, kept as their SHA-256, revoked by name or number."""

from dataclasses import dataclass

from coop.access.roles import Role
from coop.audit.operations import record
from coop.audit.rules import AuditTag
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import NotThere
from coop.kernel.token import new_token, token_key


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token's number and the token, which is not shown again."""

    id: int
    token: str


async def add_token(tx: Transaction, name: str) -> NewToken:
    """Draw a token for a witness that is called ``name`` (at most 80 signs)."""
    token = new_token()
    number = await tx.fetchval(
        "INSERT INTO witness_token (name, token_sha256, recorded_at, recorded_by)"
        " VALUES ($1, $2, $3, $4) RETURNING id",
        name,
        token_key(token),
        clock.now(),
        tx.reach.actor,
    )
    await record(
        tx,
        AuditTag.TOKEN_ADDED,
        cooperative_id=None,
        table="witness_token",
        row=str(number),
        facts={"role": Role.WITNESS.value, "name": name},
    )
    return NewToken(number, token)


async def revoke_token(tx: Transaction, name: str) -> int:
    """End tokens by the witness's name or one token's number; return how many. Raises NotThere."""
    rows = await tx.fetch(
        "SELECT id, name FROM witness_token WHERE name = $1 OR id::text = $1 ORDER BY id", name
    )
    if not rows:
        raise NotThere(name)
    ended = 0
    for row in rows:
        done = await tx.execute(
            "INSERT INTO witness_token_revocation (token_id, revoked_at, revoked_by)"
            " VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            row["id"],
            clock.now(),
            tx.reach.actor,
        )
        if done.endswith(" 1"):
            ended += 1
            await record(
                tx,
                AuditTag.TOKEN_REVOKED,
                cooperative_id=None,
                table="witness_token",
                row=str(row["id"]),
                facts={"name": row["name"]},
            )
    return ended

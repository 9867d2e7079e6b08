"""A form that is sent twice books once: the same again is answered, another content is a conflict."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import asyncpg

from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import Conflict

_KEPT_SECONDS = 3 * 86_400


@dataclass(frozen=True, slots=True)
class Sent:
    """The id drawn with a form, and the hash of what was typed into it."""

    operation_id: UUID
    content: bytes


def sent(operation_id: UUID, typed: Mapping[str, str]) -> Sent:
    """What identifies a form: its id and all that was typed; the session's mark does not count."""
    kept = {name: text for name, text in typed.items() if name not in ("csrf", "operation_id")}
    text = json.dumps([str(operation_id), kept], sort_keys=True, ensure_ascii=False)
    return Sent(operation_id, hashlib.sha256(text.encode("utf-8", "replace")).digest())


async def answered_before(tx: Transaction, one: Sent) -> str | None:
    """Where the same form led before; asked after the chain is locked. Raises Conflict for another content."""
    row = await tx.fetchrow(
        "SELECT content, location FROM member_form WHERE operation_id = $1", one.operation_id
    )
    if row is None:
        return None
    if row["content"] != one.content:
        raise Conflict(str(one.operation_id))
    return str(row["location"])


async def answer(tx: Transaction, cooperative_id: int | None, one: Sent, location: str) -> str:
    """Remember where a form led; older ones go. Raises Conflict where the id is another cooperative's."""
    at = clock.now()
    await tx.execute(
        "DELETE FROM member_form WHERE sent_at < $1", at - clock.seconds(_KEPT_SECONDS)
    )
    try:
        await tx.execute(
            "INSERT INTO member_form (operation_id, cooperative_id, content, location, sent_at) VALUES ($1, $2, $3, $4, $5)",
            one.operation_id,
            cooperative_id,
            one.content,
            location,
            at,
        )
    except asyncpg.UniqueViolationError as error:
        raise Conflict(str(one.operation_id)) from error
    return location

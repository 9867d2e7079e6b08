"""Owners named and compared with the member books; each flag is decided on, with who keeps out."""

import hashlib
import secrets

from coop.audit.rules import AuditTag
from coop.buyers.operations.acts import Act, Sent, close_act, must_know, open_act, replayed
from coop.buyers.queries.conflicts import conflicts, flagged, member_names, owners
from coop.buyers.rules.conflict import likeness_to_member, refusals_to_rule
from coop.kernel.db import Transaction
from coop.kernel.refusal import NotThere, Refusal, Refused
from coop.kernel.words import say


async def name_owner(tx: Transaction, buyer_code: str, part: str, name: str, sent: Sent) -> None:
    """Name an owner or related party, and flag the members within reach who are named alike.

    Raises Refused, NotThere.
    """
    if await replayed(tx, AuditTag.BUYER_OWNER_NAMED, sent):
        return
    known = await must_know(tx, buyer_code)
    if any(one.name == name and one.part == part for one in await owners(tx, known.id)):
        message = say("This person stands here already.")
        raise Refused([Refusal("owner_known", message, "name")])
    act = await open_act(tx, AuditTag.BUYER_OWNER_NAMED, buyer_code, sent)
    salt = secrets.token_bytes(16)
    owner_id = await tx.fetchval(
        "INSERT INTO buyer_owner (act_id, buyer_id, part, name, salt, name_sha256)"
        " VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
        act.id,
        known.id,
        part,
        name,
        salt,
        hashlib.sha256(salt + name.encode()).digest(),
    )
    flags = await _flag(tx, act, owner_id, name)
    await close_act(tx, act, {"buyer_code": known.code, "owner": owner_id, "flags": flags})


async def seek_conflicts(tx: Transaction, buyer_code: str, sent: Sent) -> None:
    """Compare a buyer's owners again: members were admitted since. Raises NotThere."""
    if await replayed(tx, AuditTag.BUYER_CONFLICTS_SOUGHT, sent):
        return
    known = await must_know(tx, buyer_code)
    named = await owners(tx, known.id)
    act = await open_act(tx, AuditTag.BUYER_CONFLICTS_SOUGHT, buyer_code, sent)
    flags = sum([await _flag(tx, act, one.id, one.name) for one in named])
    await close_act(tx, act, {"buyer_code": known.code, "flags": flags})


async def _flag(tx: Transaction, act: Act, owner_id: int, name: str) -> int:
    known = await flagged(tx, owner_id)
    found = [
        (act.id, owner_id, member.cooperative_id, member.member_id, like.score, like.reasons)
        for member in await member_names(tx)
        if member.member_id not in known and (like := likeness_to_member(name, member))
    ]
    await tx.executemany(
        "INSERT INTO buyer_conflict (act_id, owner_id, cooperative_id, member_id, score, reasons)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        found,
    )
    return len(found)


async def decide_conflict(
    tx: Transaction,
    buyer_code: str,
    conflict_id: int,
    outcome: str,
    reason: str,
    recusal: str,
    sent: Sent,
) -> None:
    """Say of a flag whether it is a conflict, how that was found, and who keeps out of what.

    Raises Refused, NotThere.
    """
    if await replayed(tx, AuditTag.BUYER_CONFLICT_DECIDED, sent):
        return
    known = await must_know(tx, buyer_code)
    if all(one.id != conflict_id for one in await conflicts(tx, known.id)):
        raise NotThere(str(conflict_id))
    if refusals := refusals_to_rule(outcome, reason, recusal):
        raise Refused(refusals)
    act = await open_act(tx, AuditTag.BUYER_CONFLICT_DECIDED, buyer_code, sent)
    await tx.execute(
        "INSERT INTO buyer_conflict_decision (act_id, conflict_id, cooperative_id, outcome, reason, recusal)"
        " SELECT $1, id, cooperative_id, $3, $4, $5 FROM buyer_conflict WHERE id = $2",
        act.id,
        conflict_id,
        outcome,
        reason,
        recusal,
    )
    facts = {"buyer_code": known.code, "conflict": str(conflict_id), "outcome": outcome}
    await close_act(tx, act, facts)

"""Likely doubles: kept, decided, merged, and taken apart again. Nothing is ever merged by itself."""

from collections.abc import Iterable, Sequence

from coop.audit.operations import lock_head, record, sealed
from coop.audit.rules import AuditTag
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import Refusal, Refused
from coop.kernel.words import say
from coop.members.operations.end import end_membership, take_back_end
from coop.members.operations.once import Sent, answer, answered_before
from coop.members.queries.book import LikelyPair
from coop.members.queries.doubles import PairRow, pair, undecided_across
from coop.members.queries.member import member_of_id
from coop.members.rules.candidate import Candidate
from coop.members.rules.doubles import NOT_SAME, SAME, Sides, refusals_to_decide
from coop.members.rules.duplicates import Pair
from coop.members.rules.keys import asked_elsewhere
from coop.members.rules.membership import Ending, State
from coop.members.rules.proofs import CONFIRMATION, DECISION, MERGE, MERGE_UNDO

_KEEP = """
INSERT INTO duplicate_pair (cooperative_id, member_a, member_b, score_thousandths, reasons, found_at)
SELECT CASE WHEN a.cooperative_id = b.cooperative_id THEN a.cooperative_id END, least(a.id, b.id), greatest(a.id, b.id), $3, $4, $5
FROM member a, member b WHERE a.id = $1 AND b.id = $2 ON CONFLICT (member_a, member_b) DO NOTHING
"""
_NUMBERED = "SELECT m.id FROM member m JOIN cooperative c ON c.id = m.cooperative_id WHERE c.code || '/' || m.member_no = $1"


async def keep_pair(
    tx: Transaction, one: int, other: int, score_thousandths: int, reasons: Sequence[str]
) -> None:
    """Put a likely pair before who decides; one that is kept already stays as it is."""
    await tx.execute(_KEEP, one, other, score_thousandths, "|".join(reasons)[:200], clock.now())


async def keep_pairs(tx: Transaction, pairs: Iterable[Pair]) -> None:
    """The same for pairs that an import found, whose keys are full numbers."""
    await keep_likely(
        tx,
        [LikelyPair(p.a.key, p.b.key, p.score, "|".join(p.reasons)) for p in pairs],
    )


async def keep_likely(tx: Transaction, pairs: Iterable[LikelyPair]) -> None:
    """The same for pairs as the command prints them."""
    for found in pairs:
        one, other = [
            await tx.fetchval(_NUMBERED, number) for number in (found.member_a, found.member_b)
        ]
        if one is not None and other is not None:
            await keep_pair(tx, one, other, round(found.score * 1000), found.reasons.split("|"))


async def note_elsewhere(tx: Transaction, member_id: int, known: Candidate) -> int:
    """Put what other cooperatives have of a member before the agency; return how many pairs."""
    asked = asked_elsewhere(known)
    return int(
        await tx.fetchval(
            "SELECT coop_note_elsewhere($1, $2::jsonb, $3)", member_id, asked, clock.now()
        )
    )


async def write_decision(
    tx: Transaction, cooperative_id: int | None, pair_id: int, decision: str, because: str
) -> None:
    """Write what was decided of a pair; the last decision holds."""
    number = await tx.fetchval(
        """INSERT INTO duplicate_decision (cooperative_id, pair_id, decision, because, decided_by, decided_at)
           VALUES ($1, $2, $3, $4, $5, $6) RETURNING id""",
        cooperative_id,
        pair_id,
        decision,
        because,
        tx.reach.actor,
        clock.now(),
    )
    await record(
        tx,
        AuditTag.DUPLICATE_DECIDED,
        cooperative_id=cooperative_id,
        table="duplicate_decision",
        row=str(number),
        facts={
            "pair": pair_id,
            "decision": decision,
            "rows_sha256": await sealed(tx, DECISION, cooperative_id, str(number)),
        },
    )


async def decide_pair(
    tx: Transaction, one: PairRow, decision: str, because: str, keep: str, form: Sent
) -> str:
    """Decide a pair; the same person keeps one number. Raises Refused, Conflict."""
    await _lock(tx, one)
    location = await answered_before(tx, form)
    if location is not None:
        return location
    now = await pair(tx, one.id) or one
    kept, gone = (now.a, now.b) if keep == "a" else (now.b, now.a)
    provisional = kept.state is State.PROVISIONAL and gone.state is not State.PROVISIONAL
    sides = Sides(now.decision, now.merge_id is not None, now.a.state, now.b.state, provisional)
    refusals = tuple(refusals_to_decide(sides, decision, because, keep))
    if refusals:
        raise Refused(refusals)
    await write_decision(tx, now.cooperative_id, now.id, decision, because)
    if decision == SAME:
        await _merge(tx, now, gone.id, kept.id)
    else:
        await _confirm(tx, now)
    return await answer(tx, now.cooperative_id, form, "/duplicates")


async def _lock(tx: Transaction, one: PairRow) -> None:
    """The chains of both cooperatives in the order of their ids, then the agency's."""
    found = [await member_of_id(tx, side.id) for side in (one.a, one.b)]
    for cooperative_id in sorted({side.cooperative_id for side in found if side is not None}):
        await lock_head(tx, cooperative_id)
    if one.cooperative_id is None:
        await lock_head(tx, None)


async def _merge(tx: Transaction, one: PairRow, gone_id: int, kept_id: int) -> None:
    gone = await member_of_id(tx, gone_id)
    if gone is None:
        raise LookupError(gone_id)
    cessation_id = await end_membership(tx, gone, Ending.MERGED, clock.today(), "")
    number = await tx.fetchval(
        """INSERT INTO member_merge (cooperative_id, pair_id, gone_member_id, kept_member_id, cessation_id, merged_by, merged_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id""",
        one.cooperative_id,
        one.id,
        gone_id,
        kept_id,
        cessation_id,
        tx.reach.actor,
        clock.now(),
    )
    await record(
        tx,
        AuditTag.MEMBER_MERGED,
        cooperative_id=one.cooperative_id,
        table="member_merge",
        row=str(number),
        facts={
            "gone": gone_id,
            "kept": kept_id,
            "rows_sha256": await sealed(tx, MERGE, one.cooperative_id, str(number)),
        },
    )


async def _confirm(tx: Transaction, one: PairRow) -> None:
    """A provisional member of whom nothing more is to be decided becomes a full one."""
    if one.cooperative_id is not None:
        return
    for side in (one.a, one.b):
        found = await member_of_id(tx, side.id)
        if (
            found is None
            or found.state is not State.PROVISIONAL
            or await undecided_across(tx, found.id)
        ):
            continue
        await tx.execute(
            "INSERT INTO membership_confirmation (member_id, cooperative_id, confirmed_by, confirmed_at) VALUES ($1, $2, $3, $4)",
            found.id,
            found.cooperative_id,
            tx.reach.actor,
            clock.now(),
        )
        await record(
            tx,
            AuditTag.MEMBER_CONFIRMED,
            cooperative_id=found.cooperative_id,
            table="membership_confirmation",
            row=str(found.id),
            facts={
                "member_no": found.member_no,
                "rows_sha256": await sealed(tx, CONFIRMATION, found.cooperative_id, str(found.id)),
            },
        )


async def undo_merge(tx: Transaction, one: PairRow, form: Sent) -> str:
    """Take a merge apart: the number lives again, and the pair counts as two persons. Raises Refused."""
    await _lock(tx, one)
    location = await answered_before(tx, form)
    if location is not None:
        return location
    now = await pair(tx, one.id) or one
    if now.merge_id is None or now.gone is None:
        raise Refused([Refusal("not_merged", say("This pair is not merged; nothing to undo."))])
    gone = await member_of_id(tx, now.gone)
    row = await tx.fetchrow(
        "SELECT kept_member_id, cessation_id FROM member_merge WHERE id = $1", now.merge_id
    )
    if gone is None or row is None:
        raise LookupError(now.merge_id)
    await take_back_end(tx, gone.cooperative_id, row["cessation_id"])
    await tx.execute(
        "INSERT INTO member_merge_undo (merge_id, cooperative_id, undone_by, undone_at) VALUES ($1, $2, $3, $4)",
        now.merge_id,
        now.cooperative_id,
        tx.reach.actor,
        clock.now(),
    )
    await record(
        tx,
        AuditTag.MERGE_UNDONE,
        cooperative_id=now.cooperative_id,
        table="member_merge_undo",
        row=str(now.merge_id),
        facts={
            "gone": now.gone,
            "kept": row["kept_member_id"],
            "rows_sha256": await sealed(tx, MERGE_UNDO, now.cooperative_id, str(now.merge_id)),
        },
    )
    await write_decision(tx, now.cooperative_id, now.id, NOT_SAME, "undone")
    await _confirm(tx, now)
    return await answer(tx, now.cooperative_id, form, "/duplicates")

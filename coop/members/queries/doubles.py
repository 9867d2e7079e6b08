"""Likely doubles: of somebody who asks to be admitted, and those that wait for a decision."""

from collections.abc import Sequence
from dataclasses import dataclass

from coop.kernel.db import Transaction
from coop.members.queries.book import candidates_of
from coop.members.queries.search import MemberLine, lines
from coop.members.rules.candidate import Candidate
from coop.members.rules.duplicates import compare
from coop.members.rules.keys import asked_elsewhere, keys_of

MOST = 25


@dataclass(frozen=True, slots=True)
class Double:
    """A member of one's own cooperative who is likely the one asked about; score in thousandths."""

    member: MemberLine
    score_thousandths: int
    reasons: tuple[str, ...]

    @property
    def per_cent(self) -> int:
        """The score in per cent."""
        return self.score_thousandths // 10


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """All that is told of another cooperative's member: which cooperative, how likely, why."""

    cooperative: str
    score_thousandths: int
    reasons: tuple[str, ...]

    @property
    def per_cent(self) -> int:
        """The score in per cent."""
        return self.score_thousandths // 10


async def own_doubles(
    tx: Transaction, cooperative_id: int, asked: Candidate, but: int = 0
) -> list[Double]:
    """Members of a cooperative who are likely this person, the likeliest first; ``but``: a row left out."""
    rows = await tx.fetch(
        "SELECT member_id FROM member_key WHERE cooperative_id = $1 AND member_id <> $2 AND blocks && $3::text[]",
        cooperative_id,
        but,
        list(keys_of(asked, ()).blocks),
    )
    found = []
    for known in await candidates_of(tx, [row["member_id"] for row in rows]):
        pair = compare(known.known, asked)
        if pair is not None:
            found.append((round(pair.score * 1000), known.member_id, pair.reasons))
    found.sort(reverse=True)
    shown = await lines(tx, [member_id for _, member_id, _ in found[:MOST]])
    return [
        Double(member, score, reasons)
        for member, (score, _, reasons) in zip(shown, found, strict=False)
    ]


async def doubles_elsewhere(
    tx: Transaction, cooperative_id: int, asked: Candidate
) -> list[Elsewhere]:
    """Whether another cooperative may have this person: its code, the score and the reasons, no more."""
    rows = await tx.fetch(
        "SELECT cooperative, score_thousandths, reasons FROM coop_likely_elsewhere($1::jsonb, $2)",
        asked_elsewhere(asked),
        cooperative_id,
    )
    return [
        Elsewhere(row["cooperative"], row["score_thousandths"], tuple(row["reasons"].split("|")))
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class PairRow:
    """A pair as it stands: decided or not, merged or not. ``cooperative_id`` None: of two cooperatives."""

    id: int
    cooperative_id: int | None
    a: MemberLine
    b: MemberLine
    score_thousandths: int
    reasons: tuple[str, ...]
    decision: str
    merge_id: int | None
    gone: int | None

    @property
    def per_cent(self) -> int:
        """The score in per cent."""
        return self.score_thousandths // 10


_PAIRS = """
SELECT p.id, p.cooperative_id, p.member_a, p.member_b, p.score_thousandths, p.reasons, coalesce(d.decision, '') AS decision,
       g.id AS merge_id, g.gone_member_id
FROM duplicate_pair p
LEFT JOIN LATERAL (SELECT x.decision FROM duplicate_decision x WHERE x.pair_id = p.id ORDER BY x.id DESC LIMIT 1) d ON true
LEFT JOIN LATERAL (SELECT x.id, x.gone_member_id FROM member_merge x WHERE x.pair_id = p.id
  AND NOT EXISTS (SELECT FROM member_merge_undo u WHERE u.merge_id = x.id) ORDER BY x.id DESC LIMIT 1) g ON true
WHERE {} ORDER BY p.score_thousandths DESC, p.id LIMIT {}
"""
_OPEN = """d.decision IS NULL AND ($1::boolean = (p.cooperative_id IS NULL))
  AND NOT EXISTS (SELECT FROM member_ended e WHERE e.member_id IN (p.member_a, p.member_b))
  AND NOT EXISTS (SELECT FROM member m JOIN erasure e ON e.person_id = m.person_id WHERE m.id IN (p.member_a, p.member_b))"""


async def open_pairs(tx: Transaction, *, across: bool) -> list[PairRow]:
    """Pairs that wait for a decision, the likeliest first; ``across``: those of two cooperatives."""
    return await _pairs(tx, await tx.fetch(_PAIRS.format(_OPEN, MOST), across))


async def merged_pairs(tx: Transaction, *, across: bool) -> list[PairRow]:
    """Pairs that were merged and may be taken apart again."""
    where = "g.id IS NOT NULL AND ($1::boolean = (p.cooperative_id IS NULL))"
    return await _pairs(tx, await tx.fetch(_PAIRS.format(where, MOST), across))


async def pair(tx: Transaction, pair_id: int) -> PairRow | None:
    """One pair within reach."""
    found = await _pairs(tx, await tx.fetch(_PAIRS.format("p.id = $1", 1), pair_id))
    return found[0] if found else None


async def _pairs(tx: Transaction, rows: Sequence[object]) -> list[PairRow]:
    records = [dict(row) for row in rows]  # type: ignore[call-overload]  # records of the driver
    ids = sorted({r[side] for r in records for side in ("member_a", "member_b")})
    shown = {line.id: line for line in await lines(tx, ids)}
    return [
        PairRow(
            r["id"],
            r["cooperative_id"],
            shown[r["member_a"]],
            shown[r["member_b"]],
            r["score_thousandths"],
            tuple(filter(None, r["reasons"].split("|"))),
            r["decision"],
            r["merge_id"],
            r["gone_member_id"],
        )
        for r in records
        if r["member_a"] in shown and r["member_b"] in shown
    ]


async def undecided_across(tx: Transaction, member_id: int) -> int:
    """How many pairs of a member with other cooperatives' members wait for the agency."""
    return int(
        await tx.fetchval(
            """SELECT count(*) FROM duplicate_pair p WHERE p.cooperative_id IS NULL AND $1 IN (p.member_a, p.member_b)
               AND (SELECT d.decision FROM duplicate_decision d WHERE d.pair_id = p.id ORDER BY d.id DESC LIMIT 1)
                   IS DISTINCT FROM 'not_same'""",
            member_id,
        )
    )

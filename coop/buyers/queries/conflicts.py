"""Owners of buyers, and the flags where one has a member's name."""

from dataclasses import dataclass
from datetime import datetime

from coop.buyers.rules.conflict import MemberName
from coop.kernel.db import Transaction


@dataclass(frozen=True, slots=True)
class OwnerRow:
    """An owner or related party; ``part`` is owner, partner, director, signatory or related."""

    id: int
    part: str
    name: str


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """A flag: whose name, which member by number, how alike, and what was decided."""

    id: int
    owner_id: int
    cooperative: str
    member_no: str
    score: int
    reasons: tuple[str, ...]
    outcome: str | None
    reason: str
    recusal: str
    decided_at: datetime | None


async def owners(tx: Transaction, buyer_id: int) -> list[OwnerRow]:
    """The owners named of a buyer, by the order of naming."""
    rows = await tx.fetch(
        "SELECT id, part, name FROM buyer_owner WHERE buyer_id = $1 ORDER BY id", buyer_id
    )
    return [OwnerRow(*row.values()) for row in rows]


async def conflicts(tx: Transaction, buyer_id: int) -> list[ConflictRow]:
    """The flags of a buyer's owners within reach, the undecided and most alike first."""
    rows = await tx.fetch(
        """SELECT c.id, c.owner_id, k.code, m.member_no, c.score, c.reasons, d.outcome, d.reason, d.recusal, a.acted_at
           FROM buyer_conflict c JOIN buyer_owner o ON o.id = c.owner_id
           JOIN cooperative k ON k.id = c.cooperative_id JOIN member m ON m.id = c.member_id
           LEFT JOIN LATERAL (SELECT * FROM buyer_conflict_decision x WHERE x.conflict_id = c.id
                              ORDER BY x.id DESC LIMIT 1) d ON true
           LEFT JOIN buyer_act a ON a.id = d.act_id
           WHERE o.buyer_id = $1 ORDER BY d.outcome IS NOT NULL, c.score DESC, c.id""",
        buyer_id,
    )
    return [
        ConflictRow(
            row["id"],
            row["owner_id"],
            row["code"],
            row["member_no"],
            row["score"],
            tuple(row["reasons"].split("|")),
            row["outcome"],
            row["reason"] or "",
            row["recusal"] or "",
            row["acted_at"],
        )
        for row in rows
    ]


async def open_conflicts(tx: Transaction, buyer_id: int) -> int:
    """How many flags of a buyer nobody has decided on, in cooperatives within reach."""
    return int(
        await tx.fetchval(
            """SELECT count(*) FROM buyer_conflict c JOIN buyer_owner o ON o.id = c.owner_id
               WHERE o.buyer_id = $1
                 AND NOT EXISTS (SELECT FROM buyer_conflict_decision d WHERE d.conflict_id = c.id)""",
            buyer_id,
        )
    )


async def flagged(tx: Transaction, owner_id: int) -> set[int]:
    """The members that an owner is flagged with already."""
    rows = await tx.fetch("SELECT member_id FROM buyer_conflict WHERE owner_id = $1", owner_id)
    return {row["member_id"] for row in rows}


async def member_names(tx: Transaction) -> list[MemberName]:
    """Every member within reach by name, to be compared and never shown."""
    rows = await tx.fetch(
        """SELECT m.id, m.cooperative_id, v.name_latin, v.name_hi, v.relation_name_latin, v.relation_name_hi
           FROM member m JOIN LATERAL (SELECT * FROM person_version x WHERE x.person_id = m.person_id
                                       ORDER BY x.told_by DESC, x.version DESC LIMIT 1) v ON true ORDER BY m.id"""
    )
    return [
        MemberName(
            row["id"],
            row["cooperative_id"],
            tuple(filter(None, (row["name_latin"], row["name_hi"]))),
            tuple(filter(None, (row["relation_name_latin"], row["relation_name_hi"]))),
        )
        for row in rows
    ]

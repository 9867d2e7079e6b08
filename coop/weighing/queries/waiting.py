"""Entries that came too late and wait for a manager."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from coop.kernel.db import Transaction


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry as it was kept, and what was decided on it; ``kept``: the entry as text."""

    cooperative_id: int
    code: str
    name_hi: str
    name_en: str
    entry_id: UUID
    content: bytes
    kept: str
    clerk_id: int | None
    device_id: int | None
    device: str
    came_at: datetime
    outcome: str | None
    decided_by: int | None
    weighing_fy: int | None
    weighing_no: int | None


_WAITING = """
SELECT e.cooperative_id, c.code, c.name_hi, c.name_en, e.entry_id, e.content, e.kept, e.clerk_id, e.device_id,
       coalesce(k.code, '') AS device, e.came_at, d.outcome, d.decided_by, d.weighing_fy, d.weighing_no
FROM waiting_entry e JOIN cooperative c ON c.id = e.cooperative_id LEFT JOIN device k ON k.id = e.device_id
LEFT JOIN waiting_entry_decision d ON (d.cooperative_id, d.entry_id) = (e.cooperative_id, e.entry_id)
WHERE """


async def waiting_entry(tx: Transaction, entry_id: UUID) -> Waiting | None:
    """The entry of an id within reach, decided or not."""
    row = await tx.fetchrow(_WAITING + "e.entry_id = $1", entry_id)
    return Waiting(*row.values()) if row else None


async def waiting_entries(tx: Transaction, most: int = 200) -> list[Waiting]:
    """Entries within reach that nobody decided yet, the longest waiting first."""
    rows = await tx.fetch(
        _WAITING + "d.outcome IS NULL ORDER BY e.came_at, e.entry_id LIMIT $1", most
    )
    return [Waiting(*row.values()) for row in rows]


@dataclass(frozen=True, slots=True)
class Undecided:
    """How many requests and how many late entries wait for a decision within reach."""

    requests: int
    entries: int


async def undecided(tx: Transaction) -> Undecided:
    """What waits for a decision, counted."""
    row = await tx.fetchrow(
        """SELECT (SELECT count(*) FROM reversal_request q
                    WHERE NOT EXISTS (SELECT FROM reversal_decision d WHERE d.request_id = q.id))::int AS requests,
                  (SELECT count(*) FROM waiting_entry e WHERE NOT EXISTS (SELECT FROM waiting_entry_decision d
                    WHERE (d.cooperative_id, d.entry_id) = (e.cooperative_id, e.entry_id)))::int AS entries"""
    )
    return Undecided(*row.values()) if row else Undecided(0, 0)


async def places_of(tx: Transaction, cooperative_id: int) -> tuple[dict[str, int], dict[str, int]]:
    """A cooperative's centres and devices: code to row id."""
    centres = await tx.fetch(
        "SELECT code, id FROM collection_centre WHERE cooperative_id = $1", cooperative_id
    )
    devices = await tx.fetch(
        "SELECT code, id FROM device WHERE cooperative_id = $1", cooperative_id
    )
    return {r["code"]: r["id"] for r in centres}, {r["code"]: r["id"] for r in devices}

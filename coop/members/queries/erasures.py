"""Who asked to be forgotten, and what still stands against it."""

from dataclasses import dataclass
from datetime import datetime

from coop.kernel.db import Transaction
from coop.members.queries.member import MemberFacts, memberships_of

_REQUESTS = """
SELECT r.id, r.cooperative_id, p.id AS person_id, p.person_no, r.asked_by, r.asked_at, e.erased_at
FROM erasure_request r JOIN person p ON p.id = r.person_id LEFT JOIN erasure e ON e.person_id = r.person_id
"""


@dataclass(frozen=True, slots=True)
class ErasureRequest:
    """A wish to be forgotten; ``erased_at`` None while it waits for a second person."""

    id: int
    cooperative_id: int
    person_id: int
    person_no: str
    asked_by: str
    asked_at: datetime
    erased_at: datetime | None


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """A person of a number, with every membership; of a child only this much."""

    id: int
    cooperative_id: int
    person_no: str
    name_latin: str
    name_hi: str
    erased: bool
    memberships: tuple[MemberFacts, ...]


async def person(tx: Transaction, person_no: str) -> PersonFacts | None:
    """An adult within reach; of a child nothing is kept here that could be erased."""
    row = await tx.fetchrow(
        """SELECT p.id, p.cooperative_id, p.person_no, v.name_latin, v.name_hi,
                  EXISTS (SELECT FROM erasure e WHERE e.person_id = p.id) AS erased
           FROM person p JOIN LATERAL (SELECT * FROM person_version x WHERE x.person_id = p.id
                ORDER BY x.told_by DESC, x.version DESC LIMIT 1) v ON true WHERE p.person_no = $1""",
        person_no,
    )
    if row is None:
        return None
    return PersonFacts(**row, memberships=tuple(await memberships_of(tx, row["id"])))


async def open_requests(tx: Transaction) -> list[ErasureRequest]:
    """Requests that wait for a second person, the oldest first."""
    rows = await tx.fetch(f"{_REQUESTS} WHERE e.id IS NULL ORDER BY r.id LIMIT 50")
    return [ErasureRequest(*row.values()) for row in rows]


async def request_of(tx: Transaction, request_id: int) -> ErasureRequest | None:
    """One request within reach."""
    row = await tx.fetchrow(f"{_REQUESTS} WHERE r.id = $1", request_id)
    return ErasureRequest(*row.values()) if row else None


async def open_request_of(tx: Transaction, person_id: int) -> ErasureRequest | None:
    """The open request of a person."""
    row = await tx.fetchrow(f"{_REQUESTS} WHERE r.person_id = $1 AND e.id IS NULL", person_id)
    return ErasureRequest(*row.values()) if row else None


async def erased_persons(tx: Transaction) -> set[str]:
    """Numbers of persons who were erased: no list brings them back."""
    rows = await tx.fetch("SELECT p.person_no FROM erasure e JOIN person p ON p.id = e.person_id")
    return {row["person_no"] for row in rows}


async def erased_households(tx: Transaction) -> set[str]:
    """Numbers of households in which nobody is left who was not erased."""
    rows = await tx.fetch(
        "SELECT h.household_no FROM erasure e JOIN household h ON h.id = e.household_id"
    )
    return {row["household_no"] for row in rows}

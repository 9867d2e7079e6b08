"""Count the cash box, and close the day by a second person."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from coop.audit.operations import lock_head, record, sealed
from coop.audit.rules import AuditTag
from coop.closing.queries import (
    CLOSE_SEAL,
    COUNT_SEAL,
    Box,
    Close,
    box,
    close_of,
    close_of_operation,
    day_closed,
)
from coop.closing.rules import (
    CountFacts,
    Pieces,
    counted_paise,
    difference_lines,
    refusals_to_close,
    refusals_to_count,
)
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import Conflict, NotThere, Refused
from coop.ledger.operations import post_journal


@dataclass(frozen=True, slots=True)
class Person:
    """Who counts or confirms: user id and the role they act in."""

    user_id: int
    role: str


@dataclass(frozen=True, slots=True)
class Count:
    """What lies in the box, and why it differs from the books where it does."""

    operation_id: UUID
    lines: Sequence[Pieces]
    reason: str = ""
    words: str = ""


async def count_box(tx: Transaction, cooperative_id: int, person: Person, count: Count) -> int:
    """Keep a count of today beside what the ledger says now; return its id. Raises Refused, Conflict.

    The same form sent twice is one count. A count that nobody confirmed yet is made anew by another.
    """
    await lock_head(tx, cooperative_id)
    lines = tuple(sorted(count.lines, key=lambda line: (line.kind, line.value_paise)))
    said = (lines, count.reason, count.words, person.user_id)
    content = sha256(repr(said).encode("utf-8", "replace")).digest()
    earlier = await close_of_operation(tx, cooperative_id, count.operation_id)
    if earlier is not None:
        if earlier[1] != content:
            raise Conflict
        return earlier[0].count_id
    now = await box(tx, cooperative_id)
    closed = await day_closed(tx, cooperative_id, clock.today())
    facts = CountFacts(now.expected_paise, closed)
    refusals = refusals_to_count(lines, count.reason, count.words, facts)
    if refusals:
        raise Refused(refusals)
    counted = counted_paise(lines)
    reason = count.reason if counted != now.expected_paise else ""
    count_id = await _keep(tx, cooperative_id, person, count, now, counted, reason, content)
    await tx.executemany(
        "INSERT INTO cash_count_line (count_id, cooperative_id, value_paise, kind, pieces) VALUES ($1, $2, $3, $4, $5)",
        [(count_id, cooperative_id, one.value_paise, one.kind, one.pieces) for one in lines],
    )
    await record(
        tx,
        AuditTag.CASH_COUNTED,
        cooperative_id=cooperative_id,
        table="cash_count",
        row=str(count_id),
        facts={
            "day": clock.today().isoformat(),
            "expected": now.expected_paise,
            "counted": counted,
            "rows_sha256": await sealed(tx, COUNT_SEAL, cooperative_id, str(count_id)),
        },
    )
    return count_id


async def _keep(
    tx: Transaction,
    cooperative_id: int,
    person: Person,
    count: Count,
    now: Box,
    counted: int,
    reason: str,
    content: bytes,
) -> int:
    return int(
        await tx.fetchval(
            "INSERT INTO cash_count (cooperative_id, day, opening_paise, expected_paise, counted_paise, after_fy, after_no, reason,"
            " words, operation_id, content, counted_by, counted_role, counted_at)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) RETURNING id",
            cooperative_id,
            clock.today(),
            now.opening_paise,
            now.expected_paise,
            counted,
            now.after_fy,
            now.after_no,
            reason,
            count.words,
            count.operation_id,
            content,
            person.user_id,
            person.role,
            clock.now(),
        )
    )


async def close_day(tx: Transaction, count_id: int, person: Person, operation_id: UUID) -> None:
    """Confirm a count and book its difference: the day is closed. Raises Refused, NotThere.

    Confirmed twice by the same person it is answered alike.
    """
    found = await close_of(tx, count_id)
    if found is None:
        raise NotThere(str(count_id))
    await lock_head(tx, found.cooperative_id)
    found = await close_of(tx, count_id)
    if found is None:
        raise NotThere(str(count_id))
    if await _confirmed_by(tx, found, operation_id, person):
        return
    refusals = refusals_to_close(
        found.counted_by,
        person.user_id,
        found.day,
        clock.today(),
        closed=found.closed_count is not None,
        newer=found.newer,
    )
    if refusals:
        raise Refused(refusals)
    journal = await _post(tx, found)
    await _close(tx, found, person, operation_id, journal)


async def _confirmed_by(tx: Transaction, found: Close, operation_id: UUID, person: Person) -> bool:
    if not found.closed:
        return False
    stands = await tx.fetchval(
        "SELECT 1 FROM closed_day WHERE cooperative_id = $1 AND day = $2 AND operation_id = $3 AND confirmed_by = $4",
        found.cooperative_id,
        found.day,
        operation_id,
        person.user_id,
    )
    return stands is not None


async def _post(tx: Transaction, found: Close) -> int | None:
    lines = difference_lines(found.difference_paise)
    if not lines:
        return None
    return await post_journal(
        tx,
        found.cooperative_id,
        lines,
        day=found.day,
        about="cash count",
        document=f"{found.code}-{found.day:%y%m%d}",
    )


async def _close(
    tx: Transaction, found: Close, person: Person, operation_id: UUID, journal: int | None
) -> None:
    at = clock.now()
    await tx.execute(
        "INSERT INTO closed_day (cooperative_id, day, count_id, counted_by, journal_fy, journal_no, operation_id,"
        " confirmed_by, confirmed_role, closed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        found.cooperative_id,
        found.day,
        found.count_id,
        found.counted_by,
        clock.financial_year(at) if journal is not None else None,
        journal,
        operation_id,
        person.user_id,
        person.role,
        at,
    )
    day = found.day.isoformat()
    await record(
        tx,
        AuditTag.DAY_CLOSED,
        cooperative_id=found.cooperative_id,
        table="closed_day",
        row=day,
        facts={
            "difference": found.difference_paise,
            "journal": journal or 0,
            "rows_sha256": await sealed(tx, CLOSE_SEAL, found.cooperative_id, day),
        },
    )

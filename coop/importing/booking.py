"""Judging a file without keeping anything, and booking it once."""

import asyncio
import contextlib
from dataclasses import astuple, dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from asyncpg import Record

from coop.audit.operations import lock_head, record_read
from coop.importing import COLUMNS, ImportTask, holding, import_rows
from coop.importing.holding import Held
from coop.kernel import clock
from coop.kernel.db import Reach, Transaction, transaction
from coop.kernel.refusal import Conflict, NotThere
from coop.kernel.rows import RowOutcome, Summary, summary
from coop.kernel.table_file import TableFile, Unreadable, read_content
from coop.kernel.words import say

MOST_BYTES = 8 * 1024 * 1024
MOST_ROWS = 5_000  # what a page judges while a person waits; a longer list is for the console


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody says of a held file: its id and key, kind, the one cooperative's code and row id."""

    upload: UUID
    key: str
    kind: str
    code: str
    owner_id: int | None


@dataclass(frozen=True, slots=True)
class Booked:
    """A booking by a page; ``code``: the cooperative's, empty for a list of the agency."""

    upload_id: UUID
    code: str
    kind: str
    sha256: str
    keep_good: bool
    counts: Summary
    booked_at: datetime


class _HeldBack(Exception):
    """Undoes the transaction: a preview, or a refused row where all or none is kept."""


async def read_upload(name: str, content: bytes, kind: str) -> TableFile:
    """Read an uploaded table. Raises Unreadable, saying why in the reader's language."""
    path = Path(Path(name).name[:60] or "file")
    if len(content) > MOST_BYTES:
        most = MOST_BYTES // 1024 // 1024
        raise Unreadable(path, say("larger than %(most)s MB; split it", most=most))
    table = await asyncio.to_thread(read_content, path, content, COLUMNS[kind])
    if len(table.rows) > MOST_ROWS:
        raise Unreadable(path, say("more than %(most)s rows; split it", most=MOST_ROWS))
    if not table.rows:
        raise Unreadable(path, say("no row under the columns; write at least one"))
    return table


async def preview(
    reach: Reach, kind: str, table: TableFile, only: str | None, owner_id: int | None
) -> list[RowOutcome]:
    """Judge every row as the booking would, and keep nothing. ``only``: the one cooperative's code."""
    task = ImportTask(kind, table.rows, table.sha256, clock.now(), only, owner_id)
    outcomes: list[RowOutcome] = []
    with contextlib.suppress(_HeldBack):
        async with transaction(reach) as tx:
            outcomes = await import_rows(tx, task)
            raise _HeldBack
    return outcomes


async def note_reading(
    tx: Transaction, kind: str, sha256: str, rows: int, owner_id: int | None
) -> None:
    """A preview shows rows of persons: whoever looked at it is recorded."""
    await record_read(
        tx, "import preview", cooperative_id=owner_id, about=f"{kind} {sha256[:16]}", rows=rows
    )


async def book(
    reach: Reach, wanted: Wanted, *, keep_good: bool
) -> tuple[Booked | None, list[RowOutcome]]:
    """Judge a held file anew and write it, all or none or what is good; the file then goes.

    Returns the booking, or None with the rows where one is refused and all or none was asked for.
    The same upload again is answered as before. Raises NotThere, Conflict.
    """
    outcomes: list[RowOutcome] = []
    with contextlib.suppress(_HeldBack):
        async with transaction(reach) as tx:
            # Of two presses or two files at once, the second sees what the first booked.
            await lock_head(tx, wanted.owner_id)
            before = await booked(tx, wanted.upload)
            if before is not None:
                return same_answer(before, keep_good=keep_good), []
            file = await holding.held(tx, wanted.upload, wanted.key)
            # Kind and place were asked about by permission: the file must be what was asked about.
            if file is None or (file.kind, file.cooperative) != (wanted.kind, wanted.code):
                raise NotThere(str(wanted.upload))
            table = await read_upload(file.kind, file.content, file.kind)
            only = file.cooperative or None
            task = ImportTask(
                file.kind, table.rows, table.sha256, clock.now(), only, wanted.owner_id
            )
            outcomes = await import_rows(tx, task)
            counts = summary(outcomes, kept=True)
            if counts.refused and not keep_good:
                raise _HeldBack
            await _write(tx, file, wanted.owner_id, counts, keep_good=keep_good)
            await holding.let_go(tx, file.id)
            return await booked(tx, file.id), outcomes
    return None, outcomes


async def _write(
    tx: Transaction, file: Held, owner_id: int | None, counts: Summary, *, keep_good: bool
) -> None:
    await tx.execute(
        """INSERT INTO import_booking (upload_id, cooperative_id, booked_by, booked_at, kind, file_sha256, keep_good,
             accepted, warned, replay, unchanged, refused, posted)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)""",
        file.id,
        owner_id,
        tx.reach.actor,
        clock.now(),
        file.kind,
        file.sha256,
        keep_good,
        *astuple(counts)[1:],
    )


_BOOKED = """
SELECT b.upload_id, coalesce(c.code, '') AS code, b.kind, b.file_sha256, b.keep_good,
       b.accepted, b.warned, b.replay, b.unchanged, b.refused, b.posted, b.booked_at
FROM import_booking b LEFT JOIN cooperative c ON c.id = b.cooperative_id WHERE """


def _booked(row: Record) -> Booked:
    counts = [int(row[one]) for one in ("accepted", "warned", "replay", "unchanged", "refused")]
    good, warned, replay, unchanged, refused = counts
    return Booked(
        row["upload_id"],
        row["code"],
        row["kind"],
        row["file_sha256"],
        row["keep_good"],
        Summary(sum(counts), good, warned, replay, unchanged, refused, row["posted"]),
        row["booked_at"],
    )


async def booked(tx: Transaction, upload: UUID) -> Booked | None:
    """What became of a file within reach."""
    row = await tx.fetchrow(_BOOKED + "b.upload_id = $1", upload)
    return _booked(row) if row else None


async def bookings(tx: Transaction, most: int = 10) -> list[Booked]:
    """The last bookings within reach, newest first."""
    rows = await tx.fetch(_BOOKED + "true ORDER BY b.booked_at DESC, b.upload_id LIMIT $1", most)
    return [_booked(row) for row in rows]


def same_answer(before: Booked, *, keep_good: bool) -> Booked:
    """What a second press is answered with. Raises Conflict where it asks for something else."""
    if before.keep_good != keep_good:
        raise Conflict(str(before.upload_id))
    return before

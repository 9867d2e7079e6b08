"""Write what the public board says of a month, and what was in the paper box."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from coop.audit.operations import lock_head, record, sealed
from coop.audit.rules import AuditTag
from coop.cooperatives.queries import bylaws, value_on
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import Conflict, Refusal, Refused
from coop.kernel.words import say
from coop.participation.operations.box import keep_words
from coop.participation.queries.messages import count_of_month, words_of_month
from coop.participation.queries.proof import BATCH_SEAL, BOARD_SEAL
from coop.participation.rules import Reader, Said
from coop.participation.rules.board import month_after, refusals_to_post
from coop.participation.rules.message import (
    refusals_to_batch,
    refusals_to_take,
    refusals_to_tell,
)


@dataclass(frozen=True, slots=True)
class Line:
    """You said (``heard``), we did (``done``), of a month."""

    month: date
    heard: str
    done: str


@dataclass(frozen=True, slots=True)
class Opening:
    """The paper box opened on a day before a witness, with every note of it."""

    opened_on: date
    witness: str
    notes: int
    unreadable: int
    written: tuple[Said, ...]


async def write_board(
    tx: Transaction,
    cooperative_id: int,
    operation_id: UUID,
    line: Line,
    readers: Sequence[Reader],
) -> None:
    """Put a line on the public board. The same form again changes nothing. Raises Refused, Conflict."""
    await lock_head(tx, cooperative_id)
    stands = await tx.fetchrow(
        "SELECT cooperative_id, month, heard, done FROM voice_board WHERE operation_id = $1",
        operation_id,
    )
    if stands is not None:
        if tuple(stands.values()) != (cooperative_id, line.month, line.heard, line.done):
            raise Conflict
        return
    today, end = clock.today(), month_after(line.month)
    least = int(value_on(await bylaws(tx), "voice_board_least", cooperative_id, today))
    count = await count_of_month(tx, cooperative_id, line.month, end)
    closed = await words_of_month(tx, cooperative_id, line.month, end)
    refusals = (
        *refusals_to_post(line.month, today, count, least),
        *refusals_to_tell(line.heard, closed, readers, "heard"),
        *refusals_to_tell(line.done, closed, readers, "done"),
    )
    if refusals:
        raise Refused(refusals)
    number = await tx.fetchval(
        """INSERT INTO voice_board (cooperative_id, month, heard, done, operation_id, written_by, written_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id""",
        cooperative_id,
        line.month,
        line.heard,
        line.done,
        operation_id,
        tx.reach.actor,
        clock.now(),
    )
    await record(
        tx,
        AuditTag.VOICE_BOARD_WRITTEN,
        cooperative_id=cooperative_id,
        table="voice_board",
        row=str(number),
        facts={
            "month": str(line.month),
            "rows_sha256": await sealed(tx, BOARD_SEAL, cooperative_id, str(number)),
        },
    )


async def open_box(
    tx: Transaction,
    cooperative_id: int,
    operation_id: UUID,
    opening: Opening,
    readers: Sequence[Reader],
) -> None:
    """Write down what was in the paper box. The same form again changes nothing. Raises Refused, Conflict.

    A note's key is worked out from the form's, so that it tells no order of another day.
    """
    await lock_head(tx, cooperative_id)
    stands = await tx.fetchrow(
        "SELECT cooperative_id, opened_on, witness, notes, unreadable FROM voice_batch WHERE id = $1",
        operation_id,
    )
    sent = (cooperative_id, opening.opened_on, opening.witness, opening.notes, opening.unreadable)
    if stands is not None:
        if tuple(stands.values()) != sent:
            raise Conflict
        return
    refusals = _refusals_to_open(opening)
    if refusals:
        raise Refused(refusals)
    await tx.execute(
        """INSERT INTO voice_batch (id, cooperative_id, opened_on, witness, notes, unreadable, recorded_by, recorded_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8)""",
        operation_id,
        *sent,
        tx.reach.actor,
        clock.now(),
    )
    for at, said in enumerate(opening.written):
        note = uuid5(operation_id, str(at))
        await tx.execute(
            """INSERT INTO voice_message (id, cooperative_id, on_day, came, feeling, about, may_show, batch_id)
               VALUES ($1, $2, $3, 'paper', $4, $5, $6, $7)""",
            note,
            cooperative_id,
            opening.opened_on,
            said.feeling,
            said.about,
            said.may_show,
            operation_id,
        )
        await keep_words(tx, cooperative_id, note, said.words, readers)
    await record(
        tx,
        AuditTag.VOICE_BOX_OPENED,
        cooperative_id=cooperative_id,
        table="voice_batch",
        row=str(operation_id),
        facts={
            "notes": opening.notes,
            "rows_sha256": await sealed(tx, BATCH_SEAL, cooperative_id, str(operation_id)),
        },
    )


def _refusals_to_open(opening: Opening) -> list[Refusal]:
    found = list(refusals_to_batch(opening.notes, len(opening.written), opening.unreadable))
    for at, said in enumerate(opening.written, 1):
        found += [Refusal(one.code, one.message, f"words-{at}") for one in refusals_to_take(said)]
    if opening.opened_on > clock.today():
        message = say("This day is still to come; correct it.")
        found.append(Refusal("ahead", message, "opened_on"))
    return found

"""Move kit between stock and members; write down a training and who came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from coop.audit.operations import lock_head, record, sealed
from coop.audit.rules import AuditTag
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import Refusal, Refused
from coop.kernel.words import say
from coop.livelihoods.operations.once import sent_before
from coop.livelihoods.queries.kit import held, member_ids
from coop.livelihoods.queries.proofs import KIT_SEAL, TRAINING_SEAL
from coop.livelihoods.rules.kit import OF_STOCK, KitMove, refusals_to_move


@dataclass(frozen=True, slots=True)
class TrainingHeld:
    """A training: topic, day, place, who taught, minutes, the members' numbers."""

    topic: str
    on: date
    place: str
    trainer: str
    minutes: int
    members: tuple[str, ...]


async def move_kit(tx: Transaction, cooperative_id: int, move: KitMove, operation_id: UUID) -> None:
    """Write that pieces moved. Raises Refused where there are not so many, Conflict."""
    await lock_head(tx, cooperative_id)
    if await sent_before(tx, cooperative_id, operation_id, "kit", move):
        return
    member_id = None
    if move.kind not in OF_STOCK:
        member_id = (await _known(tx, cooperative_id, (move.member_no,), "member_no"))[0]
    there = await held(tx, cooperative_id, move.item, member_id)
    if refusals := refusals_to_move(move, there, clock.today()):
        raise Refused(refusals)
    number = await tx.fetchval(
        """INSERT INTO kit_move (cooperative_id, item_code, kind, pieces, member_id, on_day, note, recorded_by, recorded_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id""",
        cooperative_id,
        move.item,
        move.kind.value,
        move.pieces,
        member_id,
        move.on,
        move.note,
        tx.reach.actor,
        clock.now(),
    )
    await record(
        tx,
        AuditTag.KIT_MOVED,
        cooperative_id=cooperative_id,
        table="kit_move",
        row=str(number),
        facts={
            "item": move.item,
            "kind": move.kind.value,
            "pieces": move.pieces,
            "rows_sha256": await sealed(tx, KIT_SEAL, cooperative_id, str(number)),
        },
    )


async def hold_training(
    tx: Transaction, cooperative_id: int, held_: TrainingHeld, operation_id: UUID
) -> None:
    """Write down a training with who came. Raises Refused for an unknown member or a day to come."""
    await lock_head(tx, cooperative_id)
    if await sent_before(tx, cooperative_id, operation_id, "training", held_):
        return
    if held_.on > clock.today():
        message = say("That day is still to come; correct it.")
        raise Refused([Refusal("future_day", message, "on_day")])
    members = await _known(tx, cooperative_id, held_.members, "members")
    number = await tx.fetchval(
        """INSERT INTO training (cooperative_id, topic, held_on, place, trainer, minutes, recorded_by, recorded_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id""",
        cooperative_id,
        held_.topic,
        held_.on,
        held_.place,
        held_.trainer,
        held_.minutes,
        tx.reach.actor,
        clock.now(),
    )
    await tx.executemany(
        "INSERT INTO training_member (training_id, cooperative_id, member_id) VALUES ($1, $2, $3)",
        [(number, cooperative_id, one) for one in members],
    )
    await record(
        tx,
        AuditTag.TRAINING_HELD,
        cooperative_id=cooperative_id,
        table="training",
        row=str(number),
        facts={
            "topic": held_.topic,
            "members": len(members),
            "rows_sha256": await sealed(tx, TRAINING_SEAL, cooperative_id, str(number)),
        },
    )


async def _known(
    tx: Transaction, cooperative_id: int, numbers: Sequence[str], field: str
) -> list[int]:
    known = await member_ids(tx, cooperative_id, numbers)
    for number in numbers:
        if number not in known:
            message = say("No member has number %(number)s here; check the card.", number=number)
            raise Refused([Refusal("unknown_member", message, field)])
    return sorted(set(known.values()))

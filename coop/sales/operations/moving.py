"""Move a lot's stock: one row a movement, its journal, and its entry in the chain."""

from dataclasses import dataclass
from datetime import datetime

from coop.audit.rules import AuditTag
from coop.kernel import clock
from coop.kernel.clock import financial_year, ist_day
from coop.kernel.db import Transaction
from coop.ledger.operations import post_journal
from coop.ledger.rules import Line
from coop.sales.operations.keeping import Seller, chain
from coop.sales.queries.lots import LotKey
from coop.sales.rules.balance import OUTWARD, Heap, Move

_MOVE = """
INSERT INTO lot_movement (cooperative_id, lot_fy, lot_no, kind, grams, cost_paise, happened_at, posted_at, fy, journal_no,
  sale_fy, sale_no, reason, about_no, actor)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) RETURNING id
"""


@dataclass(frozen=True, slots=True)
class Movement:
    """A movement to be written; ``heap`` is positive, the kind tells which way it goes."""

    move: Move
    heap: Heap
    happened_at: datetime
    journal_no: int | None = None
    sale: tuple[int, int] | None = None
    reason: str = ""
    about_no: str = ""


async def move(tx: Transaction, seller: Seller, key: LotKey, movement: Movement) -> int:
    """Write a movement; the database moves the lot's balance with it. Return its row id.

    Part of an act that its caller records.
    """
    at = clock.now()
    sign = -1 if movement.move in OUTWARD else 1
    sale = movement.sale or (None, None)
    return int(
        await tx.fetchval(
            _MOVE,
            seller.cooperative_id,
            key.fy,
            key.no,
            movement.move.value,
            sign * movement.heap.grams,
            sign * movement.heap.paise,
            movement.happened_at,
            at,
            financial_year(at),
            movement.journal_no,
            *sale,
            movement.reason,
            movement.about_no,
            tx.reach.actor,
        )
    )


async def post_lot(
    tx: Transaction, seller: Seller, key: LotKey, lines: tuple[Line, ...], at: datetime
) -> int:
    """Post a journal of a lot; return its number. Part of an act that its caller records."""
    return await post_journal(
        tx, seller.cooperative_id, lines, day=ist_day(at), about="lot", document=key.number
    )


async def chain_move(
    tx: Transaction, seller: Seller, key: LotKey, number: int, movement: Movement
) -> None:
    """Record a movement that was written, with its journal."""
    await chain(
        tx,
        seller,
        AuditTag.LOT_MOVED,
        "lot_movement",
        str(number),
        lot=key.number,
        kind=movement.move.value,
        grams=movement.heap.grams,
    )

"""What a lot loses, what is seized of it and what is given back."""

from dataclasses import dataclass

from coop.audit.operations import lock_head
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import NotThere, Refusal, Refused
from coop.kernel.weight import format_kg
from coop.kernel.words import say
from coop.ledger.rules import reversed_lines
from coop.sales.operations.keeping import Seller, answered, keep
from coop.sales.operations.moving import Movement, chain_move, move, post_lot
from coop.sales.queries.lots import LotStock, lot_stock
from coop.sales.queries.terms import terms_on
from coop.sales.rules.balance import Move, may_lose, share_of
from coop.sales.rules.journal import loss_lines, seizure_lines
from coop.sales.rules.once import Once


@dataclass(frozen=True, slots=True)
class Loss:
    """What a lot lost by sorting or shrinkage, why, and the board's note where it must be one."""

    move: Move
    grams: int
    reason: str
    board_note_no: str = ""


async def record_loss(
    tx: Transaction, seller: Seller, lot: str, loss: Loss, once: Once | None = None
) -> int:
    """Book a loss at the lot's average cost; return the movement's row id. Raises Refused, NotThere."""
    await lock_head(tx, seller.cooperative_id)
    earlier = await answered(tx, seller, once)
    if earlier is not None:
        return int(earlier)
    held = await _held(tx, seller, lot)
    terms = await terms_on(tx, seller.cooperative_id, clock.today())
    before = held.balance.lost.grams - held.sorted_out_grams
    allowed = may_lose(loss.grams, before, held.balance.bought.grams, terms.loss_tolerance)
    why = [*_weight(loss.grams, held.balance.stock.grams, "loss_kg")]
    if not loss.reason:
        why.append(Refusal("missing", say("Say why, in a few words."), "reason"))
    if loss.grams > 0 and not allowed and not loss.board_note_no:
        message = say("So much loss needs a note of the board; type its number.")
        why.append(Refusal("board_note_missing", message, "board_note_no"))
    if why:
        raise Refused(why)
    heap = share_of(held.balance.stock, loss.grams)
    lines = loss_lines(held.key.grade_code, heap, loss.move)
    journal = await post_lot(tx, seller, held.key, lines, clock.now())
    movement = Movement(
        loss.move, heap, clock.now(), journal, reason=loss.reason, about_no=loss.board_note_no
    )
    return await _finish(tx, seller, held, movement, once)


async def seize_stock(
    tx: Transaction,
    seller: Seller,
    lot: str,
    grams: int,
    fir_no: str,
    reason: str,
    once: Once | None = None,
) -> int:
    """Take seized goods out of what can be sold; return the movement's row id. Raises Refused, NotThere."""
    await lock_head(tx, seller.cooperative_id)
    earlier = await answered(tx, seller, once)
    if earlier is not None:
        return int(earlier)
    held = await _held(tx, seller, lot)
    why = [*_weight(grams, held.balance.stock.grams, "seized_kg")]
    if not fir_no:
        why.append(Refusal("missing", say("Type the number of the FIR or seizure memo."), "fir_no"))
    if why:
        raise Refused(why)
    heap = share_of(held.balance.stock, grams)
    lines = seizure_lines(held.key.grade_code, heap)
    journal = await post_lot(tx, seller, held.key, lines, clock.now())
    movement = Movement(Move.SEIZED, heap, clock.now(), journal, reason=reason, about_no=fir_no)
    return await _finish(tx, seller, held, movement, once)


async def release_stock(
    tx: Transaction,
    seller: Seller,
    lot: str,
    grams: int,
    order_no: str,
    once: Once | None = None,
) -> int:
    """Put released goods back into their lot; return the movement's row id. Raises Refused, NotThere."""
    await lock_head(tx, seller.cooperative_id)
    earlier = await answered(tx, seller, once)
    if earlier is not None:
        return int(earlier)
    held = await _held(tx, seller, lot)
    why = [*_weight(grams, held.balance.seized.grams, "released_kg")]
    if not order_no:
        message = say("Type the number of the order that gives it back.")
        why.append(Refusal("missing", message, "order_no"))
    if why:
        raise Refused(why)
    heap = share_of(held.balance.seized, grams)
    lines = reversed_lines(seizure_lines(held.key.grade_code, heap))
    journal = await post_lot(tx, seller, held.key, lines, clock.now())
    movement = Movement(Move.RELEASED, heap, clock.now(), journal, about_no=order_no)
    return await _finish(tx, seller, held, movement, once)


async def _held(tx: Transaction, seller: Seller, lot: str) -> LotStock:
    held = await lot_stock(tx, seller.cooperative_id, lot)
    if held is None:
        raise NotThere(lot)
    return held


def _weight(grams: int, most: int, field: str) -> list[Refusal]:
    if grams <= 0:
        return [Refusal("not_positive", say("The weight must be above zero."), field)]
    if grams > most:
        message = say("There are only %(kg)s kg of it; type that or less.", kg=format_kg(most))
        return [Refusal("more_than_stock", message, field)]
    return []


async def _finish(
    tx: Transaction, seller: Seller, held: LotStock, movement: Movement, once: Once | None
) -> int:
    number = await move(tx, seller, held.key, movement)
    await chain_move(tx, seller, held.key, number, movement)
    await keep(tx, seller, once, str(number))
    return number

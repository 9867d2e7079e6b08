"""Tools and protection: what is in stock, who holds what, what may move. Training topics."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coop.kernel.refusal import Refusal
from coop.kernel.words import Said, say


class Move(StrEnum):
    """What happened to pieces."""

    BOUGHT = "bought"
    GIVEN = "given"
    RETURNED = "returned"
    WORN_OUT = "worn_out"
    LOST = "lost"
    SCRAPPED = "scrapped"


WORDS: Mapping[Move, Said] = {
    Move.GIVEN: say("Given to a member"),
    Move.RETURNED: say("Returned by a member"),
    Move.WORN_OUT: say("Worn out at a member’s"),
    Move.LOST: say("Lost by a member"),
    Move.BOUGHT: say("Bought, into the stock"),
    Move.SCRAPPED: say("Taken out of the stock"),
}
OF_STOCK = frozenset({Move.BOUGHT, Move.SCRAPPED})
# What a move adds to the stock, and to what the member holds.
_EFFECT: Mapping[Move, tuple[int, int]] = {
    Move.BOUGHT: (1, 0),
    Move.GIVEN: (-1, 1),
    Move.RETURNED: (1, -1),
    Move.WORN_OUT: (0, -1),
    Move.LOST: (0, -1),
    Move.SCRAPPED: (-1, 0),
}
TOPICS: Mapping[str, Said] = {
    "safety": say("Safety at the heap"),
    "first_aid": say("First aid"),
    "sorting": say("Sorting and grades"),
    "weighing": say("Weighing and receipts"),
    "rights": say("Rights and schemes"),
    "children": say("Children and school"),
    "livelihood": say("Another livelihood"),
    "accounts": say("Books and meetings"),
}


@dataclass(frozen=True, slots=True)
class KitMove:
    """Pieces of one item; ``member_no`` empty where only the stock is concerned."""

    item: str
    kind: Move
    pieces: int
    member_no: str
    on: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """Pieces in stock, and pieces that a member holds."""

    stock: int
    member: int


def stock_of(sums: Mapping[Move, int]) -> int:
    """Pieces in stock, from pieces by move."""
    return sum(_EFFECT[move][0] * pieces for move, pieces in sums.items())


def held_of(sums: Mapping[Move, int]) -> int:
    """Pieces that members hold, from pieces by move."""
    return sum(_EFFECT[move][1] * pieces for move, pieces in sums.items())


def summed(moves: Iterable[tuple[Move, int]]) -> Mapping[Move, int]:
    """Pieces by move."""
    found: Counter[Move] = Counter()
    for move, pieces in moves:
        found[move] += pieces
    return found


def refusals_to_move(move: KitMove, held: Held, today: date) -> tuple[Refusal, ...]:
    """Why pieces do not move: more than are there, or on a day to come.

    >>> [r.code for r in refusals_to_move(KitMove("mask", Move.GIVEN, 3, "0001", date(2026, 1, 1)), Held(2, 0), date(2026, 1, 1))]
    ['over_stock']
    """
    found = []
    if move.on > today:
        message = say("That day is still to come; correct it.")
        found.append(Refusal("future_day", message, "on_day"))
    stock, member = (sign * move.pieces for sign in _EFFECT[move.kind])
    if held.stock + stock < 0:
        message = say("Only %(pieces)s are in stock; give fewer.", pieces=held.stock)
        found.append(Refusal("over_stock", message, "pieces"))
    if held.member + member < 0:
        message = say("This member holds %(pieces)s; correct the number.", pieces=held.member)
        found.append(Refusal("over_held", message, "pieces"))
    return tuple(found)

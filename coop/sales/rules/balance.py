"""A lot's mass balance: bought = stock + sold + lost + seized, in grams and in paise alike.

Every movement carries its share of what the pickers were paid, at the lot's average cost; the
last gram takes the last paisa, so that none is lost over partial sales.
"""

from dataclasses import dataclass, replace
from enum import StrEnum


class Move(StrEnum):
    """What moves a lot's stock."""

    FILLED = "filled"
    SORTED = "sorted"
    SHRUNK = "shrunk"
    LOSS_UNDONE = "loss_undone"
    SOLD = "sold"
    RETURNED = "returned"
    SEIZED = "seized"
    RELEASED = "released"
    LEFT = "left"


# To which of the lot's other heaps a movement belongs; the sign of its grams is the stock's.
HEAPS = {
    Move.SORTED: "lost",
    Move.SHRUNK: "lost",
    Move.LOSS_UNDONE: "lost",
    Move.SOLD: "sold",
    Move.RETURNED: "sold",
    Move.SEIZED: "seized",
    Move.RELEASED: "seized",
}

OUTWARD = frozenset({Move.SORTED, Move.SHRUNK, Move.SOLD, Move.SEIZED, Move.LEFT})


@dataclass(frozen=True, slots=True)
class Heap:
    """Grams and what they cost in paise."""

    grams: int = 0
    paise: int = 0

    def plus(self, other: "Heap") -> "Heap":
        """Both together."""
        return Heap(self.grams + other.grams, self.paise + other.paise)

    def minus(self, other: "Heap") -> "Heap":
        """This without the other."""
        return Heap(self.grams - other.grams, self.paise - other.paise)


@dataclass(frozen=True, slots=True)
class Balance:
    """What became of all that was bought for a lot."""

    bought: Heap = Heap()
    stock: Heap = Heap()
    sold: Heap = Heap()
    lost: Heap = Heap()
    seized: Heap = Heap()

    @property
    def closes(self) -> bool:
        """Whether in = out + stock + recorded loss, and no heap is below zero (domain: I5)."""
        parts = (self.stock, self.sold, self.lost, self.seized)
        whole = Heap(sum(one.grams for one in parts), sum(one.paise for one in parts))
        low = min(min(one.grams, one.paise) for one in (self.bought, *parts))
        return whole == self.bought and low >= 0


def share_of(heap: Heap, grams: int) -> Heap:
    """Take ``grams`` out of a heap at its average cost, half a paisa up; all of it takes all.

    Raises ValueError for more than there is, or for nothing.

    >>> share_of(Heap(3000, 1000), 1000), share_of(Heap(2000, 667), 2000)
    (Heap(grams=1000, paise=333), Heap(grams=2000, paise=667))
    """
    if not 0 < grams <= heap.grams:
        raise ValueError(f"{grams} g of {heap.grams} g")
    return Heap(grams, (2 * heap.paise * grams + heap.grams) // (2 * heap.grams))


def filled(bought: Heap, stock_grams: int) -> Balance:
    """A lot in the moment it is made: what its purchases exceed the stock by is lost.

    >>> filled(Heap(1050, 1050), 1000).lost
    Heap(grams=50, paise=50)
    """
    over = bought.grams - stock_grams
    lost = share_of(bought, over) if over else Heap()
    return Balance(bought, bought.minus(lost), lost=lost)


def moved(balance: Balance, move: Move, heap: Heap) -> Balance:
    """The balance after ``heap`` went from the stock to where the movement says, or came back."""
    name = HEAPS[move]
    there: Heap = getattr(balance, name)
    if move in OUTWARD:
        return replace(balance, stock=balance.stock.minus(heap), **{name: there.plus(heap)})
    return replace(balance, stock=balance.stock.plus(heap), **{name: there.minus(heap)})


def without(balance: Balance, purchase: Heap) -> Balance:
    """The balance of an unsold lot that a purchase leaves with all that was paid for it.

    What was lost is shared anew by the purchases that stay. Raises ValueError for a lot that was
    sold from or seized: there the purchase cannot be told from the others any more.
    """
    if balance.sold.grams or balance.seized.grams:
        raise ValueError("a purchase leaves an unsold lot only")
    bought = balance.bought.minus(purchase)
    lost_grams = min(balance.lost.grams, bought.grams)
    lost = share_of(bought, lost_grams) if lost_grams else Heap()
    return Balance(bought, bought.minus(lost), lost=lost)


def may_lose(grams: int, lost_before: int, bought_grams: int, tolerance: int) -> bool:
    """Whether a loss stays within the tolerance (hundredths of a per cent of what was bought)."""
    return (lost_before + grams) * 10_000 <= bought_grams * tolerance

"""Which purchases fill a lot: the oldest first, until the lot's stock is reached."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from coop.kernel.refusal import Refusal
from coop.kernel.weight import format_kg
from coop.kernel.words import say


@dataclass(frozen=True, slots=True)
class Purchase:
    """A weighing that stands in no lot: its number, payable grams, and what was paid for it."""

    fy: int
    no: int
    weighed_at: datetime
    grams: int
    paise: int


@dataclass(frozen=True, slots=True)
class Filling:
    """The purchases of a lot, oldest first; what they exceed the stock by is sorting loss."""

    purchases: tuple[Purchase, ...]
    stock_grams: int

    @property
    def bought_grams(self) -> int:
        """The payable grams of all purchases."""
        return sum(one.grams for one in self.purchases)

    @property
    def bought_paise(self) -> int:
        """What was paid for all purchases."""
        return sum(one.paise for one in self.purchases)

    @property
    def sorted_out_grams(self) -> int:
        """What sorting took: recorded as loss in the moment the lot is made."""
        return self.bought_grams - self.stock_grams


@dataclass(frozen=True, slots=True)
class LotPlan:
    """A lot to be made: one grade, one district, purchases weighed at or before ``made_at``.

    ``own_no`` is the number of a list that was imported, else empty.
    """

    grade_code: int
    district_lgd: int
    made_at: datetime
    stock_grams: int
    own_no: str = ""


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What must be known: the time, whether the grade is listed, and what is free until then."""

    now: datetime
    grade_known: bool
    free_grams: int


def oldest_first(purchases: Iterable[Purchase]) -> list[Purchase]:
    """By the time of weighing, then in the order of posting (README of the lists: lots.csv)."""
    return sorted(purchases, key=lambda one: (one.weighed_at, one.fy, one.no))


def filling(free: Iterable[Purchase], stock_grams: int) -> Filling | None:
    """Fill a lot of ``stock_grams``; None where the free purchases do not reach it.

    The last purchase is the one that reaches the stock: without it the lot would be too small.
    """
    if stock_grams <= 0:
        return None
    chosen: list[Purchase] = []
    reached = 0
    for one in oldest_first(free):
        chosen.append(one)
        reached += one.grams
        if reached >= stock_grams:
            return Filling(tuple(chosen), stock_grams)
    return None


def refusals_to_make_lot(plan: LotPlan, facts: PlanFacts) -> tuple[Refusal, ...]:
    """Return why a lot cannot be made, nothing if it can."""
    return tuple(_refusals(plan, facts))


def _refusals(plan: LotPlan, facts: PlanFacts) -> Iterator[Refusal]:
    if not facts.grade_known:
        message = say("This grade is not in the list; choose one that is.")
        yield Refusal("unknown_grade", message, "grade_code")
    if plan.made_at > facts.now:
        message = say("A lot cannot be made in the future; choose an earlier time.")
        yield Refusal("future_time", message, "made_at")
    if plan.stock_grams <= 0:
        message = say("The weight must be above zero; type the lot's kilograms.")
        yield Refusal("not_positive", message, "stock_kg")
    elif plan.stock_grams > facts.free_grams:
        message = say(
            "Only %(kg)s kg of it stand in no lot till then; take less.",
            kg=format_kg(facts.free_grams),
        )
        yield Refusal("more_than_stock", message, "stock_kg")

"""Why a sale is not made. The first reason is the one to put right first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from coop.buyers.rules import Standing, StandingOn
from coop.kernel.money import format_paise
from coop.kernel.refusal import Refusal
from coop.kernel.weight import format_kg
from coop.kernel.words import Said, say

AHEAD = timedelta(minutes=5)
_STANDINGS = {
    Standing.REFUSED: (
        "buyer_not_verified",
        say("This buyer is not verified; its papers are wrong or missing."),
    ),
    Standing.LAPSED: (
        "buyer_lapsed",
        say("The buyer's papers had run out on that day; ask for the renewed ones."),
    ),
    Standing.SUSPENDED: (
        "buyer_suspended",
        say("The buyer was suspended on that day; sell nothing to it."),
    ),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A sale as it was typed: a lot's grams to a buyer at a rate, and where they go.

    ``grade_code`` only where a list says it; ``delivery_state``: two digits of GST, empty for the
    buyer's own; ``own_no``: the sale's number in an imported list.
    """

    lot: str
    buyer_code: str
    grams: int
    rate_paise: int
    sold_at: datetime
    grade_code: int | None = None
    delivery_state: str = ""
    own_no: str = ""


@dataclass(frozen=True, slots=True)
class LotFacts:
    """What a lot is and still has."""

    grade_code: int
    district_lgd: int
    made_at: datetime
    stock_grams: int


@dataclass(frozen=True, slots=True)
class OfferFacts:
    """What stands in the books. ``standing`` None: no such buyer. ``floor`` None: no price then."""

    now: datetime
    standing: StandingOn | None
    lot: LotFacts | None
    buyer_floor_paise: int | None


def standing_refusal(standing: StandingOn | None) -> Refusal | None:
    """Why nothing may be sold to a buyer, or handed over to it; None for a verified one."""
    if standing is None:
        message = say("No buyer has this code; check it in the list of buyers.")
        return Refusal("unknown_buyer", message, "buyer_code")
    if standing.standing is Standing.VERIFIED:
        return None
    code, words = _STANDINGS[standing.standing]
    return Refusal(code, words, "buyer_code")


def refusals_to_sell(offer: Offer, facts: OfferFacts) -> tuple[Refusal, ...]:
    """Return why a sale is not made, nothing if it is: buyer, lot, weight, rate, in this order."""
    buyer = standing_refusal(facts.standing)
    ahead = tuple(_time(offer, facts))
    return (*((buyer,) if buyer else ()), *_lot(offer, facts), *ahead)


def _lot(offer: Offer, facts: OfferFacts) -> Iterator[Refusal]:
    lot = facts.lot
    if lot is None:
        message = say("This cooperative has no lot of this number; check it.")
        yield Refusal("unknown_lot", message, "lot_no")
        if offer.grams <= 0:
            yield Refusal("not_positive", _NOT_POSITIVE, "quantity_kg")
        return
    if offer.grade_code is not None and offer.grade_code != lot.grade_code:
        message = say(
            "The lot is of grade %(grade)s; correct one of the two.", grade=lot.grade_code
        )
        yield Refusal("grade_differs", message, "grade_code")
    early = offer.sold_at < lot.made_at
    if early:
        message = say("The lot was not yet made at that time; correct the time.")
        yield Refusal("lot_not_yet_made", message, "sold_at")
    if offer.grams <= 0:
        yield Refusal("not_positive", _NOT_POSITIVE, "quantity_kg")
    elif offer.grams > lot.stock_grams and not early:
        message = say(
            "The lot has only %(kg)s kg left; sell that or less.", kg=format_kg(lot.stock_grams)
        )
        yield Refusal("more_than_stock", message, "quantity_kg")
    yield from _rate(offer, facts.buyer_floor_paise)


_NOT_POSITIVE: Said = say("The weight must be above zero; type the kilograms sold.")


def _rate(offer: Offer, floor: int | None) -> Iterator[Refusal]:
    if floor is None:
        message = say("No price notice is in force for this grade and district then.")
        yield Refusal("no_price_in_force", message, "sold_at")
    elif offer.rate_paise < floor:
        message = say(
            "A buyer pays at least %(floor)s rupees a kg; raise the price.",
            floor=format_paise(floor),
        )
        yield Refusal("below_buyer_floor", message, "rate_rupees_per_kg")


def _time(offer: Offer, facts: OfferFacts) -> Iterator[Refusal]:
    if offer.sold_at > facts.now + AHEAD:
        message = say("The sale lies in the future; correct day and time.")
        yield Refusal("future_time", message, "sold_at")

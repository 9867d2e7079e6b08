"""What may leave the gate, and what a buyer's weighbridge may differ by.

A sale that may not leave stays reserved: the goods are the buyer's on paper and in our yard.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from coop.buyers.rules import StandingOn
from coop.kernel.money import format_paise
from coop.kernel.refusal import Refusal
from coop.kernel.weight import format_kg
from coop.kernel.words import say
from coop.sales.rules.offer import standing_refusal

_WHOLE = 10_000  # tolerances are hundredths of a per cent


@dataclass(frozen=True, slots=True)
class Challan:
    """An e-challan of JIMMS for one vehicle and one trip; the State is two digits of GST."""

    challan_no: str
    vehicle_no: str
    grams: int
    valid_from: datetime
    valid_to: datetime
    delivery_state: str
    eway_no: str = ""


@dataclass(frozen=True, slots=True)
class SaleFacts:
    """What of the sale decides: its weight, where it goes, what it comes to, what became of it."""

    grams: int
    place_of_supply: str
    total_paise: int
    between_states: bool
    reversed: bool
    note_pending: bool
    gone: bool


@dataclass(frozen=True, slots=True)
class Limits:
    """Dated settings: tolerances in hundredths of a per cent, e-way bill thresholds in paise."""

    challan_tolerance: int
    weighbridge_tolerance: int
    eway_within_paise: int
    eway_between_paise: int


@dataclass(frozen=True, slots=True)
class Load:
    """What stands on the vehicle at the gate."""

    vehicle_no: str
    grams: int
    at: datetime


def vehicle_key(text: str) -> str:
    """A registration number without spaces, dashes and small letters.

    >>> vehicle_key("jh 12-a 3456")
    'JH12A3456'
    """
    return "".join(sign for sign in text.upper() if sign.isalnum())


def within(grams: int, of_grams: int, tolerance: int) -> bool:
    """Whether a weight lies within a tolerance of another.

    >>> within(1020, 1000, 200), within(1021, 1000, 200)
    (True, False)
    """
    return abs(grams - of_grams) * _WHOLE <= of_grams * tolerance


def needs_eway(total_paise: int, limits: Limits, *, between_states: bool) -> bool:
    """Whether goods of this value travel with an e-way bill only: above the threshold."""
    limit = limits.eway_between_paise if between_states else limits.eway_within_paise
    return total_paise > limit


def refusals_to_carry(challan: Challan, sale: SaleFacts, limits: Limits) -> tuple[Refusal, ...]:
    """Return why a challan does not fit its sale, nothing if it does."""
    return (*_state_of_sale(sale), *_challan(challan, sale, limits))


def _state_of_sale(sale: SaleFacts) -> Iterator[Refusal]:
    if sale.reversed:
        yield Refusal("sale_reversed", say("This sale was taken back; nothing leaves on it."))
    elif sale.note_pending:
        message = say("This sale is held until a second person decides; wait for that.")
        yield Refusal("sale_held", message)
    if sale.gone:
        yield Refusal("already_left", say("These goods have left the gate already."))


def _challan(challan: Challan, sale: SaleFacts, limits: Limits) -> Iterator[Refusal]:
    if challan.valid_to <= challan.valid_from:
        message = say("The challan ends before it begins; correct one of the two times.")
        yield Refusal("ends_before_it_begins", message, "valid_to")
    if challan.grams <= 0:
        yield Refusal("not_positive", say("The weight must be above zero."), "challan_kg")
    elif not within(challan.grams, sale.grams, limits.challan_tolerance):
        message = say(
            "The sale is of %(kg)s kg; the challan differs too much.", kg=format_kg(sale.grams)
        )
        yield Refusal("challan_quantity", message, "challan_kg")
    if challan.delivery_state != sale.place_of_supply:
        message = say("The invoice is for another State; reverse the sale and make it anew.")
        yield Refusal("delivery_state_differs", message, "delivery_state")


def refusals_to_leave(
    load: Load,
    sale: SaleFacts,
    challan: Challan | None,
    standing: StandingOn | None,
    limits: Limits,
) -> tuple[Refusal, ...]:
    """Return why the gate stays shut: the buyer's standing that very day, challan, vehicle, weight."""
    buyer = standing_refusal(standing)
    found = [*_state_of_sale(sale), *((Refusal(buyer.code, buyer.message),) if buyer else ())]
    if challan is None:
        message = say("There is no challan for this sale; record it first.")
        return (*found, Refusal("challan_missing", message))
    return (*found, *_leaving(load, sale, challan, limits))


def _leaving(load: Load, sale: SaleFacts, challan: Challan, limits: Limits) -> Iterator[Refusal]:
    if not challan.valid_from <= load.at <= challan.valid_to:
        message = say("The challan is not valid now; record the new or extended one.")
        yield Refusal("challan_not_valid", message, "left_at")
    if vehicle_key(load.vehicle_no) != vehicle_key(challan.vehicle_no):
        message = say("The challan names another vehicle; load that one or correct it.")
        yield Refusal("vehicle_differs", message, "vehicle_no")
    if load.grams <= 0:
        yield Refusal("not_positive", say("The weight must be above zero."), "loaded_kg")
    elif not within(load.grams, challan.grams, limits.challan_tolerance):
        message = say(
            "The challan is of %(kg)s kg; the load differs too much.", kg=format_kg(challan.grams)
        )
        yield Refusal("load_differs", message, "loaded_kg")
    if not challan.eway_no and needs_eway(
        sale.total_paise, limits, between_states=sale.between_states
    ):
        limit = limits.eway_between_paise if sale.between_states else limits.eway_within_paise
        message = say(
            "Above %(limit)s rupees an e-way bill is needed; record its number.",
            limit=format_paise(limit),
        )
        yield Refusal("eway_missing", message)

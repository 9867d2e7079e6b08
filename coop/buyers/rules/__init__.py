"""What buyers' rules decide: standing on a day, who may do what to a dossier. Pure."""

from coop.buyers.rules.listed import Buyer, Dossier, papers_of
from coop.buyers.rules.numbers import gst_state_codes, gstin_check_sign, is_pan
from coop.buyers.rules.papers import (
    AS_SHIPPED,
    BuyerKind,
    Decision,
    DemandRow,
    Demands,
    Item,
    ItemKind,
    Outcome,
    Papers,
    State,
    Suspension,
    demands_on,
)
from coop.buyers.rules.standing import Standing, StandingOn, standing_on

__all__ = [
    "AS_SHIPPED",
    "Buyer",
    "BuyerKind",
    "Decision",
    "DemandRow",
    "Demands",
    "Dossier",
    "Item",
    "ItemKind",
    "Outcome",
    "Papers",
    "Standing",
    "StandingOn",
    "State",
    "Suspension",
    "demands_on",
    "gst_state_codes",
    "gstin_check_sign",
    "is_pan",
    "papers_of",
    "standing_on",
]

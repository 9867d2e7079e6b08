"""Verbs of buyers: each one act, with its audit entry over all rows that it wrote."""

from coop.buyers.operations.acts import Sent
from coop.buyers.operations.decisions import decide, reinstate, suspend
from coop.buyers.operations.dossier import check_item, give_item, set_demand, withdraw_item
from coop.buyers.operations.listing import open_application, record_buyer, record_facts

__all__ = [
    "Sent",
    "check_item",
    "decide",
    "give_item",
    "open_application",
    "record_buyer",
    "record_facts",
    "reinstate",
    "set_demand",
    "suspend",
    "withdraw_item",
]

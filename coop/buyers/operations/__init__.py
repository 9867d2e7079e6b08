"""Verbs of buyers: each one act, with its audit entry over all rows that it wrote."""

from coop.buyers.operations.acts import Sent
from coop.buyers.operations.conflicts import decide_conflict, name_owner, seek_conflicts
from coop.buyers.operations.decisions import decide, reinstate, suspend
from coop.buyers.operations.dossier import check_item, give_item, set_demand, withdraw_item
from coop.buyers.operations.listing import open_application, record_buyer, record_facts
from coop.buyers.operations.own import claim_receipt, keep_receipt, tie_person

__all__ = [
    "Sent",
    "check_item",
    "claim_receipt",
    "decide",
    "decide_conflict",
    "give_item",
    "keep_receipt",
    "name_owner",
    "open_application",
    "record_buyer",
    "record_facts",
    "reinstate",
    "seek_conflicts",
    "set_demand",
    "suspend",
    "tie_person",
    "withdraw_item",
]

"""What pages and strangers' programs are served (``served``), and whether it is whole (``proof``)."""

from coop.receipts.queries.served import (
    HeldKey,
    HeldLogKey,
    ServedList,
    all_cooperative_names,
    all_statuses,
    cooperative_names,
    first_claims,
    grade_names,
    list_exists,
    log_keys,
    receipt_keys,
    signed_receipts,
    statuses,
    statuses_made_from,
    trust_list,
)

__all__ = [
    "HeldKey",
    "HeldLogKey",
    "ServedList",
    "all_cooperative_names",
    "all_statuses",
    "cooperative_names",
    "first_claims",
    "grade_names",
    "list_exists",
    "log_keys",
    "receipt_keys",
    "signed_receipts",
    "statuses",
    "statuses_made_from",
    "trust_list",
]

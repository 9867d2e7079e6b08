"""What pages and strangers' programs are served (``served``), and whether it is whole (``proof``)."""

from coop.receipts.queries.served import (
    HeldKey,
    HeldLogKey,
    ServedList,
    cooperative_names,
    first_claims,
    grade_names,
    list_exists,
    log_keys,
    receipt_keys,
    signed_receipts,
    statuses,
    trust_list,
)

__all__ = [
    "HeldKey",
    "HeldLogKey",
    "ServedList",
    "cooperative_names",
    "first_claims",
    "grade_names",
    "list_exists",
    "log_keys",
    "receipt_keys",
    "signed_receipts",
    "statuses",
    "trust_list",
]

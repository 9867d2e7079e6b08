"""What pages and strangers' programs are served (``served``), and whether it is whole (``proof``)."""

from coop.receipts.queries.served import (
    ServedList,
    cooperative_names,
    grade_names,
    list_exists,
    signed_receipts,
    statuses,
    trust_list,
)

__all__ = [
    "ServedList",
    "cooperative_names",
    "grade_names",
    "list_exists",
    "signed_receipts",
    "statuses",
    "trust_list",
]

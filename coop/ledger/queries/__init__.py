"""What `coop ledger verify` asks (``proofs``) and what the pages of the books show (``books``)."""

from coop.ledger.queries.orphans import first_orphan
from coop.ledger.queries.proofs import (
    LEDGER_FAULTS,
    counts,
    each_fault,
    first_broken_seals,
    first_chain_fault,
    first_faults,
    receipts_of_audit_fault,
    unrecorded,
)

__all__ = [
    "LEDGER_FAULTS",
    "counts",
    "each_fault",
    "first_broken_seals",
    "first_chain_fault",
    "first_faults",
    "first_orphan",
    "receipts_of_audit_fault",
    "unrecorded",
]

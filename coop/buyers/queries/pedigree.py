"""What stands behind a sale's receipt, asked for the buyer whose receipt it is."""

from coop.buyers.rules.pedigree import Pedigree
from coop.kernel.db import Transaction


async def pedigree_of(tx: Transaction, buyer_id: int, cti: bytes) -> Pedigree | None:
    """Sums behind a sale; None where the receipt is no sale's, or another buyer's."""
    row = await tx.fetchrow("SELECT * FROM coop_pedigree_of_receipt($1, $2)", buyer_id, cti)
    return Pedigree(*row.values()) if row else None

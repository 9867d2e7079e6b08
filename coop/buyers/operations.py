"""Record a buyer; a change is a new version."""

from dataclasses import astuple

from coop.audit.operations import record
from coop.audit.rules import AuditTag
from coop.buyers.rules import Buyer
from coop.kernel import clock
from coop.kernel.db import Transaction


async def record_buyer(tx: Transaction, buyer: Buyer) -> None:
    """Write a buyer's next version."""
    version = 1 + int(
        await tx.fetchval(
            "SELECT coalesce(max(version), 0) FROM buyer WHERE buyer_code = $1", buyer.buyer_code
        )
    )
    await tx.execute(
        """INSERT INTO buyer (buyer_code, name, kind, town, district_lgd, suspension_reason, state_lgd, gstin, pan,
             dealer_licence_no, licence_from, licence_to, suspended_from, suspended_to, undertaking_signed_on,
             version, recorded_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)""",
        *astuple(buyer)[:6],
        *astuple(buyer.dossier),
        version,
        clock.now(),
    )
    await record(
        tx,
        AuditTag.BUYER_RECORDED,
        cooperative_id=None,
        table="buyer",
        row=buyer.buyer_code,
        facts={"buyer_code": buyer.buyer_code, "version": version},
    )

"""The GSTIN of a cooperative: with one it issues tax invoices, without one bills of supply."""

from datetime import date

from coop.audit.operations import lock_head
from coop.audit.rules import AuditTag, Fact
from coop.buyers.rules import gst_state_codes
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import Refusal, Refused
from coop.kernel.words import say
from coop.receipts.rules.receipt import gstin_holds
from coop.sales.operations.keeping import Seller, answered, chain, keep
from coop.sales.rules.once import Once


async def register_gst(
    tx: Transaction,
    seller: Seller,
    gstin: str,
    holds_from: date,
    source: str,
    once: Once | None = None,
) -> int:
    """Keep the GSTIN that holds from a day on, empty where it ends; return the row id.

    Raises Refused for one that does not hold or is another State's.
    """
    await lock_head(tx, seller.cooperative_id)
    earlier = await answered(tx, seller, once)
    if earlier is not None:
        return int(earlier)
    why = []
    if gstin and not gstin_holds(gstin):
        message = say("The GSTIN's last sign does not fit; compare it with the certificate.")
        why.append(Refusal("gstin_check_digit", message, "gstin"))
    elif gstin and gstin[:2] not in gst_state_codes(seller.state_lgd):
        message = say("The GSTIN is of another State than the address; compare both.")
        why.append(Refusal("gstin_state_mismatch", message, "gstin"))
    if not source:
        why.append(Refusal("missing", say("Say which paper it stands on."), "source"))
    if why:
        raise Refused(why)
    number = int(
        await tx.fetchval(
            "INSERT INTO gst_registration (cooperative_id, gstin, holds_from, source, recorded_at, recorded_by)"
            " VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
            seller.cooperative_id,
            gstin,
            holds_from,
            source,
            clock.now(),
            tx.reach.actor,
        )
    )
    facts: dict[str, Fact] = {"holds_from": holds_from.isoformat()}
    await chain(tx, seller, AuditTag.GST_REGISTERED, "gst_registration", str(number), **facts)
    await keep(tx, seller, once, str(number))
    return number

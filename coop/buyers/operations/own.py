"""Who acts for a buyer, whose a receipt is, and its one claim."""

from coop.audit.operations import lock_head
from coop.audit.rules import AuditTag
from coop.buyers.operations.acts import Sent, close_act, must_know, open_act, replayed
from coop.buyers.queries.own import is_receipt_of, is_sale_receipt, own_buyer
from coop.buyers.rules import ItemKind
from coop.buyers.rules.claims import ClaimFacts, refusals_to_claim
from coop.buyers.rules.standing import speaking
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import Refusal, Refused
from coop.kernel.words import say
from coop.receipts.operations.issue import Issued
from coop.receipts.queries import first_claims
from coop.receipts.rules.verdict import Judgement


async def tie_person(tx: Transaction, buyer_code: str, user_id: int, sent: Sent | None) -> None:
    """Let a person act for one buyer and no other. Raises Refused, NotThere."""
    await lock_head(tx, None)
    known = await must_know(tx, buyer_code)
    if await tx.fetchval("SELECT 1 FROM buyer_person WHERE user_id = $1", user_id):
        message = say("This person acts for a buyer already; add another account.")
        raise Refused([Refusal("person_tied", message, "user")])
    act = await open_act(tx, AuditTag.BUYER_PERSON_TIED, buyer_code, sent)
    await tx.execute(
        "INSERT INTO buyer_person (user_id, act_id, buyer_id) VALUES ($1, $2, $3)",
        user_id,
        act.id,
        known.id,
    )
    await close_act(tx, act, {"buyer_code": known.code, "person": user_id})


async def keep_receipt(
    tx: Transaction, buyer_id: int, cooperative_id: int, kind: int, issued: Issued
) -> None:
    """Say whose a receipt of kind 2 or 3 is, so that the buyer finds it; part of a sale."""
    await tx.execute(
        "INSERT INTO buyer_receipt (buyer_id, cooperative_id, fy, kind, no, cti)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        buyer_id,
        cooperative_id,
        issued.fy,
        kind,
        issued.no,
        issued.cti,
    )


async def claim_receipt(tx: Transaction, user_id: int, judged: Judgement, sent: Sent) -> None:
    """Claim a sale's receipt for the buyer whom a person acts for: once, by whoever comes first.

    A second claim is refused with the time of the first. Raises Refused, NotThere.
    """
    if await replayed(tx, AuditTag.RECEIPT_CLAIMED, sent):
        return
    known, receipt, today = await own_buyer(tx, user_id), judged.receipt, clock.today()
    cti = receipt.cti if receipt else b""
    gstin = speaking(known.papers, ItemKind.GSTIN, today, known.demands(today))
    named = receipt is not None and gstin is not None and receipt.party == gstin.number
    facts = ClaimFacts(
        judged.verdict,
        receipt,
        kept=await is_sale_receipt(tx, cti),
        theirs=named or await is_receipt_of(tx, known.id, cti),
        claimed_at=(await first_claims(tx, [cti])).get(cti),
    )
    if refusals := refusals_to_claim(facts):
        raise Refused(refusals)
    act = await open_act(tx, AuditTag.RECEIPT_CLAIMED, known.code, sent)
    await tx.execute(
        "INSERT INTO receipt_claim (cti, act_id, buyer_id, claimed_at) VALUES ($1, $2, $3, $4)",
        cti,
        act.id,
        known.id,
        clock.now(),
    )
    await close_act(tx, act, {"buyer_code": known.code, "receipt": cti.hex()})

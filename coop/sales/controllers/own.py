"""The receipt of a sale for the buyer itself: the same paper that the cooperative prints."""

from typing import Any

from litestar import Response, get
from litestar.params import FromPath

from coop.access.guard import acting
from coop.access.permission import Permission
from coop.audit.operations import record_read
from coop.buyers.queries.own import own_buyer, receipt_of
from coop.cooperatives.queries import cooperative_named
from coop.kernel.db import Reach, transaction
from coop.kernel.refusal import NotThere
from coop.kernel.web.paper import pdf_answer
from coop.log.operations.evidence import evidence_of
from coop.receipts.rules.receipt import SALE, document_no
from coop.sales.controllers.seat import AnyRequest
from coop.sales.queries.sheets import SaleSheet, sale_sheet
from coop.settings import settings

_OWN = Permission.BUYERS_OWN_READ
_CTI_DIGITS = 20


@get("/firm/receipts/{cti:str}/receipt.pdf", opt={"permission": _OWN})
async def own_receipt_paper(request: AnyRequest, cti: FromPath[str]) -> Response[Any]:
    """Give a buyer its receipt with what proves it attached. Raises NotThere for another's."""
    from coop.sales.pdf import receipt_pdf  # reportlab loads where paper is made

    one = await _own_sale(request, cti)
    proof = await evidence_of(one.sale.signed, one.stands.cti)
    return await pdf_answer(request, f"receipt-{one.sale.number}", lambda: receipt_pdf(one, proof))


async def _own_sale(request: AnyRequest, cti: str) -> SaleSheet:
    """The sale behind a receipt of the buyer's own; the cooperative sees in its books who read it.

    A buyer reaches no cooperative's rows. That the receipt is theirs is asked first, past no guard;
    then the one cooperative that issued it is reached, for this one number.
    """
    actor = acting(request)
    if len(cti) != _CTI_DIGITS or set(cti) - set("0123456789abcdef"):
        raise NotThere(cti)
    own = actor.reach(_OWN)
    async with transaction(own) as tx:
        buyer = await own_buyer(tx, actor.user_id)
        receipt = await receipt_of(tx, buyer.id, bytes.fromhex(cti))
        if receipt is None or receipt.kind != SALE:
            raise NotThere(cti)
        seller = await cooperative_named(tx, receipt.cooperative)
    if seller is None:
        raise NotThere(cti)
    number = document_no(receipt.cooperative, receipt.fy, receipt.kind, receipt.no)
    async with transaction(Reach(own.actor, (seller.id,))) as tx:
        one = await sale_sheet(tx, number, settings().host_text)
        if one is None or one.stands.cti.hex() != cti:
            raise NotThere(cti)
        await record_read(tx, "own receipt", cooperative_id=seller.id, about=number, rows=1)
    return one


HANDLERS = (own_receipt_paper,)

"""The papers of lots and sales as PDF; who may see the page may print the paper."""

import asyncio
from collections.abc import Callable
from typing import Any

from litestar import Response, get
from litestar.params import FromPath

from coop.access.guard import acting
from coop.access.permission import Permission
from coop.kernel.db import transaction
from coop.kernel.i18n import use_language
from coop.kernel.refusal import NotThere
from coop.kernel.web.page import reading_of
from coop.kernel.web.paper import paper
from coop.log.operations.evidence import evidence_of
from coop.sales.controllers.seat import AnyRequest
from coop.sales.queries.sheets import SaleSheet, lot_tag, note_sheet, sale_sheet
from coop.settings import settings

_READ = Permission.SALES_BOOK_READ
_OPT = {"permission": _READ}


@get("/sales/{number:str}/invoice.pdf", opt=_OPT)
async def invoice_paper(request: AnyRequest, number: FromPath[str]) -> Response[Any]:
    """Give the tax invoice or the bill of supply. Raises NotThere."""
    from coop.sales.pdf import invoice_pdf  # reportlab loads where paper is made

    one = await _sale(request, number)
    kind = "bill" if one.sale.supply == "bill" else "invoice"
    return paper(await _drawn(request, lambda: invoice_pdf(one)), f"{kind}-{number}.pdf")


@get("/sales/{number:str}/receipt.pdf", opt=_OPT)
async def receipt_paper(request: AnyRequest, number: FromPath[str]) -> Response[Any]:
    """Give the buyer's receipt with what proves it attached. Raises NotThere."""
    from coop.sales.pdf import receipt_pdf

    one = await _sale(request, number)
    proof = await evidence_of(one.sale.signed, one.stands.cti)
    return paper(await _drawn(request, lambda: receipt_pdf(one, proof)), f"receipt-{number}.pdf")


@get("/sales/{number:str}/challan.pdf", opt=_OPT)
async def challan_paper(request: AnyRequest, number: FromPath[str]) -> Response[Any]:
    """Give the last challan recorded. Raises NotThere, also where there is none."""
    from coop.sales.pdf import challan_pdf

    one = await _sale(request, number)
    challan = one.challan
    if challan is None:
        raise NotThere(number)
    return paper(await _drawn(request, lambda: challan_pdf(one, challan)), f"challan-{number}.pdf")


@get("/notes/{number:str}/note.pdf", opt=_OPT)
async def note_paper(request: AnyRequest, number: FromPath[str]) -> Response[Any]:
    """Give a credit or debit note. Raises NotThere."""
    from coop.sales.pdf import note_pdf

    async with transaction(acting(request).reach(_READ)) as tx:
        one = await note_sheet(tx, number, settings().host_text)
    if one is None:
        raise NotThere(number)
    return paper(await _drawn(request, lambda: note_pdf(one)), f"note-{number}.pdf")


@get("/lots/{number:str}/tag.pdf", opt=_OPT)
async def tag_paper(request: AnyRequest, number: FromPath[str]) -> Response[Any]:
    """Give a lot's tag. Raises NotThere."""
    from coop.sales.pdf import tag_pdf

    async with transaction(acting(request).reach(_READ)) as tx:
        one = await lot_tag(tx, number)
    if one is None:
        raise NotThere(number)
    return paper(await _drawn(request, lambda: tag_pdf(one)), f"tag-{number}.pdf")


HANDLERS = (invoice_paper, receipt_paper, challan_paper, note_paper, tag_paper)


async def _sale(request: AnyRequest, number: str) -> SaleSheet:
    async with transaction(acting(request).reach(_READ)) as tx:
        one = await sale_sheet(tx, number, settings().host_text)
    if one is None:
        raise NotThere(number)
    return one


async def _drawn(request: AnyRequest, draw: Callable[[], bytes]) -> bytes:
    """Draw in the reader's language, in a thread: a paper takes some hundredths of a second."""
    with use_language(reading_of(request).lang):
        return await asyncio.to_thread(draw)

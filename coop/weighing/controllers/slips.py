"""The slip, which is the receipt too; its undoing; the slip of a reversal; both on a roll of paper."""

import asyncio
from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromPath

from coop.access.actor import Actor
from coop.access.guard import acting
from coop.access.permission import Permission
from coop.audit.operations import record_read
from coop.kernel.db import Transaction, transaction
from coop.kernel.i18n import use_language
from coop.kernel.refusal import NotThere
from coop.kernel.web.errors import wants_json
from coop.kernel.web.page import page, reading_of
from coop.kernel.web.paper import paper
from coop.kernel.web.picture import qr_svg
from coop.receipts.rules.receipt import REVERSAL
from coop.settings import settings
from coop.weighing.controllers.desk_answers import standing as standing_now
from coop.weighing.controllers.desk_place import desk_of
from coop.weighing.controllers.typed import AnyRequest
from coop.weighing.operations.papers import slip_to_print
from coop.weighing.operations.take_back import Poster
from coop.weighing.operations.undo import undo_weighing
from coop.weighing.queries.papers import (
    ReversalPaper,
    SlipPaper,
    reversal_paper,
    slip_paper,
)
from coop.weighing.rules.numbers import SlipNumber, slip_number

_READ = Permission.WEIGHING_SLIP_READ
_PAPERS = ("/slip-58.pdf", "/slip-80.pdf", "/slip-58.png", "/slip-80.png")


class SlipController(Controller):
    """The slip, which is the receipt too."""

    path = "/slips/{number:str}"
    opt = {"permission": _READ}  # noqa: RUF012  (litestar's own form)

    @get()
    async def show(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Show a slip of one's own cooperative; another's does not exist. Raises NotThere."""
        actor, wanted = acting(request), _wanted(number)
        async with transaction(actor.reach(_READ)) as tx:
            one = await _facts(tx, wanted)
            await record_read(
                tx, "slip", cooperative_id=one.slip.cooperative_id, about=wanted.text, rows=1
            )
        return _page(request, actor, one)

    @post("/print")
    async def print(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Give the slip as a page to be printed, counted like a file. Raises NotThere.

        It answers with the page itself: asked for again, it is another print, and says COPY.
        """
        actor, wanted = acting(request), _wanted(number)
        async with transaction(actor.reach(_READ)) as tx:
            one = await slip_to_print(tx, wanted, settings().host_text)
        if one is None:
            raise NotThere(number)
        return _page(request, actor, one, printing=True)

    @get(list(_PAPERS))
    async def paper(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Give the slip as a PDF or as dots; every paper after the first is a copy. Raises NotThere."""
        from coop.weighing.pdf import slip_pdf, slip_png  # reportlab loads where paper is made

        wanted, file = _wanted(number), str(request.scope["path"]).rsplit("/", 1)[1]
        async with transaction(acting(request).reach(_READ)) as tx:
            one = await slip_to_print(tx, wanted, settings().host_text)
        if one is None:
            raise NotThere(number)
        mm, kind = int(file[5:7]), file[8:]
        draw = slip_pdf if kind == "pdf" else slip_png
        with use_language(reading_of(request).lang):
            drawn = await asyncio.to_thread(draw, one, mm)
        return paper(drawn, f"slip-{wanted.text}-{mm}.{kind}")

    @post("/undo", opt={"permission": Permission.DESK_ENTRY_POST})
    async def undo(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Take back one's own weighing within the time; go to the reversal's slip. Raises NotThere."""
        actor, wanted = acting(request), _wanted(number)
        if wanted.kind == REVERSAL:
            raise NotThere(number)
        async with transaction(actor.reach(Permission.DESK_ENTRY_POST)) as tx:
            done = await undo_weighing(tx, wanted, Poster(user_id=actor.user_id))
            if wants_json(request):
                context = await desk_of(tx, actor)
                body = {"document": done.document, **standing_now(request, actor, context)}
                return Response(body, status_code=200)
        return Response(None, status_code=303, headers={"location": f"/slips/{done.document}"})


def _wanted(number: str) -> SlipNumber:
    wanted = slip_number(number)
    if wanted is None:
        raise NotThere(number)
    return wanted


async def _facts(tx: Transaction, wanted: SlipNumber) -> SlipPaper | ReversalPaper:
    ask = reversal_paper if wanted.kind == REVERSAL else slip_paper
    one = await ask(tx, wanted, settings().host_text)
    if one is None:
        raise NotThere(wanted.text)
    return one


def _page(
    request: AnyRequest, actor: Actor, one: SlipPaper | ReversalPaper, *, printing: bool = False
) -> Response[Any]:
    if isinstance(one, SlipPaper):
        return _slip_page(request, actor, one, printing)
    return _reversal_page(request, actor, one, printing)


def _slip_page(request: AnyRequest, actor: Actor, one: SlipPaper, printing: bool) -> Response[Any]:
    slip, stands = one.slip, one.standing
    asks = actor.may(Permission.WEIGHING_REVERSAL_ASK, slip.cooperative_id)
    decides = actor.may(Permission.WEIGHING_REVERSAL_DECIDE, slip.cooperative_id)
    open_to = asks if stands is None else decides and stands.state == "held"
    context = {
        "slip": slip,
        "standing": stands,
        "replaces": one.replaces,
        "reversal_path": f"/slips/{slip.number}/reversal" if open_to else None,
        "qr_svg": qr_svg(one.code),
        "back_path": _back(actor),
        "printing": printing,
    }
    return page(request, "weighing/slip.html", context)


def _back(actor: Actor) -> str:
    return "/desk" if actor.may(Permission.DESK_ENTRY_POST) else "/home"


def _reversal_page(
    request: AnyRequest, actor: Actor, one: ReversalPaper, printing: bool
) -> Response[Any]:
    context = {
        "slip": one.slip,
        "reason": one.reason,
        "asked": one.asked,
        "decided": one.decided,
        "reprints": one.reprints,
        "qr_svg": qr_svg(one.code),
        "back_path": _back(actor),
        "printing": printing,
    }
    return page(request, "weighing/reversal_slip.html", context)

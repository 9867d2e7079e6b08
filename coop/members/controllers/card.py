"""The member's card: a page to print, and the same on paper."""

import asyncio
from typing import Any

from litestar import Controller, Request, Response, get
from litestar.params import FromPath

from coop.access.actor import Actor
from coop.access.guard import acting
from coop.access.permission import Permission
from coop.audit.operations import record_read
from coop.kernel import clock
from coop.kernel.db import transaction
from coop.kernel.i18n import use_language
from coop.kernel.refusal import NotThere
from coop.kernel.web.page import page, reading_of
from coop.kernel.web.picture import qr_svg
from coop.members.controllers.parts import member_there
from coop.members.queries.card import Card, card

AnyRequest = Request[Any, Any, Any]
_READ = Permission.MEMBERS_MEMBER_READ


class CardController(Controller):
    """A card with the number large, and in its code nothing but the number."""

    path = "/members/{code:str}/{number:str}"
    opt = {"permission": _READ}  # noqa: RUF012  (litestar's own form)

    @get("/card")
    async def show(
        self, request: AnyRequest, code: FromPath[str], number: FromPath[str]
    ) -> Response[Any]:
        """Show the card as a page to print. Raises NotThere."""
        one = await _card(acting(request), code, number)
        context = {
            "card": one,
            "qr_svg": qr_svg(one.code),
            "number": one.member.number,
        }
        return page(request, "members/card.html", context)

    @get("/card.pdf")
    async def paper(
        self, request: AnyRequest, code: FromPath[str], number: FromPath[str]
    ) -> Response[Any]:
        """Give the card as a PDF. Raises NotThere."""
        from coop.members.pdf import card_pdf  # reportlab loads where paper is made

        one = await _card(acting(request), code, number)
        with use_language(reading_of(request).lang):
            drawn = await asyncio.to_thread(card_pdf, one)
        named = f'inline; filename="card-{one.member.code}-{one.member.member_no}.pdf"'
        headers = {"content-disposition": named, "cache-control": "no-store"}
        return Response(drawn, media_type="application/pdf", headers=headers)


async def _card(actor: Actor, code: str, number: str) -> Card:
    """The card of a member; who was erased has none. Raises NotThere."""
    async with transaction(actor.reach(_READ)) as tx:
        one = await member_there(tx, code, number)
        if one.erased:
            raise NotThere(one.number)
        found = await card(tx, one, clock.today())
        await record_read(tx, "card", cooperative_id=one.cooperative_id, about=one.number, rows=1)
    return found


CONTROLLERS = (CardController,)

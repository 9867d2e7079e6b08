"""The cooperative's GSTIN, and the dated settings that sales are worked out with."""

from typing import Any
from uuid import uuid4

from litestar import Controller, Response, get, post

from coop.access.actor import Actor
from coop.access.guard import acting
from coop.access.permission import Permission
from coop.kernel import clock
from coop.kernel.db import Transaction, transaction
from coop.kernel.refusal import NotThere
from coop.kernel.web.form import Form, form_of
from coop.kernel.web.page import page
from coop.sales.controllers.seat import AnyRequest, own_cooperative, see_other, texts, tried
from coop.sales.forms.typed import Typed, drawn_once
from coop.sales.operations.keeping import Seller
from coop.sales.operations.registration import register_gst
from coop.sales.queries.terms import NAMES, gstin_on, settings_on

_READ = Permission.SALES_BOOK_READ
_SELL = Permission.SALES_SALE_RECORD


class RegistrationController(Controller):
    """Tax registration and settings."""

    path = "/sales-settings"

    @get(opt={"permission": _READ})
    async def show(self, request: AnyRequest) -> Response[Any]:
        """Show the GSTIN in force and the settings with their sources."""
        actor = acting(request)
        async with transaction(actor.reach(_READ)) as tx:
            return await _page(request, tx, actor, Form({"holds_from": clock.today().isoformat()}))

    @post(opt={"permission": _SELL})
    async def register(self, request: AnyRequest) -> Response[Any]:
        """Keep the GSTIN from a day on, or show why not."""
        actor, told = acting(request), await texts(request)
        typed = Typed(told)
        gstin = "".join(typed.text("gstin", 20).split()).upper()
        day, source = typed.day("holds_from"), typed.text("source", 200)

        async def doing() -> int:
            async with transaction(actor.reach(_SELL)) as tx:
                own = await own_cooperative(tx, actor, _SELL)
                if own is None:
                    raise NotThere
                seller = Seller(own.id, own.code, own.state_lgd)
                once = drawn_once(told, "gst", own.code)
                return await register_gst(tx, seller, gstin, day, source, once)

        done, why = (None, tuple(typed.problems)) if typed.problems else await tried(doing)
        if done:
            return see_other("/sales-settings")
        async with transaction(actor.reach(_READ)) as tx:
            return await _page(request, tx, actor, form_of(told).with_refusals(why), 422)


async def _page(
    request: AnyRequest, tx: Transaction, actor: Actor, form: Form, status: int = 200
) -> Response[Any]:
    own = await own_cooperative(tx, actor, _READ)
    number = own.id if own else 0
    found = await settings_on(tx, number, clock.today())
    context = {
        "cooperative": own,
        "gstin": await gstin_on(tx, number, clock.today()),
        "settings": [found[name] for name in NAMES if name in found],
        "may_change": own is not None and actor.may(_SELL, own.id),
        "form": form,
        "operation_id": form.value("operation_id") or str(uuid4()),
    }
    return page(request, "sales/settings.html", context, status)

"""Sell from a lot: the form, the answers to check, the sale."""

from typing import Any
from uuid import uuid4

from litestar import Controller, Response, get, post
from litestar.params import FromPath

from coop.access.actor import Actor
from coop.access.guard import acting
from coop.access.permission import Permission
from coop.kernel import clock
from coop.kernel.db import Transaction, transaction
from coop.kernel.refusal import NotThere, Refusal
from coop.kernel.web.form import Form, form_of
from coop.kernel.web.page import page
from coop.sales.controllers.seat import (
    AnyRequest,
    now_typed,
    see_other,
    seller_of,
    texts,
    tried,
)
from coop.sales.forms.typed import Typed, drawn_once, offer
from coop.sales.operations.sell import SaleMade, record_sale
from coop.sales.queries.preview import BuyerChoice, floor_now, preview, verified_buyers
from coop.sales.queries.shown import lot_shown
from coop.sales.queries.terms import gstin_on, settings_on
from coop.sales.rules.offer import Offer
from coop.sales.rules.states import STATES, district, state

_SELL = Permission.SALES_SALE_RECORD
_FIELDS = ("buyer_code", "quantity_kg", "rate_rupees_per_kg", "sold_at", "delivery_state")


class LotSaleController(Controller):
    """The sale of a lot, whole or in part."""

    path = "/lots/{number:str}/sale"
    opt = {"permission": _SELL}  # noqa: RUF012  (litestar's own form)

    @get()
    async def new(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Show the form. Raises NotThere."""
        actor = acting(request)
        async with transaction(actor.reach(_SELL)) as tx:
            form = Form({"sold_at": now_typed()})
            return await _form_page(request, tx, actor, number, form)

    @post("/answers", status_code=200)
    async def check(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Show what the sale would come to, to be checked once more; nothing is written."""
        actor, told = acting(request), await texts(request)
        typed = Typed(told)
        asked = offer(typed, number)
        async with transaction(actor.reach(_SELL)) as tx:
            seller = await seller_of(tx, actor, _SELL, number, "L")
            if typed.problems:
                return await _again(request, tx, actor, number, told, tuple(typed.problems))
            made, why = await preview(tx, seller.cooperative_id, seller.state_lgd, asked)
            if made is None:
                return await _again(request, tx, actor, number, told, why)
            lot = await lot_shown(tx, number)
            if lot is None:
                raise NotThere(number)
            buyers = await verified_buyers(tx, clock.ist_day(asked.sold_at))
            context = {
                "lot": lot,
                "offer": asked,
                "buyer": next((one for one in buyers if one.code == asked.buyer_code), None),
                "preview": made,
                "place": state(made.place),
                "typed": [(name, told.get(name, "")) for name in _FIELDS],
                "settings": await settings_on(tx, seller.cooperative_id, clock.today()),
                "operation_id": told.get("operation_id", "") or str(uuid4()),
            }
        return page(request, "sales/sale_check.html", context)

    @post("/form", status_code=200)
    async def change(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Show the form again as it was typed; nothing is written."""
        actor, told = acting(request), await texts(request)
        async with transaction(actor.reach(_SELL)) as tx:
            return await _form_page(request, tx, actor, number, form_of(told))

    @post()
    async def sell(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Record the sale and go to its page, or show why not with everything as typed."""
        actor, told = acting(request), await texts(request)
        typed = Typed(told)
        asked = offer(typed, number)
        why: tuple[Refusal, ...] = tuple(typed.problems)
        made: SaleMade | None = None
        if not why:
            made, why = await tried(lambda: _sell(actor, asked, told))
        if made is not None:
            return see_other(f"/sales/{made.number}")
        async with transaction(actor.reach(_SELL)) as tx:
            return await _again(request, tx, actor, number, told, why)


async def _sell(actor: Actor, asked: Offer, told: dict[str, str]) -> SaleMade:
    async with transaction(actor.reach(_SELL)) as tx:
        seller = await seller_of(tx, actor, _SELL, asked.lot, "L")
        return await record_sale(tx, seller, asked, drawn_once(told, "sale", asked.lot))


async def _again(
    request: AnyRequest,
    tx: Transaction,
    actor: Actor,
    number: str,
    told: dict[str, str],
    why: tuple[Refusal, ...],
) -> Response[Any]:
    form = form_of(told).with_refusals(why)
    return await _form_page(request, tx, actor, number, form, 422)


async def _form_page(
    request: AnyRequest,
    tx: Transaction,
    actor: Actor,
    number: str,
    form: Form,
    status: int = 200,
) -> Response[Any]:
    seller = await seller_of(tx, actor, _SELL, number, "L")
    lot = await lot_shown(tx, number)
    if lot is None:
        raise NotThere(number)
    buyers = await verified_buyers(tx, clock.today())
    context = {
        "lot": lot,
        "district": district(lot.district_lgd),
        "floor_paise": await floor_now(tx, lot.district_lgd, lot.key.grade_code),
        "buyers": buyers,
        "buyer_options": [(one.code, _buyer_words(one)) for one in buyers],
        "states": list(STATES.values()),
        "own_gstin": await gstin_on(tx, seller.cooperative_id, clock.today()),
        "form": form,
        "operation_id": form.value("operation_id") or str(uuid4()),
    }
    return page(request, "sales/sale_new.html", context, status)


def _buyer_words(one: BuyerChoice) -> str:
    """A buyer in the list: code, name, town, and the last day of its papers."""
    until = f" · {one.until:%d-%m-%Y}" if one.until else ""
    return f"{one.code} {one.name}, {one.town}{until}"

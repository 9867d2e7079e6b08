"""Lots: the stock, the list, a new lot, one lot with what it lost and what was seized of it."""

from collections.abc import Mapping
from dataclasses import replace
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
from coop.prices.queries import grades
from coop.sales.controllers.seat import (
    AnyRequest,
    cursor,
    now_typed,
    own_cooperative,
    see_other,
    seller_of,
    texts,
    tried,
)
from coop.sales.forms.typed import Typed, drawn_once, lot_plan
from coop.sales.operations.keeping import Seller
from coop.sales.operations.losses import Loss, record_loss, release_stock, seize_stock
from coop.sales.operations.lots import make_lot
from coop.sales.queries.free import free_stock
from coop.sales.queries.papers import SaleFilter, sales_before
from coop.sales.queries.preview import floor_now
from coop.sales.queries.sheets import lot_tag
from coop.sales.queries.shown import lot_shown, lots_before, stock_by_grade
from coop.sales.queries.terms import settings_on
from coop.sales.rules.balance import Move
from coop.sales.rules.states import district

_READ = Permission.SALES_BOOK_READ
_MAKE = Permission.SALES_LOT_MAKE


class LotsController(Controller):
    """The stock by grade, the lots, and a new one."""

    path = "/lots"

    @get(opt={"permission": _READ})
    async def show(self, request: AnyRequest) -> Response[Any]:
        """Show what there is and the lots, the newest first."""
        actor = acting(request)
        asked = request.query_params.get("cooperative", "")
        async with transaction(actor.reach(_READ)) as tx:
            own = await own_cooperative(tx, actor, _READ, asked)
            number = own.id if own else None
            before = cursor(request.query_params, "before")
            lots, more = await lots_before(tx, number, before)
            context = {
                "stock": await stock_by_grade(tx, number),
                "lots": lots,
                "next_path": f"/lots?before={more}&cooperative={asked}" if more else None,
                "may_make": actor.may(_MAKE),
                "cooperative": own,
            }
        return page(request, "sales/lots.html", context)

    @get("/new", opt={"permission": _MAKE})
    async def new(self, request: AnyRequest) -> Response[Any]:
        """Show the form of a new lot."""
        actor = acting(request)
        async with transaction(actor.reach(_MAKE)) as tx:
            return await _new_page(request, tx, actor, Form({"made_at": now_typed()}))

    @post(opt={"permission": _MAKE})
    async def make(self, request: AnyRequest) -> Response[Any]:
        """Make the lot and go to its page, or show why not with everything as typed."""
        actor, told = acting(request), await texts(request)
        typed = Typed(told)
        plan = lot_plan(typed)
        why: tuple[Refusal, ...] = tuple(typed.problems)
        number = None
        if not why:
            number, why = await tried(lambda: _make(actor, plan, told))
        if number is not None:
            return see_other(f"/lots/{number}")
        async with transaction(actor.reach(_MAKE)) as tx:
            return await _new_page(request, tx, actor, form_of(told).with_refusals(why), 422)


async def _make(actor: Actor, plan: Any, told: Mapping[str, str]) -> str:
    async with transaction(actor.reach(_MAKE)) as tx:
        own = await own_cooperative(tx, actor, _MAKE)
        if own is None:
            raise NotThere
        seller = Seller(own.id, own.code, own.state_lgd)
        return await make_lot(tx, seller, plan, drawn_once(told, "lot", own.code))


async def _new_page(
    request: AnyRequest, tx: Transaction, actor: Actor, form: Form, status: int = 200
) -> Response[Any]:
    own = await own_cooperative(tx, actor, _MAKE)
    free = await free_stock(tx, own.id if own else 0)
    known = await grades(tx)
    places = {own.district_lgd} if own else set()
    context = {
        "form": _with_first(form, "district_lgd", own.district_lgd if own else 0),
        "free": [(known[str(one.grade_code)], district(one.district_lgd), one) for one in free],
        "grades": list(known.values()),
        "districts": [district(code) for code in sorted(places | {f.district_lgd for f in free})],
        "operation_id": form.value("operation_id") or str(uuid4()),
    }
    return page(request, "sales/lot_new.html", context, status)


def _with_first(form: Form, name: str, value: object) -> Form:
    return form if form.value(name) else replace(form, values={**form.values, name: str(value)})


class LotController(Controller):
    """One lot: what stands in it, what became of it, and what is recorded on it."""

    path = "/lots/{number:str}"

    @get(opt={"permission": _READ})
    async def show(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Show a lot; another cooperative's does not exist. Raises NotThere."""
        actor = acting(request)
        async with transaction(actor.reach(_READ)) as tx:
            return await _lot_page(request, tx, actor, number)

    @get("/tag", opt={"permission": _READ})
    async def tag(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Show the lot's tag to print and tie to its bags. Raises NotThere."""
        async with transaction(acting(request).reach(_READ)) as tx:
            one = await lot_tag(tx, number)
        if one is None:
            raise NotThere(number)
        return page(request, "sales/lot_tag.html", one)

    @post("/losses", opt={"permission": _MAKE})
    async def lose(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Record a loss. Raises NotThere."""
        told = await texts(request)
        typed = Typed(told)
        kind = Move.SHRUNK if told.get("loss_kind") == Move.SHRUNK else Move.SORTED
        loss = Loss(
            kind, typed.kg("loss_kg"), typed.text("reason", 200), typed.text("board_note_no", 40)
        )
        return await _on_lot(
            request,
            number,
            told,
            typed,
            lambda tx, who, once: record_loss(tx, who, number, loss, once),
        )

    @post("/seizures", opt={"permission": _MAKE})
    async def seize(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Record goods that were seized. Raises NotThere."""
        told = await texts(request)
        typed = Typed(told)
        grams, fir = typed.kg("seized_kg"), typed.text("fir_no", 40)
        reason = typed.text("seized_reason", 200)
        return await _on_lot(
            request,
            number,
            told,
            typed,
            lambda tx, who, once: seize_stock(tx, who, number, grams, fir, reason, once),
        )

    @post("/releases", opt={"permission": _MAKE})
    async def release(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Record seized goods that were given back. Raises NotThere."""
        told = await texts(request)
        typed = Typed(told)
        grams, order = typed.kg("released_kg"), typed.text("order_no", 40)
        return await _on_lot(
            request,
            number,
            told,
            typed,
            lambda tx, who, once: release_stock(tx, who, number, grams, order, once),
        )


async def _on_lot(
    request: AnyRequest, number: str, told: Mapping[str, str], typed: Typed, act: Any
) -> Response[Any]:
    """Do an act on a lot and show the lot again, or the form with what is wrong."""
    actor = acting(request)

    async def doing() -> bool:
        async with transaction(actor.reach(_MAKE)) as tx:
            seller = await seller_of(tx, actor, _MAKE, number, "L")
            once = drawn_once(told, request.scope["path"].rsplit("/", 1)[1], number)
            await act(tx, seller, once)
        return True

    done, why = (None, tuple(typed.problems)) if typed.problems else await tried(doing)
    if done:
        return see_other(f"/lots/{number}")
    async with transaction(actor.reach(_READ)) as tx:
        return await _lot_page(request, tx, actor, number, form_of(told).with_refusals(why), 422)


async def _lot_page(
    request: AnyRequest,
    tx: Transaction,
    actor: Actor,
    number: str,
    form: Form | None = None,
    status: int = 200,
) -> Response[Any]:
    lot = await lot_shown(tx, number)
    if lot is None:
        raise NotThere(number)
    sales, more = await sales_before(tx, SaleFilter(lot=number), None)
    typed = form or Form({"loss_kind": Move.SHRUNK.value})
    context = {
        "lot": lot,
        "district": district(lot.district_lgd),
        "floor_paise": await floor_now(tx, lot.district_lgd, lot.key.grade_code),
        "sales": sales,
        "more_sales": more is not None,
        "settings": await settings_on(tx, lot.cooperative_id, clock.today()),
        "may_make": actor.may(_MAKE, lot.cooperative_id),
        "may_sell": actor.may(Permission.SALES_SALE_RECORD, lot.cooperative_id),
        "form": typed,
        "operation_id": typed.value("operation_id") or str(uuid4()),
    }
    return page(request, "sales/lot.html", context, status)

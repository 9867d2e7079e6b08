"""Sales: the list with its sums, one sale with its papers, challan, gate, weighbridge, notes."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from litestar import Controller, Response, get, post
from litestar.params import FromPath

from coop.access.actor import Actor
from coop.access.guard import acting
from coop.access.permission import Permission
from coop.kernel import clock
from coop.kernel.clock import IST
from coop.kernel.db import Transaction, transaction
from coop.kernel.refusal import NotThere
from coop.kernel.web.form import Form, form_of
from coop.kernel.web.page import page
from coop.kernel.web.picture import qr_svg
from coop.kernel.weight import format_kg
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
from coop.sales.forms.typed import Typed, challan, drawn_once, load, reading
from coop.sales.operations.dispatch import (
    Reading,
    record_challan,
    record_gate_out,
    record_weighbridge,
)
from coop.sales.operations.notes import ask_reversal, decide_note
from coop.sales.queries.papers import (
    SaleFilter,
    SalePaper,
    sale_sums,
    sales_before,
)
from coop.sales.queries.sales import SaleState
from coop.sales.queries.sheets import SaleSheet, note_sheet, sale_sheet
from coop.sales.queries.terms import settings_on
from coop.settings import settings

_READ = Permission.SALES_BOOK_READ
_SELL = Permission.SALES_SALE_RECORD
_CONFIRM = Permission.SALES_SALE_CONFIRM
_DISPATCH = Permission.SALES_DISPATCH_RECORD
STATES = ("reserved", "gone", "held", "reversed")


class SalesController(Controller):
    """The book of sales."""

    path = "/sales"

    @get(opt={"permission": _READ})
    async def show(self, request: AnyRequest) -> Response[Any]:
        """Show the sales that fit, the newest first, with the sums of all that fit."""
        actor, query = acting(request), request.query_params
        async with transaction(actor.reach(_READ)) as tx:
            own = await own_cooperative(tx, actor, _READ, query.get("cooperative", ""))
            asked = _filter(query, own.id if own else None)
            lines, more = await sales_before(tx, asked, cursor(query, "before"))
            kept = {k: v for k, v in query.items() if k != "before" and v}
            context = {
                "sales": lines,
                "sums": await sale_sums(tx, asked),
                "next_path": f"/sales?{urlencode({**kept, 'before': more})}" if more else None,
                "grades": list((await grades(tx)).values()),
                "form": Form({str(k): str(v) for k, v in query.items()}),
            }
        return page(request, "sales/sales.html", context)


def _filter(query: Mapping[str, str], cooperative_id: int | None) -> SaleFilter:
    grade, asked = query.get("grade", ""), query.get("state", "")
    return SaleFilter(
        cooperative_id=cooperative_id,
        lot=query.get("lot") or None,
        buyer_code=query.get("buyer", "").strip().upper() or None,
        grade_code=int(grade) if grade.isascii() and grade.isdigit() and len(grade) < 9 else None,
        state=asked if asked in STATES else None,
        first_day=_day(query.get("from", "")),
        last_day=_day(query.get("to", "")),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


class SaleController(Controller):
    """One sale and all that is recorded on it."""

    path = "/sales/{number:str}"

    @get(opt={"permission": _READ})
    async def show(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Show a sale; another cooperative's does not exist. Raises NotThere."""
        actor = acting(request)
        async with transaction(actor.reach(_READ)) as tx:
            return await _sale_page(request, tx, actor, number)

    @get("/invoice", opt={"permission": _READ})
    async def invoice(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Show the tax invoice or the bill of supply, to print. Raises NotThere."""
        async with transaction(acting(request).reach(_READ)) as tx:
            one = await _found(tx, number)
        context = {**_paper(one), "challan": one.challan}
        return page(request, "sales/invoice.html", context)

    @post("/challan", opt={"permission": _DISPATCH})
    async def challan(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Keep a challan. Raises NotThere."""
        told = await texts(request)
        typed = Typed(told)
        one = challan(typed)
        return await _on_sale(
            request, number, told, typed, _DISPATCH,
            lambda tx, who, once: record_challan(tx, who, number, one, once),
        )  # fmt: skip

    @post("/gate-out", opt={"permission": _DISPATCH})
    async def gate_out(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Let the goods out. Raises NotThere."""
        told = await texts(request)
        typed = Typed(told)
        one = load(typed)
        return await _on_sale(
            request, number, told, typed, _DISPATCH,
            lambda tx, who, once: record_gate_out(tx, who, number, one, once),
        )  # fmt: skip

    @post("/weighbridge", opt={"permission": _DISPATCH})
    async def weighbridge(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Keep what the buyer's weighbridge showed. Raises NotThere."""
        told = await texts(request)
        typed = Typed(told)
        read = reading(typed)
        one = Reading(read.slip_no, read.grams, read.at)
        return await _on_sale(
            request, number, told, typed, _DISPATCH,
            lambda tx, who, once: record_weighbridge(tx, who, number, one, once),
        )  # fmt: skip

    @post("/reversal", opt={"permission": _SELL})
    async def ask(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Ask to take the sale back. Raises NotThere."""
        told = await texts(request)
        typed = Typed(told)
        reason = typed.text("reason", 200)
        return await _on_sale(
            request, number, told, typed, _SELL,
            lambda tx, who, once: ask_reversal(tx, who, number, reason, once),
        )  # fmt: skip

    @post("/decision", opt={"permission": _CONFIRM})
    async def decide(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Confirm or decline the note that waits. Raises NotThere."""
        told = await texts(request)
        yes = told.get("decision") == "confirm"
        return await _on_sale(
            request, number, told, Typed(told), _CONFIRM,
            lambda tx, who, once: decide_note(tx, who, number, confirmed=yes, once=once),
        )  # fmt: skip


class NoteController(Controller):
    """Credit and debit notes on paper."""

    path = "/notes/{number:str}"

    @get(opt={"permission": _READ})
    async def show(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Show a note to print; another cooperative's does not exist. Raises NotThere."""
        async with transaction(acting(request).reach(_READ)) as tx:
            one = await note_sheet(tx, number, settings().host_text)
        if one is None:
            raise NotThere(number)
        qr = qr_svg(one.code) if one.code else None
        context = {**_paper(one.on), "note": one.note, "note_qr": qr}
        return page(request, "sales/note.html", context)


async def _found(tx: Transaction, number: str) -> SaleSheet:
    one = await sale_sheet(tx, number, settings().host_text)
    if one is None:
        raise NotThere(number)
    return one


def _paper(one: SaleSheet) -> dict[str, object]:
    return {
        "sale": one.sale,
        "place": one.place,
        "qr_svg": qr_svg(one.code),
        "verify_path": "/R/" + one.code.rsplit("/", 1)[1],
    }


async def _on_sale(
    request: AnyRequest,
    number: str,
    told: Mapping[str, str],
    typed: Typed,
    permission: Permission,
    act: Any,
) -> Response[Any]:
    """Do an act on a sale and show the sale again, or the form with what is wrong."""
    actor = acting(request)

    async def doing() -> bool:
        async with transaction(actor.reach(permission)) as tx:
            seller = await seller_of(tx, actor, permission, number, "B")
            name = request.scope["path"].rsplit("/", 1)[1]
            await act(tx, seller, drawn_once(told, name, number))
        return True

    done, why = (None, tuple(typed.problems)) if typed.problems else await tried(doing)
    if done:
        return see_other(f"/sales/{number}")
    async with transaction(actor.reach(_READ)) as tx:
        return await _sale_page(request, tx, actor, number, form_of(told).with_refusals(why), 422)


async def _sale_page(
    request: AnyRequest,
    tx: Transaction,
    actor: Actor,
    number: str,
    form: Form | None = None,
    status: int = 200,
) -> Response[Any]:
    one = await _found(tx, number)
    sale, stands = one.sale, one.stands
    typed = form or Form()
    own = sale.cooperative_id
    context = {
        **_paper(one),
        "stands": stands,
        "settings": await settings_on(tx, own, clock.today()),
        "may_sell": actor.may(_SELL, own),
        "may_confirm": actor.may(_CONFIRM, own),
        "may_dispatch": actor.may(_DISPATCH, own),
        "asked_it_myself": stands.pending is not None and stands.pending.asked_by == actor.label,
        "form": Form({**_first_values(sale, stands), **typed.values}, typed.problems),
        "operation_id": typed.value("operation_id") or str(uuid4()),
    }
    return page(request, "sales/sale.html", context, status)


def _first_values(sale: SalePaper, stands: SaleState) -> dict[str, str]:
    """What stands in the forms before anybody typed: weights of the sale, times of now."""
    kg = format_kg(sale.grams).replace(",", "")
    now, night = now_typed(), clock.now().astimezone(IST).strftime("%Y-%m-%dT23:59")
    return {
        "challan_kg": kg,
        "valid_from": now,
        "valid_to": night,
        "delivery_state": sale.place_of_supply,
        "vehicle_no": "",
        "loaded_kg": format_kg(stands.challan.grams).replace(",", "") if stands.challan else kg,
        "left_at": now,
        "read_at": now,
    }

"""Pages of the paper book, entered later: when it was weighed and at what price stand on the page."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from litestar import Controller, Request, Response, get, post

from coop.access.guard import acting
from coop.access.permission import Permission
from coop.kernel import clock
from coop.kernel.db import Transaction, transaction
from coop.kernel.refusal import Refusal
from coop.kernel.web.form import Form, form_of
from coop.kernel.web.page import page
from coop.kernel.weight import format_kg
from coop.weighing.controllers.desk import number_of, page_field, posting
from coop.weighing.controllers.desk_place import DeskContext, desk_of
from coop.weighing.controllers.typed import texts_of
from coop.weighing.forms import Place, entry_from_form, paper_fields
from coop.weighing.operations.desk import post_from_clerk
from coop.weighing.queries.people import slip_of_paper
from coop.weighing.rules import UnreadEntry, WeighingEntry
from coop.weighing.rules.refusals import refusals_to_enter_paper

AnyRequest = Request[Any, Any, Any]
_POST = Permission.DESK_ENTRY_POST
_KEPT = ("site_code", "tare_kg", "moisture_pct", "waste_pct", "paid_mode", "on_day")


class PaperController(Controller):
    """A small form: one page of the paper book, one slip."""

    path = "/desk/paper"
    opt = {"permission": _POST}  # noqa: RUF012  (litestar's own form)

    @get()
    async def show(self, request: AnyRequest) -> Response[Any]:
        """Show the form; what stays alike from page to page is brought along by the address."""
        actor = acting(request)
        async with transaction(actor.reach(_POST)) as tx:
            context = await desk_of(tx, actor)
        kept = {name: str(request.query_params.get(name, ""))[:20] for name in _KEPT}
        form = Form({**_day(context), **{name: text for name, text in kept.items() if text}})
        booked = str(request.query_params.get("booked", ""))[:20]
        return _paper_page(request, context, form, booked=booked)

    @post()
    async def enter(self, request: AnyRequest) -> Response[Any]:
        """Book a page at its own time and price, and offer the next; or say why not."""
        actor, typed = acting(request), await texts_of(request)
        reach = actor.reach(_POST)
        fields, wrong = paper_fields(typed)
        async with transaction(reach) as tx:
            context = await desk_of(tx, actor)
            place = Place(context.cooperative.code, context.centre.code, None)
            entry = entry_from_form(fields, place, clock.now())
            refusals = await _against(tx, context, entry, wrong)
        if refusals or isinstance(entry, UnreadEntry):
            return _refused(request, context, typed, refusals)
        answer = await post_from_clerk(reach, posting(actor, context, typed), entry)
        if answer.booked is None:
            return _refused(request, context, typed, answer.refusals)
        return Response(
            None, status_code=303, headers={"location": _next(typed, number_of(answer))}
        )


async def _against(
    tx: Transaction,
    context: DeskContext,
    entry: WeighingEntry | UnreadEntry,
    wrong: tuple[Refusal, ...],
) -> tuple[Refusal, ...]:
    if isinstance(entry, UnreadEntry):
        return (*wrong, *entry.refusals)
    stands = await slip_of_paper(tx, context.cooperative.id, entry.paper_no or "", entry.id)
    return (*wrong, *refusals_to_enter_paper(entry, stands))


def _next(typed: Mapping[str, str], number: str) -> str:
    kept = {name: typed.get(name, "").strip()[:20] for name in _KEPT}
    return "/desk/paper?" + urlencode({"booked": number, **kept})


def _day(context: DeskContext) -> dict[str, str]:
    day = context.day
    return {
        "site_code": day.site_code,
        "tare_kg": format_kg(day.tare_grams),
        "moisture_pct": day.moisture_pct,
        "waste_pct": day.waste_pct,
        "paid_mode": day.paid_mode,
        "on_day": clock.today().isoformat(),
    }


def _refused(
    request: AnyRequest,
    context: DeskContext,
    typed: Mapping[str, str],
    refusals: tuple[Refusal, ...],
) -> Response[Any]:
    at_fields = [Refusal(r.code, r.message, _at(r, typed)) for r in refusals]
    conflict = any(refusal.code == "duplicate_conflict" for refusal in refusals)
    form = form_of(typed).with_refusals(at_fields)
    given = "" if conflict else typed.get("operation_id", "")
    return _paper_page(request, context, form, 409 if conflict else 422, given)


def _at(refusal: Refusal, typed: Mapping[str, str]) -> str | None:
    if refusal.field == "weighed_at":
        return "at_time"
    if refusal.field == "rate_paise_per_kg":
        return "rate_rupees_per_kg"
    return page_field(refusal, {**typed, "rate_rupees_per_kg": "0"})


def _paper_page(
    request: AnyRequest,
    context: DeskContext,
    form: Form,
    status: int = 200,
    operation_id: str = "",
    booked: str = "",
) -> Response[Any]:
    try:
        given = str(UUID(operation_id))
    except ValueError:
        given = str(uuid4())
    shown = {
        "office": context.cooperative,
        "sites": context.sites,
        "grades": context.keys,
        "form": form,
        "operation_id": given,
        "booked": booked,
    }
    return page(request, "weighing/paper.html", shown, status)

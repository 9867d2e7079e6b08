"""The desk's page and its settings of the day; all of it works without JavaScript."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from litestar import Controller, Request, Response, get, post
from litestar.params import FromPath

from coop.access.actor import Actor
from coop.access.guard import acting
from coop.access.permission import Permission
from coop.audit.operations import record_read
from coop.kernel import clock
from coop.kernel.db import Transaction, transaction
from coop.kernel.i18n import number_words
from coop.kernel.money import format_paise
from coop.kernel.number import latin_digits
from coop.kernel.refusal import Refusal
from coop.kernel.web.errors import wants_json
from coop.kernel.web.form import Form, form_of
from coop.kernel.web.page import page, reading_of
from coop.kernel.weight import format_kg
from coop.kernel.words import say
from coop.receipts.rules.receipt import document_no
from coop.weighing.controllers.desk_answers import (
    said_nobody,
    said_posted,
    said_refused,
    said_seller,
    standing,
)
from coop.weighing.controllers.desk_place import DeskContext, desk_of
from coop.weighing.controllers.typed import texts_of
from coop.weighing.forms import (
    COLUMN_OF,
    Place,
    bare_number,
    entry_from_form,
    read_day,
    typed_member_no,
)
from coop.weighing.operations.answer import Answer
from coop.weighing.operations.desk import choose_day, post_from_clerk
from coop.weighing.operations.post import PURCHASE, Desk
from coop.weighing.queries import slips
from coop.weighing.queries.people import Seller, seller
from coop.weighing.rules import UnreadEntry
from coop.weighing.rules.facts import RATE_HIGH

AnyRequest = Request[Any, Any, Any]
_POST = {"permission": Permission.DESK_ENTRY_POST}


@dataclass(frozen=True, slots=True)
class NoticeShown:
    """The notice that the floors come from."""

    number: str
    effective_from: object


class DeskController(Controller):
    """Weigh, price, buy: one form, one slip."""

    path = "/desk"
    opt = _POST

    @get()
    async def show(self, request: AnyRequest) -> Response[Any]:
        """Show the empty form."""
        actor = acting(request)
        async with transaction(actor.reach(Permission.DESK_ENTRY_POST)) as tx:
            context = await desk_of(tx, actor)
        return _desk_page(request, context, _day_form(context, Form()))

    @post()
    async def weigh(self, request: AnyRequest) -> Response[Any]:
        """Post the weighing and go to its slip, or show why not with everything as typed.

        The desk's script sends the same form, says when it was weighed and at what price, and is
        answered in JSON.
        """
        actor, typed = acting(request), await texts_of(request)
        reach = actor.reach(Permission.DESK_ENTRY_POST)
        async with transaction(reach) as tx:
            context = await desk_of(tx, actor)
            place = Place(context.cooperative.code, context.centre.code, None)
            entry = entry_from_form(_fields(typed, context), place, clock.now())
            if isinstance(entry, UnreadEntry):
                unknown = await _unknown_member(tx, context, typed)
                reasons = (*unknown, *entry.refusals)
                return await _refused(request, tx, actor, context, typed, reasons)
        answer = await post_from_clerk(reach, posting(actor, context, typed), entry)
        async with transaction(reach) as tx:
            if answer.booked is None:
                return await _refused(request, tx, actor, context, typed, answer.refusals)
            if wants_json(request):
                return said_posted(request, actor, await desk_of(tx, actor), answer)
        return Response(None, status_code=303, headers={"location": f"/slips/{number_of(answer)}"})

    @get("/standing")
    async def stands(self, request: AnyRequest) -> Response[Any]:
        """What a page that stayed open asks when it comes back: token, clerk, prices, last slips."""
        actor = acting(request)
        async with transaction(actor.reach(Permission.DESK_ENTRY_POST)) as tx:
            context = await desk_of(tx, actor)
        return Response(standing(request, actor, context))

    @get("/members/{number:str}")
    async def greet(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Say the first name of who has a number here, or that nobody has it."""
        actor = acting(request)
        async with transaction(actor.reach(Permission.DESK_ENTRY_POST)) as tx:
            context = await desk_of(tx, actor)
            found = await _greeted(tx, context, {"member_no": number})
        return said_seller(request, found) if found else said_nobody(request)

    @post("/day")
    async def choose(self, request: AnyRequest) -> Response[Any]:
        """Keep site, bag, shares and way of paying for the day."""
        actor, typed = acting(request), await texts_of(request)
        async with transaction(actor.reach(Permission.DESK_ENTRY_POST)) as tx:
            context = await desk_of(tx, actor)
            chosen, wrong = read_day(typed, {site.code for site in context.sites})
            if chosen is None:
                return await _refused(request, tx, actor, context, typed, wrong)
            await choose_day(tx, context.cooperative.id, actor.user_id or 0, clock.today(), chosen)
        return Response(None, status_code=303, headers={"location": "/desk"})


def _fields(typed: Mapping[str, str], context: DeskContext) -> dict[str, str]:
    """The form as the entry's form reads it; the rate is the floor in force, paid in full."""
    code = latin_digits(typed.get("grade_code", "").strip())
    paise = next((key.paise for key in context.keys if str(key.code) == code), None)
    own = typed.get("rate_rupees_per_kg", "").strip()
    # The price that the script showed when it was weighed; an entry may come hours later.
    shown = typed.get("shown_rupees_per_kg", "").strip() if typed.get("weighed_at") else ""
    return {
        **typed,
        "id": typed.get("operation_id", ""),
        "member_no": bare_number(typed.get("member_no", ""), context.cooperative.code),
        "rate_rupees_per_kg": own or shown or format_paise(paise or 0).replace(",", ""),
    }


def posting(actor: Actor, context: DeskContext, typed: Mapping[str, str]) -> Desk:
    """Where a clerk posts, and what they confirmed."""
    return Desk(
        context.cooperative.id,
        context.cooperative.code,
        actor.user_id,
        {context.centre.code: context.centre.id},
        {},
        confirmed=frozenset({RATE_HIGH} if typed.get("confirm_rate") else ()),
    )


def number_of(answer: Answer) -> str:
    """The public number of a booked slip."""
    if answer.booked is None:
        raise AssertionError("only what is booked has a slip")
    return document_no(answer.cooperative, answer.booked.fy, PURCHASE, answer.booked.no)


async def _greeted(
    tx: Transaction, context: DeskContext, typed: Mapping[str, str]
) -> Seller | None:
    """Whose number was typed; who asks leaves a trace."""
    number = typed_member_no(
        {"member_no": bare_number(typed.get("member_no", ""), context.cooperative.code)}
    )
    if not number:
        return None
    owner = context.cooperative.id
    found = await seller(tx, owner, number, clock.today())
    await record_read(tx, "seller", cooperative_id=owner, about=number, rows=1 if found else 0)
    return found


async def _unknown_member(
    tx: Transaction, context: DeskContext, typed: Mapping[str, str]
) -> tuple[Refusal, ...]:
    """That nobody has the number, said at once with what else cannot be read."""
    number = typed_member_no(
        {"member_no": bare_number(typed.get("member_no", ""), context.cooperative.code)}
    )
    if not number or await slips.member_stands(tx, context.cooperative.id, number):
        return ()
    message = say("No member of this cooperative has this number; check the card.")
    return (Refusal("unknown_member", message, "member_no"),)


_PAGE_FIELD = {
    **{v: v for v in COLUMN_OF.values()},
    **COLUMN_OF,
    "rate_paise_per_kg": "rate_rupees_per_kg",
    "rate_rupees_per_kg": "rate_rupees_per_kg",
    "id": None,
    "client_id": None,
    "weighed_at": None,
}


def page_field(refusal: Refusal, typed: Mapping[str, str]) -> str | None:
    """Where a refusal stands on the page; of a price that nobody typed, at the grade it came from."""
    if refusal.code == RATE_HIGH:
        return "confirm_rate"
    field = _PAGE_FIELD.get(refusal.field or "", refusal.field)
    if field == "rate_rupees_per_kg" and not typed.get(field, "").strip():
        return "grade_code"
    return field


async def _refused(
    request: AnyRequest,
    tx: Transaction,
    actor: Actor,
    context: DeskContext,
    typed: Mapping[str, str],
    refusals: tuple[Refusal, ...],
) -> Response[Any]:
    at_fields = [Refusal(r.code, r.message, page_field(r, typed)) for r in refusals]
    if wants_json(request):
        said = typed.get("operation_id", "")
        return said_refused(request, actor, context, tuple(at_fields), said)
    form = _day_form(context, form_of(typed)).with_refusals(at_fields)
    conflict = any(refusal.code == "duplicate_conflict" for refusal in refusals)
    # A page whose id stands for another entry would be refused for ever: it gets a new one.
    operation_id = str(uuid4()) if conflict else typed.get("operation_id", "") or str(uuid4())
    found = await _greeted(tx, context, typed)
    return _desk_page(request, context, form, operation_id, 409 if conflict else 422, found)


def _day_form(context: DeskContext, form: Form) -> Form:
    day = context.day
    values = {
        "site_code": day.site_code,
        "tare_kg": format_kg(day.tare_grams),
        "moisture_pct": day.moisture_pct,
        "waste_pct": day.waste_pct,
        "paid_mode": day.paid_mode,
        **form.values,
    }
    return Form(values, form.problems)


def _desk_page(
    request: AnyRequest,
    context: DeskContext,
    form: Form,
    operation_id: str | None = None,
    status: int = 200,
    found: Seller | None = None,
) -> Response[Any]:
    notice = max(context.floors, key=lambda one: one.since, default=None)
    centre = slips.Named(context.centre.name_hi, context.centre.name, context.centre.code)
    shown = {
        "centre": centre,
        "device": None,
        "day": context.day,
        "sites": context.sites,
        "grades": context.keys,
        "notice": NoticeShown(notice.notice_no, notice.since) if notice else None,
        "seller": found,
        "clerk": acting(request).user_id,
        "code": context.cooperative.code,
        "number_words": number_words(reading_of(request).lang),
        "form": form,
        "free_moisture_pct": context.free_moisture_pct,
        "free_waste_pct": context.free_waste_pct,
        "operation_id": operation_id or str(uuid4()),
        "slips": context.slips,
    }
    return page(request, "weighing/desk.html", shown, status)

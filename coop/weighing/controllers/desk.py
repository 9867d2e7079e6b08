"""The desk's page and its settings of the day; all of it works without JavaScript."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from litestar import Controller, Request, Response, get, post

from coop.access.actor import Actor
from coop.access.guard import acting
from coop.access.permission import Permission
from coop.cooperatives.queries import CentreRow, CooperativeRow, centres, cooperatives
from coop.kernel import clock
from coop.kernel.db import Transaction, transaction
from coop.kernel.money import format_paise
from coop.kernel.number import latin_digits
from coop.kernel.refusal import Refusal, Refused
from coop.kernel.web.form import Form, form_of
from coop.kernel.web.page import page
from coop.kernel.weight import format_kg
from coop.kernel.words import say
from coop.prices.queries import FloorNow, floors_at, grades
from coop.receipts.rules.receipt import document_no
from coop.weighing.controllers.typed import texts_of
from coop.weighing.forms import COLUMN_OF, Place, entry_from_form, read_day, typed_member_no
from coop.weighing.operations.desk import choose_day, post_from_clerk
from coop.weighing.operations.post import PURCHASE, Desk
from coop.weighing.queries import slips, terms_on
from coop.weighing.queries.reversals import undo_seconds
from coop.weighing.rules import UnreadEntry
from coop.weighing.rules.facts import RATE_HIGH

AnyRequest = Request[Any, Any, Any]
_POST = {"permission": Permission.DESK_ENTRY_POST}
_TARE_GRAMS = 250  # an empty bag, until the clerk weighs one


@dataclass(frozen=True, slots=True)
class DayShown:
    """The settings of the day as the desk shows them."""

    site_code: str
    site: slips.SiteChoice
    tare_grams: int
    moisture_pct: str
    waste_pct: str
    paid_mode: str


@dataclass(frozen=True, slots=True)
class NoticeShown:
    """The notice that the floors come from."""

    number: str
    effective_from: object


@dataclass(frozen=True, slots=True)
class DeskContext:
    """The place of a clerk's desk and what stands for the day."""

    cooperative: CooperativeRow
    centre: CentreRow
    sites: list[slips.SiteChoice]
    day: DayShown
    floors: list[FloorNow]
    keys: tuple[slips.GradeKey, ...]
    free_moisture_pct: str
    free_waste_pct: str
    slips: list[slips.LastSlip]


class DeskController(Controller):
    """Weigh, price, buy: one form, one slip."""

    path = "/desk"
    opt = _POST

    @get()
    async def show(self, request: AnyRequest) -> Response[Any]:
        """Show the empty form."""
        actor = acting(request)
        async with transaction(actor.reach(Permission.DESK_ENTRY_POST)) as tx:
            context = await _desk(tx, actor)
        return _desk_page(request, context, _day_form(context, Form()))

    @post()
    async def weigh(self, request: AnyRequest) -> Response[Any]:
        """Post the weighing and go to its slip, or show why not with everything as typed."""
        actor, typed = acting(request), await texts_of(request)
        reach = actor.reach(Permission.DESK_ENTRY_POST)
        async with transaction(reach) as tx:
            context = await _desk(tx, actor)
            place = Place(context.cooperative.code, context.centre.code, None)
            entry = entry_from_form(_fields(typed, context), place, clock.now())
            if isinstance(entry, UnreadEntry):
                unknown = await _unknown_member(tx, context, typed)
                return _refused(request, context, typed, (*unknown, *entry.refusals))
        desk = Desk(
            context.cooperative.id,
            context.cooperative.code,
            actor.user_id,
            {context.centre.code: context.centre.id},
            {},
            confirmed=frozenset({RATE_HIGH} if typed.get("confirm_rate") else ()),
        )
        answer = await post_from_clerk(reach, desk, entry)
        if answer.booked is None:
            return _refused(request, context, typed, answer.refusals)
        number = document_no(desk.code, answer.booked.fy, PURCHASE, answer.booked.no)
        return Response(None, status_code=303, headers={"location": f"/slips/{number}"})

    @post("/day")
    async def choose(self, request: AnyRequest) -> Response[Any]:
        """Keep site, bag, shares and way of paying for the day."""
        actor, typed = acting(request), await texts_of(request)
        async with transaction(actor.reach(Permission.DESK_ENTRY_POST)) as tx:
            context = await _desk(tx, actor)
            chosen, wrong = read_day(typed, {site.code for site in context.sites})
            if chosen is None:
                return _refused(request, context, typed, wrong)
            await choose_day(tx, context.cooperative.id, actor.user_id or 0, clock.today(), chosen)
        return Response(None, status_code=303, headers={"location": "/desk"})


async def _desk(tx: Transaction, actor: Actor) -> DeskContext:
    """Where this clerk weighs. Raises Refused where centre or site is still missing."""
    within = actor.cooperatives_for(Permission.DESK_ENTRY_POST)
    cooperative = next(
        (c for c in await cooperatives(tx) if within is None or c.id in within), None
    )
    centre = next(
        (k for k in await centres(tx) if cooperative and k.cooperative_id == cooperative.id), None
    )
    sites = await slips.open_sites(tx, [centre.district_lgd], clock.today()) if centre else []
    if cooperative is None or centre is None or not sites:
        message = say(
            "The desk needs a centre and a site where collection is allowed. Tell your manager."
        )
        raise Refused([Refusal("desk_not_ready", message)])
    terms = await terms_on(tx, cooperative.id, clock.today())
    chosen = await slips.chosen_day(tx, actor.user_id or 0, clock.today()) or slips.ChosenDay(
        sites[0].code,
        _TARE_GRAMS,
        int(terms.moisture_base * 100),
        int(terms.waste_base * 100),
        "cash",
    )
    site = next((one for one in sites if one.code == chosen.site_code), sites[0])
    floors = await floors_at(tx, site.district_lgd, clock.now())
    paise = {floor.grade_code: floor.picker_floor_paise for floor in floors}
    keys = tuple(
        slips.GradeKey(g.code, g.name_hi, g.name_en, paise.get(g.code))
        for g in (await grades(tx)).values()
    )
    return DeskContext(
        cooperative,
        centre,
        sites,
        DayShown(
            site.code,
            site,
            chosen.tare_grams,
            _share(chosen.moisture_hundredths),
            _share(chosen.waste_hundredths),
            chosen.paid_mode,
        ),
        floors,
        keys if floors else (),
        _share(int(terms.moisture_base * 100)),
        _share(int(terms.waste_base * 100)),
        await slips.last_slips(
            tx, cooperative.id, actor.user_id or 0, await undo_seconds(tx, cooperative.id)
        ),
    )


def _share(hundredths: int) -> str:
    return f"{hundredths // 100}.{hundredths % 100:02d}".removesuffix("0")


def _fields(typed: Mapping[str, str], context: DeskContext) -> dict[str, str]:
    """The form as the entry's form reads it; the rate is the floor in force, paid in full."""
    code = latin_digits(typed.get("grade_code", "").strip())
    paise = next((key.paise for key in context.keys if str(key.code) == code), None)
    own = typed.get("rate_rupees_per_kg", "").strip()
    return {
        **typed,
        "id": typed.get("operation_id", ""),
        "rate_rupees_per_kg": own or format_paise(paise or 0).replace(",", ""),
        "weighed_at": "",
    }


async def _unknown_member(
    tx: Transaction, context: DeskContext, typed: Mapping[str, str]
) -> tuple[Refusal, ...]:
    """That nobody has the number, said at once with what else cannot be read."""
    number = typed_member_no(typed)
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


def _page_field(refusal: Refusal, typed: Mapping[str, str]) -> str | None:
    """Where a refusal stands on the page; of a price that nobody typed, at the grade it came from."""
    if refusal.code == RATE_HIGH:
        return "confirm_rate"
    field = _PAGE_FIELD.get(refusal.field or "", refusal.field)
    if field == "rate_rupees_per_kg" and not typed.get(field, "").strip():
        return "grade_code"
    return field


def _refused(
    request: AnyRequest,
    context: DeskContext,
    typed: Mapping[str, str],
    refusals: tuple[Refusal, ...],
) -> Response[Any]:
    at_fields = [Refusal(r.code, r.message, _page_field(r, typed)) for r in refusals]
    form = _day_form(context, form_of(typed)).with_refusals(at_fields)
    conflict = any(refusal.code == "duplicate_conflict" for refusal in refusals)
    # A page whose id stands for another entry would be refused for ever: it gets a new one.
    operation_id = str(uuid4()) if conflict else typed.get("operation_id", "") or str(uuid4())
    return _desk_page(request, context, form, operation_id, 409 if conflict else 422)


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
        "seller": None,
        "form": form,
        "free_moisture_pct": context.free_moisture_pct,
        "free_waste_pct": context.free_waste_pct,
        "operation_id": operation_id or str(uuid4()),
        "slips": context.slips,
    }
    return page(request, "weighing/desk.html", shown, status)

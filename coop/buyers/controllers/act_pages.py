"""The pages of acts on a buyer: the form drawn, what was typed done, and back to the buyer."""

from typing import Any
from uuid import uuid4

from litestar import Request, Response, get, post

from coop.access.guard import acting
from coop.access.permission import Permission
from coop.audit.operations import record_read
from coop.buyers import operations
from coop.buyers.controllers.acts import DEMAND, NEW, ON_A_BUYER, ON_A_PART, ActPage, Place, checked
from coop.buyers.controllers.shown import Reason, reason_shown
from coop.buyers.controllers.words import DECISIONS, ITEMS, KINDS, LIKE, METHODS, OUTCOMES, PARTS
from coop.buyers.forms.typed import Typed, facts_given
from coop.buyers.operations import Sent
from coop.buyers.queries import Known, known_buyer
from coop.buyers.queries.conflicts import conflicts, owners
from coop.buyers.queries.dossier import demands_shown
from coop.buyers.rules import State
from coop.buyers.rules.acts import NEXT, Method
from coop.buyers.rules.standing import paper_faults
from coop.kernel import clock
from coop.kernel.db import Transaction, transaction
from coop.kernel.refusal import NotThere, Refused
from coop.kernel.web.form import Form, form_of
from coop.kernel.web.page import page
from coop.kernel.words import Said

AnyRequest = Request[Any, Any, Any]
_CONFLICT = Permission.BUYERS_CONFLICT_DECIDE
_MOST_ID = 2**63 - 1


def place_of(request: AnyRequest) -> Place:
    """What an address is about. Raises NotThere for a number that cannot be one."""
    number = request.path_params.get("number", 0)
    if not 0 <= number <= _MOST_ID:
        raise NotThere(str(number))
    return Place(request.path_params.get("code", ""), number)


def doors(path: str, act: ActPage) -> tuple[Any, Any]:
    """The two handlers of an act's address: draw the form, and do it."""

    @get(path, opt={"permission": act.reading or act.permission})
    async def show(request: AnyRequest) -> Response[Any]:
        return await draw_act(request, act, Form())

    @post(path, opt={"permission": act.permission})
    async def give(request: AnyRequest) -> Response[Any]:
        place, typed = place_of(request), Typed(await request.form())
        sent = Sent(*typed.sent(request.scope["path"]))
        try:
            async with transaction(acting(request).reach(act.permission)) as tx:
                await act.work(tx, place, typed, sent)
        except Refused as refused:
            form = form_of(typed.values).with_refusals(refused.refusals)
            return await draw_act(request, act, form)
        return Response(None, status_code=303, headers={"location": _back(act, place, typed)})

    return show, give


def _back(act: ActPage, place: Place, typed: Typed) -> str:
    if act is DEMAND:
        return "/buyers/demands"
    return f"/buyers/{place.code or facts_given(typed).buyer_code}"


async def draw_act(request: AnyRequest, act: ActPage, form: Form) -> Response[Any]:
    """Draw an act's form, at first with what is most often meant. Raises NotThere."""
    place, actor = place_of(request), acting(request)
    async with transaction(actor.reach(act.reading or act.permission)) as tx:
        known = await known_buyer(tx, place.code) if place.code else None
        if place.code and known is None:
            raise NotThere(place.code)
        about = await _about(tx, act, known, place) if known else {}
        settings_ = await demands_shown(tx) if act is DEMAND else []
    if not form.values:
        form = Form({**act.first, **_facts_first(act, known), "operation_id": str(uuid4())})
    context = {
        "act": act.key,
        "title": act.title,
        "button": act.button,
        "path": request.scope["path"],
        "may_give": actor.may(act.permission),
        "buyer": known,
        "form": form,
        "items": tuple(ITEMS.items()),
        "kinds": tuple(KINDS.items()),
        "parts": tuple(PARTS.items()),
        "outcomes": tuple(OUTCOMES.items()),
        "methods": tuple(pair for pair in METHODS.items() if pair[0] != Method.LIST),
        "states": _states(known),
        "lacking": _lacking(known) if known and act.key == "decision" else (),
        "demands": tuple((one, ITEMS[one.kind], KINDS.get(one.buyer_kind)) for one in settings_),
        "item": None,
        "flag": None,
        **about,
    }
    return page(request, "buyers/act.html", context, 422 if form.problems else 200)


def _states(known: Known | None) -> tuple[tuple[State, Said], ...]:
    if known is None:
        return ()
    return tuple((one, DECISIONS[one]) for one in NEXT[known.papers.state_on(clock.today())])


def _lacking(known: Known) -> tuple[Reason, ...]:
    """What keeps the buyer from being verified today, by paper."""
    today = clock.today()
    faults = paper_faults(known.papers, today, known.demands(today))
    return tuple(reason_shown(one) for one in faults)


def _facts_first(act: ActPage, known: Known | None) -> dict[str, str]:
    today = clock.today().isoformat()
    if known is None or act.key != "facts":
        return {"holds_from": today, "first_day": today, "free_from": today}
    numbers = {"district_lgd": known.district_lgd, "state_lgd": known.state_lgd}
    return {
        "name": known.name,
        "kind": known.kind,
        "town": known.town,
        **{name: "" if number is None else str(number) for name, number in numbers.items()},
    }


async def _about(tx: Transaction, act: ActPage, known: Known, place: Place) -> dict[str, object]:
    """The paper or flag that an address is about. Raises NotThere."""
    if act.key in ("check", "withdrawal"):
        item = next((one for one in known.papers.items if one.id == place.number), None)
        if item is None:
            raise NotThere(str(place.number))
        await record_read(tx, "dossier", cooperative_id=None, about=known.code, rows=1)
        return {"item": item, "item_kind": ITEMS[item.kind]}
    if act.key == "conflict":
        found = [one for one in await conflicts(tx, known.id) if one.id == place.number]
        if not found:
            raise NotThere(str(place.number))
        named = {one.id: one.name for one in await owners(tx, known.id)}
        await record_read(tx, "owners of buyer", cooperative_id=None, about=known.code, rows=1)
        reasons = tuple(LIKE[one] for one in found[0].reasons)
        return {"flag": found[0], "owner": named[found[0].owner_id], "reasons": reasons}
    return {}


@post("/buyers/{code:str}/comparison", opt={"permission": _CONFLICT})
async def compare_again(request: AnyRequest) -> Response[Any]:
    """Compare a buyer's owners with the member books again. Raises NotThere."""
    place, typed = place_of(request), Typed(await request.form())
    sent = Sent(*typed.sent(request.scope["path"]))
    checked(typed)
    async with transaction(acting(request).reach(_CONFLICT)) as tx:
        await operations.seek_conflicts(tx, place.code, sent)
    return Response(None, status_code=303, headers={"location": f"/buyers/{place.code}"})


HANDLERS = (
    *doors("/buyers/new", NEW),
    *doors("/buyers/demands", DEMAND),
    *(
        door
        for name, act in ON_A_BUYER.items()
        for door in doors(f"/buyers/{{code:str}}/{name}", act)
    ),
    *(
        door
        for name, act in ON_A_PART.items()
        for door in doors(f"/buyers/{{code:str}}/{name}", act)
    ),
    compare_again,
)

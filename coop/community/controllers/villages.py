"""Activities and sessions, committees, rounds of home visits with what is estimated from them."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromPath

from coop.access.actor import Actor
from coop.access.guard import acting
from coop.community.controllers.parts import (
    KEEP,
    READ,
    RECORD,
    AnyRequest,
    new_operation,
    own_cooperative,
    read,
    scope_of,
    sending_of,
    texts,
    to,
)
from coop.community.forms.typed import (
    activity_from,
    committee_from,
    meeting_from,
    money_from,
    round_from,
)
from coop.community.operations.committees import (
    book_committee_money,
    record_committee,
    record_meeting,
)
from coop.community.operations.villages import record_activity, record_round
from coop.community.queries.committees import committee, committees, estimates
from coop.community.queries.work import activities, hamlets, hamlets_of
from coop.community.rules.work import BANDS, KINDS, MATERIALS, SEATS, SEXES, TOPICS
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import NotThere, Refused
from coop.kernel.web.form import Form, form_of
from coop.kernel.web.page import page
from coop.kernel.words import say
from coop.schooling.queries.role import school_transaction


class VillageController(Controller):
    """What is done in villages; counts only."""

    path = "/community/{code:str}"

    @get("/activities", opt={"permission": READ})
    async def activities(self, request: AnyRequest, code: FromPath[str]) -> Response[Any]:
        """Show activities and the form for one. Raises NotThere."""
        return await _activities(request, acting(request), code, Form())

    @post("/activities", opt={"permission": RECORD})
    async def record(self, request: AnyRequest, code: FromPath[str]) -> Response[Any]:
        """Record an activity; a partner only in its own hamlets. Raises NotThere."""
        actor, typed = acting(request), await texts(request)
        try:
            async with school_transaction(actor.reach(RECORD)) as tx:
                owner, _ = await own_cooperative(tx, actor, RECORD, code)
                scope = await scope_of(tx, actor, RECORD, owner.id)
                sending = sending_of(typed, scope.role, scope.partner_id)
                one = read(activity_from(typed))
                await record_activity(tx, owner.id, one, scope.places, sending)
        except Refused as refused:
            form = form_of(typed).with_refusals(refused.refusals)
            return await _activities(request, actor, code, form, 422)
        return to(f"/community/{code}/activities")

    @get("/rounds", opt={"permission": READ})
    async def rounds(self, request: AnyRequest, code: FromPath[str]) -> Response[Any]:
        """Show what is estimated village by village. Raises NotThere."""
        return await _rounds(request, acting(request), code, Form())

    @post("/rounds", opt={"permission": RECORD})
    async def count(self, request: AnyRequest, code: FromPath[str]) -> Response[Any]:
        """Record a round of home visits. Raises NotThere."""
        actor, typed = acting(request), await texts(request)
        try:
            async with school_transaction(actor.reach(RECORD)) as tx:
                owner, _ = await own_cooperative(tx, actor, RECORD, code)
                scope = await scope_of(tx, actor, RECORD, owner.id)
                sending = sending_of(typed, scope.role, scope.partner_id)
                await record_round(tx, owner.id, read(round_from(typed)), scope.places, sending)
        except Refused as refused:
            form = form_of(typed).with_refusals(refused.refusals)
            return await _rounds(request, actor, code, form, 422)
        return to(f"/community/{code}/rounds")

    @get("/committees", opt={"permission": READ})
    async def committees(self, request: AnyRequest, code: FromPath[str]) -> Response[Any]:
        """Show village committees and when they meet. Raises NotThere."""
        return await _committees(request, acting(request), code, Form())

    @post("/committees", opt={"permission": KEEP})
    async def register(self, request: AnyRequest, code: FromPath[str]) -> Response[Any]:
        """Register a committee. Raises NotThere."""
        actor, typed = acting(request), await texts(request)
        try:
            async with school_transaction(actor.reach(KEEP)) as tx:
                owner, _ = await own_cooperative(tx, actor, KEEP, code)
                sending = sending_of(typed, actor.role_for(KEEP, owner.id))
                await record_committee(tx, owner.id, read(committee_from(typed)), sending)
        except Refused as refused:
            form = form_of(typed).with_refusals(refused.refusals)
            return await _committees(request, actor, code, form, 422)
        return to(f"/community/{code}/committees")

    @get("/committees/{number:int}", opt={"permission": READ})
    async def committee(
        self, request: AnyRequest, code: FromPath[str], number: FromPath[int]
    ) -> Response[Any]:
        """Show a committee's members, meetings and money. Raises NotThere."""
        return await _committee(request, acting(request), code, number, Form())

    @post("/committees/{number:int}/meetings", opt={"permission": RECORD})
    async def meet(
        self, request: AnyRequest, code: FromPath[str], number: FromPath[int]
    ) -> Response[Any]:
        """Record a meeting. Raises NotThere."""
        return await _of_committee(request, code, number, money=False)

    @post("/committees/{number:int}/money", opt={"permission": KEEP})
    async def money(
        self, request: AnyRequest, code: FromPath[str], number: FromPath[int]
    ) -> Response[Any]:
        """Book a budget line or what was spent of it. Raises NotThere."""
        return await _of_committee(request, code, number, money=True)


async def _of_committee(
    request: AnyRequest, code: str, number: int, *, money: bool
) -> Response[Any]:
    actor, typed = acting(request), await texts(request)
    permission = KEEP if money else RECORD
    try:
        async with school_transaction(actor.reach(permission)) as tx:
            owner, _ = await own_cooperative(tx, actor, permission, code)
            scope = await scope_of(tx, actor, permission, owner.id)
            if (
                scope.only_partner
            ):  # a partner records its own activities, not the committees' books
                raise NotThere(str(number))
            sending = sending_of(typed, scope.role)
            if money:
                booked = read(money_from(typed, ("budget", "spent")))
                await book_committee_money(tx, owner.id, number, booked, sending)
            else:
                await record_meeting(tx, owner.id, number, read(meeting_from(typed)), sending)
    except Refused as refused:
        form = form_of(typed).with_refusals(refused.refusals)
        return await _committee(request, actor, code, number, form, 422)
    return to(f"/community/{code}/committees/{number}")


async def _activities(
    request: AnyRequest, actor: Actor, code: str, form: Form, status: int = 200
) -> Response[Any]:
    async with school_transaction(actor.reach(READ)) as tx:
        owner, _ = await own_cooperative(tx, actor, READ, code)
        scope = await scope_of(tx, actor, READ, owner.id)
        # A partner that is tied to nobody sees nothing, not everything.
        partner = (scope.partner_id or 0) if scope.only_partner else None
        found = await activities(tx, owner.id, partner)
        given = [(one.village, one.tola) for one in await hamlets_of(tx, owner.id, partner, clock.today())] if partner else []  # fmt: skip
        places = given if scope.only_partner else await _places(tx, owner.id)
    context = {
        "cooperative": owner,
        "lines": tuple(found),
        "places": tuple(places),
        "kinds": KINDS,
        "topics": TOPICS,
        "materials": MATERIALS,
        "sexes": SEXES,
        "bands": BANDS,
        "may_record": actor.may(RECORD, owner.id),
        "operation": new_operation,
        "form": Form({"on_day": clock.today().isoformat(), **form.values}, form.problems),
    }
    return page(request, "community/activities.html", context, status)


async def _places(tx: Transaction, owner: int) -> list[tuple[str, str]]:
    return [(one.village, one.tola) for one in await hamlets(tx, owner)]


async def _rounds(
    request: AnyRequest, actor: Actor, code: str, form: Form, status: int = 200
) -> Response[Any]:
    async with school_transaction(actor.reach(READ)) as tx:
        owner, _ = await own_cooperative(tx, actor, READ, code)
        found = await estimates(tx, owner.id, clock.today())
    context = {
        "cooperative": owner,
        "lines": tuple(found),
        "may_record": actor.may(RECORD, owner.id),
        "operation": new_operation,
        "form": Form({"on_day": clock.today().isoformat(), **form.values}, form.problems),
    }
    return page(request, "community/rounds.html", context, status)


async def _committees(
    request: AnyRequest, actor: Actor, code: str, form: Form, status: int = 200
) -> Response[Any]:
    async with school_transaction(actor.reach(READ)) as tx:
        owner, _ = await own_cooperative(tx, actor, READ, code)
        found = await committees(tx, owner.id, clock.today())
    context = {
        "cooperative": owner,
        "lines": tuple(found),
        "today": clock.today(),
        "seats": SEATS,
        "may_keep": actor.may(KEEP, owner.id),
        "operation": new_operation,
        "form": form,
    }
    return page(request, "community/committees.html", context, status)


async def _committee(
    request: AnyRequest, actor: Actor, code: str, number: int, form: Form, status: int = 200
) -> Response[Any]:
    today = clock.today()
    async with school_transaction(actor.reach(READ)) as tx:
        owner, _ = await own_cooperative(tx, actor, READ, code)
        found = await committee(tx, owner.id, number, today)
        scope = await scope_of(tx, actor, READ, owner.id)
    if found is None:
        raise NotThere(str(number))
    begin = {"met_on": today.isoformat(), "on_day": today.isoformat()}
    context = {
        "cooperative": owner,
        "one": found,
        "today": today,
        "seats": SEATS,
        "sexes": SEXES,
        "kinds": {"budget": say("Budget"), "spent": say("Spent")},
        "may_meet": actor.may(RECORD, owner.id) and not scope.only_partner,
        "may_keep": actor.may(KEEP, owner.id),
        "operation": new_operation,
        "form": Form({**begin, **form.values}, form.problems),
    }
    return page(request, "community/committee.html", context, status)

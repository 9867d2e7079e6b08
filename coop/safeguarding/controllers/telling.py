"""Tell the focal point: everybody who is signed in may, nobody sees afterwards what became of it."""

from datetime import timedelta
from typing import Any

from litestar import Controller, Response, get, post

from coop.access.actor import Actor
from coop.access.guard import acting
from coop.cooperatives.queries import CooperativeRow, cooperatives
from coop.kernel import clock
from coop.kernel.db import Reach, Transaction
from coop.kernel.refusal import Refusal, Refused
from coop.kernel.web.form import Form, form_of
from coop.kernel.web.page import page
from coop.kernel.words import say
from coop.safeguarding.controllers.parts import (
    TELL,
    AnyRequest,
    new_operation,
    operation_of,
    texts,
    to,
)
from coop.safeguarding.forms.pages import concern_from
from coop.safeguarding.operations.telling import TELLER, Told, raise_concern
from coop.safeguarding.queries.cases import days_on
from coop.safeguarding.queries.readers import readers
from coop.safeguarding.queries.role import safe_transaction
from coop.safeguarding.rules.book import ABOUT
from coop.safeguarding.rules.readers import somebody_reads


class ConcernController(Controller):
    """One page to tell, one that says it arrived."""

    path = "/concern"

    @get(opt={"permission": TELL})
    async def ask(self, request: AnyRequest) -> Response[Any]:
        """Show 1098 and 112 first, then the few questions."""
        child = request.query_params.get("child", "")[:20]
        return await _page(request, acting(request), Form({"child_no": child}))

    @post(opt={"permission": TELL})
    async def tell(self, request: AnyRequest) -> Response[Any]:
        """Take a concern. Nothing of it is shown again but that it arrived."""
        actor, (typed, _) = acting(request), await texts(request)
        told, problems = concern_from(typed)
        try:
            async with safe_transaction(Reach(TELLER, None)) as tx:
                places = {one.code: one.id for one in await _places(tx, actor)}
            if told.cooperative not in places:
                message = say("Choose the cooperative.")
                problems.append(Refusal("cooperative_missing", message, "cooperative"))
            if problems:
                raise Refused(problems)
            concern = Told(
                places[told.cooperative],
                operation_of(typed),
                told.about,
                told.words,
                told.danger_now,
                told.names_reader,
                told.child_no,
                raised_by=actor.label,
            )
            await raise_concern(concern)
        except Refused as refused:
            form = form_of(typed).with_refusals(refused.refusals)
            return await _page(request, actor, form, status=422)
        return to(f"/concern/received?place={told.cooperative}")

    @get("/received", opt={"permission": TELL})
    async def received(self, request: AnyRequest) -> Response[Any]:
        """Say that it arrived, who reads it and by when; nothing of what was told."""
        asked = request.query_params.get("place", "")
        async with safe_transaction(Reach(TELLER, None)) as tx:
            own = [one for one in await _places(tx, acting(request)) if one.code == asked]
            found = own[0] if own else None
            days = await days_on(tx, found.id if found else None, clock.today())
            named = await readers(tx, found.id) if found else []
        who = somebody_reads(
            named, found.id if found else 0, names_reader=False, today=clock.today()
        )
        by = clock.today() + timedelta(days=days["case_first_look"])
        context = {"readers": tuple(who), "by": by}
        return page(request, "safeguarding/received.html", context)


async def _places(tx: Transaction, actor: Actor) -> list[CooperativeRow]:
    """The cooperatives that somebody may tell of: their own, else all."""
    within = actor.cooperatives_for(TELL)
    return [one for one in await cooperatives(tx) if not within or one.id in within]


async def _page(request: AnyRequest, actor: Actor, form: Form, status: int = 200) -> Response[Any]:
    async with safe_transaction(Reach(TELLER, None)) as tx:
        places = await _places(tx, actor)
        named = [one for one in await readers(tx) if one.valid(clock.today())]
    first = {"cooperative": places[0].code if len(places) == 1 else ""}
    context = {
        "form": Form({**first, **form.values}, form.problems),
        "places": tuple(places),
        "about": tuple(ABOUT.items()),
        "readers": tuple(
            one for one in named if one.standby or one.cooperative_id in {p.id for p in places}
        ),
        "operation_id": form.value("operation_id") or new_operation(),
    }
    return page(request, "safeguarding/concern.html", context, status)

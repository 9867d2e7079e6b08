"""The administrator names who reads cases; no case is seen here."""

from typing import Any

from litestar import Controller, Response, get, post

from coop.access.guard import acting
from coop.audit.operations import lock_head
from coop.cooperatives.queries import cooperatives
from coop.kernel import clock
from coop.kernel.refusal import Refusal, Refused
from coop.kernel.web.form import Form, form_of
from coop.kernel.web.page import page
from coop.kernel.words import say
from coop.safeguarding.controllers.parts import (
    NAME,
    AnyRequest,
    new_operation,
    operation_of,
    texts,
    to,
)
from coop.safeguarding.forms.pages import reader_from
from coop.safeguarding.operations.naming import name_reader
from coop.safeguarding.operations.once import sent_before
from coop.safeguarding.queries.readers import account_named, person_of, readers
from coop.safeguarding.queries.role import CHAIN, safe_transaction
from coop.safeguarding.rules.readers import Reader


class ReaderController(Controller):
    """Who reads cases, with training and its last day."""

    path = "/focal-points"

    @get(opt={"permission": NAME})
    async def show(self, request: AnyRequest) -> Response[Any]:
        """Show who is named and where nobody is."""
        return await _page(request, Form())

    @post(opt={"permission": NAME})
    async def name(self, request: AnyRequest) -> Response[Any]:
        """Name a reader; a later row of the same person and place holds."""
        actor, (typed, many) = acting(request), await texts(request)
        given, problems = reader_from(typed, clock.today())
        try:
            if problems:
                raise Refused(problems)
            async with safe_transaction(actor.reach(NAME)) as tx:
                await lock_head(tx, CHAIN)
                codes = {one.code: one.id for one in await cooperatives(tx)}
                place = codes.get(given.cooperative)
                account = await account_named(tx, given.login, place)
                if account is None:
                    message = say("Nobody signs in with this name; add the person first.")
                    raise Refused([Refusal("user_unknown", message, "user")])
                person = await person_of(tx, given.person_no) if given.person_no else None
                if given.person_no and person is None:
                    message = say("The household list has no such number.")
                    raise Refused([Refusal("person_unknown", message, "person_no")])
                body = {
                    n: ",".join(v) for n, v in many.items() if n not in ("csrf", "operation_id")
                }
                own = place or next(iter(codes.values()))
                if not await sent_before(tx, own, None, operation_of(typed), body):
                    reader = Reader(
                        account.user_id,
                        place,
                        account.name,
                        person,
                        given.woman,
                        given.training,
                        given.trained_on,
                        given.valid_until,
                        account.holds_role,
                    )
                    await name_reader(tx, reader)
        except Refused as refused:
            return await _page(request, form_of(typed).with_refusals(refused.refusals), 422)
        return to("/focal-points")


async def _page(request: AnyRequest, form: Form, status: int = 200) -> Response[Any]:
    async with safe_transaction(acting(request).reach(NAME)) as tx:
        places, named = await cooperatives(tx), await readers(tx)
    today = clock.today()
    by_id = {one.id: one for one in places}
    lacking = [
        one
        for one in places
        if not any(r.cooperative_id == one.id and r.valid(today) for r in named)
    ]
    context = {
        "form": form,
        "readers": tuple(
            (one, by_id.get(one.cooperative_id or 0), one.valid(today)) for one in named
        ),
        "places": tuple(places),
        "lacking": tuple(lacking),
        "standby": any(one.standby and one.valid(today) for one in named),
        "today": today,
        "operation_id": form.value("operation_id") or new_operation(),
    }
    return page(request, "safeguarding/readers.html", context, status)

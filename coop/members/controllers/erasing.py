"""Erasure: asked by the manager on a person's wish, confirmed by a board member."""

from typing import Any

from litestar import Controller, Request, Response, get, post
from litestar.params import FromPath

from coop.access.actor import Actor
from coop.access.guard import acting
from coop.access.permission import Permission
from coop.audit.operations import record_read
from coop.kernel.db import Transaction, transaction
from coop.kernel.refusal import NotThere, Refusal
from coop.kernel.web.page import page
from coop.members.controllers.parts import (
    Refusals,
    attempt,
    drawn_again,
    operation_of,
    seen,
    texts,
)
from coop.members.operations.erase import ask_erasure, confirm_erasure, refusals_now
from coop.members.operations.once import sent
from coop.members.queries.erasures import (
    PersonFacts,
    open_request_of,
    open_requests,
    person,
    request_of,
)

AnyRequest = Request[Any, Any, Any]
_CHANGE = Permission.MEMBERS_MEMBER_CHANGE
_ERASE = Permission.MEMBERS_MEMBER_ERASE


class ErasureAskController(Controller):
    """What would be erased of a person, what stands against it, and the wish written down."""

    path = "/persons/{number:str}/erasure"
    opt = {"permission": _CHANGE}  # noqa: RUF012  (litestar's own form)

    @get()
    async def show(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Show whether it can be asked. Raises NotThere."""
        return await _ask_page(request, acting(request), number)

    @post()
    async def ask(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Write the wish down, or say which dues or which law stands against it. Raises NotThere, Conflict."""
        actor, typed = acting(request), await texts(request)

        async def act(tx: Transaction) -> str:
            one = await _person_there(tx, number)
            return await ask_erasure(tx, one, sent(operation_of(typed), typed))

        found = await attempt(actor.reach(_CHANGE), act)
        if isinstance(found, Refusals):
            return await _ask_page(request, actor, number, found.reasons)
        return seen(found)


async def _person_there(tx: Transaction, number: str) -> PersonFacts:
    found = await person(tx, number)
    if found is None:
        raise NotThere(number)
    return found


async def _ask_page(
    request: AnyRequest, actor: Actor, number: str, refusals: tuple[Refusal, ...] = ()
) -> Response[Any]:
    async with transaction(actor.reach(_CHANGE)) as tx:
        one = await _person_there(tx, number)
        against = await refusals_now(tx, one)
        asked = await open_request_of(tx, one.id)
        await record_read(tx, "person", cooperative_id=one.cooperative_id, about=number, rows=1)
    form = drawn_again({}).with_refusals(refusals)
    context = {"person": one, "against": against, "asked": asked, "form": form}
    return page(request, "members/erasure.html", context, 422 if refusals else 200)


class ErasureListController(Controller):
    """Wishes that wait for a second person."""

    path = "/erasures"
    opt = {"permission": _ERASE}  # noqa: RUF012  (litestar's own form)

    @get()
    async def show(self, request: AnyRequest) -> Response[Any]:
        """Show what waits for a board member; numbers only."""
        return await _list(request, acting(request))

    @post("/{request_id:int}/confirmation")
    async def confirm(self, request: AnyRequest, request_id: FromPath[int]) -> Response[Any]:
        """Erase, as the second person. Raises NotThere, Conflict."""
        actor, typed = acting(request), await texts(request)

        async def act(tx: Transaction) -> str:
            asked = await request_of(tx, request_id)
            if asked is None:
                raise NotThere(str(request_id))
            return await confirm_erasure(tx, asked, sent(operation_of(typed), typed))

        found = await attempt(actor.reach(_ERASE), act)
        if isinstance(found, Refusals):
            return await _list(request, actor, found.reasons)
        return seen(found)


async def _list(
    request: AnyRequest, actor: Actor, refusals: tuple[Refusal, ...] = ()
) -> Response[Any]:
    async with transaction(actor.reach(_ERASE)) as tx:
        waiting = await open_requests(tx)
    form = drawn_again({}).with_refusals(refusals)
    context = {"waiting": waiting, "form": form}
    return page(request, "members/erasures.html", context, 422 if refusals else 200)


CONTROLLERS = (ErasureAskController, ErasureListController)

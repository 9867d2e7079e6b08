"""Transfers: asked by the cooperative that a member leaves, answered by the one they go to."""

from collections.abc import Mapping
from typing import Any

from litestar import Controller, Request, Response, get, post
from litestar.params import FromPath

from coop.access.actor import Actor
from coop.access.guard import acting
from coop.access.permission import Permission
from coop.audit.operations import record_read
from coop.cooperatives.queries import cooperatives
from coop.kernel.db import Reach, Transaction, transaction
from coop.kernel.refusal import NotThere, Refusal, Refused
from coop.kernel.web.page import page
from coop.kernel.words import say
from coop.members.controllers.parts import (
    Refusals,
    attempt,
    drawn_again,
    member_there,
    operation_of,
    seen,
    texts,
)
from coop.members.forms.change import resolution_from
from coop.members.operations.once import sent
from coop.members.operations.transfer import (
    ACCEPTED,
    REFUSED,
    WITHDRAWN,
    accept_transfer,
    ask_transfer,
    close_transfer,
)
from coop.members.queries.member import MemberFacts, member_of_id, nominees
from coop.members.queries.transfers import Transfer, transfer, transfers
from coop.members.rules.particulars import NomineeShare

AnyRequest = Request[Any, Any, Any]
_TRANSFER = Permission.MEMBERS_TRANSFER_DECIDE


class TransferAskController(Controller):
    """Send a member to another cooperative."""

    path = "/members/{code:str}/{number:str}/transfer"
    opt = {"permission": _TRANSFER}  # noqa: RUF012  (litestar's own form)

    @get()
    async def show(
        self, request: AnyRequest, code: FromPath[str], number: FromPath[str]
    ) -> Response[Any]:
        """Show what is stated: shares and dues. Raises NotThere."""
        return await _ask_page(request, acting(request), code, number, {})

    @post()
    async def ask(
        self, request: AnyRequest, code: FromPath[str], number: FromPath[str]
    ) -> Response[Any]:
        """Ask the other cooperative, or show why not. Raises NotThere, Conflict."""
        actor, typed = acting(request), await texts(request)

        async def act(tx: Transaction) -> str:
            one = await member_there(tx, code, number)
            chosen = [c for c in await cooperatives(tx) if c.code == typed.get("to", "")]
            if not chosen:
                raise Refused([Refusal("choice_missing", say("Choose another cooperative."), "to")])
            return await ask_transfer(tx, one, chosen[0], sent(operation_of(typed), typed))

        found = await attempt(actor.reach(_TRANSFER), act)
        if isinstance(found, Refusals):
            return await _ask_page(request, actor, code, number, typed, found.reasons)
        return seen(found)


async def _ask_page(
    request: AnyRequest,
    actor: Actor,
    code: str,
    number: str,
    typed: Mapping[str, str],
    refusals: tuple[Refusal, ...] = (),
) -> Response[Any]:
    async with transaction(actor.reach(_TRANSFER)) as tx:
        one = await member_there(tx, code, number)
        others = [c for c in await cooperatives(tx) if c.id != one.cooperative_id]
        await record_read(tx, "member", cooperative_id=one.cooperative_id, about=one.number, rows=1)
    form = drawn_again(typed).with_refusals(refusals)
    context = {"member": one, "others": others, "form": form}
    return page(request, "members/transfer_ask.html", context, 422 if refusals else 200)


class TransferListController(Controller):
    """Transfers from and to one's own cooperatives."""

    path = "/transfers"
    opt = {"permission": _TRANSFER}  # noqa: RUF012  (litestar's own form)

    @get()
    async def show(self, request: AnyRequest) -> Response[Any]:
        """Show open transfers first; no names stand here."""
        actor = acting(request)
        async with transaction(actor.reach(_TRANSFER)) as tx:
            found = await transfers(tx)
        own = actor.cooperatives_for(_TRANSFER) or ()
        return page(request, "members/transfers.html", {"transfers": found, "own": own})


class TransferController(Controller):
    """One transfer: who comes, with what, and the answer."""

    path = "/transfers/{transfer_id:int}"
    opt = {"permission": _TRANSFER}  # noqa: RUF012  (litestar's own form)

    @get()
    async def show(self, request: AnyRequest, transfer_id: FromPath[int]) -> Response[Any]:
        """Show a transfer to who sends or takes the member. Raises NotThere."""
        return await _transfer_page(request, acting(request), transfer_id, {})

    @post()
    async def answer(self, request: AnyRequest, transfer_id: FromPath[int]) -> Response[Any]:
        """Accept, refuse or take back. Raises NotThere, Conflict."""
        actor, typed = acting(request), await texts(request)
        async with transaction(actor.reach(_TRANSFER)) as tx:
            asked = await _transfer_there(tx, transfer_id)
        said = typed.get("answer", "")
        found = await attempt(
            _both(actor, asked), lambda tx: _answer(tx, actor, asked, said, typed)
        )
        if isinstance(found, Refusals):
            return await _transfer_page(request, actor, transfer_id, typed, found.reasons)
        return seen(found)


async def _answer(
    tx: Transaction, actor: Actor, asked: Transfer, said: str, typed: Mapping[str, str]
) -> str:
    form = sent(operation_of(typed), typed)
    takes = actor.may(_TRANSFER, asked.to_cooperative_id)
    if said == ACCEPTED and takes:
        source, refusals = resolution_from(typed)
        if refusals:
            raise Refused(refusals)
        to = next(c for c in await cooperatives(tx) if c.id == asked.to_cooperative_id)
        return await accept_transfer(tx, asked, to, source, form)
    if said == REFUSED and takes:
        return await close_transfer(tx, asked, asked.to_cooperative_id, REFUSED, form)
    if said == WITHDRAWN and actor.may(_TRANSFER, asked.from_cooperative_id):
        return await close_transfer(tx, asked, asked.from_cooperative_id, WITHDRAWN, form)
    raise Refused([Refusal("choice_missing", say("Choose one of these."), "answer")])


def _both(actor: Actor, asked: Transfer) -> Reach:
    """The reach of a transfer: the two cooperatives that it names, since the one asked the other."""
    return Reach(actor.label, (asked.from_cooperative_id, asked.to_cooperative_id))


async def _transfer_there(tx: Transaction, transfer_id: int) -> Transfer:
    found = await transfer(tx, transfer_id)
    if found is None:
        raise NotThere(str(transfer_id))
    return found


async def _transfer_page(
    request: AnyRequest,
    actor: Actor,
    transfer_id: int,
    typed: Mapping[str, str],
    refusals: tuple[Refusal, ...] = (),
) -> Response[Any]:
    async with transaction(actor.reach(_TRANSFER)) as tx:
        asked = await _transfer_there(tx, transfer_id)
    sends = actor.may(_TRANSFER, asked.from_cooperative_id)
    takes = actor.may(_TRANSFER, asked.to_cooperative_id)
    one: MemberFacts | None = None
    named: tuple[NomineeShare, ...] = ()
    # Who takes a member sees them while the transfer is open; after it in their own book only.
    if sends or (takes and asked.open):
        async with transaction(_both(actor, asked)) as tx:
            one = await member_of_id(tx, asked.member_id)
            named = await nominees(tx, asked.member_id)
            reader = asked.from_cooperative_id if sends else asked.to_cooperative_id
            await record_read(
                tx, "transfer", cooperative_id=reader, about=f"transfer {transfer_id}", rows=1
            )
    form = drawn_again(typed).with_refusals(refusals)
    context = {
        "transfer": asked,
        "member": one,
        "nominees": named,
        "form": form,
        "sends": sends,
        "takes": takes,
    }
    return page(request, "members/transfer.html", context, 422 if refusals else 200)


CONTROLLERS = (TransferAskController, TransferListController, TransferController)

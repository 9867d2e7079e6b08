"""Likely doubles: seen beside each other, decided, and taken apart again."""

from collections.abc import Mapping
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
from coop.members.controllers.reading import one_place
from coop.members.operations.doubles import decide_pair, undo_merge
from coop.members.operations.once import sent
from coop.members.queries.doubles import PairRow, merged_pairs, open_pairs, pair
from coop.members.queries.member import member_of_id
from coop.members.rules.doubles import BECAUSE, REASONS

AnyRequest = Request[Any, Any, Any]
_DECIDE = Permission.MEMBERS_DUPLICATE_DECIDE


class DuplicateListController(Controller):
    """Pairs that wait: a manager's own, the agency's those of two cooperatives."""

    path = "/duplicates"
    opt = {"permission": _DECIDE}  # noqa: RUF012  (litestar's own form)

    @get()
    async def show(self, request: AnyRequest) -> Response[Any]:
        """Show the pairs that this reader decides."""
        actor = acting(request)
        across = actor.cooperatives_for(_DECIDE) is None
        async with transaction(actor.reach(_DECIDE)) as tx:
            waiting = await open_pairs(tx, across=across)
            merged = await merged_pairs(tx, across=across)
            await record_read(
                tx,
                "doubles",
                cooperative_id=one_place(actor, _DECIDE),
                about="queue",
                rows=2 * (len(waiting) + len(merged)),
            )
        context = {"pairs": waiting, "merged": merged, "across": across, "reasons": REASONS}
        return page(request, "members/duplicates.html", context)


class DuplicateController(Controller):
    """One pair: both sides beside each other, and the decision."""

    path = "/duplicates/{pair_id:int}"
    opt = {"permission": _DECIDE}  # noqa: RUF012  (litestar's own form)

    @get()
    async def show(self, request: AnyRequest, pair_id: FromPath[int]) -> Response[Any]:
        """Show both members. Raises NotThere."""
        return await _pair_page(request, acting(request), pair_id, {})

    @post()
    async def decide(self, request: AnyRequest, pair_id: FromPath[int]) -> Response[Any]:
        """Decide the pair, or show why not. Raises NotThere, Conflict."""
        actor, typed = acting(request), await texts(request)

        async def act(tx: Transaction) -> str:
            one = await _pair_there(tx, actor, pair_id)
            decision, because = typed.get("decision", ""), typed.get("because", "")
            form = sent(operation_of(typed), typed)
            return await decide_pair(tx, one, decision, because, typed.get("keep", ""), form)

        found = await attempt(actor.reach(_DECIDE), act)
        if isinstance(found, Refusals):
            return await _pair_page(request, actor, pair_id, typed, found.reasons)
        return seen(found)

    @post("/undoing")
    async def undo(self, request: AnyRequest, pair_id: FromPath[int]) -> Response[Any]:
        """Take a merge apart. Raises NotThere, Refused, Conflict."""
        actor, typed = acting(request), await texts(request)
        async with transaction(actor.reach(_DECIDE)) as tx:
            one = await _pair_there(tx, actor, pair_id)
            return seen(await undo_merge(tx, one, sent(operation_of(typed), typed)))


async def _pair_there(tx: Transaction, actor: Actor, pair_id: int) -> PairRow:
    """A pair that this reader decides: the agency those of two cooperatives, a manager the own ones."""
    found = await pair(tx, pair_id)
    across = actor.cooperatives_for(_DECIDE) is None
    if found is None or across != (found.cooperative_id is None):
        raise NotThere(str(pair_id))
    return found


async def _pair_page(
    request: AnyRequest,
    actor: Actor,
    pair_id: int,
    typed: Mapping[str, str],
    refusals: tuple[Refusal, ...] = (),
) -> Response[Any]:
    async with transaction(actor.reach(_DECIDE)) as tx:
        one = await _pair_there(tx, actor, pair_id)
        sides = [await member_of_id(tx, side.id) for side in (one.a, one.b)]
        await record_read(
            tx, "doubles", cooperative_id=one.cooperative_id, about=f"pair {pair_id}", rows=2
        )
    form = drawn_again(typed, keep="a").with_refusals(refusals)
    context = {
        "pair": one,
        "sides": sides,
        "form": form,
        "reasons": REASONS,
        "because": BECAUSE,
    }
    return page(request, "members/duplicate.html", context, 422 if refusals else 200)


CONTROLLERS = (DuplicateListController, DuplicateController)

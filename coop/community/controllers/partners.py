"""Coverage of hamlets, partners with their hamlets, people and money."""

from collections.abc import Awaitable, Callable
from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromPath

from coop.access.actor import Actor
from coop.access.guard import acting
from coop.access.permission import Permission
from coop.access.roles import Role
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
from coop.community.forms.typed import hamlet_from, money_from, partner_from
from coop.community.operations.partners import (
    assign_hamlet,
    book_fund,
    record_partner,
    tie_worker,
)
from coop.community.queries.work import (
    activities,
    coverage_now,
    funds_of,
    hamlets_of,
    partners,
    workers_of,
)
from coop.community.rules.work import KINDS
from coop.cooperatives.queries import CooperativeRow
from coop.identity.queries import RoleHolder, holders_of
from coop.kernel import clock
from coop.kernel.db import Transaction, transaction
from coop.kernel.refusal import NotThere, Refusal, Refused
from coop.kernel.web.form import Form, form_of
from coop.kernel.web.page import page
from coop.kernel.words import say
from coop.schooling.queries.role import as_school, school_transaction

Typed = dict[str, str]


@get("/community", opt={"permission": READ})
async def first_coverage(request: AnyRequest) -> Response[Any]:
    """Show the first cooperative of one's own. Raises NotThere."""
    return await _coverage(request, acting(request), "")


@get("/community/{code:str}", opt={"permission": READ})
async def coverage_page(request: AnyRequest, code: FromPath[str]) -> Response[Any]:
    """Show hamlets and who works there, those with gaps first. Raises NotThere."""
    return await _coverage(request, acting(request), code)


async def _coverage(request: AnyRequest, actor: Actor, code: str) -> Response[Any]:
    async with school_transaction(actor.reach(READ)) as tx:
        owner, own = await own_cooperative(tx, actor, READ, code)
        lines = await coverage_now(tx, owner.id, clock.today())
    context = {
        "cooperative": owner,
        "cooperatives": own,
        "lines": lines,
        "bare": sum(1 for one in lines if one.gaps == _ALL_GAPS),
        "part": sum(1 for one in lines if 0 < one.gaps < _ALL_GAPS),
        "full": sum(1 for one in lines if one.gaps == 0),
        "may_record": actor.may(RECORD, owner.id),
        "form": Form(),
    }
    return page(request, "community/coverage.html", context)


_ALL_GAPS = 3


class PartnerController(Controller):
    """Partners; the focal point keeps their register, a partner sees its own line only."""

    path = "/community/{code:str}/partners"

    @get(opt={"permission": READ})
    async def partners(self, request: AnyRequest, code: FromPath[str]) -> Response[Any]:
        """Show the register. Raises NotThere."""
        return await _register(request, acting(request), code, Form())

    @post(opt={"permission": KEEP})
    async def register(self, request: AnyRequest, code: FromPath[str]) -> Response[Any]:
        """Register a partner. Raises NotThere."""
        actor, typed = acting(request), await texts(request)
        try:
            async with school_transaction(actor.reach(KEEP)) as tx:
                owner, _ = await own_cooperative(tx, actor, KEEP, code)
                sending = sending_of(typed, actor.role_for(KEEP, owner.id))
                await record_partner(tx, owner.id, read(partner_from(typed)), sending)
        except Refused as refused:
            form = form_of(typed).with_refusals(refused.refusals)
            return await _register(request, actor, code, form, 422)
        return to(f"/community/{code}/partners")

    @get("/{partner_id:int}", opt={"permission": READ})
    async def partner(
        self, request: AnyRequest, code: FromPath[str], partner_id: FromPath[int]
    ) -> Response[Any]:
        """Show a partner's hamlets, money and activities. Raises NotThere."""
        return await _partner(request, acting(request), code, partner_id, Form())

    @post("/{partner_id:int}/hamlets", opt={"permission": KEEP})
    async def give_hamlet(
        self, request: AnyRequest, code: FromPath[str], partner_id: FromPath[int]
    ) -> Response[Any]:
        """Give the partner a hamlet or take it back. Raises NotThere."""

        async def act(tx: Transaction, owner: CooperativeRow, role: Role, typed: Typed) -> None:
            sending = sending_of(typed, role)
            async with as_school(tx):
                await assign_hamlet(tx, owner.id, partner_id, read(hamlet_from(typed)), sending)

        return await _kept(request, code, partner_id, act)

    @post("/{partner_id:int}/people", opt={"permission": KEEP})
    async def tie(
        self, request: AnyRequest, code: FromPath[str], partner_id: FromPath[int]
    ) -> Response[Any]:
        """Say who signs in for the partner. Raises NotThere."""

        async def act(tx: Transaction, owner: CooperativeRow, role: Role, typed: Typed) -> None:
            people = {str(one.user_id): one for one in await _people(tx, owner)}
            person = people.get(typed.get("user", ""))
            if person is None:
                raise Refused([Refusal("user", say("Choose one of those shown."), "user")])
            async with as_school(tx):
                await tie_worker(
                    tx, owner.id, partner_id, person.user_id, sending_of(typed, role),
                    works=typed.get("end") != "yes",
                )  # fmt: skip

        return await _kept(request, code, partner_id, act)

    @post("/{partner_id:int}/funds", opt={"permission": KEEP})
    async def fund(
        self, request: AnyRequest, code: FromPath[str], partner_id: FromPath[int]
    ) -> Response[Any]:
        """Book money granted or spent. Raises NotThere."""

        async def act(tx: Transaction, owner: CooperativeRow, role: Role, typed: Typed) -> None:
            money = read(money_from(typed, ("granted", "spent")))
            async with as_school(tx):
                await book_fund(tx, owner.id, partner_id, money, sending_of(typed, role))

        return await _kept(request, code, partner_id, act)


Act = Callable[[Transaction, CooperativeRow, Role, Typed], Awaitable[None]]


async def _kept(request: AnyRequest, code: str, partner_id: int, act: Act) -> Response[Any]:
    actor, typed = acting(request), await texts(request)
    try:
        async with transaction(actor.reach(KEEP)) as tx:
            owner, _ = await own_cooperative(tx, actor, KEEP, code)
            await act(tx, owner, actor.role_for(KEEP, owner.id), typed)
    except Refused as refused:
        form = form_of(typed).with_refusals(refused.refusals)
        return await _partner(request, actor, code, partner_id, form, 422)
    return to(f"/community/{code}/partners/{partner_id}")


async def _people(tx: Transaction, owner: CooperativeRow) -> list[RoleHolder]:
    return await holders_of(tx, Role.CSO_PARTNER, owner.id)


async def _register(
    request: AnyRequest, actor: Actor, code: str, form: Form, status: int = 200
) -> Response[Any]:
    async with school_transaction(actor.reach(READ)) as tx:
        owner, _ = await own_cooperative(tx, actor, READ, code)
        scope = await scope_of(tx, actor, READ, owner.id)
        found = await partners(tx, owner.id)
    seen = [one for one in found if not scope.only_partner or one.id == scope.partner_id]
    context = {
        "cooperative": owner,
        "partners": tuple(seen),
        "today": clock.today(),
        "may_keep": actor.may(KEEP, owner.id),
        "operation": new_operation,
        "form": form,
    }
    return page(request, "community/partners.html", context, status)


async def _partner(
    request: AnyRequest,
    actor: Actor,
    code: str,
    partner_id: int,
    form: Form,
    status: int = 200,
) -> Response[Any]:
    permission: Permission = READ
    async with transaction(actor.reach(permission)) as tx:
        owner, _ = await own_cooperative(tx, actor, permission, code)
        may_keep = actor.may(KEEP, owner.id)
        people = await _people(tx, owner) if may_keep else []
        async with as_school(tx):
            scope = await scope_of(tx, actor, permission, owner.id)
            one = next((p for p in await partners(tx, owner.id) if p.id == partner_id), None)
            if one is None or (scope.only_partner and scope.partner_id != partner_id):
                raise NotThere(str(partner_id))
            tied = await workers_of(tx, partner_id)
            context = {
                "cooperative": owner,
                "one": one,
                "hamlets": tuple(await hamlets_of(tx, owner.id, partner_id, clock.today())),
                "funds": tuple(await funds_of(tx, partner_id)),
                "activities": tuple(await activities(tx, owner.id, partner_id, 20)),
                "kinds": KINDS,
                "tied": tuple(p for p in people if p.user_id in tied),
                "people": tuple((p.user_id, p.name) for p in people if p.user_id not in tied),
                "may_keep": may_keep,
                "operation": new_operation,
                "form": Form({"from_day": clock.today().isoformat(), **form.values}, form.problems),
            }
    return page(request, "community/partner.html", context, status)

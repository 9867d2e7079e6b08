"""The common fund: plans, spendings, outcomes; and the page that everybody may read."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.params import FromPath, FromQuery

from coop.access.actor import Actor
from coop.access.guard import acting
from coop.access.permission import Permission
from coop.kernel.db import NOWHERE, Transaction, transaction
from coop.kernel.refusal import NotThere, Refused
from coop.kernel.web.form import Form, form_of
from coop.kernel.web.page import page
from coop.kernel.words import Said
from coop.livelihoods.controllers.parts import (
    AnyRequest,
    begun,
    office_of,
    options,
    person_of,
    texts_of,
    to,
    with_act,
)
from coop.livelihoods.forms import Read, read_outcome, read_plan, read_reversal, read_spending
from coop.livelihoods.operations.fund import (
    Outcome,
    Owner,
    plan_fund,
    publish_outcome,
    spend_fund,
    take_back_spending,
)
from coop.livelihoods.queries.fund import (
    PlanKnown,
    PublishedPlan,
    SpendingKnown,
    fund_balance,
    fund_sums,
    plan_of,
    plans,
    published_funds,
    spendings,
)
from coop.livelihoods.rules.fund import MODES, PURPOSES, Spending

_READ = Permission.LIVELIHOODS_REPORT_READ
_PLAN = Permission.LIVELIHOODS_FUND_PLAN
_SPEND = Permission.LIVELIHOODS_FUND_SPEND
_REVERSE = Permission.LIVELIHOODS_FUND_REVERSE
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SpendingShown:
    """A spending; ``may_take_back``: by who looks."""

    one: SpendingKnown
    mode: Said
    may_take_back: bool


@dataclass(frozen=True, slots=True)
class PublishedFund:
    """A cooperative's fund as strangers read it."""

    code: str
    name_hi: str
    name_en: str
    balance_paise: int
    plans: tuple[tuple[PublishedPlan, Said], ...]


class FundController(Controller):
    """Plans of a cooperative's fund."""

    path = "/livelihoods/fund"

    @get(opt={"permission": _READ})
    async def show(self, request: AnyRequest, cooperative: FromQuery[str] = "") -> Response[Any]:
        """Show balance and plans. Raises NotThere."""
        return await _fund(request, begun(), cooperative)

    @post(opt={"permission": _PLAN})
    async def plan(self, request: AnyRequest) -> Response[Any]:
        """Write what the members resolved."""
        typed, actor = await texts_of(request), acting(request)
        read = read_plan(typed)
        refusals = read.problems
        if read.value is not None:
            try:
                async with transaction(actor.reach(_PLAN)) as tx:
                    office = await office_of(tx, actor, _PLAN)
                    owner = Owner(office.id, office.code)
                    await plan_fund(tx, owner, read.value, read.operation_id)
            except Refused as refused:
                refusals = refused.refusals
            else:
                return to("/livelihoods/fund")
        return await _fund(request, form_of(typed).with_refusals(refusals), "", 422)

    @get("/{number:str}", opt={"permission": _READ})
    async def one(
        self, request: AnyRequest, number: FromPath[str], back: FromQuery[str] = ""
    ) -> Response[Any]:
        """Show a plan with its spendings; ``back``: the spending to take back. Raises NotThere."""
        return await _plan(request, number, begun(spending=back[:16]))

    @post("/{number:str}/spendings", opt={"permission": _SPEND})
    async def spend(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Post a spending. Raises NotThere."""
        typed, actor = await texts_of(request), acting(request)

        async def write(tx: Transaction, owner: Owner, said: Spending, act: UUID) -> None:
            person = person_of(actor, _SPEND, owner.id)
            await spend_fund(tx, owner, number, said, person, act)

        return await _acted(request, number, typed, read_spending(typed), _SPEND, write)

    @post("/{number:str}/reversals", opt={"permission": _REVERSE})
    async def take_back(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Take a spending back that another person recorded. Raises NotThere."""
        typed, actor = await texts_of(request), acting(request)

        async def write(
            tx: Transaction, owner: Owner, said: tuple[int, int, str], act: UUID
        ) -> None:
            person = person_of(actor, _REVERSE, owner.id)
            await take_back_spending(tx, owner, *said, person, act)

        return await _acted(request, number, typed, read_reversal(typed), _REVERSE, write)

    @post("/{number:str}/outcomes", opt={"permission": _PLAN})
    async def publish(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Publish what came of a plan. Raises NotThere."""
        typed = await texts_of(request)

        async def write(
            tx: Transaction, owner: Owner, said: tuple[int, str, str], act: UUID
        ) -> None:
            await publish_outcome(tx, owner, number, Outcome(*said), act)

        return await _acted(request, number, typed, read_outcome(typed), _PLAN, write)


async def _acted(
    request: AnyRequest,
    number: str,
    typed: Mapping[str, str],
    read: Read[T],
    permission: Permission,
    write: Callable[[Transaction, Owner, T, UUID], Awaitable[None]],
) -> Response[Any]:
    """Do it, or draw the plan's page again with what was typed and why not."""
    actor, refusals = acting(request), read.problems
    if read.value is not None:
        try:
            async with transaction(actor.reach(permission)) as tx:
                plan = await _known(tx, number)
                owner = Owner(plan.cooperative_id, plan.code)
                await write(tx, owner, read.value, read.operation_id)
        except Refused as refused:
            refusals = refused.refusals
        else:
            return to(f"/livelihoods/fund/{number}")
    return await _plan(request, number, form_of(typed).with_refusals(refusals), 422)


async def _known(tx: Transaction, number: str) -> PlanKnown:
    plan = await plan_of(tx, number)
    if plan is None:
        raise NotThere(number)
    return plan


async def _fund(request: AnyRequest, form: Form, code: str, status: int = 200) -> Response[Any]:
    actor = acting(request)
    async with transaction(actor.reach(_READ)) as tx:
        office = await office_of(tx, actor, _READ, code)
        found = await plans(tx, office.id)
        sums = await fund_sums(tx, office.id)
    context = {
        "office_shown": office,
        "sums": sums,
        "plans": [(one, PURPOSES[one.purpose]) for one in found],
        "may_plan": actor.may(_PLAN, office.id),
        "purposes": options(PURPOSES),
        "form": with_act(form),
    }
    return page(request, "livelihoods/fund.html", context, status)


async def _plan(request: AnyRequest, number: str, form: Form, status: int = 200) -> Response[Any]:
    actor = acting(request)
    async with transaction(actor.reach(_READ)) as tx:
        plan = await _known(tx, number)
        found = await spendings(tx, plan.id)
        balance = await fund_balance(tx, plan.cooperative_id)
    place = plan.cooperative_id
    context = {
        "plan": plan,
        "purpose": PURPOSES[plan.purpose],
        "balance_paise": balance,
        "spendings": (shown := [_spending(one, actor, place) for one in found]),
        "taking": next(
            (
                it
                for it in shown
                if it.may_take_back and f"{it.one.fy}/{it.one.no}" == form.value("spending")
            ),
            None,
        ),
        "may_spend": actor.may(_SPEND, place) and not plan.ended,
        "may_publish": actor.may(_PLAN, place) and not plan.ended and plan.spent_paise > 0,
        "modes": options(MODES),
        "form": with_act(form),
    }
    return page(request, "livelihoods/plan.html", context, status)


def _spending(one: SpendingKnown, actor: Actor, cooperative_id: int) -> SpendingShown:
    may = actor.may(_REVERSE, cooperative_id) and one.recorded_by != actor.user_id
    return SpendingShown(
        one, MODES[one.spending.mode], may and not one.taken_back and not one.ended
    )


@get(["/common-fund", "/hi/common-fund", "/en/common-fund"], opt={"public": True})
async def common_fund(request: AnyRequest) -> Response[Any]:
    """Show everybody what the common funds hold, plan, spent and reached; no name of a person."""
    async with transaction(NOWHERE) as tx:
        rows = await published_funds(tx)
    return page(request, "livelihoods/published.html", {"funds": _funds(rows)})


def _funds(rows: Sequence[PublishedPlan]) -> tuple[PublishedFund, ...]:
    first = {row.code: row for row in reversed(rows)}
    return tuple(
        PublishedFund(
            code,
            one.name_hi,
            one.name_en,
            one.balance_paise,
            tuple((row, PURPOSES[row.purpose]) for row in rows if row.code == code and row.purpose),
        )
        for code, one in sorted(first.items())
    )

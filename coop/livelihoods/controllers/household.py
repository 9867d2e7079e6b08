"""One household: what dhibra brings it, what else it told, the gap, other livelihoods."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.params import FromPath, FromQuery

from coop.access.guard import acting
from coop.access.permission import Permission
from coop.audit.operations import record_read
from coop.cooperatives.queries import bylaws
from coop.kernel import clock
from coop.kernel.db import Transaction, transaction
from coop.kernel.refusal import NotThere, Refused
from coop.kernel.web.form import Form, form_of
from coop.kernel.web.page import page
from coop.kernel.words import Said, say
from coop.livelihoods.controllers.overview import KINDS, PERS
from coop.livelihoods.controllers.parts import (
    AnyRequest,
    begun,
    limits_of,
    options,
    standing,
    texts_of,
    to,
    with_act,
)
from coop.livelihoods.forms import Read, read_consent, read_income, read_link, read_step
from coop.livelihoods.operations.income import Home, record_income_consent, tell_income
from coop.livelihoods.operations.links import open_link, step_link
from coop.livelihoods.queries.benchmarks import benchmarks
from coop.livelihoods.queries.households import (
    HomeKnown,
    earned,
    has_agreed,
    home_of,
    refused_on,
    told,
)
from coop.livelihoods.queries.links import LinkKnown, links_of, open_links
from coop.livelihoods.queries.measured import trade_began
from coop.livelihoods.rules.benchmarks import Kind
from coop.livelihoods.rules.income import HOWS, SOURCES, Span, usual_month, whole_months
from coop.livelihoods.rules.links import NEXT, PROGRAMMES, REASONS, STEPS, LinkStep

_ASK = Permission.LIVELIHOODS_HOUSEHOLD_ASK
_SHOWN_MONTHS = 370  # days that the table of months reaches back
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class LinkShown:
    """A link in words, with the steps that may follow and whether its income is due to be asked."""

    link: LinkKnown
    programme: Said
    step: Said
    following: tuple[tuple[str, Said], ...]
    reason: Said | None
    is_due: bool


class HouseholdIncomeController(Controller):
    """Ask, and show."""

    path = "/livelihoods/households"
    opt = {"permission": _ASK}  # noqa: RUF012  (litestar's own form)

    @get("/{number:str}")
    async def show(
        self, request: AnyRequest, number: FromPath[str], link: FromQuery[str] = ""
    ) -> Response[Any]:
        """Show a household; ``link``: whose next step is to be typed. Raises NotThere."""
        async with transaction(acting(request).reach(_ASK)) as tx:
            return await _page(request, tx, await _home(tx, number), begun(link=link[:16]))

    @post("/{number:str}/consents")
    async def consent(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Write whether the household agrees to be asked about its income. Raises NotThere."""
        typed = await texts_of(request)

        async def write(tx: Transaction, home: Home, said: tuple[bool, str], act: UUID) -> None:
            await record_income_consent(tx, home, given=said[0], how=said[1], operation_id=act)

        return await _acted(request, number, typed, read_consent(typed), write)

    @post("/{number:str}/incomes")
    async def tell(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Write what another source brings. Raises NotThere."""
        typed = await texts_of(request)

        async def write(tx: Transaction, home: Home, said: tuple[str, Span], act: UUID) -> None:
            await tell_income(tx, home, *said, act)

        return await _acted(request, number, typed, read_income(typed), write)

    @post("/{number:str}/links")
    async def link(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Point the household to another livelihood. Raises NotThere."""
        typed = await texts_of(request)

        async def write(
            tx: Transaction, home: Home, said: tuple[str, LinkStep, str], act: UUID
        ) -> None:
            await open_link(tx, home, *said, act)

        return await _acted(request, number, typed, read_link(typed), write)

    @post("/{number:str}/links/{link_id:int}/steps")
    async def step(
        self, request: AnyRequest, number: FromPath[str], link_id: FromPath[int]
    ) -> Response[Any]:
        """Write the next step of a link. Raises NotThere."""
        typed = {**await texts_of(request), "link": str(link_id)}

        async def write(tx: Transaction, home: Home, said: LinkStep, act: UUID) -> None:
            await step_link(tx, home, link_id, said, act)

        return await _acted(request, number, typed, read_step(typed), write)


async def _acted(
    request: AnyRequest,
    number: str,
    typed: Mapping[str, str],
    read: Read[T],
    write: Callable[[Transaction, Home, T, UUID], Awaitable[None]],
) -> Response[Any]:
    """Do it, or draw the page again with what was typed and why not."""
    reach, refusals = acting(request).reach(_ASK), read.problems
    if read.value is not None:
        try:
            async with transaction(reach) as tx:
                home = await _home(tx, number)
                at = Home(home.cooperative_id, home.id)
                await write(tx, at, read.value, read.operation_id)
        except Refused as refused:
            refusals = refused.refusals
        else:
            return to(f"/livelihoods/households/{number}")
    async with transaction(reach) as tx:
        home = await _home(tx, number)
        return await _page(request, tx, home, form_of(typed).with_refusals(refusals), 422)


async def _home(tx: Transaction, number: str) -> HomeKnown:
    home = await home_of(tx, number)
    if home is None:
        raise NotThere(number)
    return home


async def _page(
    request: AnyRequest, tx: Transaction, home: HomeKnown, form: Form, status: int = 200
) -> Response[Any]:
    today = clock.today()
    await record_read(
        tx, "household income", cooperative_id=home.cooperative_id, about=home.number, rows=1
    )
    limits = limits_of(await bylaws(tx), home.cooperative_id, today)
    first, last = whole_months(today, await trade_began(tx, home.cooperative_id))
    months = await earned(tx, home.id, today - timedelta(days=_SHOWN_MONTHS))
    agreed = await has_agreed(tx, home.id)
    # Who takes the agreement back is not counted by what was told before.
    answers = await told(tx, home.id) if agreed else []
    standing_ones = [one for one in answers if one.stands(today, limits.answer_days)]
    usual = usual_month(months, first, last, standing_ones)
    need = next(
        (
            b
            for b in standing(await benchmarks(tx), home.state_lgd, today)
            if b.kind is Kind.LIVING_INCOME
        ),
        None,
    )
    context = {
        "home": home,
        "months": months,
        "first": first,
        "last": last,
        "agreed": agreed,
        "refused_on": await refused_on(tx, home.id),
        "answers": [(SOURCES[one.source], one, one in standing_ones) for one in answers],
        "usual": usual,
        "need": need,
        "gap": usual.gap(need.paise) if need else None,
        "kinds": KINDS,
        "pers": PERS,
        "links": (links := [_link(one, today) for one in await links_of(tx, home.id)]),
        "stepping": next((x for x in links if str(x.link.id) == form.value("link")), None),
        "hows": options(HOWS),
        "sources": options(SOURCES),
        "programmes": options(PROGRAMMES),
        "reasons": (("", say("not stopped")), *options(REASONS)),
        "form": with_act(form),
        "today": today,
    }
    return page(request, "livelihoods/household.html", context, status)


def _link(one: LinkKnown, today: date) -> LinkShown:
    return LinkShown(
        one,
        PROGRAMMES[one.programme],
        STEPS[one.stands.step],
        tuple((step.value, STEPS[step]) for step in NEXT[one.stands.step]),
        REASONS.get(one.reason),
        one.due is not None and one.due <= today,
    )


class LinkController(Controller):
    """Other livelihoods that run, the longest untouched first."""

    path = "/livelihoods/links"
    opt = {"permission": _ASK}  # noqa: RUF012  (litestar's own form)

    @get()
    async def show(self, request: AnyRequest) -> Response[Any]:
        """List links with what is due to be asked."""
        async with transaction(acting(request).reach(_ASK)) as tx:
            found = await open_links(tx)
            await record_read(
                tx, "other livelihoods", cooperative_id=None, about="all", rows=len(found)
            )
        shown = [_link(one, clock.today()) for one in found]
        context = {"links": sorted(shown, key=lambda one: not one.is_due)}
        return page(request, "livelihoods/links.html", context)

"""Find members, see one, see a household; every page of names leaves a row."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from litestar import Controller, Request, Response, get
from litestar.params import FromPath, FromQuery

from coop.access.actor import Actor
from coop.access.guard import acting
from coop.access.permission import Permission
from coop.audit.operations import record_read
from coop.cooperatives.queries import bylaws, value_on
from coop.kernel import clock
from coop.kernel.db import Transaction, transaction
from coop.kernel.refusal import NotThere
from coop.kernel.web.form import Form
from coop.kernel.web.page import page
from coop.members.controllers.parts import member_there, weighings_of
from coop.members.queries.history import consents, history
from coop.members.queries.member import MemberFacts, household, nominees
from coop.members.queries.search import find_members
from coop.members.rules.changes import by_end
from coop.members.rules.membership import ENDINGS, Ending, months_after
from coop.members.rules.number import wanted

AnyRequest = Request[Any, Any, Any]
_READ = Permission.MEMBERS_MEMBER_READ
_NUMBERS_A_PAGE = 25


@dataclass(frozen=True, slots=True)
class May:
    """Which acts a reader may begin from a page."""

    admit: bool
    change: bool
    erase: bool
    decide: bool
    slips: bool
    passbook: bool


def may_of(actor: Actor, cooperative_id: int | None = None) -> May:
    """The acts open to a reader, in one cooperative or in any."""
    return May(
        actor.may(Permission.MEMBERS_MEMBER_ADMIT, cooperative_id),
        actor.may(Permission.MEMBERS_MEMBER_CHANGE, cooperative_id),
        actor.may(Permission.MEMBERS_MEMBER_ERASE, cooperative_id),
        actor.may(Permission.MEMBERS_DUPLICATE_DECIDE, cooperative_id),
        actor.may(Permission.WEIGHING_SLIP_READ, cooperative_id),
        actor.may(Permission.MEMBERS_PASSBOOK_PRINT, cooperative_id),
    )


def one_place(actor: Actor, permission: Permission) -> int | None:
    """The one cooperative that a reader reaches; None where it is several."""
    within = actor.cooperatives_for(permission)
    return within[0] if within and len(within) == 1 else None


class MemberListController(Controller):
    """Members by number, card or name in either script."""

    path = "/members"
    opt = {"permission": _READ}  # noqa: RUF012  (litestar's own form)

    @get()
    async def show(
        self, request: AnyRequest, q: FromQuery[str] = "", after: FromQuery[str] = ""
    ) -> Response[Any]:
        """Show a page of members, and leave one row of who read how many."""
        actor, asked = acting(request), wanted(q)
        async with transaction(actor.reach(_READ)) as tx:
            found = await find_members(tx, asked, after[:30])
            kind = "number" if asked.number else "name" if asked.words else "book"
            await record_read(
                tx,
                "members",
                cooperative_id=one_place(actor, _READ),
                about=kind,
                rows=len(found.members),
            )
        next_path = None
        if found.after is not None:
            next_path = "/members?" + urlencode({"q": q, "after": found.after})
        context = {
            "members": found.members,
            "form": Form({"q": q}),
            "total": found.total,
            "next_path": next_path,
            "may": may_of(actor),
        }
        return page(request, "members/list.html", context)


class MemberController(Controller):
    """One member, and what happened to them."""

    path = "/members/{code:str}/{number:str}"
    opt = {"permission": _READ}  # noqa: RUF012  (litestar's own form)

    @get()
    async def show(
        self, request: AnyRequest, code: FromPath[str], number: FromPath[str]
    ) -> Response[Any]:
        """Show a member of one's own cooperative; another's does not exist. Raises NotThere."""
        actor = acting(request)
        async with transaction(actor.reach(_READ)) as tx:
            one = await member_there(tx, code, number)
            may = may_of(actor, one.cooperative_id)
            context = await _member_context(tx, one, may)
            await record_read(
                tx, "member", cooperative_id=one.cooperative_id, about=one.number, rows=1
            )
        return page(request, "members/member.html", context)


async def _member_context(tx: Transaction, one: MemberFacts, may: May) -> dict[str, object]:
    # Slips after the end are an exception whoever looks; their amounts are for who may read slips.
    late = await weighings_of(tx, one, one.ceased_on, 20) if one.ceased_on and may.slips else ()
    known = one.ceased_reason in set(Ending)
    return {
        "member": one,
        "numbers": Numbers(
            by_end(one.known.mobile) if not may.change else one.known.mobile,
            by_end(one.known.id_no),
            by_end(one.known.bank_account),
        ),
        "ending": ENDINGS[Ending(one.ceased_reason)] if known else None,
        "nominees": await nominees(tx, one.id),
        "consents": await consents(tx, one.person_id),
        "weighings": await weighings_of(tx, one) if may.slips else (),
        "late": late,
        "history": await history(tx, one),
        "may": may,
    }


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers of a person as this reader sees them."""

    mobile: str
    paper: str
    account: str


class HouseholdController(Controller):
    """Who lives together. Of a child the number stands here, never a name."""

    path = "/households/{number:str}"
    opt = {"permission": _READ}  # noqa: RUF012  (litestar's own form)

    @get()
    async def show(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Show a household of one's own cooperative. Raises NotThere."""
        actor = acting(request)
        async with transaction(actor.reach(_READ)) as tx:
            found = await household(tx, number, await _born_by(tx))
            if found is None:
                raise NotThere(number)
            rows = len(found.members) + len(found.adults)
            await record_read(
                tx, "household", cooperative_id=found.facts.cooperative_id, about=number, rows=rows
            )
        may = may_of(actor, found.facts.cooperative_id)
        return page(request, "members/household.html", {"household": found, "may": may})


async def _born_by(tx: Transaction) -> date:
    """Who was born later is not of age today."""
    today = clock.today()
    adult_age = int(value_on(await bylaws(tx), "adult_age", None, today))
    return months_after(today, -12 * adult_age)

"""Later changes of a member: particulars, nominees, consent, a season away, leaving or death."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from litestar import Controller, Request, Response, get, post
from litestar.params import FromPath

from coop.access.actor import Actor
from coop.access.guard import acting
from coop.access.permission import Permission
from coop.audit.operations import record_read
from coop.cooperatives.queries import cooperatives
from coop.kernel import clock
from coop.kernel.db import Transaction, transaction
from coop.kernel.refusal import Refusal, Refused
from coop.kernel.web.page import page
from coop.members.controllers.parts import (
    Refusals,
    attempt,
    drawn_again,
    member_there,
    operation_of,
    seen,
    texts,
)
from coop.members.forms.admission import Places, may_be_own_number
from coop.members.forms.change import (
    NEW,
    OTHER,
    Standing,
    change_from,
    consent_from,
    ending_from,
    nominees_from,
    season_from,
    values_of,
)
from coop.members.operations.change import change_particulars, name_nominees
from coop.members.operations.consent import record_consent
from coop.members.operations.end import leave, write_season
from coop.members.operations.once import sent
from coop.members.queries.history import consents
from coop.members.queries.member import MemberFacts, nominees
from coop.members.rules.changes import CHOSEN
from coop.members.rules.consent import WAYS
from coop.members.rules.membership import CHOSEN_ENDINGS, ENDINGS, Ending, State
from coop.members.rules.particulars import NomineeShare

AnyRequest = Request[Any, Any, Any]
Act = Callable[[Transaction, MemberFacts, Mapping[str, str]], Awaitable[str]]
Begin = Callable[[Transaction, MemberFacts], Awaitable["Beginning"]]
_CHANGE = Permission.MEMBERS_MEMBER_CHANGE
_OPT = {"permission": _CHANGE}


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a form begins with, and what its page shows beside it."""

    values: dict[str, str]
    context: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Page:
    """One form on a member's page: its template, what it begins with, and what it does."""

    template: str
    begin: Begin
    act: Act


async def _draw(
    request: AnyRequest,
    actor: Actor,
    code: str,
    number: str,
    shown: Page,
    typed: Mapping[str, str],
    refusals: tuple[Refusal, ...] = (),
) -> Response[Any]:
    async with transaction(actor.reach(_CHANGE)) as tx:
        one = await member_there(tx, code, number)
        beginning = await shown.begin(tx, one)
        await record_read(tx, "member", cooperative_id=one.cooperative_id, about=one.number, rows=1)
    form = drawn_again(typed, **beginning.values).with_refusals(refusals)
    context = {
        "member": one,
        "form": form,
        "ask_own_number": may_be_own_number(refusals) or typed.get("own_number") == "yes",
        **beginning.context,
    }
    return page(request, shown.template, context, 422 if refusals else 200)


async def _send(request: AnyRequest, code: str, number: str, shown: Page) -> Response[Any]:
    actor, typed = acting(request), await texts(request)

    async def act(tx: Transaction) -> str:
        return await shown.act(tx, await member_there(tx, code, number), typed)

    found = await attempt(actor.reach(_CHANGE), act)
    if isinstance(found, Refusals):
        return await _draw(request, actor, code, number, shown, typed, found.reasons)
    return seen(found)


def _standing(one: MemberFacts) -> Standing:
    return Standing(
        Places(one.code, one.known.district_lgd), one.member_no, one.admitted_on, one.known
    )


async def _begin_particulars(tx: Transaction, one: MemberFacts) -> Beginning:
    states = {c.id: c.state_lgd for c in await cooperatives(tx)}
    values = {**values_of(one.known), "household": "stay", "on_day": f"{clock.today():%d-%m-%Y}"}
    return Beginning(values, {"reasons": CHOSEN, "state_lgd": states[one.cooperative_id]})


async def _particulars(tx: Transaction, one: MemberFacts, typed: Mapping[str, str]) -> str:
    change = change_from(typed, _standing(one))
    if change.refusals or change.why is None or change.on is None:
        raise Refused(change.refusals)
    owner = next(c for c in await cooperatives(tx) if c.id == one.cooperative_id)
    moved = {OTHER: change.household_no, NEW: ""}.get(change.household)
    form = sent(operation_of(typed), typed)
    return await change_particulars(tx, owner, one, change.row, change.why, change.on, moved, form)


async def _begin_nominees(tx: Transaction, one: MemberFacts) -> Beginning:
    values = {}
    for place, nominee in enumerate(await nominees(tx, one.id), 1):
        share = f"{nominee.share_tenths // 10}.{nominee.share_tenths % 10}".removesuffix(".0")
        values[f"nominee_{place}_name"] = nominee.name
        values[f"nominee_{place}_relation"] = nominee.relation
        values[f"nominee_{place}_share"] = share
    return Beginning(values, {})


async def _nominees(tx: Transaction, one: MemberFacts, typed: Mapping[str, str]) -> str:
    named, refusals = nominees_from(typed, _standing(one))
    if refusals:
        raise Refused(refusals)
    shares = [NomineeShare(*share) for share in named]
    return await name_nominees(tx, one, shares, sent(operation_of(typed), typed))


async def _begin_consent(tx: Transaction, one: MemberFacts) -> Beginning:
    return Beginning(
        {"on_day": f"{clock.today():%d-%m-%Y}"},
        {"consents": await consents(tx, one.person_id), "ways": WAYS},
    )


async def _consent(tx: Transaction, one: MemberFacts, typed: Mapping[str, str]) -> str:
    read = consent_from(typed)
    if read.purpose is None or read.how is None or read.given is None or read.on is None:
        raise Refused(read.refusals)
    form = sent(operation_of(typed), typed)
    return await record_consent(tx, one, read.purpose, read.how, read.on, form, given=read.given)


async def _begin_season(_: Transaction, one: MemberFacts) -> Beginning:
    kind = "back" if one.state is State.DORMANT else "away"
    return Beginning({"kind": kind, "from_day": f"{clock.today():%d-%m-%Y}"}, {})


async def _season(tx: Transaction, one: MemberFacts, typed: Mapping[str, str]) -> str:
    read = season_from(typed)
    if read.refusals or read.on is None:
        raise Refused(read.refusals)
    return await write_season(tx, one, read.choice, read.on, sent(operation_of(typed), typed))


async def _begin_end(tx: Transaction, one: MemberFacts) -> Beginning:
    words = {reason.value: ENDINGS[reason] for reason in CHOSEN_ENDINGS}
    shown = {"endings": words, "nominees": await nominees(tx, one.id)}
    return Beginning({"on_day": f"{clock.today():%d-%m-%Y}"}, shown)


async def _end(tx: Transaction, one: MemberFacts, typed: Mapping[str, str]) -> str:
    read = ending_from(typed)
    if read.refusals or read.on is None:
        raise Refused(read.refusals)
    form = sent(operation_of(typed), typed)
    return await leave(tx, one, Ending(read.choice), read.on, read.source, form)


PARTICULARS = Page("members/particulars.html", _begin_particulars, _particulars)
NOMINEES = Page("members/nominees.html", _begin_nominees, _nominees)
CONSENTS = Page("members/consents.html", _begin_consent, _consent)
SEASON = Page("members/season.html", _begin_season, _season)
END = Page("members/end.html", _begin_end, _end)


def _controller(noun: str, shown: Page) -> type[Controller]:
    """The two doors of one form of a member: see it, send it."""

    class OfMember(Controller):
        path = f"/members/{{code:str}}/{{number:str}}/{noun}"
        opt = _OPT

        @get()
        async def show(
            self, request: AnyRequest, code: FromPath[str], number: FromPath[str]
        ) -> Response[Any]:
            """Show the form. Raises NotThere."""
            return await _draw(request, acting(request), code, number, shown, {})

        @post()
        async def send(
            self, request: AnyRequest, code: FromPath[str], number: FromPath[str]
        ) -> Response[Any]:
            """Write the change, or show why not. Raises NotThere, Conflict."""
            return await _send(request, code, number, shown)

    return OfMember


CONTROLLERS = (
    _controller("particulars", PARTICULARS),
    _controller("nominees", NOMINEES),
    _controller("consents", CONSENTS),
    _controller("season", SEASON),
    _controller("end", END),
)

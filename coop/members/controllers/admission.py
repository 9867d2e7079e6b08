"""Admit somebody: one form, likely doubles shown before, the member's page after."""

from collections.abc import Mapping
from typing import Any

from litestar import Controller, Request, Response, get, post

from coop.access.actor import Actor
from coop.access.guard import acting
from coop.access.permission import Permission
from coop.audit.operations import record_read
from coop.cooperatives.queries import CooperativeRow
from coop.kernel import clock
from coop.kernel.db import Transaction, transaction
from coop.kernel.refusal import Refusal, Refused
from coop.kernel.web.form import Form
from coop.kernel.web.page import page
from coop.kernel.words import say
from coop.members.controllers.parts import (
    Refusals,
    attempt,
    drawn_again,
    operation_of,
    own_cooperatives,
    seen,
    texts,
)
from coop.members.forms.admission import (
    Places,
    application_from,
    choices_of,
    may_be_own_number,
)
from coop.members.operations.admit import Undecided, admit, free_number
from coop.members.operations.once import sent
from coop.members.rules.consent import WAYS
from coop.members.rules.doubles import REASONS

AnyRequest = Request[Any, Any, Any]
_ADMIT = Permission.MEMBERS_MEMBER_ADMIT
NOBODY = Undecided((), ())


class AdmissionController(Controller):
    """The admission of a member by the cooperative's own manager."""

    path = "/admissions"
    opt = {"permission": _ADMIT}  # noqa: RUF012  (litestar's own form)

    @get()
    async def show(self, request: AnyRequest) -> Response[Any]:
        """Show the empty form with the next free number."""
        actor = acting(request)
        async with transaction(actor.reach(_ADMIT)) as tx:
            owner = await _owner(tx, actor, "")
            return await _form(request, tx, actor, owner, {})

    @post()
    async def admit(self, request: AnyRequest) -> Response[Any]:
        """Admit, or show what is to be decided or put right, with all that was typed."""
        actor, typed = acting(request), await texts(request)
        async with transaction(actor.reach(_ADMIT)) as tx:
            owner = await _owner(tx, actor, typed.get("cooperative", ""))
        place = Places(owner.code, owner.district_lgd)

        async def act(tx: Transaction) -> str | Undecided:
            # Read in the transaction: the number is drawn once the chain is locked, here it only fills the row.
            application = application_from(typed, place, "0000")
            form = sent(operation_of(typed), typed)
            found = await admit(
                tx, owner, application, choices_of(typed), typed.get("elsewhere", ""), form
            )
            if isinstance(found, Undecided):
                await record_read(
                    tx,
                    "doubles",
                    cooperative_id=owner.id,
                    about="admission",
                    rows=len(found.own) + len(found.elsewhere),
                )
            return found

        found = await attempt(actor.reach_one(_ADMIT, owner.id), act)
        if isinstance(found, str):
            return seen(found)
        refusals = found.reasons if isinstance(found, Refusals) else ()
        doubles = found if isinstance(found, Undecided) else NOBODY
        async with transaction(actor.reach(_ADMIT)) as tx:
            return await _form(request, tx, actor, owner, typed, refusals, doubles, status=422)


async def _owner(tx: Transaction, actor: Actor, code: str) -> CooperativeRow:
    """The cooperative to admit to: the one that was chosen, else the first of one's own."""
    own = await own_cooperatives(tx, actor, _ADMIT)
    chosen = [one for one in own if one.code == code] or own
    if not chosen:
        raise Refused([Refusal("no_cooperative", say("There is no cooperative to admit to."))])
    return chosen[0]


async def _form(
    request: AnyRequest,
    tx: Transaction,
    actor: Actor,
    owner: CooperativeRow,
    typed: Mapping[str, str],
    refusals: tuple[Refusal, ...] = (),
    doubles: Undecided = NOBODY,
    status: int = 200,
) -> Response[Any]:
    defaults = {
        "cooperative": owner.code,
        "admitted_on": f"{clock.today():%d-%m-%Y}",
        "state_lgd": str(owner.state_lgd),
        "shares": "0",
        "relation": "W/O",
    }
    form: Form = drawn_again(typed, **defaults).with_refusals(refusals)
    context = {
        "cooperative": owner,
        "cooperatives": await own_cooperatives(tx, actor, _ADMIT),
        "next_no": await free_number(tx, owner),
        "form": form,
        "doubles": doubles,
        "reasons": REASONS,
        "ways": WAYS,
        "ask_own_number": may_be_own_number(refusals) or typed.get("own_number") == "yes",
    }
    return page(request, "members/admission.html", context, status)

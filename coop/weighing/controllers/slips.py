"""The slip, which is the receipt too; its undoing; and the slip of a reversal."""

from dataclasses import dataclass, replace
from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromPath

from coop.access.actor import Actor
from coop.access.guard import acting
from coop.access.permission import Permission
from coop.audit.operations import record_read
from coop.kernel.db import Transaction, transaction
from coop.kernel.refusal import NotThere
from coop.kernel.web.errors import wants_json
from coop.kernel.web.page import page
from coop.kernel.web.picture import qr_svg
from coop.kernel.words import Said, say
from coop.receipts.rules.receipt import REVERSAL, receipt_text
from coop.settings import settings
from coop.weighing.controllers.desk_answers import standing as standing_now
from coop.weighing.controllers.desk_place import desk_of
from coop.weighing.controllers.typed import AnyRequest, reason_said, role_said
from coop.weighing.operations.take_back import Poster
from coop.weighing.operations.undo import undo_weighing
from coop.weighing.queries import slips
from coop.weighing.queries.standing import Standing, replaces, reversal_slip, standing
from coop.weighing.rules.numbers import SlipNumber, slip_number

_READ = Permission.WEIGHING_SLIP_READ


@dataclass(frozen=True, slots=True)
class StandingShown:
    """Why a slip is held, void or replaced, and where it leads; texts are empty where there is none."""

    since: object
    reason: Said
    asked: Said
    decided: Said | None
    reversal: str
    replaced_by: str


class SlipController(Controller):
    """The slip, which is the receipt too."""

    path = "/slips/{number:str}"
    opt = {"permission": _READ}  # noqa: RUF012  (litestar's own form)

    @get()
    async def show(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Show a slip of one's own cooperative; another's does not exist. Raises NotThere."""
        actor, wanted = acting(request), slip_number(number)
        if wanted is None:
            raise NotThere(number)
        async with transaction(actor.reach(_READ)) as tx:
            if wanted.kind == REVERSAL:
                return await _reversal_page(request, tx, actor, wanted)
            return await _slip_page(request, tx, actor, wanted)

    @post("/undo", opt={"permission": Permission.DESK_ENTRY_POST})
    async def undo(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Take back one's own weighing within the time; go to the reversal's slip. Raises NotThere."""
        actor, wanted = acting(request), slip_number(number)
        if wanted is None or wanted.kind == REVERSAL:
            raise NotThere(number)
        async with transaction(actor.reach(Permission.DESK_ENTRY_POST)) as tx:
            done = await undo_weighing(tx, wanted, Poster(user_id=actor.user_id))
            if wants_json(request):
                context = await desk_of(tx, actor)
                body = {"document": done.document, **standing_now(request, actor, context)}
                return Response(body, status_code=200)
        return Response(None, status_code=303, headers={"location": f"/slips/{done.document}"})


async def _slip_page(
    request: AnyRequest, tx: Transaction, actor: Actor, wanted: SlipNumber
) -> Response[Any]:
    slip = await slips.slip(tx, wanted.code, wanted.fy, wanted.no, wanted.text)
    if slip is None:
        raise NotThere(wanted.text)
    await record_read(tx, "slip", cooperative_id=slip.cooperative_id, about=wanted.text, rows=1)
    stands = await standing(tx, slip.cooperative_id, wanted)
    asks = actor.may(Permission.WEIGHING_REVERSAL_ASK, slip.cooperative_id)
    decides = actor.may(Permission.WEIGHING_REVERSAL_DECIDE, slip.cooperative_id)
    open_to = asks if stands is None else decides and stands.state == "held"
    context = {
        "slip": replace(slip, state=stands.state) if stands else slip,
        "standing": _shown(stands) if stands else None,
        "replaces": await replaces(tx, slip.cooperative_id, wanted),
        "reversal_path": f"/slips/{wanted.text}/reversal" if open_to else None,
        "qr_svg": qr_svg(receipt_text(settings().host_text, slip.signed)),
        "back_path": _back(actor),
    }
    return page(request, "weighing/slip.html", context)


def _shown(stands: Standing) -> StandingShown:
    return StandingShown(
        stands.since,
        reason_said(stands.reason),
        role_said(stands.asked_role) if stands.asked_role else say("Who weighed it"),
        role_said(stands.decided_role) if stands.decided_role else None,
        stands.reversal,
        stands.replaced_by,
    )


def _back(actor: Actor) -> str:
    return "/desk" if actor.may(Permission.DESK_ENTRY_POST) else "/home"


async def _reversal_page(
    request: AnyRequest, tx: Transaction, actor: Actor, wanted: SlipNumber
) -> Response[Any]:
    slip = await reversal_slip(tx, wanted)
    if slip is None:
        raise NotThere(wanted.text)
    await record_read(tx, "slip", cooperative_id=slip.cooperative_id, about=wanted.text, rows=1)
    context = {
        "slip": slip,
        "reason": reason_said(slip.reason),
        "asked": role_said(slip.asked_role) if slip.asked_role else say("Who weighed it"),
        "decided": role_said(slip.decided_role) if slip.decided_role else None,
        "qr_svg": qr_svg(receipt_text(settings().host_text, slip.signed)),
        "back_path": _back(actor),
    }
    return page(request, "weighing/reversal_slip.html", context)

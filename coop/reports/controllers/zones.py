"""Zones: the public list of assessed villages, an assessor's visit entered, one ended before its day."""

from typing import Any
from uuid import UUID, uuid4

from litestar import Controller, Request, Response, get, post
from litestar.params import FromPath

from coop.access.actor import Actor
from coop.access.guard import acting
from coop.access.permission import Permission
from coop.access.policy import permissions_now
from coop.access.role_names import ROLE_NAMES
from coop.access.roles import Role
from coop.cooperatives.queries import cooperatives
from coop.cooperatives.rules import district
from coop.kernel import clock
from coop.kernel.db import NOWHERE, Transaction, transaction
from coop.kernel.refusal import NotThere, Refused
from coop.kernel.web.form import Form, form_of
from coop.kernel.web.page import page
from coop.reports.forms.zones import zone_from_form
from coop.reports.operations.zones import record_zone, revoke_zone
from coop.reports.queries.zones import criteria, limits, zones

AnyRequest = Request[Any, Any, Any]
_RECORD = Permission.REPORTS_ZONE_RECORD


@get(["/zones", "/hi/zones", "/en/zones"], opt={"public": True})
async def zones_board(request: AnyRequest) -> Response[Any]:
    """Show every assessed village: what was asked, who looked, until when it holds, what was taken back."""
    actor = request.scope["state"].get("actor")
    async with transaction(NOWHERE) as tx:
        found = await zones(tx, clock.today())
        asked = await criteria(tx, clock.today())
    context = {
        "zones": tuple((one, district(one.assessment.district_lgd)) for one in found),
        "criteria": tuple(asked),
        "roles": {role.value: ROLE_NAMES[role] for role in Role},
        "may_record": actor is not None and actor.may(_RECORD),
        "form": Form(),
    }
    return page(request, "reports/zones.html", context)


class ZoneController(Controller):
    """What the agency enters of zones; nobody of a cooperative may."""

    path = "/reports/zones"

    @get("/new", opt={"permission": _RECORD})
    async def draw(self, request: AnyRequest) -> Response[Any]:
        """Draw the form."""
        async with transaction(acting(request).reach(_RECORD)) as tx:
            begin = {"operation_id": str(uuid4()), "assessed_on": clock.today().isoformat()}
            return await _form_page(request, tx, Form(begin))

    @post(opt={"permission": _RECORD})
    async def record(self, request: AnyRequest) -> Response[Any]:
        """Enter an assessment; the same form again changes nothing."""
        actor = acting(request)
        typed = {k: v for k, v in (await request.form()).items() if isinstance(v, str)}
        async with transaction(actor.reach(_RECORD)) as tx:
            read = zone_from_form(typed, await criteria(tx, clock.today()))
            if read.value is None or read.problems:
                return await _form_page(
                    request, tx, form_of(typed).with_refusals(read.problems), 422
                )
        try:
            async with transaction(actor.reach(_RECORD)) as tx:
                await record_zone(tx, read.value, _operation(typed), _role(actor))
        except Refused as refused:
            async with transaction(actor.reach(_RECORD)) as tx:
                form = form_of(typed).with_refusals(refused.refusals)
                return await _form_page(request, tx, form, 422)
        return Response(None, status_code=303, headers={"location": "/zones"})

    @post("/{zone_id:int}/revocation", opt={"permission": _RECORD})
    async def revoke(self, request: AnyRequest, zone_id: FromPath[int]) -> Response[Any]:
        """End an assessment today. Raises NotThere."""
        actor = acting(request)
        reason = str((await request.form()).get("reason", "")).strip()[:300]
        try:
            async with transaction(actor.reach(_RECORD)) as tx:
                await revoke_zone(tx, zone_id, reason, _role(actor))
        except Refused as refused:
            form = Form({"reason": reason}).with_refusals(refused.refusals)
            return page(request, "reports/zone_end.html", {"zone_id": zone_id, "form": form}, 422)
        return Response(None, status_code=303, headers={"location": "/zones"})

    @get("/{zone_id:int}/revocation", opt={"permission": _RECORD})
    async def draw_end(self, request: AnyRequest, zone_id: FromPath[int]) -> Response[Any]:
        """Draw the form that ends an assessment. Raises NotThere."""
        async with transaction(acting(request).reach(_RECORD)) as tx:
            if all(one.id != zone_id for one in await zones(tx, clock.today())):
                raise NotThere(str(zone_id))
        return page(request, "reports/zone_end.html", {"zone_id": zone_id, "form": Form()})


def _operation(typed: dict[str, str]) -> UUID:
    try:
        return UUID(typed.get("operation_id", ""))
    except ValueError:
        raise NotThere("operation_id") from None


def _role(actor: Actor) -> str:
    """The role in which the actor enters it."""
    held = (one.role for one in actor.assignments)
    return next(role.value for role in held if _RECORD in permissions_now(actor.holding, role))


async def _form_page(
    request: AnyRequest, tx: Transaction, form: Form, status: int = 200
) -> Response[Any]:
    today = clock.today()
    codes = sorted({one.district_lgd for one in await cooperatives(tx)}, reverse=True)
    context = {
        "criteria": tuple(await criteria(tx, today)),
        "limits": await limits(tx, today),
        "districts": tuple(district(one) for one in codes),
        "form": form,
    }
    return page(request, "reports/zone_new.html", context, status)

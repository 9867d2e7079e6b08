"""Devices at the scales: enrolled and revoked by a manager, opened for the day by a clerk."""

from dataclasses import dataclass
from typing import Any

from litestar import Controller, Request, Response, get, post
from litestar.params import FromPath

from coop.access.actor import Actor
from coop.access.guard import acting
from coop.access.permission import Permission
from coop.cooperatives import operations, queries
from coop.cooperatives.operations import EnrolledDevice
from coop.kernel import clock
from coop.kernel.db import Transaction, transaction
from coop.kernel.refusal import NotThere
from coop.kernel.web.form import FieldProblem, Form
from coop.kernel.web.page import page
from coop.kernel.words import say

AnyRequest = Request[Any, Any, Any]
_OPEN = Permission.DESK_DUTY_OPEN
_MANAGE = Permission.COOPERATIVES_DEVICE_MANAGE


@dataclass(frozen=True, slots=True)
class CentreChoice:
    """A centre to enrol a device to."""

    code: str
    name_hi: str
    name_en: str


class DeviceController(Controller):
    """The devices of one's own cooperatives."""

    path = "/devices"

    @get(opt={"permission": _OPEN})
    async def show(self, request: AnyRequest) -> Response[Any]:
        """List the devices and who is on duty today."""
        actor = acting(request)
        async with transaction(actor.reach(_OPEN)) as tx:
            return await _list(request, tx, actor)

    @post(opt={"permission": _MANAGE})
    async def enrol(self, request: AnyRequest) -> Response[Any]:
        """Enrol a device to a centre; its token is shown on this answer only."""
        actor, code = acting(request), (await request.form()).get("centre")
        async with transaction(actor.reach(_MANAGE)) as tx:
            centre = next((one for one in await queries.centres(tx) if one.code == code), None)
            if centre is None:
                problem = FieldProblem("centre", say("Choose a centre of your cooperative."))
                return await _list(request, tx, actor, Form({}, (problem,)), status=422)
            enrolled = await operations.add_device(
                tx, centre.cooperative_id, centre.id, centre.code
            )
            return await _list(request, tx, actor, enrolled=enrolled)

    @post("/{code:str}/duty", opt={"permission": _OPEN})
    async def open_duty(self, request: AnyRequest, code: FromPath[str]) -> Response[Any]:
        """Put oneself on duty at a device for today. Raises NotThere."""
        actor = acting(request)
        async with transaction(actor.reach(_OPEN)) as tx:
            device = (await queries.devices(tx)).get(code)
            if device is None or actor.user_id is None:
                raise NotThere(code)
            await operations.open_duty(tx, device[1], device[0], actor.user_id, clock.today())
        return _back()

    @post("/{code:str}/revocation", opt={"permission": _MANAGE})
    async def revoke(self, request: AnyRequest, code: FromPath[str]) -> Response[Any]:
        """End a device's right to post. Raises NotThere."""
        async with transaction(acting(request).reach(_MANAGE)) as tx:
            await operations.revoke_device(tx, code)
        return _back()


CONTROLLERS = (DeviceController,)


def _back() -> Response[Any]:
    return Response(None, status_code=303, headers={"location": "/devices"})


async def _list(
    request: AnyRequest,
    tx: Transaction,
    actor: Actor,
    form: Form | None = None,
    enrolled: EnrolledDevice | None = None,
    status: int = 200,
) -> Response[Any]:
    centres = tuple(CentreChoice(c.code, c.name_hi, c.name) for c in await queries.centres(tx))
    context = {
        "devices": await queries.devices_on(tx, clock.today(), actor.user_id or 0),
        "centres": centres,
        "may_open": actor.may(_OPEN),
        "may_manage": actor.may(_MANAGE),
        "may_weigh": actor.may(Permission.DESK_ENTRY_POST),
        "form": form or Form({"centre": centres[0].code} if centres else {}),
        "enrolled": enrolled,
    }
    return page(request, "cooperatives/devices.html", context, status)

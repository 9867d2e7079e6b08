"""What waits for a decision."""

from typing import Any

from litestar import Controller, Response, get

from coop.access.guard import acting
from coop.access.permission import Permission
from coop.kernel.db import transaction
from coop.kernel.web.page import page
from coop.weighing.controllers.typed import AnyRequest, reason_said, role_said
from coop.weighing.queries.reversals import open_requests

_READ = Permission.WEIGHING_EXCEPTION_READ


class CorrectionController(Controller):
    """What waits for a decision."""

    path = "/corrections"
    opt = {"permission": _READ}  # noqa: RUF012  (litestar's own form)

    @get()
    async def show(self, request: AnyRequest) -> Response[Any]:
        """List the open requests within reach, the longest waiting first."""
        actor = acting(request)
        async with transaction(actor.reach(_READ)) as tx:
            found = await open_requests(tx)
        requests = [
            (one, reason_said(one.reason), role_said(one.asked_role), one.asked_by == actor.user_id)
            for one in found
        ]
        context = {
            "requests": requests,
            "many": actor.cooperatives_for(_READ) is None,
            "may_decide": actor.may(Permission.WEIGHING_REVERSAL_DECIDE),
        }
        return page(request, "weighing/corrections.html", context)

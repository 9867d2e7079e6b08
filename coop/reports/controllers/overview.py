"""Prices at a glance for the price officer: in force, next, and places without one."""

from itertools import groupby
from typing import Any

from litestar import Controller, Request, Response, get

from coop.access.guard import acting
from coop.access.permission import Permission
from coop.cooperatives.rules import district
from coop.kernel import clock
from coop.kernel.db import transaction
from coop.kernel.web.page import page
from coop.reports.queries.prices import in_force, without_price

AnyRequest = Request[Any, Any, Any]
_READ = Permission.PRICES_NOTICE_PUBLISH
_SOON = 30  # days before a price ends without a next one


class PriceOverviewController(Controller):
    """The overview of prices."""

    path = "/price-overview"
    opt = {"permission": _READ}  # noqa: RUF012  (litestar's own form)

    @get()
    async def show(self, request: AnyRequest) -> Response[Any]:
        """Show what holds now, what ends soon, and open sites without a price."""
        now = clock.now()
        soon = now + clock.seconds(_SOON * 86_400)
        async with transaction(acting(request).reach(_READ)) as tx:
            held = await in_force(tx, now)
            bare = await without_price(tx, now)
        ending = [
            one
            for one in held
            if one.until is not None
            and one.until <= soon
            and (one.next_from is None or one.next_from > one.until)
        ]
        context = {
            "districts": [
                (district(code), list(rows))
                for code, rows in groupby(held, key=lambda one: one.district_lgd)
            ],
            "ending": [(one, district(one.district_lgd)) for one in ending],
            "bare": bare,
            "days": _SOON,
        }
        return page(request, "reports/prices.html", context)

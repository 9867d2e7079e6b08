"""The health of the books: cooperatives with exceptions first, then one on a page."""

from typing import Any

from litestar import Controller, Request, Response, get
from litestar.params import FromPath

from coop.access.guard import acting
from coop.access.permission import Permission
from coop.access.role_names import ROLE_NAMES
from coop.access.roles import Role
from coop.audit.operations import record_read
from coop.kernel import clock
from coop.kernel.db import transaction
from coop.kernel.refusal import NotThere
from coop.kernel.web.page import page
from coop.prices.queries import grades
from coop.reports.queries import health as queries
from coop.reports.rules.health import signs, worst
from coop.reports.rules.price_chart import price_chart

AnyRequest = Request[Any, Any, Any]
_READ = Permission.REPORTS_HEALTH_READ
_DAYS = 30
_WEEKS = 12
_GRAVITY = {"bad": 0, "wait": 1, "ok": 2}


class HealthController(Controller):
    """Health of the books."""

    path = "/health-of-books"
    opt = {"permission": _READ}  # noqa: RUF012  (litestar's own form)

    @get()
    async def listed(self, request: AnyRequest) -> Response[Any]:
        """List cooperatives, those with exceptions first; one's own only leads to its page."""
        now = clock.now()
        async with transaction(acting(request).reach(_READ)) as tx:
            found = await queries.offices(tx, _DAYS)
        rows = [(one, worst(signs(one.counts, now)), signs(one.counts, now)) for one in found]
        rows.sort(key=lambda row: (_GRAVITY[row[1]], row[0].code))
        context = {
            "rows": [
                (one, state, [sign for sign in asked if sign.state != "ok"])
                for one, state, asked in rows
            ],
            "exceptions": sum(state != "ok" for _, state, _ in rows),
        }
        return page(request, "reports/offices.html", context)

    @get("/{code:str}")
    async def one(self, request: AnyRequest, code: FromPath[str]) -> Response[Any]:
        """Show one cooperative's. Raises NotThere."""
        grade = str(request.query_params.get("grade", ""))
        since = clock.ist_day(clock.now() - clock.seconds(_WEEKS * 7 * 86_400))
        async with transaction(acting(request).reach(_READ)) as tx:
            found = next(iter(await queries.offices(tx, _DAYS, code)), None)
            if found is None:
                raise NotThere(code)
            weighed = await queries.graded(tx, found.id, since)
            chosen = next((g for g in weighed if str(g) == grade), next(iter(weighed), None))
            weeks = await queries.weeks(tx, found.id, chosen, since) if chosen is not None else []
            chain = await queries.chain_checked(tx, found.id)
            named = await grades(tx)
            seen = await queries.sign_ins(tx, found.id)
            await record_read(
                tx, "health of books", cooperative_id=found.id, about=found.code, rows=len(seen)
            )
        context = {
            "office_read": found,
            "signs": signs(found.counts, clock.now()),
            "chain": chain,
            "chart": price_chart(weeks),
            "grades": [named[str(code)] for code in weighed if str(code) in named],
            "grade": named.get(str(chosen)),
            "sign_ins": [(ROLE_NAMES[Role(one.role)], one.at) for one in seen],
        }
        return page(request, "reports/health.html", context)

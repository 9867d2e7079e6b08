"""Sites as the agency keeps them: the list with its map, one site, a new version, a permission."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from litestar import Controller, Request, Response, get, post
from litestar.params import FromPath

from coop.access.actor import Actor
from coop.access.guard import acting
from coop.access.permission import Permission
from coop.access.policy import permissions_now
from coop.audit.operations import record_read
from coop.cooperatives.queries import cooperatives
from coop.cooperatives.rules import district
from coop.kernel import clock
from coop.kernel.db import Transaction, transaction
from coop.kernel.refusal import NotThere, Refused
from coop.kernel.web.form import Form, form_of
from coop.kernel.web.page import page
from coop.sites import operations
from coop.sites.controllers.shown import (
    form_page,
    map_of,
    site_lines,
    site_page,
    typed_hearing,
    typed_of,
    warn_days,
)
from coop.sites.forms import permit_from_form, rests_from_form, site_from_form
from coop.sites.operations import Sending
from coop.sites.queries import PAGE, SiteVersion, hazards, listed_sites, site_of

AnyRequest = Request[Any, Any, Any]
_READ = Permission.SITES_SITE_READ
_RECORD = Permission.SITES_SITE_RECORD


class SiteController(Controller):
    """Collection sites; never public, a position leads to a heap."""

    path = "/sites"

    @get(opt={"permission": _READ})
    async def show(self, request: AnyRequest) -> Response[Any]:
        """List the sites with their map; by district."""
        actor, asked = acting(request), request.query_params
        code = asked.get("district", "")
        where = int(code) if code.isascii() and code.isdigit() and len(code) < 7 else None
        after = asked.get("after", "")
        today = clock.today()
        async with transaction(actor.reach(_READ)) as tx:
            found = await listed_sites(
                tx, today, district=where, after=after if after.isprintable() else ""
            )
            warn = await warn_days(tx, today)
            own = {c.district_lgd for c in await cooperatives(tx)}
            await record_read(
                tx, "sites", cooperative_id=None, about=code[:6] or "all", rows=len(found[:PAGE])
            )
        seen = found[:PAGE]
        lines = site_lines(seen, today, warn)
        more = urlencode({"district": code, "after": lines[-1].code}) if len(found) > PAGE else ""
        shown = own | {line.district.code for line in lines}
        context = {
            "sites": lines,
            "map": map_of(lines, seen),
            "districts": tuple(district(one) for one in sorted(shown, reverse=True)),
            "chosen": code if where else "",
            "next_path": f"/sites?{more}" if more else None,
            "may_record": actor.may(_RECORD),
        }
        return page(request, "sites/list.html", context)

    @get("/new", opt={"permission": _RECORD})
    async def new(self, request: AnyRequest) -> Response[Any]:
        """Show the form of a site that is not in the list yet."""
        async with transaction(acting(request).reach(_RECORD)) as tx:
            return await form_page(request, tx, Form(_begin({}, 0)), None)

    @post(opt={"permission": _RECORD})
    async def add(self, request: AnyRequest) -> Response[Any]:
        """Record a site's first version."""
        return await _record(request, None)

    @get("/{code:str}", opt={"permission": _READ})
    async def one(self, request: AnyRequest, code: FromPath[str]) -> Response[Any]:
        """Show a site, its permissions and its history. Raises NotThere."""
        actor = acting(request)
        async with transaction(actor.reach(_READ)) as tx:
            form = Form({"operation_id": str(uuid4())})
            return await site_page(request, tx, actor, code, form)

    @get("/{code:str}/version", opt={"permission": _RECORD})
    async def change(self, request: AnyRequest, code: FromPath[str]) -> Response[Any]:
        """Show the form with what is recorded now. Raises NotThere."""
        async with transaction(acting(request).reach(_RECORD)) as tx:
            latest = await _latest(tx, code)
            typed = typed_of(latest) | await typed_hearing(tx, code, latest.version)
            return await form_page(request, tx, Form(_begin(typed, latest.version)), code)

    @post("/{code:str}/version", opt={"permission": _RECORD})
    async def record(self, request: AnyRequest, code: FromPath[str]) -> Response[Any]:
        """Record a site's next version. Raises NotThere."""
        return await _record(request, code)

    @post("/{code:str}/permissions", opt={"permission": _RECORD})
    async def permit(self, request: AnyRequest, code: FromPath[str]) -> Response[Any]:
        """Record a permission of a site. Raises NotThere."""
        actor, typed = acting(request), await _texts(request)
        form = form_of(typed)
        async with transaction(actor.reach(_RECORD)) as tx:
            await _latest(tx, code)
            parsed = permit_from_form(typed, code)
            if parsed.value is None:
                shown = form.with_refusals(parsed.problems)
                return await site_page(request, tx, actor, code, shown, 422)
            try:
                sending = await _sending(tx, actor, typed)
                await operations.record_permission(tx, parsed.value, sending)
            except Refused as refused:
                shown = form.with_refusals(refused.refusals)
                return await site_page(request, tx, actor, code, shown, 422)
        return _to(code)


async def _record(request: AnyRequest, code: str | None) -> Response[Any]:
    actor, typed = acting(request), await _texts(request)
    # A form forgets its "code", which elsewhere is a secret one; a site's is drawn again.
    form = Form({**form_of(typed).values, "code": typed.get("code", "")})
    async with transaction(actor.reach(_RECORD)) as tx:
        if code is not None:
            await _latest(tx, code)
        parsed = site_from_form(typed, code, await hazards(tx, clock.today()))
        rests = rests_from_form(typed)
        if parsed.value is None or rests.value is None:
            shown = form.with_refusals((*parsed.problems, *rests.problems))
            return await form_page(request, tx, shown, code, 422)
        try:
            sending = replace(await _sending(tx, actor, typed), rests=rests.value)
            await operations.record_site_by_hand(tx, parsed.value, sending)
        except Refused as refused:
            return await form_page(request, tx, form.with_refusals(refused.refusals), code, 422)
    return _to(parsed.value.code)


def _to(code: str) -> Response[Any]:
    return Response(None, status_code=303, headers={"location": f"/sites/{code}"})


async def _texts(request: AnyRequest) -> dict[str, str]:
    return {name: value for name, value in (await request.form()).items() if isinstance(value, str)}


async def _latest(tx: Transaction, code: str) -> SiteVersion:
    found = await site_of(tx, code)
    if found is None:
        raise NotThere(code)
    return found


async def _sending(tx: Transaction, actor: Actor, typed: Mapping[str, str]) -> Sending:
    role = next(
        (h.role for h in actor.assignments if _RECORD in permissions_now(actor.holding, h.role)),
        "",
    )
    try:
        operation_id = UUID(typed.get("operation_id", ""))
    except ValueError:
        operation_id = uuid4()
    seen = typed.get("seen", "")
    version = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0
    states = {one.state_lgd for one in await cooperatives(tx)}
    return Sending(operation_id, str(role), version, states)


def _begin(values: dict[str, str], seen: int) -> dict[str, str]:
    return {"precision": "100", **values, "seen": str(seen), "operation_id": str(uuid4())}

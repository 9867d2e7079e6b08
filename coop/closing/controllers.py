"""The close of a day: its list, the count of the box, a close as paper with its confirmation."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from litestar import Controller, Request, Response, get, post
from litestar.params import FromPath

from coop.access.actor import Actor
from coop.access.guard import acting
from coop.access.permission import Permission
from coop.access.role_names import ROLE_NAMES
from coop.access.roles import Role
from coop.closing import queries
from coop.closing.forms import read_count, read_operation
from coop.closing.operations import Count, Person, close_day, count_box
from coop.closing.queries import Close
from coop.closing.rules import REASONS, refusals_to_close
from coop.cooperatives.queries import CooperativeRow, cooperatives
from coop.kernel import clock
from coop.kernel.cells import Cells
from coop.kernel.db import Transaction, transaction
from coop.kernel.refusal import NotThere, Refusal, Refused
from coop.kernel.web.form import Form, form_of
from coop.kernel.web.page import page
from coop.ledger.rules import journal_no_text

AnyRequest = Request[Any, Any, Any]
_READ = Permission.CLOSING_DAY_READ
_COUNT = Permission.CLOSING_BOX_COUNT
_CONFIRM = Permission.CLOSING_DAY_CONFIRM
_PAGE = 30


@dataclass(frozen=True, slots=True)
class Row:
    """A note or coin of the form or the paper; ``pieces`` and ``paise`` of the paper."""

    name: str
    value_paise: int
    kind: str
    pieces: int = 0
    paise: int = 0


class ClosingController(Controller):
    """The list of days, the count, its paper, its confirmation."""

    path = "/closing"
    opt = {"permission": _READ}  # noqa: RUF012  (litestar's own form)

    @get()
    async def show_all(self, request: AnyRequest) -> Response[Any]:
        """List a cooperative's closed days, the newest first. Raises NotThere."""
        actor, query = acting(request), request.query_params
        after = str(query.get("after", ""))
        before = int(after) if after.isascii() and after.isdigit() and len(after) < 18 else 0
        within = actor.cooperatives_for(_READ)
        async with transaction(actor.reach(_READ)) as tx:
            office = await _office(tx, actor, _READ, str(query.get("coop", "")))
            found = await queries.closes(tx, office.id, before, _PAGE + 1)
            places = [c for c in await cooperatives(tx) if within is None or c.id in within]
            closed = await queries.day_closed(tx, office.id, clock.today())
        more = None
        if len(found) > _PAGE:
            last = found[_PAGE - 1].count_id
            more = "/closing?" + urlencode({"coop": office.code, "after": last})
        context = {
            "closes": found[:_PAGE],
            "office": office,
            "places": places if len(places) > 1 else (),
            "form": Form({"coop": office.code}),
            "more_path": more,
            "may_count": actor.may(_COUNT, office.id) and not closed,
        }
        return page(request, "closing/days.html", context)

    @get("/count", opt={"permission": _COUNT})
    async def show_count(self, request: AnyRequest) -> Response[Any]:
        """Show the form of today's count. The books' figure is not shown before it is counted."""
        actor = acting(request)
        async with transaction(actor.reach(_COUNT)) as tx:
            return await _count_page(request, tx, actor, Form())

    @post("/count", opt={"permission": _COUNT})
    async def count(self, request: AnyRequest) -> Response[Any]:
        """Keep a count, or say why not with everything as typed."""
        actor = acting(request)
        typed = {n: v for n, v in (await request.form()).items() if isinstance(v, str)}
        async with transaction(actor.reach(_COUNT)) as tx:
            asked = await queries.denominations(tx, clock.today())
        read, refusals = read_count(typed, [(one.value_paise, one.kind) for one in asked])
        if read is not None:
            try:
                async with transaction(actor.reach(_COUNT)) as tx:
                    office = await _office(tx, actor, _COUNT)
                    what = Count(read.operation_id, read.lines, read.reason, read.words)
                    made = await count_box(tx, office.id, _person(actor, _COUNT, office.id), what)
                return Response(None, status_code=303, headers={"location": f"/closing/{made}"})
            except Refused as refused:
                refusals = refused.refusals
        async with transaction(actor.reach(_COUNT)) as tx:
            form = form_of(typed).with_refusals(refusals)
            return await _count_page(request, tx, actor, form, 422)

    @get("/{number:int}")
    async def show(self, request: AnyRequest, number: FromPath[int]) -> Response[Any]:
        """Show a count or a close as it is printed. Raises NotThere."""
        actor = acting(request)
        async with transaction(actor.reach(_READ)) as tx:
            return await _close_page(request, tx, actor, number, Form())

    @post("/{number:int}", opt={"permission": _CONFIRM})
    async def confirm(self, request: AnyRequest, number: FromPath[int]) -> Response[Any]:
        """Confirm another's count: the day is closed. Raises NotThere."""
        actor = acting(request)
        typed = {n: v for n, v in (await request.form()).items() if isinstance(v, str)}
        cells = Cells(typed)
        given, refusals = read_operation(cells), tuple(cells.problems)
        if given is not None:
            try:
                async with transaction(actor.reach(_CONFIRM)) as tx:
                    found = await _found(tx, number)
                    person = _person(actor, _CONFIRM, found.cooperative_id)
                    await close_day(tx, number, person, given)
                return Response(None, status_code=303, headers={"location": f"/closing/{number}"})
            except Refused as refused:
                refusals = refused.refusals
        async with transaction(actor.reach(_CONFIRM)) as tx:
            form = form_of(typed).with_refusals(refusals)
            return await _close_page(request, tx, actor, number, form, 422)


async def _count_page(
    request: AnyRequest, tx: Transaction, actor: Actor, form: Form, status: int = 200
) -> Response[Any]:
    office = await _office(tx, actor, _COUNT)
    asked = await queries.denominations(tx, clock.today())
    now = await queries.box(tx, office.id)
    context = {
        "office": office,
        "today": clock.today(),
        "rows": [Row(one.name, one.value_paise, one.kind) for one in asked],
        "list_verified": all(one.verified for one in asked),
        "box": now,
        "differs": form.has_problem("reason", "words"),
        "closed": await queries.day_closed(tx, office.id, clock.today()),
        "reasons": (("", "-"), *REASONS.items()),
        "form": form,
        "operation_id": form.value("operation_id") or str(uuid4()),
    }
    return page(request, "closing/count.html", context, status)


async def _close_page(
    request: AnyRequest,
    tx: Transaction,
    actor: Actor,
    number: int,
    form: Form,
    status: int = 200,
) -> Response[Any]:
    found = await _found(tx, number)
    lines = await queries.pieces_of(tx, number)
    hindered: tuple[Refusal, ...] = ()
    may = actor.may(_CONFIRM, found.cooperative_id) and found.closed_count is None
    if may:
        hindered = refusals_to_close(
            found.counted_by,
            actor.user_id or 0,
            found.day,
            clock.today(),
            closed=False,
            newer=found.newer,
        )
    context = {
        "close": found,
        "rows": [
            Row("", one.value_paise, one.kind, one.pieces, one.value_paise * one.pieces)
            for one in lines
        ],
        "reason": REASONS[found.reason] if found.reason else None,
        "counted_role": ROLE_NAMES[Role(found.counted_role)],
        "confirmed_role": ROLE_NAMES[Role(found.confirmed_role)] if found.confirmed_role else None,
        "journal": journal_no_text(found.code, found.journal_fy, found.journal_no)
        if found.journal_fy and found.journal_no
        else None,
        "late": await queries.late_of(tx, found.cooperative_id, found.day) if found.closed else 0,
        "may_confirm": may and not hindered,
        "hindrance": hindered[0].message if hindered else None,
        "form": form,
        "operation_id": form.value("operation_id") or str(uuid4()),
    }
    return page(request, "closing/close.html", context, status)


async def _found(tx: Transaction, number: int) -> Close:
    found = await queries.close_of(tx, number) if number < 2**63 else None
    if found is None:
        raise NotThere(str(number))
    return found


def _person(actor: Actor, permission: Permission, cooperative_id: int) -> Person:
    if actor.user_id is None:
        raise NotThere
    return Person(actor.user_id, actor.role_for(permission, cooperative_id).value)


async def _office(
    tx: Transaction, actor: Actor, permission: Permission, code: str = ""
) -> CooperativeRow:
    """The cooperative of a code, or the first in which the actor may. Raises NotThere."""
    within = actor.cooperatives_for(permission)
    found = [c for c in await cooperatives(tx) if within is None or c.id in within]
    chosen = next((c for c in found if not code or c.code == code), None)
    if chosen is None:
        raise NotThere(code)
    return chosen


CONTROLLERS = (ClosingController,)

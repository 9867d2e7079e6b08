"""Who was heard, as the agency or a board records it; the year's report."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from litestar import Controller, Request, Response, get, post
from litestar.params import FromPath

from coop.access.actor import Actor
from coop.access.guard import acting
from coop.access.permission import Permission
from coop.access.policy import permissions_now
from coop.audit.operations import record_read
from coop.cooperatives.queries import CooperativeRow, cooperatives
from coop.kernel import clock
from coop.kernel.db import Transaction, transaction
from coop.kernel.refusal import NotThere, Refused
from coop.kernel.web.form import Form, form_of
from coop.kernel.web.page import page
from coop.kernel.web.paper import pdf_answer
from coop.participation.controllers.inbox import drawn_id, texts, to
from coop.participation.forms import hearing_typed
from coop.participation.operations.hearings import record_hearing
from coop.participation.queries.board import BoardLine, ToldLine, board_of, told_in
from coop.participation.queries.hearings import RecordedHearing, hearings, hearings_between
from coop.participation.queries.role import voice_transaction
from coop.participation.rules.hearing import ABOUT, BANDS, SEXES

AnyRequest = Request[Any, Any, Any]
_RECORD = Permission.PARTICIPATION_HEARING_RECORD
_REPORT = Permission.PARTICIPATION_REPORT_READ


class HearingController(Controller):
    """Hearings with their counts: for those who hold them."""

    path = "/voice/hearings"

    @get(opt={"permission": _RECORD})
    async def show(self, request: AnyRequest) -> Response[Any]:
        """Show the form, and the last hearings with their numbers."""
        actor = acting(request)
        async with transaction(actor.reach(_RECORD)) as tx:
            return await _form_page(request, tx, actor, Form({"operation_id": str(uuid4())}))

    @post(opt={"permission": _RECORD})
    async def record(self, request: AnyRequest) -> Response[Any]:
        """Record a hearing."""
        actor, typed = acting(request), await texts(request)
        form = form_of(typed)
        async with transaction(actor.reach(_RECORD)) as tx:
            place = await _place(tx, actor, typed.get("cooperative", ""))
            parsed = hearing_typed(typed, place)
            if parsed.value is None:
                shown = form.with_refusals(parsed.problems)
                return await _form_page(request, tx, actor, shown, 422)
            try:
                await record_hearing(tx, parsed.value, drawn_id(typed), _role(actor))
            except Refused as refused:
                shown = form.with_refusals(refused.refusals)
                return await _form_page(request, tx, actor, shown, 422)
        return to("/voice/hearings")


class YearController(Controller):
    """What a year's report says of those who spoke."""

    path = "/voice/year"

    @get("/{code:str}/{year:int}", opt={"permission": _REPORT})
    async def show(
        self, request: AnyRequest, code: FromPath[str], year: FromPath[int]
    ) -> Response[Any]:
        """Gather a calendar year: the board, what may be told on, the hearings. Raises NotThere."""
        found = await _year(acting(request), code, year)
        context = {
            "place": found.place,
            "year": year,
            "lines": found.lines,
            "told": found.told,
            "hearings": found.held,
            "this_year": clock.today().year,
        }
        return page(request, "participation/year.html", context)

    @get("/{code:str}/{year:int}/paper.pdf", opt={"permission": _REPORT})
    async def paper(
        self, request: AnyRequest, code: FromPath[str], year: FromPath[int]
    ) -> Response[bytes]:
        """The same on A4. Raises NotThere."""
        from coop.participation.pdf import year_pdf  # reportlab loads where paper is made

        one = await _year(acting(request), code, year)
        return await pdf_answer(
            request,
            f"voices-{code}-{year}",
            lambda: year_pdf(one.place, year, one.lines, one.told, one.held),
        )


@dataclass(frozen=True, slots=True)
class _Year:
    """What a year's report says of those who spoke."""

    place: CooperativeRow
    lines: tuple[BoardLine, ...]
    told: tuple[ToldLine, ...]
    held: tuple[RecordedHearing, ...]


async def _year(actor: Actor, code: str, year: int) -> _Year:
    """Gather a calendar year; the reading is written down. Raises NotThere."""
    if not 2000 <= year <= 2100:
        raise NotThere(str(year))
    first, end = date(year, 1, 1), date(year + 1, 1, 1)
    async with voice_transaction(actor.reach(_REPORT)) as tx:
        place = next((one for one in await _own(tx, actor, _REPORT) if one.code == code), None)
        if place is None:
            raise NotThere(code)
        lines = await board_of(tx, place.id, first, end)
        told = await told_in(tx, place.id, first, end)
        await record_read(
            tx, "voice year", cooperative_id=place.id, about=f"{code}/{year}", rows=len(told)
        )
    async with transaction(actor.reach(_REPORT)) as tx:
        held = await hearings_between(tx, place.id, first, end)
    return _Year(place, tuple(reversed(lines)), tuple(told), tuple(held))


async def _own(tx: Transaction, actor: Actor, permission: Permission) -> list[CooperativeRow]:
    within = actor.cooperatives_for(permission)
    return [one for one in await cooperatives(tx) if within is None or one.id in within]


async def _place(tx: Transaction, actor: Actor, code: str) -> int | None:
    """The cooperative that heard; None for the agency's own, which only the agency may hold."""
    if not code and actor.cooperatives_for(_RECORD) is None:
        return None
    for one in await _own(tx, actor, _RECORD):
        if one.code == code:
            return one.id
    raise NotThere(code)


def _role(actor: Actor) -> str:
    return str(
        next(
            (
                held.role
                for held in actor.assignments
                if _RECORD in permissions_now(actor.holding, held.role)
            ),
            "",
        )
    )


async def _form_page(
    request: AnyRequest, tx: Transaction, actor: Actor, form: Form, status: int = 200
) -> Response[Any]:
    own = await _own(tx, actor, _RECORD)
    context = {
        "places": tuple(own),
        "agency": actor.cooperatives_for(_RECORD) is None,
        "about": ABOUT,
        "bands": BANDS,
        "sexes": SEXES,
        "hearings": tuple(await hearings(tx)),
        "form": form,
        "year": clock.today().year,
    }
    return page(request, "participation/hearing.html", context, status)

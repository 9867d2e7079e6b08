"""What every stranger may read: the board, a floor's history, a notice with its source."""

from typing import Any
from urllib.parse import quote

from litestar import Request, Response, get
from litestar.params import FromPath

from coop.access.guard import actor_of
from coop.access.permission import Permission
from coop.access.role_names import ROLE_NAMES
from coop.access.roles import Role
from coop.cooperatives.queries import cooperatives
from coop.cooperatives.rules import District, district
from coop.kernel import clock
from coop.kernel.db import NOWHERE, Transaction, transaction
from coop.kernel.refusal import NotThere
from coop.kernel.web.page import page
from coop.kernel.web.paper import pdf_answer
from coop.kernel.words import Said, say
from coop.prices.queries import floor_history, grades, priced_districts
from coop.prices.queries.board import Board, Issuer, board_at
from coop.prices.queries.notices import notice
from coop.prices.rules import Step, notice_path, shortfall_path, step_chart
from coop.settings import settings

AnyRequest = Request[Any, Any, Any]
_PUBLIC = {"public": True}
_NO_DISTRICT = 334  # what is shown before any cooperative is recorded


async def known_districts(tx: Transaction) -> tuple[District, ...]:
    """Districts of cooperatives and of notices, Koderma first."""
    codes = {c.district_lgd for c in await cooperatives(tx)} | set(await priced_districts(tx))
    own = {c.district_lgd for c in await cooperatives(tx)} or codes
    return tuple(district(code) for code in sorted(own, reverse=True)) + tuple(
        district(code) for code in sorted(codes - own, reverse=True)
    )


def chosen_district(request: AnyRequest, districts: tuple[District, ...]) -> District:
    """The district that the address asks for, else the first."""
    asked = request.query_params.get("district", "")
    first = districts[0] if districts else district(_NO_DISTRICT)
    return next((d for d in districts if str(d.code) == asked), first)


@get(["/prices", "/hi/prices", "/en/prices"], opt=_PUBLIC)
async def board(request: AnyRequest) -> Response[Any]:
    """Show the floors in force now in a district, where they come from and what comes next."""
    shown = await _board(request)
    return page(request, "prices/board.html", shown)


@get(["/prices/poster.pdf", "/hi/prices/poster.pdf", "/en/prices/poster.pdf"], opt=_PUBLIC)
async def poster(request: AnyRequest) -> Response[Any]:
    """Give the board as a sheet for the wall."""
    from coop.prices.pdf import poster_pdf  # reportlab loads where paper is made

    shown = await _board(request)
    return await pdf_answer(request, f"prices-{shown.district.code}", lambda: poster_pdf(shown))


async def _board(request: AnyRequest) -> Board:
    async with transaction(NOWHERE) as tx:
        districts = await known_districts(tx)
        chosen = chosen_district(request, districts)
        address = f"{settings().public_url}/prices?district={chosen.code}"
        return await board_at(tx, chosen, districts, clock.now(), address)


@get(["/prices/history", "/hi/prices/history", "/en/prices/history"], opt=_PUBLIC)
async def history(request: AnyRequest) -> Response[Any]:
    """Show a grade's floors in a district through time, as steps and as a table. Raises NotThere."""
    at = clock.now()
    async with transaction(NOWHERE) as tx:
        districts = await known_districts(tx)
        chosen = chosen_district(request, districts)
        known = await grades(tx)
        grade = known.get(request.query_params.get("grade", next(iter(known), "")))
        if grade is None:
            raise NotThere
        periods = await floor_history(tx, chosen.code, grade.code)
    steps = [Step(p.since, p.until, p.picker_floor_paise) for p in periods]
    context = {
        "district": chosen,
        "districts": districts,
        "grade": grade,
        "grades": tuple(known.values()),
        "periods": tuple(reversed(periods)),
        "chart": step_chart(steps, at),
        "notice_path": notice_path,
    }
    return page(request, "prices/history.html", context)


_READ_FROM_A_LIST = say("read from a list")


def published_by(role: str) -> Said:
    """A publisher's role in words; a list has none."""
    return ROLE_NAMES[Role(role)] if role in set(Role) else _READ_FROM_A_LIST


@get(["/prices/{number:path}", "/hi/prices/{number:path}", "/en/prices/{number:path}"], opt=_PUBLIC)
async def one_notice(request: AnyRequest, number: FromPath[str]) -> Response[Any]:
    """Show a notice: what it says, where it comes from, who was heard, when it held. Raises NotThere."""
    async with transaction(NOWHERE) as tx:
        found = await notice(tx, str(number).lstrip("/"), clock.now())
    if found is None:
        raise NotThere(number)
    actor = actor_of(request.scope)
    may_count = actor is not None and actor.may(Permission.WEIGHING_SHORTFALL_READ)
    may_publish = actor is not None and actor.may(Permission.PRICES_NOTICE_PUBLISH)
    context = {
        "notice": found,
        "issuer": Issuer(found.authority_hi, found.authority),
        "districts": {line.district_lgd: district(line.district_lgd) for line in found.lines},
        "published_by": published_by(found.published_as),
        "notice_path": notice_path,
        "revision_path": f"/notices/new?revises={quote(found.number, safe='')}"
        if may_publish
        else None,
        "shortfall_path": shortfall_path(found.number) if found.for_past and may_count else None,
    }
    return page(request, "prices/notice.html", context)

"""What everybody reads: the board of a cooperative, and who was heard before which decision."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from coop.cooperatives.queries import cooperative_named, cooperatives
from coop.kernel import clock
from coop.kernel.db import NOWHERE, Reach, transaction
from coop.kernel.refusal import NotThere
from coop.kernel.web.page import page
from coop.participation.queries.board import board_of
from coop.participation.queries.hearings import PAGE, hearings
from coop.participation.rules.board import month_of, months_before

AnyRequest = Request[Any, Any, Any]
_PUBLIC = {"public": True}
_EVERYWHERE = Reach("public", None)
_MONTHS = 24


@dataclass(frozen=True, slots=True)
class HeardForNotice:
    """Whom a price notice heard, as the price board's own page tells it."""

    number: str
    path: str
    held_on: date | None
    bands: tuple[str, ...]
    no_hearing_reason: str


Notices = Callable[[], Awaitable[Sequence[HeardForNotice]]]


@dataclass(slots=True)
class _Handed:
    notices: Notices | None = None


_handed = _Handed()


def hand_in_notices(notices: Notices) -> None:
    """Take the question whom the last price notices heard: prices stand above."""
    _handed.notices = notices


@get("/said", opt=_PUBLIC)
async def boards(request: AnyRequest) -> Response[Any]:
    """List the cooperatives that have a board."""
    async with transaction(NOWHERE) as tx:
        places = await cooperatives(tx)
    return page(request, "participation/boards.html", {"places": tuple(places)})


@get("/said/{code:str}", opt=_PUBLIC)
async def board(request: AnyRequest, code: FromPath[str]) -> Response[Any]:
    """Show what was said and what was done, a month at a time. Raises NotThere."""
    today = clock.today()
    async with transaction(_EVERYWHERE) as tx:
        place = await cooperative_named(tx, code)
        if place is None:
            raise NotThere(code)
        first = months_before(today, _MONTHS)[-1]
        lines = await board_of(tx, place.id, first, month_of(today))
    months = tuple((month, tuple(own)) for month, own in groupby(lines, lambda one: one.month))
    return page(request, "participation/board.html", {"place": place, "months": months})


@get("/hearings", opt=_PUBLIC)
async def heard(request: AnyRequest) -> Response[Any]:
    """Show who was heard before which decision, and what it changed; of ages only the bands."""
    before = request.query_params.get("before", "")
    at = int(before) if before.isascii() and before.isdigit() and len(before) < 15 else None
    async with transaction(_EVERYWHERE) as tx:
        found = await hearings(tx, before=at, most=PAGE + 1)
    notices = await _handed.notices() if _handed.notices and at is None else ()
    context = {
        "hearings": tuple(found[:PAGE]),
        "notices": tuple(notices),
        "next_path": f"/hearings?before={found[PAGE - 1].id}" if len(found) > PAGE else None,
    }
    return page(request, "participation/hearings.html", context)


HANDLERS = (boards, board, heard)

"""The readers write: what was in the paper box, what the board says of a month."""

from typing import Any
from uuid import uuid4

from litestar import Controller, Request, Response, get, post

from coop.access.guard import acting
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import Refused
from coop.kernel.web.form import Form, form_of
from coop.kernel.web.page import page
from coop.participation.controllers.handed import readers_of
from coop.participation.controllers.inbox import (
    HIDDEN,
    READ,
    drawn_id,
    own_place,
    own_places,
    texts,
    to,
)
from coop.participation.forms import BATCH_ROWS, board_line, opening_typed
from coop.participation.operations.board import Line, Opening, open_box, write_board
from coop.participation.queries.board import board_of
from coop.participation.queries.role import voice_transaction
from coop.participation.rules.board import months_before

AnyRequest = Request[Any, Any, Any]
_MONTHS = 6


class PaperController(Controller):
    """The paper box."""

    path = "/voice/paper"

    @get(opt=HIDDEN)
    async def show(self, request: AnyRequest) -> Response[Any]:
        """Show the form of an opening."""
        async with voice_transaction(acting(request).reach(READ)) as tx:
            form = Form({"operation_id": str(uuid4()), "opened_on": clock.today().isoformat()})
            return await _paper(request, tx, form)

    @post(opt=HIDDEN)
    async def record(self, request: AnyRequest) -> Response[Any]:
        """Write down every note of an opening."""
        actor, typed = acting(request), await texts(request)
        form = form_of(typed)
        async with voice_transaction(actor.reach(READ)) as tx:
            place = await own_place(tx, actor, typed.get("cooperative", ""))
            parsed = opening_typed(typed)
            if parsed.value is None:
                return await _paper(request, tx, form.with_refusals(parsed.problems), 422)
            try:
                readers = await readers_of(place.id)
                await open_box(tx, place.id, drawn_id(typed), Opening(*parsed.value), readers)
            except Refused as refused:
                return await _paper(request, tx, form.with_refusals(refused.refusals), 422)
        return to("/voice")


class BoardWritingController(Controller):
    """You said, we did."""

    path = "/voice/board"

    @get(opt=HIDDEN)
    async def show(self, request: AnyRequest) -> Response[Any]:
        """Show the form and what stands of the last months."""
        async with voice_transaction(acting(request).reach(READ)) as tx:
            return await _board(request, tx, Form({"operation_id": str(uuid4())}))

    @post(opt=HIDDEN)
    async def write(self, request: AnyRequest) -> Response[Any]:
        """Put a line on the public board."""
        actor, typed = acting(request), await texts(request)
        form = form_of(typed)
        async with voice_transaction(actor.reach(READ)) as tx:
            place = await own_place(tx, actor, typed.get("cooperative", ""))
            parsed = board_line(typed)
            if parsed.value is None:
                return await _board(request, tx, form.with_refusals(parsed.problems), 422)
            try:
                readers = await readers_of(place.id)
                await write_board(tx, place.id, drawn_id(typed), Line(*parsed.value), readers)
            except Refused as refused:
                return await _board(request, tx, form.with_refusals(refused.refusals), 422)
        return to("/voice/board")


async def _paper(
    request: AnyRequest, tx: Transaction, form: Form, status: int = 200
) -> Response[Any]:
    places = await own_places(tx, acting(request))
    context = {"places": tuple(places), "form": form, "rows": tuple(range(1, BATCH_ROWS + 1))}
    return page(request, "participation/paper.html", context, status)


async def _board(
    request: AnyRequest, tx: Transaction, form: Form, status: int = 200
) -> Response[Any]:
    places = await own_places(tx, acting(request))
    today = clock.today()
    months = months_before(today, _MONTHS)
    lines = [(one, await board_of(tx, one.id, months[-1], today)) for one in places]
    context = {"places": tuple(places), "months": months, "boards": tuple(lines), "form": form}
    return page(request, "participation/board_write.html", context, status)

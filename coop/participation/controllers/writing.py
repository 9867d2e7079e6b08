"""The readers write: what was in the paper box, what the board says of a month."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from litestar import Controller, Request, Response, get, post

from coop.access.guard import acting
from coop.kernel import clock
from coop.kernel.refusal import Refused
from coop.kernel.web.form import Form, form_of
from coop.kernel.web.page import page
from coop.participation.controllers.inbox import (
    HIDDEN,
    READ,
    OwnBox,
    box_named,
    drawn_id,
    own_boxes,
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
        form = Form({"operation_id": str(uuid4()), "opened_on": clock.today().isoformat()})
        return _paper(request, await own_boxes(acting(request)), form)

    @post(opt=HIDDEN)
    async def record(self, request: AnyRequest) -> Response[Any]:
        """Write down every note of an opening."""
        actor, typed = acting(request), await texts(request)
        form, boxes = form_of(typed), await own_boxes(actor)
        box, parsed = box_named(boxes, typed.get("cooperative", "")), opening_typed(typed)
        if parsed.value is None:
            return _paper(request, boxes, form.with_refusals(parsed.problems), 422)
        opening = Opening(*parsed.value)
        try:
            async with voice_transaction(actor.reach(READ)) as tx:
                await open_box(tx, box.place.id, drawn_id(typed), opening, box.readers)
        except Refused as refused:
            return _paper(request, boxes, form.with_refusals(refused.refusals), 422)
        return to("/voice")


class BoardWritingController(Controller):
    """You said, we did."""

    path = "/voice/board"

    @get(opt=HIDDEN)
    async def show(self, request: AnyRequest) -> Response[Any]:
        """Show the form and what stands of the last months."""
        boxes = await own_boxes(acting(request))
        return await _board(request, boxes, Form({"operation_id": str(uuid4())}))

    @post(opt=HIDDEN)
    async def write(self, request: AnyRequest) -> Response[Any]:
        """Put a line on the public board."""
        actor, typed = acting(request), await texts(request)
        form, boxes = form_of(typed), await own_boxes(actor)
        box, parsed = box_named(boxes, typed.get("cooperative", "")), board_line(typed)
        if parsed.value is None:
            return await _board(request, boxes, form.with_refusals(parsed.problems), 422)
        line = Line(*parsed.value)
        try:
            async with voice_transaction(actor.reach(READ)) as tx:
                await write_board(tx, box.place.id, drawn_id(typed), line, box.readers)
        except Refused as refused:
            return await _board(request, boxes, form.with_refusals(refused.refusals), 422)
        return to("/voice/board")


def _paper(
    request: AnyRequest, boxes: Sequence[OwnBox], form: Form, status: int = 200
) -> Response[Any]:
    places = tuple(box.place for box in boxes)
    context = {"places": places, "form": form, "rows": tuple(range(1, BATCH_ROWS + 1))}
    return page(request, "participation/paper.html", context, status)


async def _board(
    request: AnyRequest, boxes: Sequence[OwnBox], form: Form, status: int = 200
) -> Response[Any]:
    today, places = clock.today(), tuple(box.place for box in boxes)
    months = months_before(today, _MONTHS)
    async with voice_transaction(acting(request).reach(READ)) as tx:
        lines = [(one, await board_of(tx, one.id, months[-1], today)) for one in places]
    context = {"places": places, "months": months, "boards": tuple(lines), "form": form}
    return page(request, "participation/board_write.html", context, status)

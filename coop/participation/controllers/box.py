"""The feedback box: nobody is known here, no cookie is read or set, every answer has one size.

Whatever comes out, its status is 200 and it has ``BOX_BYTES`` bytes: whoever watches the line cannot
tell a message from a refusal, a limit or a wrong code. A fault is told to the person and to nobody
else: a log would say when somebody was here.
"""

import secrets
from typing import Any
from uuid import uuid4

from litestar import Controller, Request, Response, get, post, route
from litestar.exceptions import HTTPException
from litestar.params import FromPath
from litestar.types import ExceptionHandler, ExceptionHandlersMap

from coop.cooperatives.queries import (
    CooperativeRow,
    bylaws,
    cooperative_named,
    cooperatives,
    value_on,
)
from coop.kernel import clock
from coop.kernel.db import NOWHERE, Reach, transaction
from coop.kernel.refusal import Conflict, NotThere, Refused
from coop.kernel.web.form import Form
from coop.kernel.web.page import draw
from coop.participation.controllers.handed import readers_of
from coop.participation.forms.box import form_id, read_pictures, said_in_box
from coop.participation.operations.box import open_code, put_in
from coop.participation.queries.role import voice_transaction
from coop.participation.queries.sounds import sounds_of
from coop.participation.rules.message import LONGEST, is_open
from coop.participation.rules.pictures import PICTURES

AnyRequest = Request[Any, Any, Any]
BOX_BYTES = 16_000
_NOBODY = {"public": True, "nobody": True, "csrf": "origin"}
_HEADERS = {
    "cache-control": "no-store, no-transform",
    "content-security-policy": "default-src 'none'; style-src 'self'; img-src data:; script-src 'self'; media-src 'self';"
    " form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
}
_MOST_PLACES = 40


def _failed(request: AnyRequest, _: Exception) -> Response[Any]:
    """Something went wrong, or the request is not of our page: said to the person, logged nowhere."""
    return _sized(request, "participation/box_stop.html", {"place": None})


def box_first(otherwise: "ExceptionHandler[Any]") -> "ExceptionHandler[Any]":
    """Let the box answer what no route of it takes, a method or an address, so that this looks alike too."""

    def answer(request: AnyRequest, error: Any) -> Response[Any]:
        below = request.scope["path"].split("/")[1:2] == ["say"]
        return _failed(request, error) if below else otherwise(request, error)

    return answer


class BoxController(Controller):
    """Four screens: where, what, the pictures, the answer."""

    path = "/say"
    # Each by its own class: the nearest handler wins, and the application has some for these.
    exception_handlers: ExceptionHandlersMap = dict.fromkeys(
        (HTTPException, Refused, Conflict, NotThere, Exception), _failed
    )

    @get(opt=_NOBODY)
    async def where(self, request: AnyRequest) -> Response[Any]:
        """Let somebody choose a cooperative's box."""
        async with transaction(NOWHERE) as tx:
            places = (await cooperatives(tx))[:_MOST_PLACES]
        return _sized(request, "participation/box_where.html", {"places": places, "place": None})

    @get("/{code:str}", opt=_NOBODY)
    async def ask(self, request: AnyRequest, code: FromPath[str]) -> Response[Any]:
        """Show the box; without readers it shows whom to call and takes nothing."""
        return await _box(request, await _place(code), Form({"operation_id": str(uuid4())}))

    # Else the framework itself would tell which methods there are. Registered first, by its name: later
    # ones of the same address would find the framework's own answer there.
    @route(["/", "/{code:str}", "/{code:str}/answer"], http_method=["OPTIONS"], opt=_NOBODY, status_code=200, sync_to_thread=False)  # fmt: skip
    def allowed(self, request: AnyRequest) -> Response[Any]:
        """Tell nothing of what may be sent here."""
        return _sized(request, "participation/box_stop.html", {"place": None})

    @post("/{code:str}", opt=_NOBODY, status_code=200)
    async def take(self, request: AnyRequest, code: FromPath[str]) -> Response[Any]:
        """Take a message; show the pictures that open its answer."""
        place, typed = await _place(code), await _texts(request)
        said = said_in_box(typed)
        readers = await readers_of(place.id)
        try:
            async with voice_transaction(Reach("public", (place.id,))) as tx:
                pictures = await put_in(tx, place.id, form_id(typed), said, readers)
        except Refused as refused:
            kept = {
                "how": said.feeling,
                "what": said.about,
                "words": said.words[:LONGEST],
                "may_show": "yes" if said.may_show else "",
                "operation_id": str(form_id(typed)),
            }
            return await _box(request, place, Form(kept).with_refusals(refused.refusals))
        context = {
            "place": place,
            "pictures": tuple(PICTURES[number] for number in pictures),
            "help": said.feeling == "help",
            "days": await _days(),
        }
        return _sized(request, "participation/box_kept.html", context)

    @get("/{code:str}/answer", opt=_NOBODY)
    async def look(self, request: AnyRequest, code: FromPath[str]) -> Response[Any]:
        """Show the 64 pictures."""
        context = {"place": await _place(code), "pictures": PICTURES}
        return _sized(request, "participation/box_code.html", context)

    @post("/{code:str}/answer", opt=_NOBODY, status_code=200)
    async def open(self, request: AnyRequest, code: FromPath[str]) -> Response[Any]:
        """Show the answer of four pictures; never the message."""
        place = await _place(code)
        pictures = read_pictures(str(one) for one in (await request.form()).getall("p", []))
        context: dict[str, object] = {"place": place, "state": "wrong", "answer": None, "why": None}
        if pictures is None:
            context["state"] = "count"
            return _sized(request, "participation/box_answer.html", context)
        try:
            async with voice_transaction(Reach("public", (place.id,))) as tx:
                found = await open_code(tx, place.id, pictures)
        except Refused as refused:
            context |= {"state": "limit", "why": refused.refusals[0].message}
            return _sized(request, "participation/box_answer.html", context)
        if found is not None:
            context |= {"state": "answered" if found.answer else "waits", "answer": found.answer}
        return _sized(request, "participation/box_answer.html", context)


async def _box(request: AnyRequest, place: CooperativeRow, form: Form) -> Response[Any]:
    readers = await readers_of(place.id)
    context = {
        "place": place,
        "form": form,
        "open": is_open(readers),
        "readers": len(readers),
        "outside": sum(one.outside for one in readers),
        "days": await _days(),
        "audio": await _spoken(place, _language(request)),
    }
    return _sized(request, "participation/box.html", context)


async def _spoken(place: CooperativeRow, language: str) -> dict[str, str]:
    """Addresses of the questions that somebody of the cooperative spoke; the page is whole without."""
    async with voice_transaction(Reach("public", (place.id,))) as tx:
        there = [one.question for one in await sounds_of(tx, place.id) if one.language == language]
    return {name: f"/sounds/{place.code}/{name}.{language}.opus" for name in there}


def _language(request: AnyRequest) -> str:
    return "en" if request.query_params.get("lang") == "en" else "hi"


async def _days() -> int:
    async with transaction(NOWHERE) as tx:
        return int(value_on(await bylaws(tx), "voice_read_within", None, clock.today()))


async def _place(code: str) -> CooperativeRow:
    async with transaction(NOWHERE) as tx:
        found = await cooperative_named(tx, code)
    if found is None:
        raise NotThere(code)
    return found


async def _texts(request: AnyRequest) -> dict[str, str]:
    return {name: value for name, value in (await request.form()).items() if isinstance(value, str)}


def _sized(request: AnyRequest, template: str, context: dict[str, object]) -> Response[Any]:
    """Draw a page and fill it up to the one size with a remark of chance."""
    drawn = draw(request, template, context)
    head, end = drawn.rstrip().rsplit("</body>", 1)
    spare = BOX_BYTES - len(f"{head}<!----></body>{end}".encode())
    if spare < 0:
        raise ValueError(f"{template} is {-spare} bytes over the one size")
    filled = f"{head}<!--{secrets.token_hex(spare // 2 + 1)[:spare]}--></body>{end}"
    return Response(filled, status_code=200, media_type="text/html", headers=_HEADERS)

"""Spoken questions: the readers record them, whoever opens the box hears them."""

import re
from typing import Any

from litestar import Controller, Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath

from coop.access.guard import acting
from coop.cooperatives.queries import cooperative_named
from coop.kernel.db import NOWHERE, Reach, transaction
from coop.kernel.refusal import NotThere, Refused
from coop.kernel.web.form import Form, form_of
from coop.kernel.web.page import page
from coop.participation.controllers.inbox import HIDDEN, READ, OwnBox, box_named, own_boxes, to
from coop.participation.operations.sounds import keep_sound, take_sound_back
from coop.participation.queries.role import voice_transaction
from coop.participation.queries.sounds import sound_of, sounds_of
from coop.participation.rules.sounds import LANGUAGES, QUESTIONS

AnyRequest = Request[Any, Any, Any]
_FILE = re.compile(r"(how|what)\.(hi|en)\.opus")
_MOST = 1_000_000


# Below an address of its own: what is below /say has one size. Nobody is known here either.
@get("/sounds/{code:str}/{name:str}", opt={"public": True, "nobody": True})
async def sound(code: FromPath[str], name: FromPath[str]) -> Response[bytes]:
    """Give a spoken question. Raises NotThere."""
    wanted = _FILE.fullmatch(name)
    async with transaction(NOWHERE) as tx:
        place = await cooperative_named(tx, code)
    if wanted is None or place is None:
        raise NotThere(name)
    async with voice_transaction(Reach("public", (place.id,))) as tx:
        data = await sound_of(tx, place.id, wanted[1], wanted[2])
    if data is None:
        raise NotThere(name)
    return Response(data, media_type="audio/ogg", headers={"cache-control": "no-store"})


class SoundController(Controller):
    """The recordings of the boxes that somebody reads."""

    path = "/voice/sounds"

    @get(opt=HIDDEN)
    async def show(self, request: AnyRequest) -> Response[Any]:
        """Show what is recorded, and the form for a recording."""
        return await _page(request, await own_boxes(acting(request)), Form())

    @post(opt=HIDDEN)
    async def keep(self, request: AnyRequest) -> Response[Any]:
        """Keep a recording; it follows the one before. Raises NotThere."""
        actor, typed = acting(request), await request.form()
        texts = {name: value for name, value in typed.items() if isinstance(value, str)}
        boxes, file = await own_boxes(actor), typed.get("file")
        box = box_named(boxes, texts.get("cooperative", ""))
        data = await file.read(_MOST) if isinstance(file, UploadFile) else b""
        question, language = texts.get("question", ""), texts.get("language", "")
        try:
            async with voice_transaction(actor.reach(READ)) as tx:
                await keep_sound(tx, box.place.id, question, language, data)
        except Refused as refused:
            return await _page(request, boxes, form_of(texts).with_refusals(refused.refusals), 422)
        return to("/voice/sounds")

    @post("/end", opt=HIDDEN)
    async def end(self, request: AnyRequest) -> Response[Any]:
        """Take a recording back. Raises NotThere."""
        actor, typed = acting(request), await request.form()
        box = box_named(await own_boxes(actor), str(typed.get("cooperative", "")))
        question, language = str(typed.get("question", "")), str(typed.get("language", ""))
        async with voice_transaction(actor.reach(READ)) as tx:
            await take_sound_back(tx, box.place.id, question[:4], language[:2])
        return to("/voice/sounds")


async def _page(
    request: AnyRequest, boxes: tuple[OwnBox, ...], form: Form, status: int = 200
) -> Response[Any]:
    places = tuple(box.place for box in boxes)
    async with voice_transaction(acting(request).reach(READ)) as tx:
        there = [(one, await sounds_of(tx, one.id)) for one in places]
    context = {
        "places": places,
        "sounds": tuple((place, one) for place, own in there for one in own),
        "questions": QUESTIONS,
        "languages": LANGUAGES,
        "form": form,
    }
    return page(request, "participation/sounds.html", context, status)

"""The readers' pages: what came, one message, the paper box, the board. 404 for everybody else."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from litestar import Controller, Request, Response, get, post
from litestar.params import FromPath

from coop.access.actor import Actor
from coop.access.guard import acting
from coop.access.permission import Permission
from coop.audit.operations import record_read
from coop.cooperatives.queries import CooperativeRow, bylaws, cooperatives, value_on
from coop.kernel import clock
from coop.kernel.db import NOWHERE, Transaction, transaction
from coop.kernel.refusal import NotThere, Refused
from coop.kernel.web.form import Form, form_of
from coop.kernel.web.page import page
from coop.participation.controllers.handed import concerns_are_taken, pass_on, readers_of
from coop.participation.operations import reading
from coop.participation.queries.messages import PAGE, Message, message_of, messages, waiting_since
from coop.participation.queries.role import voice_transaction
from coop.participation.rules import Concern, Reader
from coop.participation.rules.message import CONCERNS

AnyRequest = Request[Any, Any, Any]
READ = Permission.PARTICIPATION_MESSAGE_READ
HIDDEN = {"permission": READ, "hidden": True}


class InboxController(Controller):
    """What came into the boxes that somebody reads."""

    path = "/voice"

    @get(opt=HIDDEN)
    async def show(self, request: AnyRequest) -> Response[Any]:
        """List the messages: who needs help first."""
        actor, asked = acting(request), request.query_params
        done = asked.get("done") == "yes"
        within = {box.place.id: box.place for box in await own_boxes(actor)}
        async with voice_transaction(actor.reach(READ)) as tx:
            user = actor.user_id or 0
            found = await messages(tx, user, _uuid(asked.get("after", "")), sorted_already=done)
            seen = [one for one in found[:PAGE] if one.cooperative_id in within]
            waits, since = await waiting_since(tx, user)
            days = int(value_on(await bylaws(tx), "voice_read_within", None, clock.today()))
            # What came today is in no count: a count that grew would say when.
            before = sum(one.on_day < clock.today() for one in seen)
            await record_read(tx, "voice", cooperative_id=None, about="inbox", rows=before)
        context = {
            "messages": tuple(seen),
            "places": within,
            "done": done,
            "waits": waits,
            "late": since is not None and (clock.today() - since).days > days,
            "days": days,
            "next_path": f"/voice?after={found[PAGE - 1].id}{'&done=yes' if done else ''}"
            if len(found) > PAGE
            else None,
        }
        return page(request, "participation/inbox.html", context)

    @get("/messages/{number:str}", opt=HIDDEN)
    async def one(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Show a message. Raises NotThere where it is not this reader's."""
        return await _message_page(request, number, Form())

    @post("/messages/{number:str}/kind", opt=HIDDEN)
    async def sort(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Say what a message is; a concern is passed on at once."""
        actor, typed = acting(request), await texts(request)
        kind, about = typed.get("kind", ""), typed.get("concern_about", "")
        boxes = await own_boxes(actor)
        try:
            async with voice_transaction(actor.reach(READ)) as tx:
                message, _ = await _own(tx, actor, boxes, number)
            if kind == "concern" and about in CONCERNS and message.kind in (None, kind):
                # First, and outside our transaction: a concern told twice is one, one lost is none.
                await pass_on(_concern(message, about, actor))
            async with voice_transaction(actor.reach(READ)) as tx:
                await reading.decide(tx, message, kind, about)
        except Refused as refused:
            shown = form_of(typed).with_refusals(refused.refusals)
            return await _message_page(request, number, shown, 422)
        return to(f"/voice/messages/{number}")

    @post("/messages/{number:str}/{which:str}", opt=HIDDEN)
    async def write(
        self, request: AnyRequest, number: FromPath[str], which: FromPath[str]
    ) -> Response[Any]:
        """Write the answer of a message, or what may be told on."""
        if which not in ("answer", "told"):
            raise NotThere(which)
        actor, typed = acting(request), await texts(request)
        boxes = await own_boxes(actor)
        try:
            async with voice_transaction(actor.reach(READ)) as tx:
                message, box = await _own(tx, actor, boxes, number)
                words = " ".join(typed.get(which, "").split())
                await reading.reply(tx, message, which, words, box.readers)
        except Refused as refused:
            shown = form_of(typed).with_refusals(refused.refusals)
            return await _message_page(request, number, shown, 422)
        return to(f"/voice/messages/{number}")


def _concern(message: Message, about: str, actor: Actor) -> Concern:
    danger = message.feeling == "help"
    return Concern(
        message.cooperative_id, str(message.id), about, message.words, danger, actor.label
    )


async def _message_page(
    request: AnyRequest, number: str, form: Form, status: int = 200
) -> Response[Any]:
    actor = acting(request)
    boxes = await own_boxes(actor)
    async with voice_transaction(actor.reach(READ)) as tx:
        message, box = await _own(tx, actor, boxes, number)
        await record_read(tx, "voice message", cooperative_id=None, about=number, rows=1)
    context = {
        "message": message,
        "place": box.place,
        "readers": len(box.readers),
        "concerns": CONCERNS,
        "passed_on": concerns_are_taken(),
        "form": form,
    }
    return page(request, "participation/message.html", context, status)


@dataclass(frozen=True, slots=True)
class OwnBox:
    """A box that the asker may read now, with all its readers."""

    place: CooperativeRow
    readers: Sequence[Reader]


async def own_boxes(actor: Actor) -> tuple[OwnBox, ...]:
    """The boxes that the actor may read now: the role is held, the training holds.

    Asked before a transaction is opened: readers are asked in one of their own.
    """
    within = actor.cooperatives_for(READ)
    async with transaction(NOWHERE) as tx:
        places = [one for one in await cooperatives(tx) if within is None or one.id in within]
    boxes = [OwnBox(one, await readers_of(one.id)) for one in places]
    return tuple(box for box in boxes if any(one.user_id == actor.user_id for one in box.readers))


def box_named(boxes: Sequence[OwnBox], code: str) -> OwnBox:
    """The box of a form's cooperative. Raises NotThere where it is not the actor's."""
    for box in boxes:
        if box.place.code == code:
            return box
    raise NotThere(code)


async def _own(
    tx: Transaction, actor: Actor, boxes: Sequence[OwnBox], number: str
) -> tuple[Message, OwnBox]:
    """A message of a box that the actor reads, and not one that names them. Raises NotThere."""
    key = _uuid(number)
    message = await message_of(tx, actor.user_id or 0, key) if key else None
    for box in boxes:
        if message is not None and box.place.id == message.cooperative_id:
            return message, box
    raise NotThere(number)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def drawn_id(typed: dict[str, str]) -> UUID:
    """The id that was drawn with a form; a new one where it is missing."""
    return _uuid(typed.get("operation_id", "")) or uuid4()


async def texts(request: AnyRequest) -> dict[str, str]:
    """What was typed."""
    return {name: value for name, value in (await request.form()).items() if isinstance(value, str)}


def to(path: str) -> Response[Any]:
    """Go on to a page after an act."""
    return Response(None, status_code=303, headers={"location": path})

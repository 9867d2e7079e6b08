"""Questions as somebody of the cooperative speaks them, for who does not read: list, hear, record, take away."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from litestar import Controller, Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath

from coop.access.actor import Actor
from coop.access.guard import acting
from coop.access.permission import Permission
from coop.cooperatives.queries import cooperatives
from coop.kernel import i18n
from coop.kernel.clips import MOST_BYTES, Clip, read_clip
from coop.kernel.db import Transaction, transaction
from coop.kernel.refusal import NotThere, Refusal, Refused
from coop.kernel.web.clip import clip_answer
from coop.kernel.web.form import Form
from coop.kernel.web.page import page, reading_of
from coop.kernel.words import say
from coop.schemes.controllers import questions, views
from coop.schemes.controllers.desk import incomplete
from coop.schemes.controllers.views import AnyRequest, texts_of
from coop.schemes.forms import operation_id
from coop.schemes.operations.clips import record_clip, remove_clip
from coop.schemes.queries import clips as queries
from coop.schemes.queries.catalogue import catalogue
from coop.schemes.queries.clips import ClipKnown
from coop.schemes.rules.facts import Care, Fact

_RECORD = Permission.SCHEMES_CLIP_RECORD


@dataclass(frozen=True, slots=True)
class AskShown:
    """A question to be spoken. ``clips``: those that stand; ``old``: one speaks words that changed since."""

    fact: Fact
    clips: tuple[questions.ClipShown, ...]
    old: bool


class ClipController(Controller):
    """The list of questions, and the page of one."""

    path = "/schemes/clips"
    opt = {"permission": _RECORD}  # noqa: RUF012  (litestar's own form)

    @get()
    async def show(self, request: AnyRequest) -> Response[Any]:
        """List the questions with what was recorded, the unrecorded ones first."""
        actor = acting(request)
        async with transaction(actor.reach(_RECORD)) as tx:
            found = await queries.clips(tx, await _own(tx, actor))
        with i18n.use_language(reading_of(request).lang):
            asks = [_ask(fact, found) for fact in _spoken()]
        context = {
            "asks": tuple(sorted(asks, key=lambda one: (bool(one.clips), one.fact.order))),
            "count": sum(bool(one.clips) for one in asks),
        }
        return page(request, "schemes/clips.html", context)

    @get("/{fact:str}")
    async def one(self, request: AnyRequest, fact: FromPath[str]) -> Response[Any]:
        """Show a question to be read out, and the form of its recording. Raises NotThere."""
        actor = acting(request)
        async with transaction(actor.reach(_RECORD)) as tx:
            return await _page(request, tx, await _own(tx, actor), _fact(fact), Form())

    @post("/{fact:str}")
    async def record(self, request: AnyRequest, fact: FromPath[str]) -> Response[Any]:
        """Keep a recording. Raises NotThere, Conflict."""
        actor, (typed, _) = acting(request), await texts_of(request)
        asked, act = _fact(fact), operation_id(typed)
        file = (await request.form()).get("sound")
        data = await file.read(MOST_BYTES + 1) if isinstance(file, UploadFile) else b""
        clip, language = read_clip(data, "sound"), typed.get("language", "")
        refusals = [clip] if isinstance(clip, Refusal) else []
        if language not in catalogue().words["language"]:
            refusals.append(Refusal("missing", say("Choose one of the list."), "language"))
        if typed.get("agreed") != "yes":
            message = say("Ask who speaks. Without a yes nothing is kept.")
            refusals.append(Refusal("not_agreed", message, "agreed"))
        if act is None:
            refusals = [incomplete()]
        async with transaction(actor.reach(_RECORD)) as tx:
            own = await _own(tx, actor)
            if refusals or act is None or not isinstance(clip, Clip):
                form = Form({"language": language}).with_refusals(refusals)
                return await _page(request, tx, own, asked, form, 422)
            await record_clip(tx, own, asked, language, clip, act)
        return _to(f"/schemes/clips/{fact}")

    @post("/{fact:str}/removals")
    async def remove(self, request: AnyRequest, fact: FromPath[str]) -> Response[Any]:
        """Take a recording away. Raises NotThere, Conflict."""
        actor, (typed, _) = acting(request), await texts_of(request)
        act, language = operation_id(typed), typed.get("language", "")
        if act is None:
            raise Refused([incomplete()])
        async with transaction(actor.reach(_RECORD)) as tx:
            await remove_clip(tx, await _own(tx, actor), _fact(fact).name, language, act)
        return _to(f"/schemes/clips/{fact}")


class SoundController(Controller):
    """The voice itself, for the page that asks."""

    path = "/schemes/sounds"
    opt = {"permission": _RECORD}  # noqa: RUF012  (litestar's own form)

    @get("/{clip_id:int}")
    async def play(self, request: AnyRequest, clip_id: FromPath[int]) -> Response[bytes]:
        """Give a voice of one's own cooperative. Raises NotThere."""
        async with transaction(acting(request).reach(_RECORD)) as tx:
            found = await queries.sound(tx, clip_id) if clip_id < 2**63 else None
        if found is None:
            raise NotThere(str(clip_id))
        return clip_answer(*found, request.headers.get("range"))


def _spoken() -> Sequence[Fact]:
    """Questions that the desk asks; health is asked by the focal point, who asks it herself."""
    return [one for one in catalogue().book.facts.values() if one.care is not Care.SAFEGUARDED]


def _fact(name: str) -> Fact:
    fact = catalogue().book.facts.get(name)
    if fact is None or fact.care is Care.SAFEGUARDED:
        raise NotThere(name)
    return fact


def _ask(fact: Fact, found: Sequence[ClipKnown]) -> AskShown:
    of_it = [one for one in found if one.fact == fact.name]
    return AskShown(
        fact, questions.clips_shown(fact, of_it), any(not c.speaks(fact) for c in of_it)
    )


async def _own(tx: Transaction, actor: Actor) -> int:
    within = actor.cooperatives_for(_RECORD)
    for one in await cooperatives(tx):
        if within is None or one.id in within:
            return one.id
    raise NotThere


def _to(path: str) -> Response[Any]:
    return Response(None, status_code=303, headers={"location": path})


async def _page(
    request: AnyRequest,
    tx: Transaction,
    cooperative_id: int,
    fact: Fact,
    form: Form,
    status: int = 200,
) -> Response[Any]:
    found = await queries.clips_of(tx, cooperative_id, fact.name)
    with i18n.use_language(reading_of(request).lang):
        context = {
            "ask": _ask(fact, found),
            "reads": tuple(text for _, text in fact.options),
            "languages": views.pairs("language"),
            "form": form,
            "operation_id": str(uuid4()),
            "ids": [str(uuid4()) for _ in found],
        }
    return page(request, "schemes/clip.html", context, status)

"""An application: opened from the task list, carried on step by step, until the first rupee is seen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from litestar import Controller, Response, get, post
from litestar.params import FromPath, FromQuery

from coop.access.guard import acting
from coop.access.permission import Permission
from coop.audit.operations import record_read
from coop.cooperatives.queries import bylaws
from coop.kernel import clock, i18n
from coop.kernel.db import Transaction, transaction
from coop.kernel.refusal import NotThere, Refusal, Refused
from coop.kernel.web.form import Form, form_of
from coop.kernel.web.page import page, reading_of
from coop.kernel.words import say
from coop.schemes.controllers import views
from coop.schemes.controllers.ageing import target_of
from coop.schemes.controllers.views import AnyRequest, found, texts_of
from coop.schemes.forms import operation_id, read_event
from coop.schemes.operations.applications import (
    Seen,
    move_application,
    open_application,
    see_benefit,
)
from coop.schemes.queries import applications as queries
from coop.schemes.queries.applications import ApplicationKnown, EventKnown
from coop.schemes.queries.catalogue import catalogue
from coop.schemes.queries.screened import Screened, screened
from coop.schemes.rules.answers import HOUSEHOLD
from coop.schemes.rules.applications import MOVES, WORDS, Event, State, due, refusals_of_event
from coop.schemes.rules.facts import Text
from coop.schemes.rules.judging import Result, judge_plainly

_RECORD = Permission.SCHEMES_APPLICATION_RECORD
_PAISE_FIELDS = (State.SANCTIONED, State.RECEIVING)


@dataclass(frozen=True, slots=True)
class EventShown:
    """One event in words, empty where nothing was said."""

    on: date
    state: Text
    by: str
    said: tuple[Text, ...]
    texts: tuple[str, ...]
    paise: int | None
    due: date | None
    papers: tuple[Text, ...]
    barriers: tuple[tuple[Text, Text], ...]
    second_look: bool


class ApplicationController(Controller):
    """Open, move, see the benefit."""

    path = "/schemes"
    opt = {"permission": _RECORD}  # noqa: RUF012  (litestar's own form)

    @post("/households/{number:str}/applications")
    async def begin(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Open an application. Raises NotThere."""
        typed, _ = await texts_of(request)
        code, applicant, act = (
            typed.get("scheme", ""),
            typed.get("applicant", ""),
            operation_id(typed),
        )
        async with transaction(acting(request).reach(_RECORD)) as tx:
            known = found(await screened(tx, number, clock.today()), number)
            if known.line(code, applicant) is None or act is None:
                raise NotThere(code)
            at = known.desk(applicant)
            opened = await open_application(tx, at, code, known.on, act)
        return Response(
            None, status_code=303, headers={"location": f"/schemes/applications/{opened}"}
        )

    @get("/applications/{number:str}")
    async def show(
        self, request: AnyRequest, number: FromPath[str], step: FromQuery[str] = ""
    ) -> Response[Any]:
        """Show what happened and the form of the next step. Raises NotThere."""
        async with transaction(acting(request).reach(_RECORD)) as tx:
            one = await _one(tx, number)
            return await _page(request, tx, one, Form({"on": _today()}), step)

    @post("/applications/{number:str}/events")
    async def move(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Record the next step. Raises NotThere."""
        typed, every = await texts_of(request)
        act, read = operation_id(typed), read_event(typed, every.get("papers", []))
        reach, refusals = acting(request).reach(_RECORD), read.refusals or (_lost(),)
        if read.event is not None and act is not None:
            try:
                async with transaction(reach) as tx:
                    one = await _one(tx, number)
                    doubtful = await _doubtful(tx, one, read.event)
                    await move_application(tx, one, read.event, act, doubtful=doubtful)
                return _to(number)
            except Refused as refused:  # nothing was written, the form's id is still free
                refusals = refused.refusals
        form = form_of(typed).with_refusals(refusals)
        async with transaction(reach) as tx:
            one = await _one(tx, number)
            return await _page(request, tx, one, form, typed.get("state", ""), 422)

    @post("/applications/{number:str}/benefits")
    async def see(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Record a further benefit that was seen. Raises NotThere."""
        typed, _ = await texts_of(request)
        act, read = operation_id(typed), read_event({**typed, "state": State.RECEIVING.value}, ())
        reach, refusals = acting(request).reach(_RECORD), read.refusals or (_lost(),)
        if read.event is not None and act is not None:
            seen = Seen(read.event.on, read.event.paise or 0, read.event.by)
            refusals = refusals_of_event(read.event, catalogue().words)
            try:
                async with transaction(reach) as tx:
                    if not refusals:
                        await see_benefit(tx, await _one(tx, number), seen, act)
                        return _to(number)
            except Refused as refused:
                refusals = refused.refusals
        form = form_of(typed).with_refusals(refusals)
        async with transaction(reach) as tx:
            return await _page(request, tx, await _one(tx, number), form, "", 422)


def _today() -> str:
    return f"{clock.today():%d-%m-%Y}"


def _to(number: str) -> Response[Any]:
    return Response(None, status_code=303, headers={"location": f"/schemes/applications/{number}"})


def _lost() -> Refusal:
    return Refusal("no_operation", say("The page was incomplete. Open it again and repeat."))


async def _one(tx: Transaction, number: str) -> ApplicationKnown:
    one = await queries.application(tx, number)
    # What belongs to the focal point's page does not exist on this one.
    if (
        one is None
        or one.scheme not in catalogue().schemes
        or catalogue().schemes[one.scheme].private
    ):
        raise NotThere(number)
    await record_read(tx, "application", cooperative_id=one.cooperative_id, about=number, rows=1)
    return one


async def _doubtful(tx: Transaction, one: ApplicationKnown, event: Event) -> bool:
    """Whether the rules say no on the day it was applied for: a second look, not a stop."""
    if event.state is not State.APPLIED or event.on > clock.today():
        return False
    known = await screened(tx, one.household_no, event.on)
    if known is None:
        return False
    scheme = catalogue().schemes[one.scheme]
    came = judge_plainly(scheme, known.answers(one.applicant), event.on)
    return came.result is Result.NOT_ELIGIBLE


async def _page(
    request: AnyRequest,
    tx: Transaction,
    one: ApplicationKnown,
    form: Form,
    step: str,
    status: int = 200,
) -> Response[Any]:
    happened = await queries.events(tx, one.id)
    seen = await queries.seen(tx, one.id)
    known = await screened(tx, one.household_no, clock.today())
    target = target_of(one, await bylaws(tx), clock.today())
    with i18n.use_language(reading_of(request).lang):
        context = {
            "one": one,
            "scheme": catalogue().schemes[one.scheme],
            "applicant": _who(known, one),
            "state": catalogue().words["state"][one.state],
            "by": due(one.since, target),
            "events": tuple(_shown(event) for event in reversed(happened)),
            "seen": tuple(seen),
            "may_see": one.state is State.RECEIVING,
            "form": form,
            "operation_id": str(uuid4()) if status == 200 else form.value("operation_id"),
            **_steps(one, step),
        }
    return page(request, "schemes/application.html", context, status)


def _who(known: Screened | None, one: ApplicationKnown) -> str:
    if known is None or one.applicant == HOUSEHOLD:
        return i18n.gettext("The family")
    return views.who(known, one.applicant)


def _steps(one: ApplicationKnown, step: str) -> Mapping[str, object]:
    """The steps that may follow, and what the chosen one asks for."""
    words = catalogue().words
    chosen = next((state for state in MOVES[one.state] if state.value == step), None)
    kinds = WORDS[chosen] if chosen else ("", "")
    scheme = catalogue().schemes[one.scheme]
    return {
        "steps": tuple((state.value, words["state"][state]) for state in MOVES[one.state]),
        "step": chosen.value if chosen else "",
        "step_name": words["state"][chosen] if chosen else None,
        "word_options": views.pairs(kinds[0]) if kinds[0] else (),
        "by_options": views.pairs(kinds[1]) if kinds[1] else (),
        "word_kind": kinds[0],
        "by_kind": kinds[1],
        "paper_options": views.pairs("document", scheme.documents),
        "barrier_options": (("", ""), *views.pairs("barrier")),
        "asks_amount": chosen in _PAISE_FIELDS,
        "see_options": views.pairs("seen"),
    }


def _shown(event: EventKnown) -> EventShown:
    words = catalogue().words
    kinds = WORDS[event.state]
    said = [
        words[kind][code]
        for kind, code in zip(kinds, (event.word, event.by), strict=True)
        if kind and code in words[kind]
    ]
    return EventShown(
        event.on,
        words["state"][event.state],
        event.recorded_by,
        tuple(said),
        tuple(text for text in (event.number, event.office, event.note) if text),
        event.paise,
        event.due,
        tuple(words["document"][paper] for paper in event.papers if paper in words["document"]),
        tuple(
            (words["barrier"][code], words["next_step"][code])
            for code in event.barriers
            if code in words["barrier"]
        ),
        event.second_look,
    )

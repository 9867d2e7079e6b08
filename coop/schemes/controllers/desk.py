"""The benefit desk: a household by its number, one question a page, the task list."""

from collections.abc import Mapping, Sequence
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
from coop.schemes.controllers import questions, views
from coop.schemes.controllers.again import again_shown
from coop.schemes.controllers.ageing import waiting
from coop.schemes.controllers.views import AnyRequest, found, texts_of
from coop.schemes.forms import operation_id, read_told
from coop.schemes.operations.desk import (
    Consent,
    keep_screening,
    record_answer,
    record_consent,
)
from coop.schemes.queries.applications import open_ones
from coop.schemes.queries.catalogue import catalogue
from coop.schemes.queries.clips import clips_of
from coop.schemes.queries.households import Desk
from coop.schemes.queries.life import to_check
from coop.schemes.queries.screened import Screened, screened
from coop.schemes.rules.answers import HOUSEHOLD
from coop.schemes.rules.facts import Care
from coop.schemes.rules.screening import Question

_SCREEN = Permission.SCHEMES_HOUSEHOLD_SCREEN


class DeskController(Controller):
    """Ask, answer, see."""

    path = "/schemes"
    opt = {"permission": _SCREEN}  # noqa: RUF012  (litestar's own form)

    @get()
    async def start(self, request: AnyRequest, q: FromQuery[str] = "") -> Response[Any]:
        """Ask for a household's number; show what waits longest."""
        actor, number = acting(request), q.strip().upper()[:20]
        async with transaction(actor.reach(_SCREEN)) as tx:
            there = number and await tx.fetchval(
                "SELECT count(*) FROM household WHERE household_no = $1", number
            )
            if there:
                return _to(f"/schemes/households/{number}")
            kept, settings = await open_ones(tx), await bylaws(tx)
            again = await to_check(tx, settings, clock.today())
            rows = len(kept) + len(again)
            await record_read(tx, "open applications", cooperative_id=None, about="all", rows=rows)
        form = Form({"q": q.strip()})
        if number:
            message = say("No household of this number here. Look at the card again.")
            form = form.with_refusals([Refusal("unknown", message, "q")])
        with i18n.use_language(reading_of(request).lang):
            context = {
                "form": form,
                "waiting": waiting(kept, settings, clock.today()),
                "again": again_shown(again),
            }
        return page(request, "schemes/start.html", context, 422 if number else 200)

    @get("/households/{number:str}")
    async def household(
        self,
        request: AnyRequest,
        number: FromPath[str],
        child: FromQuery[str] = "",
        ask: FromQuery[str] = "",
        of: FromQuery[str] = "",
    ) -> Response[Any]:
        """Show the next question and the task list. Raises NotThere.

        ``child``: ask its guardian first. ``ask`` and ``of``: the fact of whom to put right instead.
        """
        async with transaction(acting(request).reach(_SCREEN)) as tx:
            known = await read_household(tx, number)
            if child and not _is_child(known, child):
                raise NotThere(child)
            if ask and not _may_put_right(known, ask, of):
                raise NotThere(ask)
            again = (ask, of) if ask else None
            return await _page(tx, request, known, Form(), ask=again, consent_for=child)

    @post("/households/{number:str}/answers")
    async def answer(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Write one answer and ask the next. Raises NotThere."""
        typed, every = await texts_of(request)
        async with transaction(acting(request).reach(_SCREEN)) as tx:
            known = await read_household(tx, number)
            fact = catalogue().book.facts.get(typed.get("fact", ""))
            applicant, act = typed.get("applicant", ""), operation_id(typed)
            at = desk_of(known, applicant)
            asked = fact is not None and fact.care is not Care.SAFEGUARDED
            if fact is None or not asked or fact.of_household != (applicant == HOUSEHOLD):
                raise NotThere(applicant)
            if fact.care is not Care.PLAIN and not _agreed(known, applicant, fact.care):
                raise NotThere(applicant)
            if fact.care is not Care.PLAIN and not known.decides(fact.name, applicant):
                message = say("This decides nothing now. It was not kept; ask the next question.")
                form = form_of({}).with_refusals([Refusal("decides_nothing", message, "answer")])
                return await _page(tx, request, known, form, 422)
            codes = frozenset(catalogue().schemes)
            told = read_told(fact, typed, every.get("answer", []), codes, known.on)
            if told.refusal is not None or act is None:
                form = form_of(typed).with_refusals([told.refusal or incomplete()])
                return await _page(tx, request, known, form, 422, ask=(fact.name, applicant))
            await record_answer(tx, at, fact.name, told.value, known.on, act)
        return _to(f"/schemes/households/{number}")

    @post("/households/{number:str}/consents")
    async def consent(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Write whether the household, or a child's guardian, agrees to be asked. Raises NotThere."""
        typed, _ = await texts_of(request)
        async with transaction(acting(request).reach(_SCREEN)) as tx:
            known = await read_household(tx, number)
            applicant, act = typed.get("applicant", HOUSEHOLD), operation_id(typed)
            if applicant != HOUSEHOLD and not _is_child(known, applicant):
                raise NotThere(applicant)
            given, refusals = _consent(typed)
            if refusals or act is None or given is None:
                form = form_of(typed).with_refusals(refusals or [incomplete()])
                return await _page(tx, request, known, form, 422, consent_for=applicant)
            await record_consent(tx, known.desk(applicant), given, act)
        return _to(f"/schemes/households/{number}")

    @post("/households/{number:str}/screenings")
    async def keep(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Write that the household was checked today. Raises NotThere."""
        typed, _ = await texts_of(request)
        async with transaction(acting(request).reach(_SCREEN)) as tx:
            known, act = await read_household(tx, number), operation_id(typed)
            if act is None:
                raise Refused([incomplete()])
            shown = [one for one in known.outcomes if known.line(one.scheme, one.applicant)]
            await keep_screening(tx, desk_of(known, HOUSEHOLD), shown, known.on, act)
        return _to(f"/schemes/households/{number}?kept=1")


async def read_household(tx: Transaction, number: str) -> Screened:
    """A household within reach, judged today; the read is recorded. Raises NotThere."""
    known = found(await screened(tx, number, clock.today()), number)
    await record_read(
        tx,
        "household for schemes",
        cooperative_id=known.household.cooperative_id,
        about=number,
        rows=len(known.people),
    )
    return known


def desk_of(known: Screened, applicant: str) -> Desk:
    """The row ids of an applicant of this household. Raises NotThere."""
    if not known.knows(applicant):
        raise NotThere(applicant)
    return known.desk(applicant)


def _is_child(known: Screened, applicant: str) -> bool:
    person = known.person(applicant)
    return person is not None and not person.registered.known


def _may_put_right(known: Screened, name: str, applicant: str) -> bool:
    """Whether an answer was given that this desk may ask for again."""
    fact = catalogue().book.facts.get(name)
    if fact is None or fact.care is Care.SAFEGUARDED or not known.knows(applicant):
        return False
    agreed = fact.care is Care.PLAIN or _agreed(known, applicant, fact.care)
    return (
        agreed
        and name in known.answers(applicant)
        and fact.of_household == (applicant == HOUSEHOLD)
    )


def _agreed(known: Screened, applicant: str, care: Care) -> bool:
    if care is Care.CHILD and applicant in known.agreed.children:
        return True
    return known.agreed.household


def incomplete() -> Refusal:
    """A form without its id."""
    return Refusal("no_operation", say("The page was incomplete. Open it again and repeat."))


def _to(path: str) -> Response[Any]:
    return Response(None, status_code=303, headers={"location": path})


def _consent(typed: Mapping[str, str]) -> tuple[Consent | None, Sequence[Refusal]]:
    words = catalogue().words
    given, how, language = (typed.get(name, "") for name in ("given", "how", "language"))
    wrong = [
        Refusal("missing", say("Choose one of the list."), name)
        for name, value, known in (
            ("given", given, ("yes", "no")),
            ("how", how, words["how"]),
            ("language", language, words["language"]),
        )
        if value not in known
    ]
    return Consent(given == "yes", how, language, clock.today()), wrong


async def _page(
    tx: Transaction,
    request: AnyRequest,
    known: Screened,
    form: Form,
    status: int = 200,
    ask: tuple[str, str] | None = None,
    consent_for: str = "",
) -> Response[Any]:
    """The household's page; ``ask``: the question that is put again with what was typed."""
    question = known.question
    if ask is not None and (question is None or (question.fact.name, question.applicant) != ask):
        again = catalogue().book.facts[ask[0]]
        question = Question(again, ask[1], question.settles if question else 1)
    at = known.household.cooperative_id
    spoken = await clips_of(tx, at, question.fact.name) if question is not None else []
    with i18n.use_language(reading_of(request).lang):
        context = {
            "household": known.household,
            "people": views.persons_shown(known),
            "question": questions.question_shown(known, question, spoken),
            "consent_for": views.consent_shown(
                known, consent_for or (HOUSEHOLD if known.asks_consent and ask is None else "")
            ),
            "groups": views.groups(known),
            "undecided": views.undecided(known),
            "hows": views.pairs("how"),
            "languages": views.pairs("language"),
            "kept": dict(reading_of(request).query).get("kept") == "1",
            "form": form,
            "operation_id": form.value("operation_id") or str(uuid4()),
            "other_id": str(uuid4()),
            "on": known.on,
            "may_speak": acting(request).may(Permission.SCHEMES_CLIP_RECORD),
        }
    return page(request, "schemes/household.html", context, status)

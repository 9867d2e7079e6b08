"""Schemes that nobody else may see: judged on the reader's page, and nowhere kept."""

from dataclasses import dataclass
from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromPath

from coop.access.actor import Actor
from coop.access.guard import acting
from coop.access.permission import Permission
from coop.audit.operations import lock_head, record_read
from coop.kernel import clock
from coop.kernel.db import transaction
from coop.kernel.refusal import Refused
from coop.kernel.web.form import Form, form_of
from coop.kernel.web.page import page
from coop.safeguarding.controllers.parts import (
    HIDDEN,
    WORK,
    AnyRequest,
    case_for,
    new_operation,
    operation_of,
    texts,
    to,
)
from coop.safeguarding.operations.care import answer_care
from coop.safeguarding.operations.once import sent_before
from coop.safeguarding.queries.care import CareFact, care_facts, care_questions, judged
from coop.safeguarding.queries.cases import Case
from coop.safeguarding.queries.role import CHAIN, safe_transaction
from coop.schemes.queries.screened import Screened, screened
from coop.schemes.rules.facts import Fact, Kind

_SCREEN = Permission.SCHEMES_HOUSEHOLD_SCREEN


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and of whom it was answered (person numbers)."""

    fact: Fact
    answered: tuple[str, ...]


class CareController(Controller):
    """Private schemes of a case."""

    path = "/cases/{case_no:str}/schemes"
    opt = HIDDEN

    @get()
    async def show(self, request: AnyRequest, case_no: FromPath[str]) -> Response[Any]:
        """Show what is open and what is to be asked. Raises NotThere."""
        return await _page(request, acting(request), case_no, Form())

    @post()
    async def answer(self, request: AnyRequest, case_no: FromPath[str]) -> Response[Any]:
        """Write an answer. Raises NotThere."""
        actor, (typed, many) = acting(request), await texts(request)
        fact = {one.name: one for one in care_questions()}.get(typed.get("fact", ""))
        given: object = typed.get("value") == "yes" if typed.get("value") in ("yes", "no") else None
        if fact is not None and fact.kind is Kind.SET:
            given = many.get("value") or None
        try:
            async with safe_transaction(actor.reach(WORK)) as tx:
                await lock_head(tx, CHAIN)
                case, sight = await case_for(tx, actor, case_no, "case")
                body = {n: ",".join(v) for n, v in many.items() if n not in ("csrf", "operation_id")}  # fmt: skip
                own = case.facts.cooperative_id
                if not await sent_before(tx, own, case.id, operation_of(typed), body):
                    name = typed.get("fact", "")
                    await answer_care(tx, sight, case, typed.get("person_no", ""), name, given)
        except Refused as refused:
            form = form_of(typed).with_refusals(refused.refusals)
            ticked = tuple(many.get("value", ()))
            return await _page(request, actor, case_no, form, 422, ticked)
        return to(f"/cases/{case_no}/schemes")


async def _household(actor: Actor, case: Case) -> Screened | None:
    """What the benefit desk knows of the child's household, for who may ask there."""
    own = case.facts.cooperative_id
    if case.child is None or not case.child.household_no or not actor.may(_SCREEN, own):
        return None
    async with transaction(actor.reach_one(_SCREEN, own)) as tx:
        found = await screened(tx, case.child.household_no, clock.today())
        await record_read(
            tx, "household_screened", cooperative_id=None, about=case.child.household_no, rows=1
        )
    return found


async def _page(
    request: AnyRequest,
    actor: Actor,
    case_no: str,
    form: Form,
    status: int = 200,
    ticked: tuple[str, ...] = (),
) -> Response[Any]:
    async with safe_transaction(actor.reach(WORK)) as tx:
        case, sight = await case_for(tx, actor, case_no, "case_schemes")
        answers = await care_facts(tx, case.id)
    household = await _household(actor, case)
    people = [(one.person_no, one.person_no) for one in household.people] if household else []
    if not people and case.child is not None:
        people = [(case.child.person_no, case.child.person_no)]
    questions = care_questions()
    asked = form.value("fact") or request.query_params.get("ask", "")
    first = {"person_no": case.child.person_no if case.child is not None else ""}
    context = {
        "case": case,
        "schemes": judged(case, household, answers, sight.today),
        "questions": tuple(_asked(one, answers) for one in questions),
        "asked": {one.name: one for one in questions}.get(asked),
        "people": tuple(people),
        "form": Form({**first, **form.values}, form.problems),
        "ticked": ticked,
        "operation_id": form.value("operation_id") or new_operation(),
    }
    return page(request, "safeguarding/schemes.html", context, status)


def _asked(fact: Fact, answers: list[CareFact]) -> Asked:
    return Asked(fact, tuple(one.person_no for one in answers if one.fact == fact.name))

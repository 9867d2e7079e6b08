"""A child's page, for who may see the name: how it stands, what was found out, what was answered."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromPath

from coop.access.actor import Actor
from coop.access.guard import acting
from coop.audit.operations import lock_head, record_read
from coop.kernel import clock
from coop.kernel.clock import full_years
from coop.kernel.db import Transaction
from coop.kernel.refusal import NotThere, Refused
from coop.kernel.web.form import Form, form_of
from coop.kernel.web.page import page
from coop.kernel.words import Said
from coop.schooling.controllers.parts import (
    CONFIRM,
    READ,
    AnyRequest,
    body_of,
    child_for,
    new_operation,
    operation_of,
    texts,
    to,
)
from coop.schooling.forms.pages import confirmation_from
from coop.schooling.operations.follow_up import confirm_by_hand, note_answer
from coop.schooling.operations.once import sent_before
from coop.schooling.queries import schools
from coop.schooling.queries.checks import confirmations
from coop.schooling.queries.children import (
    ChildLine,
    ConsentLine,
    GuardianLine,
    consents_of,
    guardians_on,
)
from coop.schooling.queries.role import school_transaction
from coop.schooling.queries.work import answers_of, last_checks, rule_in_use
from coop.schooling.rules.consent import READ_ALOUD, Answer, Purpose
from coop.schooling.rules.follow_up import (
    BY_HAND,
    HOWS,
    NEXT_ACTS,
    QUESTIONS,
    STATUS_NAMES,
    LastCheck,
    Standing,
    school_year,
    standing,
)
from coop.schooling.rules.school import School
from coop.schooling.rules.status import HandConfirmation, StatusRule, rule_words


@dataclass(frozen=True, slots=True)
class Consented:
    """A purpose and the last answer to it; None where nobody asked."""

    purpose: Purpose
    words: Said
    line: ConsentLine | None

    @property
    def given(self) -> bool:
        """Whether the consent lives."""
        return self.line is not None and self.line.answer is Answer.GIVEN


@dataclass(frozen=True, slots=True)
class Question:
    """A question that is asked once a school year: its answer, or what may be answered."""

    code: str
    words: Said
    answer: Said | None
    on: date | None
    choices: tuple[tuple[str, Said], ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything that the page shows."""

    child: ChildLine
    age: int | None
    standing: Standing | None
    last: LastCheck | None
    school: School | None
    rule: StatusRule
    told: tuple[HandConfirmation, ...]
    guardians: tuple[GuardianLine, ...]
    consents: tuple[Consented, ...]
    questions: tuple[Question, ...]

    @property
    def rule_checked(self) -> Said | str:
        """By which rule the last check judged; its code alone where today's version did not hold then."""
        if self.last is None:
            return ""
        same = self.last.rule == self.rule.code and self.rule.holds_from <= self.last.on
        return rule_words(self.rule) if same else self.last.rule


class ChildController(Controller):
    """One child, with a guardian's consent."""

    path = "/children/{person_no:str}"

    @get(opt={"permission": READ})
    async def show(self, request: AnyRequest, person_no: FromPath[str]) -> Response[Any]:
        """Show a child; without consent the page where consent is asked. Raises NotThere."""
        actor = acting(request)
        async with school_transaction(actor.reach(READ)) as tx:
            child = await child_for(tx, actor, person_no)
            if not child.consent:
                return to(f"/children/{child.person_no}/consent")
            return await _page(request, tx, child, Form())

    @post("/confirmations", opt={"permission": CONFIRM})
    async def confirm(self, request: AnyRequest, person_no: FromPath[str]) -> Response[Any]:
        """Keep what was found out: what, when and how; who is in the entry. Raises NotThere."""
        actor, typed = acting(request), await texts(request)
        told, problems = confirmation_from(typed, clock.today())
        try:
            async with school_transaction(actor.reach(CONFIRM)) as tx:
                child = await child_for(tx, actor, person_no)
                await lock_head(tx, child.cooperative_id)
                if not await _sent(tx, child, typed):
                    if problems:
                        raise Refused(problems)
                    rule = await rule_in_use(tx, child.cooperative_id, clock.today())
                    await confirm_by_hand(tx, child, told, rule)
        except Refused as refused:
            return await _again(request, actor, person_no, typed, refused)
        return to(f"/children/{person_no}")

    @post("/answers", opt={"permission": CONFIRM})
    async def answer(self, request: AnyRequest, person_no: FromPath[str]) -> Response[Any]:
        """Note an answer, once a school year. Raises NotThere."""
        actor, typed = acting(request), await texts(request)
        try:
            async with school_transaction(actor.reach(CONFIRM)) as tx:
                child = await child_for(tx, actor, person_no)
                await lock_head(tx, child.cooperative_id)
                if not await _sent(tx, child, typed):
                    await note_answer(tx, child, typed.get("question", ""), typed.get("answer", ""))
        except Refused as refused:
            return await _again(request, actor, person_no, typed, refused)
        return to(f"/children/{person_no}")


async def _sent(tx: Transaction, child: ChildLine, typed: dict[str, str]) -> bool:
    return await sent_before(
        tx, child.cooperative_id, child.person_id, operation_of(typed), body_of(typed)
    )


async def _again(
    request: AnyRequest, actor: Actor, person_no: str, typed: dict[str, str], refused: Refused
) -> Response[Any]:
    async with school_transaction(actor.reach(CONFIRM)) as tx:
        child = await child_for(tx, actor, person_no)
        if not child.consent:
            raise NotThere(person_no)
        form = form_of(typed).with_refusals(refused.refusals)
        return await _page(request, tx, child, form, status=422)


async def _page(
    request: AnyRequest, tx: Transaction, child: ChildLine, form: Form, status: int = 200
) -> Response[Any]:
    seen = await _seen(tx, child)
    await record_read(
        tx, "child", cooperative_id=child.cooperative_id, about=child.person_no, rows=1
    )
    first = {"status": "", "how": "", "confirmed_on": f"{clock.today():%d-%m-%Y}"}
    context = {
        "seen": seen,
        "form": Form({**first, **form.values}, form.problems),
        "operations": tuple(
            new_operation() for _ in range(1 + len(seen.questions) + len(seen.guardians))
        ),
        "statuses": tuple(BY_HAND.items()),
        "hows": tuple(HOWS.items()),
        "names": STATUS_NAMES,
        "how_names": HOWS,
        "next_act": NEXT_ACTS.get(seen.standing.status) if seen.standing else None,
        "today": clock.today(),
    }
    return page(request, "schooling/child.html", context, status)


async def _seen(tx: Transaction, child: ChildLine) -> Seen:
    today = clock.today()
    rule = await rule_in_use(tx, child.cooperative_id, today)
    told = tuple((await confirmations(tx, child.person_id)).get(child.person_id, ()))
    last = (await last_checks(tx, child.person_id)).get(child.person_id)
    lines = {line.purpose: line for line in await consents_of(tx, child.person_id)}
    answered = await answers_of(tx, child.person_id, school_year(today))
    born = child.known.dob if child.known else None
    known = await schools(tx)
    return Seen(
        child,
        full_years(born, today) if born else None,
        standing(last, told, rule, today),
        last,
        known.get(last.udise) if last else None,
        rule,
        told[::-1],
        tuple(await guardians_on(tx, child.person_id, today)),
        tuple(Consented(one, READ_ALOUD[one], lines.get(one)) for one in Purpose),
        tuple(_question(code, answered) for code in QUESTIONS),
    )


def _question(code: str, answered: dict[str, tuple[str, date]]) -> Question:
    words, choices = QUESTIONS[code]
    answer, on = answered.get(code, ("", None))
    return Question(code, words, choices.get(answer), on, tuple(choices.items()))

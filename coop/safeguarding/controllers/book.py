"""A case: its timeline, its acts, the letter of a referral."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromPath

from coop.access.guard import acting
from coop.audit.operations import lock_head
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import NotThere, Refused
from coop.kernel.web.form import Form, form_of
from coop.kernel.web.page import page
from coop.kernel.words import Said, say
from coop.safeguarding.controllers.acts import (
    ACTS,
    choices_of,
    open_acts,
    title_of,
    wished,
)
from coop.safeguarding.controllers.lists import row_of
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
from coop.safeguarding.forms.acts import line_from
from coop.safeguarding.operations.once import sent_before
from coop.safeguarding.operations.writing import name_child, write_line
from coop.safeguarding.queries.cases import Case, Sight, duties_on, names_of_accounts
from coop.safeguarding.queries.role import CHAIN, safe_transaction
from coop.safeguarding.rules.book import ABOUT, CHANNELS, GROUNDS, SHARED, Kind, Line, NewLine
from coop.safeguarding.rules.readers import conflicted

_SOURCES: dict[str, Said] = {
    "person": say("told by a person"),
    "feedback": say("from the feedback box"),
    "inspection": say("from an inspection"),
}
_SHAPES = {
    Kind.RISK: "wait",
    Kind.WISH: "ask",
    Kind.REFERRAL: "can",
    Kind.STEP_END: "ok",
    Kind.DECISION: "ok",
}


@dataclass(frozen=True, slots=True)
class Happened:
    """One entry of the timeline. ``letter``: address of a referral's letter, or empty."""

    at: datetime
    state: str
    title: Said
    who: str
    words: str
    shared: tuple[Said, ...] = ()
    due: object = None
    letter: str = ""
    erased: bool = False


class CaseController(Controller):
    """One case, for who may read it today; to everybody else it does not exist."""

    path = "/cases/{case_no:str}"
    opt = HIDDEN

    @get()
    async def show(self, request: AnyRequest, case_no: FromPath[str]) -> Response[Any]:
        """Show a case as it happened; the reading is written down. Raises NotThere."""
        actor = acting(request)
        async with safe_transaction(actor.reach(WORK)) as tx:
            case, sight = await case_for(tx, actor, case_no, "case")
            duties = await duties_on(tx, sight.today)
            happened = await _happened(tx, case)
        context = {
            "case": case,
            "row": row_of(case, sight),
            "standing": case.facts.standing,
            "conflict": any(conflicted(one, case.facts) for one in sight.readers),
            "today": sight.today,
            "happened": happened,
            "offices": wished(case.facts, duties),
            "acts": open_acts(case.facts, actor.label),
        }
        return page(request, "safeguarding/case.html", context)

    @get("/{act:str}")
    async def ask(
        self, request: AnyRequest, case_no: FromPath[str], act: FromPath[str]
    ) -> Response[Any]:
        """Show one act's questions. Raises NotThere."""
        actor = acting(request)
        async with safe_transaction(actor.reach(WORK)) as tx:
            case, _ = await case_for(tx, actor, case_no, "case")
        return _act_page(request, case, act, Form())

    @post("/{act:str}")
    async def write(
        self, request: AnyRequest, case_no: FromPath[str], act: FromPath[str]
    ) -> Response[Any]:
        """Write a line. Raises NotThere."""
        actor, (typed, many) = acting(request), await texts(request)
        if act not in ACTS:
            raise NotThere(act)
        try:
            async with safe_transaction(actor.reach(WORK)) as tx:
                await lock_head(tx, CHAIN)
                case, sight = await case_for(tx, actor, case_no, "case")
                body = {
                    n: ",".join(v) for n, v in many.items() if n not in ("csrf", "operation_id")
                }
                own = case.facts.cooperative_id
                body["act"] = act
                if not await sent_before(tx, own, case.id, operation_of(typed), body):
                    await _write(tx, sight, case, act, typed, many)
        except Refused as refused:
            async with safe_transaction(actor.reach(WORK)) as tx:
                case, _ = await case_for(tx, actor, case_no, "case")
            form = form_of(typed).with_refusals(refused.refusals)
            return _act_page(request, case, act, form, tuple(many.get("shared", ())), 422)
        return to("/cases" if act == "conflict" else f"/cases/{case_no}")

    @get("/letters/{line_id:int}")
    async def letter(
        self, request: AnyRequest, case_no: FromPath[str], line_id: FromPath[int]
    ) -> Response[Any]:
        """Show the letter of a referral, with what is shared and no more. Raises NotThere."""
        actor = acting(request)
        async with safe_transaction(actor.reach(WORK)) as tx:
            case, _ = await case_for(tx, actor, case_no, "case_letter")
            names = await names_of_accounts(tx, [line.recorded_by for line in case.facts.lines])
        sent = [one for one in case.facts.lines if one.id == line_id and one.kind is Kind.REFERRAL]
        if not sent:
            raise NotThere(case_no)
        context = {
            "case": case,
            "sent": sent[0],
            "office_named": CHANNELS[sent[0].choice],
            "ground": GROUNDS[sent[0].second],
            "about": ABOUT[case.facts.concerns[0].about],
            "shares": frozenset(sent[0].shared),
            "writer": names.get(sent[0].recorded_by, ""),
        }
        return page(request, "safeguarding/letter.html", context)


async def _write(
    tx: Transaction,
    sight: Sight,
    case: Case,
    act: str,
    typed: dict[str, str],
    many: dict[str, list[str]],
) -> None:
    if act == "child":
        await name_child(tx, sight, case, typed.get("child_no", ""))
        return
    kind = Kind(act)
    new, problems = line_from(kind, typed, many.get("shared", ()), clock.today())
    if problems:
        raise Refused(problems)
    if kind is Kind.CONFLICT:
        new = NewLine(kind, clock.today(), "", about_id=sight.user_id)
    elif kind is Kind.DECISION:
        waits = case.facts.standing.closing
        new = replace(new, about_id=waits.id if waits else None)
    elif kind not in (Kind.ANSWER, Kind.STEP_END):
        new = replace(new, about_id=None)
    await write_line(tx, sight, case, new)


def _act_page(
    request: AnyRequest,
    case: Case,
    act: str,
    form: Form,
    ticked: tuple[str, ...] = (),
    status: int = 200,
) -> Response[Any]:
    if act not in ACTS:
        raise NotThere(act)
    asked = ACTS[act]
    fields = tuple(
        replace(one, options=choices_of(act, case.facts)) if one.name == "about_id" else one
        for one in asked.fields
    )
    context = {
        "case": case,
        "act": replace(asked, fields=fields),
        "form": form,
        "ticked": ticked,
        "closing": case.facts.standing.closing if act == "decision" else None,
        "operation_id": form.value("operation_id") or new_operation(),
    }
    return page(request, "safeguarding/act.html", context, status)


async def _happened(tx: Transaction, case: Case) -> tuple[Happened, ...]:
    """Concerns and lines, the newest first."""
    facts = case.facts
    labels = [line.recorded_by for line in facts.lines] + [one.raised_by for one in facts.concerns]
    names = await names_of_accounts(tx, labels)
    told = [
        Happened(
            one.raised_at,
            "bad" if one.danger_now else "wait",
            say("%(about)s, %(source)s", about=ABOUT[one.about], source=_SOURCES[one.source]),
            names.get(one.raised_by, ""),
            one.words,
        )
        for one in facts.concerns
    ]
    lines = [_line(case, line, names) for line in facts.lines]
    return tuple(sorted((*told, *lines), key=lambda one: one.at, reverse=True))


def _line(case: Case, line: Line, names: dict[str, str]) -> Happened:
    letter = f"/cases/{case.case_no}/letters/{line.id}" if line.kind is Kind.REFERRAL else ""
    return Happened(
        line.recorded_at,
        _SHAPES.get(line.kind, "off"),
        title_of(line),
        names.get(line.recorded_by, ""),
        line.words,
        tuple(SHARED[one] for one in line.shared if one in SHARED),
        line.due_on,
        letter,
    )

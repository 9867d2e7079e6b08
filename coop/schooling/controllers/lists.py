"""The worklist by village and school, the check itself, who still must be asked, who visits where."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from litestar import Controller, Response, get, post

from coop.access.actor import Actor
from coop.access.guard import acting
from coop.access.roles import Role
from coop.audit.operations import record_read
from coop.cooperatives.queries import CooperativeRow
from coop.identity.queries import RoleHolder, holders_of
from coop.kernel import clock
from coop.kernel.db import Transaction, transaction
from coop.kernel.refusal import NotThere, Refusal, Refused
from coop.kernel.web.form import FieldProblem, Form
from coop.kernel.web.page import page, reading_of
from coop.kernel.web.paper import pdf_answer
from coop.kernel.words import Said, say
from coop.members.rules.names import place_key
from coop.schooling.controllers.parts import (
    ASSIGN,
    CHECK,
    READ,
    AnyRequest,
    own_cooperative,
    sight_of,
    texts,
    to,
    visit_days,
)
from coop.schooling.operations.check import keep_check
from coop.schooling.operations.follow_up import assign_village
from coop.schooling.queries import schools
from coop.schooling.queries.checks import check as look_up
from coop.schooling.queries.checks import status_rules
from coop.schooling.queries.children import children
from coop.schooling.queries.role import as_school, school_transaction
from coop.schooling.queries.visits import VisitSheet, visit_row
from coop.schooling.queries.work import (
    WorkLine,
    Worklist,
    assignments,
    doubtful_pairs,
    villages,
    worklist,
)
from coop.schooling.rules.school import School
from coop.schooling.rules.status import DEFAULT_RULE, StatusRule, rule_on, rule_words

_AT_ONCE = 60


class ListController(Controller):
    """Lists that hold no child's name."""

    path = "/children"

    @get(opt={"permission": READ})
    async def show(self, request: AnyRequest) -> Response[Any]:
        """Show whom to visit, most urgent first, by village and school."""
        return await _worklist(request, acting(request))

    @get("/worklist.pdf", opt={"permission": READ})
    async def paper(self, request: AnyRequest) -> Response[Any]:
        """Give the list on paper: household number and initial only."""
        from coop.schooling.pdf import worklist_pdf  # reportlab loads where paper is made

        sheet = await _sheet(request, acting(request))
        return await pdf_answer(request, f"visits-{sheet.today}", lambda: worklist_pdf(sheet))

    @post("/checks", opt={"permission": CHECK})
    async def check(self, request: AnyRequest) -> Response[Any]:
        """Look up the cooperative's children today and keep what was found."""
        actor, typed = acting(request), await texts(request)
        async with school_transaction(actor.reach(CHECK)) as tx:
            owner = await own_cooperative(tx, actor, typed.get("cooperative", ""))
            today = clock.today()
            try:
                rule = rule_on(await status_rules(tx), typed.get("rule", DEFAULT_RULE), today)
            except LookupError as error:
                message = say("This rule is not recorded; choose another.")
                raise Refused([Refusal("rule_unknown", message, "rule")]) from error
            await keep_check(tx, owner.id, await look_up(tx, rule, today, own=owner.id))
        return to("/children")

    @get("/consents", opt={"permission": READ})
    async def unasked(self, request: AnyRequest) -> Response[Any]:
        """Show whose guardians still are to be asked: numbers only, nothing else is kept."""
        actor = acting(request)
        async with school_transaction(actor.reach(READ)) as tx:
            owner = await own_cooperative(tx, actor, request.query_params.get("cooperative", ""))
            sight = await sight_of(tx, actor, owner.id)
            lines = [
                line
                for line in await children(tx)
                if line.cooperative_id == owner.id and not line.consent and sight.sees(line)
            ]
            await record_read(
                tx,
                "children_unasked",
                cooperative_id=owner.id,
                about=owner.code,
                rows=len(lines),
            )
        start = _whole(request.query_params.get("from", ""))
        more = f"/children/consents?from={start + _AT_ONCE}" if lines[start + _AT_ONCE :] else None
        context = {
            "lines": tuple(lines[start : start + _AT_ONCE]),
            "total": len(lines),
            "next_path": more,
            "assigned": sight.everyone or bool(sight.villages),
        }
        return page(request, "schooling/unasked.html", context)

    @get("/villages", opt={"permission": ASSIGN})
    async def facilitators(self, request: AnyRequest) -> Response[Any]:
        """Show who visits which village."""
        return await _villages(request, acting(request))

    @post("/villages", opt={"permission": ASSIGN})
    async def assign(self, request: AnyRequest) -> Response[Any]:
        """Give a village to a facilitator, or take it back."""
        actor, typed = acting(request), await texts(request)
        async with transaction(actor.reach(ASSIGN)) as tx:
            owner = await own_cooperative(tx, actor, typed.get("cooperative", ""))
            people = {str(one.user_id): one for one in await _facilitators(tx, owner)}
            async with as_school(tx):
                known = await villages(tx, owner.id)
                person, village = people.get(typed.get("facilitator", "")), typed.get("village", "")
                if person is not None and village in known:
                    await assign_village(
                        tx, owner.id, person.user_id, village, assigned=typed.get("end") != "yes"
                    )
                    return to("/children/villages")
        message = say("Choose a facilitator and a village of your cooperative.")
        form = Form(typed, (FieldProblem("facilitator", message),))
        return await _villages(request, actor, form, status=422)


async def _facilitators(tx: Transaction, owner: CooperativeRow) -> list[RoleHolder]:
    return await holders_of(tx, Role.FACILITATOR, owner.id)


async def _villages(
    request: AnyRequest, actor: Actor, form: Form | None = None, status: int = 200
) -> Response[Any]:
    async with transaction(actor.reach(ASSIGN)) as tx:
        owner = await own_cooperative(tx, actor, request.query_params.get("cooperative", ""))
        people = await _facilitators(tx, owner)
        async with as_school(tx):
            names, held = await villages(tx, owner.id), await assignments(tx)
    context = {
        "cooperative": owner,
        "people": tuple((one.user_id, one.name, held.get(one.user_id, ())) for one in people),
        "villages": tuple((name, name) for name in names),
        "form": form or Form(),
    }
    return page(request, "schooling/villages.html", context, status)


async def _worklist(request: AnyRequest, actor: Actor) -> Response[Any]:
    asked = request.query_params
    today = clock.today()
    async with school_transaction(actor.reach(READ)) as tx:
        owner = await own_cooperative(tx, actor, asked.get("cooperative", ""))
        sight = await sight_of(tx, actor, owner.id)
        found = await worklist(tx, owner.id, await visit_days(tx, owner.id, today), today)
        known = await schools(tx)
        rules = await status_rules(tx)
        doubtful = [one for one in await doubtful_pairs(tx, owner.id) if sight.sees(one.child)]
        unasked = [
            one
            for one in await children(tx)
            if one.cooperative_id == owner.id and not one.consent and sight.sees(one)
        ]
        lines = _chosen(found, asked.get("village", ""), asked.get("school", ""))
        await record_read(
            tx, "children_worklist", cooperative_id=owner.id, about=owner.code, rows=len(lines)
        )
    start = _whole(asked.get("from", ""))
    context = {
        "cooperative": owner,
        "lines": tuple(
            visit_row(one, today, may_open=sight.sees(one.child))
            for one in lines[start : start + _AT_ONCE]
        ),
        "total": len(lines),
        "next_path": _next_path(lines, start, asked),
        "found": found,
        "villages": _village_choices(found),
        "schools": _school_choices(found, known),
        "rules": _rule_choices(rules, today),
        "form": Form(
            {
                "village": asked.get("village", ""),
                "school": asked.get("school", ""),
                "rule": found.rule.code,
            }
        ),
        "doubtful": len(doubtful),
        "unasked": len(unasked),
        "may_assign": actor.may(ASSIGN, owner.id),
        "assigned": sight.everyone or bool(sight.villages),
        "today": today,
        "pdf_path": _pdf_path(asked, reading_of(request).lang),
    }
    return page(request, "schooling/worklist.html", context)


def _pdf_path(asked: Any, lang: str) -> str:
    kept = {name: asked.get(name, "") for name in ("cooperative", "village", "school")}
    return "/children/worklist.pdf?" + urlencode(
        {name: text for name, text in kept.items() if text} | {"lang": lang}
    )


async def _sheet(request: AnyRequest, actor: Actor) -> VisitSheet:
    """The list asked for, whole: the same lines as on its page. Raises NotThere."""
    asked, today = request.query_params, clock.today()
    village, school = asked.get("village", ""), asked.get("school", "")
    async with school_transaction(actor.reach(READ)) as tx:
        owner = await own_cooperative(tx, actor, asked.get("cooperative", ""))
        found = await worklist(tx, owner.id, await visit_days(tx, owner.id, today), today)
        known = await schools(tx)
        lines = _chosen(found, village, school)
        await record_read(
            tx, "children_worklist", cooperative_id=owner.id, about=owner.code, rows=len(lines)
        )
    return VisitSheet(
        owner.name_hi,
        owner.name_en,
        village,
        known[school].name if school in known else school,
        today,
        found.rule.stale_days,
        tuple(visit_row(one, today, may_open=False) for one in lines),
    )


def _chosen(found: Worklist, village: str, school: str) -> list[WorkLine]:
    key = place_key(village) if village else ""
    return [
        line
        for line in found.lines
        if (not key or place_key(line.child.village) == key)
        and (not school or line.udise == school)
    ]


def _village_choices(found: Worklist) -> tuple[tuple[str, str | Said], ...]:
    spelt: dict[str, str] = {}
    for line in found.lines:
        if line.child.village:
            spelt.setdefault(place_key(line.child.village), line.child.village)
    return (("", say("All villages")), *((name, name) for name in sorted(spelt.values())))


def _school_choices(
    found: Worklist, known: dict[str, School]
) -> tuple[tuple[str, str | Said], ...]:
    codes = sorted({line.udise for line in found.lines if line.udise})
    named = ((code, known[code].name if code in known else code) for code in codes)
    return (("", say("All schools")), *named)


def _rule_choices(rules: list[StatusRule], today: date) -> tuple[tuple[str, Said], ...]:
    codes = dict.fromkeys(one.code for one in rules if one.holds_from <= today)
    return tuple((code, rule_words(rule_on(rules, code, today))) for code in codes)


def _next_path(lines: list[WorkLine], start: int, asked: Any) -> str | None:
    if not lines[start + _AT_ONCE :]:
        return None
    kept = {name: asked.get(name, "") for name in ("village", "school") if asked.get(name)}
    return "/children?" + urlencode({**kept, "from": start + _AT_ONCE})


def _whole(text: str) -> int:
    if text and not (text.isascii() and text.isdigit() and len(text) < 7):
        raise NotThere(text)
    return int(text or 0)

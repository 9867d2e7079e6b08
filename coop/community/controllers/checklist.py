"""A monitor's monthly checklist: the form, what stands out, the quarter as page, table and paper."""

from datetime import date
from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromPath

from coop.access.actor import Actor
from coop.access.guard import acting
from coop.community.controllers.parts import (
    CHECK,
    READ,
    AnyRequest,
    new_operation,
    own_cooperative,
    read,
    sending_of,
    texts,
    to,
)
from coop.community.forms.typed import check_from
from coop.community.operations.checklist import record_check
from coop.community.queries.checklist import (
    CheckRow,
    QuarterSheet,
    check_items,
    check_lines,
    inspected,
    seen_by_others,
    villages_of,
)
from coop.community.rules.checklist import (
    SEEN,
    SeenByOthers,
    counted_items,
    seen_otherwise,
    standing_out,
)
from coop.kernel import clock
from coop.kernel.db import transaction
from coop.kernel.quarter import Quarter, quarter_named, quarter_of
from coop.kernel.refusal import NotThere, Refused
from coop.kernel.web.csv_file import csv_answer
from coop.kernel.web.form import Form, form_of
from coop.kernel.web.page import page
from coop.kernel.web.paper import pdf_answer
from coop.schooling.queries.role import as_school, school_transaction

_NOTHING = SeenByOthers(None, frozenset(), ())
_BACK = 4  # quarters to choose from


class ChecklistController(Controller):
    """Villages by what was seen; nobody is named."""

    path = "/community/{code:str}/checks"

    @get(opt={"permission": READ})
    async def checks(self, request: AnyRequest, code: FromPath[str]) -> Response[Any]:
        """Show a quarter's sheets and, to who may, the form for one. Raises NotThere."""
        return await _checks(request, acting(request), code, Form())

    @post(opt={"permission": CHECK})
    async def record(self, request: AnyRequest, code: FromPath[str]) -> Response[Any]:
        """Record a sheet. Raises NotThere."""
        actor, typed = acting(request), await texts(request)
        try:
            async with school_transaction(actor.reach(CHECK)) as tx:
                owner, _ = await own_cooperative(tx, actor, CHECK, code)
                sending = sending_of(typed, actor.role_for(CHECK, owner.id))
                one = read(check_from(typed, await check_items(tx, clock.today())))
                await record_check(tx, owner.id, one, sending)
        except Refused as refused:
            form = form_of(typed).with_refusals(refused.refusals)
            return await _checks(request, actor, code, form, 422)
        return to(f"/community/{code}/checks")

    @get("/table.csv", opt={"permission": READ})
    async def table(self, request: AnyRequest, code: FromPath[str]) -> Response[bytes]:
        """A quarter's sheets as a file. Raises NotThere."""
        found = await _quarter(acting(request), code, _asked(request))
        rows = [
            (found.owner.code, row.line.check.village, row.line.check.on_day, code, seen.value)
            for row in found.rows
            for code, seen in sorted(row.line.check.answers.items())
        ]
        header = ("cooperative", "village", "day", "question", "answer")
        return csv_answer(f"checks-{found.owner.code}-{found.quarter.label}", header, rows)

    @get("/quarter.pdf", opt={"permission": READ})
    async def quarter_paper(self, request: AnyRequest, code: FromPath[str]) -> Response[bytes]:
        """A quarter on A4. Raises NotThere."""
        from coop.community.pdf import checks_pdf  # reportlab loads where paper is made

        found = await _quarter(acting(request), code, _asked(request))
        name = f"checks-{found.owner.code}-{found.quarter.label}"
        return await pdf_answer(request, name, lambda: checks_pdf(found))

    @get("/sheet.pdf", opt={"permission": READ})
    async def sheet_paper(self, request: AnyRequest, code: FromPath[str]) -> Response[bytes]:
        """An empty sheet to carry along and tick by hand. Raises NotThere."""
        from coop.community.pdf import empty_sheet_pdf  # reportlab loads where paper is made

        found = await _quarter(acting(request), code, _asked(request))
        return await pdf_answer(
            request, f"checklist-{found.owner.code}", lambda: empty_sheet_pdf(found)
        )


def _asked(request: AnyRequest) -> Quarter:
    """The quarter that was asked for, else the running one. Raises NotThere."""
    label = request.query_params.get("quarter", "")
    quarter = quarter_named(label) if label else quarter_of(clock.today())
    if quarter is None:
        raise NotThere(label)
    return quarter


async def _quarter(actor: Actor, code: str, quarter: Quarter) -> QuarterSheet:
    today = clock.today()
    async with transaction(actor.reach(READ)) as tx:
        owner, _ = await own_cooperative(tx, actor, READ, code)
        inspections = await inspected(tx)
        async with as_school(tx):
            items = await check_items(tx, min(quarter.last, today))
            lines = await check_lines(tx, owner.id, quarter.first, quarter.last)
            others = await seen_by_others(tx, owner.id, inspections)
            villages = await villages_of(tx, owner.id)
            done = await check_lines(tx, owner.id, today.replace(day=1), today)
    rows = tuple(
        CheckRow(
            one,
            standing_out(items, one.check.answers),
            seen_otherwise(one.check, others.get(one.village_key, _NOTHING)),
        )
        for one in lines
    )
    seen = {one.village_key for one in done}
    return QuarterSheet(
        owner,
        quarter,
        items,
        rows,
        counted_items(items, [one.check for one in lines]),
        tuple(sorted(villages.values())),
        tuple(sorted(name for key, name in villages.items() if key not in seen)),
    )


async def _checks(
    request: AnyRequest, actor: Actor, code: str, form: Form, status: int = 200
) -> Response[Any]:
    found = await _quarter(actor, code, _asked(request))
    context = {
        "cooperative": found.owner,
        "found": found,
        "seen": SEEN,
        "others": tuple(one for one in _quarters(clock.today()) if one != found.quarter),
        "may_record": actor.may(CHECK, found.owner.id),
        "operation": new_operation,
        "form": Form({"on_day": clock.today().isoformat(), **form.values}, form.problems),
    }
    return page(request, "community/checks.html", context, status)


def _quarters(today: date) -> tuple[Quarter, ...]:
    found = [quarter_of(today)]
    for _ in range(_BACK - 1):
        found.append(quarter_of(found[-1].first - clock.seconds(86_400)))
    return tuple(found)

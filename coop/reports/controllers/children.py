"""The quarter's report of children: counts only, rounded, published once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from litestar import Controller, Request, Response, get, post

from coop.access.actor import Actor
from coop.access.guard import acting
from coop.access.permission import Permission
from coop.cooperatives.queries import CooperativeRow, cooperatives
from coop.kernel import clock
from coop.kernel.db import Transaction, transaction
from coop.kernel.quarter import Quarter, quarter_named, quarter_of
from coop.kernel.refusal import NotThere, Refused
from coop.kernel.web.csv_file import csv_answer
from coop.kernel.web.form import Form, form_of
from coop.kernel.web.page import page
from coop.kernel.words import Said, say
from coop.reports.operations.children import publish_children
from coop.reports.queries.children import Report, report_of, reports
from coop.reports.rules.children import Grouping, Measure

AnyRequest = Request[Any, Any, Any]
_READ = Permission.REPORTS_CHILDREN_READ
_PUBLISH = Permission.REPORTS_CHILDREN_PUBLISH
_BACK = 8  # quarters that may still be published

MEASURES: Mapping[Measure, Said] = {
    Measure.REACHED: say("Reached"),
    Measure.ENROLLED: say("On a school's roll"),
    Measure.ATTENDING: say("Attending"),
    Measure.AT_RISK: say("At risk"),
    Measure.BACK: say("Back in school"),
}
GROUPINGS: Mapping[Grouping, Said] = {
    Grouping.VILLAGE: say("By village"),
    Grouping.SEX: say("By sex"),
    Grouping.AGE: say("By age"),
    Grouping.CASTE: say("By caste group"),
    Grouping.DISABILITY: say("By disability"),
}
_NAMES: Mapping[tuple[Grouping, str], Said] = {
    (Grouping.SEX, "F"): say("Girls"),
    (Grouping.SEX, "M"): say("Boys"),
    (Grouping.AGE, "6-10"): say("6 to 10 years"),
    (Grouping.AGE, "11-13"): say("11 to 13 years"),
    (Grouping.AGE, "14-17"): say("14 to 17 years"),
    (Grouping.CASTE, "GEN"): say("General"),
    (Grouping.DISABILITY, "yes"): say("With a disability"),
    (Grouping.DISABILITY, "no"): say("Without"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A count as it is shown: a text, or ``few``, or ``hidden``: its total would tell too much."""

    count: int | None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A group with its counts in the order of the measures."""

    name: Said | str
    counts: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One way to tell the same children apart."""

    title: Said
    lines: tuple[Line, ...]


class ChildReportController(Controller):
    """Counts of children, never one child."""

    path = "/reports/children"

    @get(opt={"permission": _READ})
    async def show(self, request: AnyRequest) -> Response[Any]:
        """Show a published quarter of a cooperative; the latest where none is asked for."""
        return await _page(request, Form())

    @get("/table.csv", opt={"permission": _READ})
    async def table(self, request: AnyRequest) -> Response[bytes]:
        """The same as a file. Raises NotThere where nothing was published."""
        actor = acting(request)
        async with transaction(actor.reach(_READ)) as tx:
            own = await _cooperative(tx, actor, request.query_params.get("coop", ""))
            found = await _asked(tx, own, request.query_params.get("quarter", ""))
        if found is None:
            raise NotThere("report")
        rows = [
            (own.code, found.quarter.label, grouping.value, name, measure.value, _text(n))
            for (grouping, name, measure), n in sorted(found.cells.items())
        ]
        rows += [
            (own.code, found.quarter.label, "all", "", measure.value, _text(n))
            for measure, n in found.totals.items()
        ]
        header = ("cooperative", "quarter", "grouping", "group", "measure", "children_rounded")
        return csv_answer(f"children-{own.code}-{found.quarter.label}", header, rows)

    @post(opt={"permission": _PUBLISH})
    async def publish(self, request: AnyRequest) -> Response[Any]:
        """Publish a quarter; once more changes nothing. Raises NotThere."""
        typed, actor = await request.form(), acting(request)
        quarter = quarter_named(str(typed.get("quarter", "")))
        try:
            async with transaction(actor.reach(_PUBLISH)) as tx:
                own = await _cooperative(tx, actor, str(typed.get("coop", "")))
                if quarter is None:
                    raise NotThere("quarter")
                await publish_children(tx, own.id, quarter)
        except Refused as refused:
            return await _page(request, form_of(typed).with_refusals(refused.refusals), 422)
        where = f"/reports/children?coop={own.code}&quarter={quarter.label}"
        return Response(None, status_code=303, headers={"location": where})


async def _page(request: AnyRequest, form: Form, status: int = 200) -> Response[Any]:
    actor, asked = acting(request), request.query_params
    async with transaction(actor.reach(_READ)) as tx:
        own = await _cooperative(tx, actor, form.value("coop") or asked.get("coop", ""))
        found = await _asked(tx, own, asked.get("quarter", ""))
        done = {quarter for owner, quarter in await reports(tx) if owner == own.id}
        choices = [one for one in await cooperatives(tx) if _within(actor, one.id)]
    context = {
        "cooperative": own,
        "cooperatives": tuple(choices),
        "report": found,
        "measures": tuple(MEASURES.values()),
        "totals": _counts(found.totals) if found else (),
        "tables": _tables(found) if found else (),
        "published": tuple(sorted(done, reverse=True)),
        "open": tuple(one for one in _past(quarter_of(clock.today())) if one not in done),
        "may_publish": actor.may(_PUBLISH, own.id),
        "may_villages": actor.may(Permission.COMMUNITY_WORK_READ, own.id),
        "form": form,
    }
    return page(request, "reports/children.html", context, status)


def _text(count: int | None) -> str:
    return "few" if count is None else str(count)


def _within(actor: Actor, owner: int) -> bool:
    return actor.may(_READ, owner)


async def _cooperative(tx: Transaction, actor: Actor, code: str) -> CooperativeRow:
    """The cooperative that was named, else the first within reach. Raises NotThere."""
    for one in await cooperatives(tx):
        if _within(actor, one.id) and code in ("", one.code):
            return one
    raise NotThere(code)


async def _asked(tx: Transaction, own: CooperativeRow, label: str) -> Report | None:
    """The quarter that was asked for, else the latest published. Raises NotThere."""
    if label:
        quarter = quarter_named(label)
        if quarter is None:
            raise NotThere(label)
        return await report_of(tx, own.id, quarter)
    latest = next((q for owner, q in await reports(tx) if owner == own.id), None)
    return await report_of(tx, own.id, latest) if latest else None


def _past(now: Quarter) -> list[Quarter]:
    found = []
    for _ in range(_BACK):
        now = quarter_of(now.first - clock.seconds(86_400))
        found.append(now)
    return found


def _counts(shown: Mapping[Measure, int | None]) -> tuple[Shown, ...]:
    return tuple(
        Shown(shown[one]) if one in shown else Shown(None, hidden=True) for one in MEASURES
    )


def _tables(found: Report) -> tuple[Table, ...]:
    tables = []
    for grouping, title in GROUPINGS.items():
        names = sorted({name for g, name, _ in found.cells if g is grouping}, key=_order)
        lines = tuple(
            Line(
                _name(grouping, name),
                tuple(Shown(found.cells.get((grouping, name, one))) for one in MEASURES),
            )
            for name in names
        )
        tables.append(Table(title, lines))
    return tuple(tables)


def _order(name: str) -> tuple[bool, int, str]:
    """Ages by their number, the rest by name, what is not known last."""
    first = name.partition("-")[0]
    return (not name, int(first) if first.isdecimal() else 0, name)


def _name(grouping: Grouping, name: str) -> Said | str:
    if not name:
        return say("Not known")
    return _NAMES.get((grouping, name), name)

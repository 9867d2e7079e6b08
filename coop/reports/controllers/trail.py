"""The way of one receipt as a line of time: scale, chain, log, lot, sale, buyer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from litestar import Controller, Request, Response, get
from litestar.params import FromPath

from coop.access.guard import acting
from coop.access.permission import Permission
from coop.audit.operations import record_read
from coop.kernel import i18n
from coop.kernel.db import transaction
from coop.kernel.refusal import NotThere, Refusal
from coop.kernel.web.form import Form, problems_of
from coop.kernel.web.page import page
from coop.kernel.words import Said, say
from coop.reports.queries.trail import LotSale, Trail, sales_of, trail
from coop.weighing.rules.numbers import slip_number
from coop.weighing.rules.reversal import REASONS, UNDO

AnyRequest = Request[Any, Any, Any]
_READ = Permission.REPORTS_HEALTH_READ


@dataclass(frozen=True, slots=True)
class Step:
    """What happened when; ``state`` is its shape, ``path`` where more stands."""

    at: datetime
    state: str
    words: Said
    note: Said | str = ""
    path: str = ""


class TrailController(Controller):
    """Trails of receipts."""

    path = "/trail"
    opt = {"permission": _READ}  # noqa: RUF012  (litestar's own form)

    @get()
    async def ask(self, request: AnyRequest) -> Response[Any]:
        """Ask for a receipt's number and go there."""
        typed = str(request.query_params.get("number", "")).strip().upper()[:24]
        form = Form({"number": typed})
        if typed:
            if slip_number(typed) is not None:
                return Response(None, status_code=303, headers={"location": f"/trail/{typed}"})
            why = say("This is no receipt number; write it like KDM01-26-S00012.")
            form = Form({"number": typed}, problems_of([Refusal("no_number", why, "number")]))
        context = {"form": form, "number": "", "steps": (), "found": None, "ends": None}
        return page(request, "reports/trail.html", context, 422 if form.problems else 200)

    @get("/{number:str}")
    async def show(self, request: AnyRequest, number: FromPath[str]) -> Response[Any]:
        """Show where a receipt's goods went. Raises NotThere."""
        wanted = slip_number(number)
        if wanted is None:
            raise NotThere(number)
        async with transaction(acting(request).reach(_READ)) as tx:
            found = await trail(tx, wanted.code, wanted.fy, wanted.no)
            if found is None:
                raise NotThere(number)
            sold = await sales_of(tx, found)
            await record_read(
                tx, "trail", cooperative_id=found.cooperative_id, about=number, rows=1
            )
        context = {
            "form": Form({"number": number}),
            "number": number,
            "found": found,
            "steps": _steps(found, sold, number),
            "ends": _ends(found, sold),
        }
        return page(request, "reports/trail.html", context)


def _steps(found: Trail, sold: list[LotSale], number: str) -> list[Step]:
    steps = [_weighed(found, number), *_kept(found), *_back(found), *_lot(found)]
    for one in sold:
        steps += _sold(one)
    return sorted(steps, key=lambda step: step.at)


def _weighed(found: Trail, number: str) -> Step:
    by = say("device %(code)s", code=found.device) if found.device else say("at the desk")
    note = say(
        "%(kg)s kg, %(rate)s a kg, floor price %(floor)s, %(by)s",
        kg=i18n.kg(found.grams),
        rate=i18n.rupees(found.rate_paise),
        floor=i18n.rupees(found.floor_paise),
        by=by,
    )
    return Step(found.weighed_at, "ok", say("Weighed"), note, f"/slips/{number}")


def _kept(found: Trail) -> list[Step]:
    steps = [
        Step(found.posted_at, "ok", say("Posted to the books")),
        Step(found.issued_at, "ok", say("Receipt sealed")),
    ]
    if found.chained_at is not None:
        steps.append(Step(found.chained_at, "ok", say("Entered in the chain of acts")))
    if found.logged_at is not None:
        leaf = say("Place %(leaf)s", leaf=found.leaf)
        steps.append(Step(found.logged_at, "ok", say("In the public log"), leaf, "/log"))
    if found.witnessed_at is not None:
        steps.append(Step(found.witnessed_at, "ok", say("Seen by a witness")))
    return steps


def _back(found: Trail) -> list[Step]:
    if found.reversed_at is None:
        return []
    undone = found.reversal_reason == UNDO
    reason = say("Undone by the poster") if undone else REASONS[found.reversal_reason]
    return [Step(found.reversed_at, "bad", say("Taken back"), reason)]


def _lot(found: Trail) -> list[Step]:
    if found.lot_at is None:
        return []
    return [
        Step(
            found.lot_at, "ok", say("Put into lot %(lot)s", lot=found.lot), "", f"/lots/{found.lot}"
        )
    ]


def _sold(one: LotSale) -> list[Step]:
    note = say("%(kg)s kg of the lot", kg=i18n.kg(one.grams))
    words = say("Sold to %(buyer)s", buyer=one.buyer_code)
    steps = [Step(one.sold_at, "ok", words, note, f"/sales/{one.number}")]
    if one.left_at is not None:
        left = say("Left the gate, vehicle %(vehicle)s", vehicle=one.vehicle)
        steps.append(Step(one.left_at, "ok", left))
    if one.read_at is not None and one.buyer_grams is not None:
        read = say("The buyer weighed %(kg)s kg", kg=i18n.kg(one.buyer_grams))
        steps.append(Step(one.read_at, "ok", read))
    return steps


def _ends(found: Trail, sold: list[LotSale]) -> Said | None:
    """Where the way ends for now, and why."""
    if found.reversed_at is not None:
        return None
    if found.lot_at is None:
        return say("It stands in no lot yet: the goods are in stock.")
    if not sold:
        return say("Its lot is not sold yet.")
    if found.leaf is None:
        return say("It has no place in the public log yet.")
    return None

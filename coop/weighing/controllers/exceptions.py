"""What an overseer looks at: who undoes how often, and every weighing that was taken back."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from litestar import Controller, Response, get

from coop.access.guard import acting
from coop.access.permission import Permission
from coop.cooperatives.queries import CooperativeRow, cooperatives
from coop.kernel import clock
from coop.kernel.cells import Cells
from coop.kernel.db import transaction
from coop.kernel.refusal import NotThere
from coop.kernel.web.form import Form, problems_of
from coop.kernel.web.page import page
from coop.kernel.words import Said, say
from coop.weighing.controllers.typed import AnyRequest
from coop.weighing.queries.papers import reason_said, role_said
from coop.weighing.queries.slips import Named
from coop.weighing.queries.standing import Correction, corrections, undo_counts

_READ = Permission.WEIGHING_EXCEPTION_READ
_DAYS = 30
_LABELS = {"since": say("From"), "until": say("To")}


@dataclass(frozen=True, slots=True)
class CorrectionShown:
    """A weighing taken back, in the reader's words."""

    reversal: str
    weighing: str
    cooperative: Named
    at: datetime
    reason: Said
    asked: Said
    decided: Said | None
    amount_paise: int
    new_amount_paise: int | None
    replaced_by: str


class ExceptionController(Controller):
    """Undone and corrected weighings within reach."""

    path = "/exceptions"
    opt = {"permission": _READ}  # noqa: RUF012  (litestar's own form)

    @get()
    async def show(self, request: AnyRequest) -> Response[Any]:
        """List them between two days, of one cooperative or of all within reach. Raises NotThere."""
        actor, asked = acting(request), dict(request.query_params)
        typed = {
            "since": str(asked.get("since") or clock.today() - timedelta(days=_DAYS)),
            "until": str(asked.get("until") or clock.today()),
            "coop": str(asked.get("coop") or ""),
        }
        cells = Cells(typed, _LABELS)
        since, until = cells.day("since"), cells.day("until")
        within = actor.cooperatives_for(_READ)
        async with transaction(actor.reach(_READ)) as tx:
            places = [c for c in await cooperatives(tx) if within is None or c.id in within]
            place = next((c for c in places if c.code == typed["coop"]), None)
            if place is None and typed["coop"]:
                raise NotThere(typed["coop"])
            chosen = place.id if place else None
            undone = await undo_counts(tx, chosen, since, until, named=within is not None)
            taken = await corrections(tx, chosen, since, until)
        context = {
            "undone": undone,
            "corrections": [_shown(one) for one in taken],
            "places": tuple(map(_named, places)) if len(places) > 1 else (),
            "form": Form(typed, problems_of(cells.problems)),
            "period": _Period(since, until),
        }
        return page(request, "weighing/exceptions.html", context, 422 if cells.problems else 200)


@dataclass(frozen=True, slots=True)
class _Period:
    since: date
    until: date


def _named(place: CooperativeRow) -> Named:
    return Named(place.name_hi, place.name_en, place.code)


def _shown(one: Correction) -> CorrectionShown:
    return CorrectionShown(
        one.reversal,
        one.weighing,
        one.cooperative,
        one.reversed_at,
        reason_said(one.reason),
        role_said(one.asked_role) if one.asked_role else say("Who weighed it"),
        role_said(one.decided_role) if one.decided_role else None,
        one.amount_paise,
        one.new_amount_paise,
        one.replaced_by,
    )

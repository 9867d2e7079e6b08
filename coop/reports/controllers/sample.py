"""A sample drawn by a seed, with names to ask the members by; every drawing is recorded."""

import secrets
from dataclasses import dataclass
from datetime import date
from typing import Any

from litestar import Controller, Request, Response, get

from coop.access.guard import acting
from coop.access.permission import Permission
from coop.audit.operations import record_read
from coop.cooperatives.queries import CooperativeRow, cooperatives
from coop.kernel import clock
from coop.kernel.cells import Cells
from coop.kernel.db import Transaction, transaction
from coop.kernel.refusal import NotThere, Refusal
from coop.kernel.web.csv_file import csv_answer
from coop.kernel.web.form import Form
from coop.kernel.web.page import page
from coop.kernel.words import say
from coop.members.queries.search import lines
from coop.reports.queries.drawn import draw, numbers
from coop.reports.rules.sample import SAMPLE_SIZE

AnyRequest = Request[Any, Any, Any]
_DRAW = Permission.REPORTS_SAMPLE_DRAW
_LONGEST_SEED = 60
_FIELDS = {"since": say("From"), "until": say("To")}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a draw is made of; ``form`` has problems where it cannot be made."""

    place: CooperativeRow | None
    places: tuple[CooperativeRow, ...]
    days: tuple[date, date]
    seed: str
    form: Form

    @property
    def ready(self) -> CooperativeRow | None:
        """The cooperative to draw from, None where nothing was asked or something is wrong."""
        return None if self.form.problems or not self.seed else self.place


class SampleController(Controller):
    """The drawn sample."""

    path = "/sample"
    opt = {"permission": _DRAW}  # noqa: RUF012  (litestar's own form)

    @get()
    async def show(self, request: AnyRequest) -> Response[Any]:
        """Ask for cooperative, days and seed; with them draw thirty receipts. Raises NotThere."""
        async with transaction(acting(request).reach(_DRAW)) as tx:
            asked = await _asked(request, tx)
            rows = await _drawn(tx, asked, asked.ready) if asked.ready else None
        context = {
            "asked": asked,
            "form": asked.form,
            "rows": rows,
            "size": SAMPLE_SIZE,
            "another": secrets.token_hex(4),
        }
        return page(request, "reports/sample.html", context, 422 if asked.form.problems else 200)

    @get("/numbers.csv")
    async def numbers(self, request: AnyRequest) -> Response[bytes]:
        """Give the numbers that the draw chooses from, without a name. Raises NotThere."""
        async with transaction(acting(request).reach(_DRAW)) as tx:
            asked = await _asked(request, tx)
            if asked.place is None or asked.form.problems:
                raise NotThere
            found = await numbers(tx, asked.place.id, asked.days)
        return csv_answer(f"numbers-{asked.place.code}", ["number"], [(one,) for one in found])


async def _asked(request: AnyRequest, tx: Transaction) -> Asked:
    query, today = request.query_params, clock.today()
    typed = {
        "coop": str(query.get("coop", ""))[:10],
        "since": str(query.get("since") or today.replace(day=1)),
        "until": str(query.get("until") or today),
        "seed": str(query.get("seed", "")).strip()[:_LONGEST_SEED],
    }
    places = tuple(await cooperatives(tx))
    place = next((one for one in places if one.code == typed["coop"]), None)
    if typed["coop"] and place is None:
        raise NotThere(typed["coop"])
    cells = Cells(typed, _FIELDS)
    since, until = cells.day("since"), cells.day("until")
    problems: list[Refusal] = list(cells.problems)
    if not problems and until < since:
        problems.append(
            Refusal("ends_before", say("The last day is before the first; change one."), "until")
        )
    if "seed" in query and not typed["seed"]:
        problems.append(
            Refusal("no_seed", say("Write a seed: any word or number, told to all."), "seed")
        )
    return Asked(place, places, (since, until), typed["seed"], Form(typed).with_refusals(problems))


async def _drawn(tx: Transaction, asked: Asked, place: CooperativeRow) -> list[tuple[Any, Any]]:
    found = await draw(tx, place.id, asked.days, asked.seed)
    named = {one.id: one for one in await lines(tx, [one.member_id for one in found])}
    about = f"{place.code} {asked.days[0]}..{asked.days[1]} {asked.seed}"[:80]
    await record_read(tx, "drawn sample", cooperative_id=place.id, about=about, rows=len(found))
    return [(one, named.get(one.member_id)) for one in found]

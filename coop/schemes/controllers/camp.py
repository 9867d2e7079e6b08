"""The camp list: who in a village has which paper to get. Taken along on paper or as a table."""

from collections.abc import Sequence
from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromQuery

from coop.access.actor import Actor
from coop.access.guard import acting
from coop.access.permission import Permission
from coop.audit.operations import record_read
from coop.cooperatives.queries import cooperatives
from coop.kernel import clock, i18n
from coop.kernel.db import Transaction, transaction
from coop.kernel.refusal import NotThere
from coop.kernel.web.csv_file import csv_answer
from coop.kernel.web.form import Form
from coop.kernel.web.page import office_of, page, reading_of
from coop.kernel.web.paper import pdf_answer
from coop.schemes.controllers.views import AnyRequest, texts_of
from coop.schemes.operations.desk import print_camp_list
from coop.schemes.queries import reports
from coop.schemes.queries.camp import CampList, camp_papers
from coop.schemes.queries.catalogue import catalogue
from coop.schemes.queries.reports import CampRow

_SCREEN = Permission.SCHEMES_HOUSEHOLD_SCREEN


class CampController(Controller):
    """No scheme's name, no caste, no income, no health stands on it."""

    path = "/schemes/camp"
    opt = {"permission": _SCREEN}  # noqa: RUF012  (litestar's own form)

    @get()
    async def choose(self, request: AnyRequest, village: FromQuery[str] = "") -> Response[Any]:
        """Choose a village and see its list."""
        async with transaction(acting(request).reach(_SCREEN)) as tx:
            places, rows = await _list(tx, village)
        context = {
            "villages": tuple((one, one) for one in places),
            "village": village if village in places else "",
            "papers": camp_papers(rows),
            "form": Form({"village": village}),
        }
        return page(request, "schemes/camp.html", context)

    @post()
    async def take(self, request: AnyRequest) -> Response[Any]:
        """Give the list out, on paper or as a table; the chain keeps that it was. Raises NotThere."""
        actor, (typed, _) = acting(request), await texts_of(request)
        village = typed.get("village", "")
        async with transaction(actor.reach(_SCREEN)) as tx:
            places, rows = await _list(tx, village)
            if village not in places:
                raise NotThere(village)
            await print_camp_list(tx, await _own(tx, actor), village, clock.today(), len(rows))
        with i18n.use_language(reading_of(request).lang):
            if typed.get("form") == "csv":
                return _table(rows)
            camp = CampList(village, clock.today(), camp_papers(rows))
        if typed.get("form") == "pdf":
            from coop.schemes.pdf.camp import camp_pdf  # reportlab loads where paper is made

            office = office_of(request)
            return await pdf_answer(request, f"camp-list-{camp.on}", lambda: camp_pdf(camp, office))
        return page(request, "schemes/camp_sheet.html", camp)


async def _list(tx: Transaction, village: str) -> tuple[list[str], list[CampRow]]:
    places = await reports.villages(tx)
    rows = await reports.camp_rows(tx, village) if village in places else []
    await record_read(tx, "camp list", cooperative_id=None, about=village[:80], rows=len(rows))
    return places, rows


async def _own(tx: Transaction, actor: Actor) -> int:
    within = actor.cooperatives_for(_SCREEN)
    for one in await cooperatives(tx):
        if within is None or one.id in within:
            return one.id
    raise NotThere


def _table(rows: Sequence[CampRow]) -> Response[bytes]:
    words = catalogue().words["document"]
    header = ["paper", "tola", "name", "household_no", "phone", "home_visit"]
    cells = [
        [
            i18n.named(words[row.paper]),
            row.tola,
            i18n.named(row) or row.person_no,
            row.household_no,
            *("yes" if one else "no" for one in (row.mobile, row.home_visit)),
        ]
        for row in rows
    ]
    return csv_answer("camp-list", header, cells)

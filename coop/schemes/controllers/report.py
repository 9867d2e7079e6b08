"""What the desk unlocked and what stands in the way: counts, never a household."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from litestar import Controller, Response, get

from coop.access.guard import acting
from coop.access.permission import Permission
from coop.cooperatives.queries import bylaws, value_on
from coop.kernel import clock
from coop.kernel.db import transaction
from coop.kernel.web.page import page
from coop.schemes.controllers.views import AnyRequest
from coop.schemes.queries import reports
from coop.schemes.queries.catalogue import catalogue
from coop.schemes.queries.reports import Count
from coop.schemes.rules.facts import Text
from coop.schemes.rules.indicator import told_counts, unlocked

_REPORT = Permission.SCHEMES_REPORT_READ


@dataclass(frozen=True, slots=True)
class Told:
    """A word with its count; None where it would point at a household."""

    name: Text
    count: int | None


class ReportController(Controller):
    """One page of counts."""

    path = "/schemes/report"
    opt = {"permission": _REPORT}  # noqa: RUF012  (litestar's own form)

    @get()
    async def show(self, request: AnyRequest) -> Response[Any]:
        """Show the running financial year and how applications stand."""
        first, last = _year(clock.today())
        async with transaction(acting(request).reach(_REPORT)) as tx:
            got = unlocked(
                await reports.seen_by_household(tx, first, last),
                await reports.screened_households(tx, first, last),
            )
            states, barriers = await reports.by_state(tx), await reports.by_barrier(tx)
            papers, gaps = await reports.by_paper(tx), await reports.open_by_village(tx)
            least = int(value_on(await bylaws(tx), "least_group", None, clock.today()))
        words = catalogue().words
        enough = got.with_any >= least
        context = {
            "first": first,
            "last": last,
            "got": got,
            "enough": enough,
            "least": least,
            "states": _told(states, words["state"], least),
            "barriers": _told(barriers, words["barrier"], least),
            "papers": _told(papers, words["document"], least),
            "villages": _told(gaps, {}, least),
        }
        return page(request, "schemes/report.html", context)


def _year(today: date) -> tuple[date, date]:
    start = today.year if today.month >= 4 else today.year - 1
    return date(start, 4, 1), date(start + 1, 3, 31)


def _told(counts: Sequence[Count], words: Mapping[str, Text], least: int) -> tuple[Told, ...]:
    """Groups of fewer households than ``least`` keep their count back."""
    kept = told_counts({one.word: one.households for one in counts}, least)
    return tuple(
        Told(
            words.get(one.word, Text(one.word, one.word)),
            None if kept[one.word] is None else one.count,
        )
        for one in counts
    )

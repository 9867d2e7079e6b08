"""The readers' list, most urgent first."""

from dataclasses import dataclass
from typing import Any

from litestar import Controller, Response, get

from coop.access.guard import acting
from coop.audit.operations import record_read
from coop.kernel.web.page import page
from coop.kernel.words import Said, say
from coop.safeguarding.controllers.parts import HIDDEN, WORK, AnyRequest
from coop.safeguarding.queries.cases import Case, Sight, all_cases, sight_of
from coop.safeguarding.queries.role import safe_transaction
from coop.safeguarding.rules.book import ABOUT, LEVELS
from coop.safeguarding.rules.state import Due

_STATES = {"danger": "bad", "high": "bad", "medium": "wait", "low": "ask", "none": "off"}


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in the list: no name; the household and the first letter where the child is listed.

    ``handed_up``: a day was missed for so long that the agency's standby reads it too.
    """

    case_no: str
    about: Said
    state: str
    level: Said
    child: str
    due: Due | None
    late: bool
    handed_up: bool


class CaseListController(Controller):
    """Everything that this account may read today."""

    path = "/cases"
    opt = HIDDEN

    @get()
    async def show(self, request: AnyRequest) -> Response[Any]:
        """List the cases; the reading is written down."""
        actor = acting(request)
        async with safe_transaction(actor.reach(WORK)) as tx:
            sight = await sight_of(tx, actor.user_id or 0)
            seen = [case for case in await all_cases(tx, sight.days) if sight.sees(case)]
            await record_read(tx, "cases", cooperative_id=None, about="list", rows=len(seen))
        today = sight.today
        own = [one for one in sight.readers if one.user_id == sight.user_id]
        open_ones = sorted(
            (case for case in seen if not case.facts.standing.closed),
            key=lambda case: case.facts.standing.urgency(today),
        )
        context = {
            "rows": tuple(row_of(case, sight) for case in open_ones),
            "closed": tuple(row_of(case, sight) for case in seen if case.facts.standing.closed),
            "named": own[0] if own else None,
            "valid": any(one.valid(today) for one in own),
            "today": today,
        }
        return page(request, "safeguarding/cases.html", context)


def row_of(case: Case, sight: Sight) -> CaseRow:
    """A case as the list shows it."""
    stands, child = case.facts.standing, case.child
    listed = f"{child.household_no} · {child.initial or child.person_no}" if child else ""
    level = "danger" if stands.danger else stands.level
    return CaseRow(
        case.case_no,
        ABOUT[case.facts.concerns[0].about],
        "ok" if stands.closed else _STATES.get(level, "ask"),
        say("Closed") if stands.closed else LEVELS.get(level, say("Not looked at yet")),
        listed,
        stands.next,
        stands.late(sight.today),
        stands.late(sight.today, sight.days["case_escalates"]),
    )

"""The list of visits as its page and its paper show it: household number and initial, never a name."""

from dataclasses import dataclass
from datetime import date

from coop.kernel.words import Said
from coop.schooling.queries.work import WorkLine
from coop.schooling.rules.follow_up import NEXT_ACTS, STATUS_NAMES


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A line of the list. ``path``: the child's page, for who may open it."""

    household_no: str
    initial: str
    band: str
    state: str
    status: Said
    reason: Said
    act: Said
    due: date
    overdue: bool
    stale: bool
    path: str | None


@dataclass(frozen=True, slots=True)
class VisitSheet:
    """What is printed: whose list, of which village and school (empty: all), the day, the rows.

    ``stale_days``: after so many days a check is old.
    """

    name_hi: str
    name_en: str
    village: str
    school: str
    today: date
    stale_days: int
    rows: tuple[VisitRow, ...]


def visit_row(line: WorkLine, today: date, *, may_open: bool) -> VisitRow:
    """A child to be followed up, as the list says it on a day."""
    stands, next_act = line.standing, NEXT_ACTS[line.standing.status]
    return VisitRow(
        line.child.household_no,
        line.child.initial,
        line.band,
        next_act.state,
        STATUS_NAMES[stands.status],
        stands.reason,
        next_act.act,
        line.due,
        line.due < today,
        stands.stale,
        f"/children/{line.child.person_no}" if may_open else None,
    )

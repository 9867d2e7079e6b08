"""A quarter's children without names, and what was published of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from coop.kernel.db import Transaction
from coop.kernel.quarter import Quarter
from coop.reports.rules.children import ChildSeen, Grouping, Measure
from coop.schooling.rules.status import Status

# The last check of the quarter; without consent a child has no row of its own in it.
_RUN = """SELECT id, on_day, rule FROM school_check_run WHERE cooperative_id = $1 AND on_day BETWEEN $2 AND $3
          ORDER BY on_day DESC, id DESC LIMIT 1"""
_CHILDREN = """
SELECT k.status, coalesce(hv.village, '') AS village, coalesce(hv.caste, '') AS caste, coalesce(v.sex, '') AS sex, v.dob,
       v.disability_pct, ARRAY(SELECT DISTINCT e.status FROM school_check e JOIN school_check_run er ON er.id = e.run_id
         WHERE e.person_id = k.person_id AND (er.on_day, er.id) < ($2, $1)) AS earlier
FROM school_check k LEFT JOIN person_home ph ON ph.person_id = k.person_id
LEFT JOIN LATERAL (SELECT village, caste FROM household_version x WHERE x.household_id = ph.household_id
                   ORDER BY x.version DESC LIMIT 1) hv ON true
LEFT JOIN LATERAL (SELECT sex, dob, disability_pct FROM child_version x WHERE x.person_id = k.person_id
                   ORDER BY x.version DESC LIMIT 1) v ON true
WHERE k.run_id = $1"""


@dataclass(frozen=True, slots=True)
class QuarterCheck:
    """The last check of a quarter, and whom it looked up."""

    on: date
    rule: str
    disabled_from_pct: int
    children: tuple[ChildSeen, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A published report; in ``cells`` None is few, and a total that would tell too much is missing."""

    id: int
    cooperative_id: int
    quarter: Quarter
    checked_on: date
    rule: str
    published_at: datetime
    totals: Mapping[Measure, int | None]
    cells: Mapping[tuple[Grouping, str, Measure], int | None]


async def checked_in(tx: Transaction, cooperative_id: int, quarter: Quarter) -> QuarterCheck | None:
    """Whom the quarter's last check looked up. Needs schooling's role."""
    run = await tx.fetchrow(_RUN, cooperative_id, quarter.first, quarter.last)
    if run is None:
        return None
    pct = await tx.fetchval(
        "SELECT home_based_disability_pct FROM status_rule WHERE code = $1 AND holds_from <= $2 ORDER BY holds_from DESC LIMIT 1",
        run["rule"],
        run["on_day"],
    )
    rows = await tx.fetch(_CHILDREN, run["id"], run["on_day"])
    children = tuple(
        ChildSeen(
            Status(row["status"]),
            frozenset(Status(one) for one in row["earlier"]),
            row["village"],
            row["sex"],
            row["dob"],
            row["caste"],
            row["disability_pct"],
        )
        for row in rows
    )
    return QuarterCheck(run["on_day"], run["rule"], int(pct or 0), children)


async def reports(tx: Transaction) -> list[tuple[int, Quarter]]:
    """Cooperative and quarter of every published report within reach, the latest first."""
    rows = await tx.fetch(
        "SELECT cooperative_id, quarter_from FROM child_report ORDER BY quarter_from DESC, cooperative_id"
    )
    return [(row["cooperative_id"], Quarter(row["quarter_from"])) for row in rows]


async def report_of(tx: Transaction, cooperative_id: int, quarter: Quarter) -> Report | None:
    """The published report of a quarter."""
    head = await tx.fetchrow(
        "SELECT id, checked_on, rule, published_at FROM child_report WHERE cooperative_id = $1 AND quarter_from = $2",
        cooperative_id,
        quarter.first,
    )
    if head is None:
        return None
    rows = await tx.fetch(
        'SELECT "grouping", name, measure, shown FROM child_report_cell WHERE report_id = $1',
        head["id"],
    )
    totals, cells = {}, {}
    for row in rows:
        if row["grouping"] == "all":
            totals[Measure(row["measure"])] = row["shown"]
        else:
            key = (Grouping(row["grouping"]), row["name"], Measure(row["measure"]))
            cells[key] = row["shown"]
    return Report(
        head["id"],
        cooperative_id,
        quarter,
        head["checked_on"],
        head["rule"],
        head["published_at"],
        totals,
        cells,
    )

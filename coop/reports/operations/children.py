"""Publish a quarter's report of a cooperative's children: once, rounded by chance, without names."""

import secrets

from coop.audit.operations import lock_head, record, sealed
from coop.audit.rules import AuditTag
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.quarter import Quarter
from coop.kernel.refusal import Refusal, Refused
from coop.kernel.rounding import Draw
from coop.kernel.words import say
from coop.reports.queries.children import checked_in
from coop.reports.queries.proof import REPORT_SEAL
from coop.reports.rules.children import Published, published
from coop.schooling.queries.role import as_school


async def publish_children(tx: Transaction, cooperative_id: int, quarter: Quarter) -> bool:
    """Publish the quarter from its last check; False where it was published before.

    Chance is drawn here and kept nowhere: it cannot be worked back. Raises Refused where the quarter
    is not over or nobody checked in it.
    """
    await lock_head(tx, cooperative_id)
    if await tx.fetchval(
        "SELECT 1 FROM child_report WHERE cooperative_id = $1 AND quarter_from = $2",
        cooperative_id,
        quarter.first,
    ):
        return False
    if quarter.last >= clock.today():
        message = say("The quarter is not over; publish it on %(day)s or later.", day=quarter.last)
        raise Refused([Refusal("not_over", message, "quarter")])
    async with as_school(tx):
        found = await checked_in(tx, cooperative_id, quarter)
    if found is None:
        message = say("Nobody checked the children in this quarter; choose another.")
        raise Refused([Refusal("no_check", message, "quarter")])
    shown = published(found.children, found.on, found.disabled_from_pct, _draw)
    report_id = int(
        await tx.fetchval(
            """INSERT INTO child_report (cooperative_id, quarter_from, checked_on, rule, published_by, published_at)
               VALUES ($1, $2, $3, $4, $5, $6) RETURNING id""",
            cooperative_id,
            quarter.first,
            found.on,
            found.rule,
            tx.reach.actor,
            clock.now(),
        )
    )
    await _write_cells(tx, cooperative_id, report_id, shown)
    await record(
        tx,
        AuditTag.CHILD_REPORT_PUBLISHED,
        cooperative_id=cooperative_id,
        table="child_report",
        row=str(report_id),
        facts={
            "quarter": quarter.label,
            "rows_sha256": await sealed(tx, REPORT_SEAL, cooperative_id, str(report_id)),
        },
    )
    return True


async def _write_cells(
    tx: Transaction, cooperative_id: int, report_id: int, shown: Published
) -> None:
    rows = [("all", "", measure.value, value) for measure, value in shown.totals.items()]
    rows += [
        (grouping.value, name, measure.value, value)
        for (grouping, name, measure), value in shown.cells.items()
    ]
    await tx.executemany(
        """INSERT INTO child_report_cell (report_id, cooperative_id, "grouping", name, measure, shown)
           VALUES ($1, $2, $3, $4, $5, $6)""",
        [(report_id, cooperative_id, *row) for row in rows],
    )


def _draw() -> Draw:
    return Draw(secrets.randbelow(5), secrets.randbelow(4))

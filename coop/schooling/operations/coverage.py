"""Keep the band of children looked up when a quarter is over: once, so that later changes tell of no household."""

from coop.audit.operations import lock_head, record, sealed
from coop.audit.rules import AuditTag
from coop.kernel import clock
from coop.kernel.db import SYSTEM, Transaction
from coop.schooling.queries.coverage import without_coverage
from coop.schooling.queries.proof import COVERAGE_SEAL
from coop.schooling.queries.role import school_transaction
from coop.schooling.rules.coverage import Quarter, last_quarter


async def keep_coverage(tx: Transaction, cooperative_id: int, quarter: Quarter) -> bool:
    """Keep a finished quarter's band; False where it stands already or the quarter still runs.

    Needs schooling's role.
    """
    await lock_head(tx, cooperative_id)
    if quarter.first_day > last_quarter(clock.today()).first_day:
        return False
    number = await tx.fetchval(
        """INSERT INTO coverage_quarter (cooperative_id, quarter_from, band, recorded_by, recorded_at)
           VALUES ($1, $2, coop_children_checked($1, $2), $3, $4) ON CONFLICT DO NOTHING RETURNING id""",
        cooperative_id,
        quarter.first_day,
        tx.reach.actor,
        clock.now(),
    )
    if number is None:
        return False
    await record(
        tx,
        AuditTag.COVERAGE_KEPT,
        cooperative_id=cooperative_id,
        table="coverage_quarter",
        row=str(number),
        facts={
            "quarter": quarter.first_day.isoformat(),
            "rows_sha256": await sealed(tx, COVERAGE_SEAL, cooperative_id, str(number)),
        },
    )
    return True


async def keep_ended_quarters() -> int:
    """Keep the last finished quarter of every cooperative; return how many were kept now."""
    quarter, kept = last_quarter(clock.today()), 0
    async with school_transaction(SYSTEM) as tx:
        missing = await without_coverage(tx, quarter)
    for cooperative_id in missing:
        async with school_transaction(SYSTEM) as tx:
            kept += await keep_coverage(tx, cooperative_id, quarter)
    return kept

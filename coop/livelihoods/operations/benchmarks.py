"""Record a benchmark: the agency's act, a dated row with its source."""

from uuid import UUID

from coop.audit.operations import lock_head, record, sealed
from coop.audit.rules import AuditTag
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import Refused
from coop.livelihoods.operations.once import sent_before
from coop.livelihoods.queries.proofs import BENCHMARK_SEAL
from coop.livelihoods.rules.benchmarks import Benchmark, refusals_to_record


async def record_benchmark(tx: Transaction, one: Benchmark, operation_id: UUID) -> None:
    """Write a benchmark; the older rows stay. Raises Refused, Conflict."""
    await lock_head(tx, None)
    if await sent_before(tx, None, operation_id, "benchmark", one):
        return
    if refusals := refusals_to_record(one, clock.today()):
        raise Refused(refusals)
    number = await tx.fetchval(
        """INSERT INTO income_benchmark (kind, name_en, name_hi, area, state_lgd, amount_paise, per, household_hundredths,
             holds_from, proxy, source, verified, recorded_by, recorded_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) RETURNING id""",
        one.kind.value,
        one.name_en,
        one.name_hi,
        one.area,
        one.state_lgd,
        one.paise,
        one.per.value,
        one.household_hundredths,
        one.holds_from,
        one.proxy,
        one.source,
        one.verified,
        tx.reach.actor,
        clock.now(),
    )
    await record(
        tx,
        AuditTag.BENCHMARK_RECORDED,
        cooperative_id=None,
        table="income_benchmark",
        row=str(number),
        facts={
            "kind": one.kind.value,
            "holds_from": one.holds_from.isoformat(),
            "rows_sha256": await sealed(tx, BENCHMARK_SEAL, None, str(number)),
        },
    )

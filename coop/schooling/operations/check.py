"""Keep a check: statuses and matches, erasable; counts, which stay."""

import json
from collections import Counter

from coop.audit.operations import Act, lock_head, record_all, sealed
from coop.audit.rules import AuditTag, Fact
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.schooling.queries.checks import Check, Checked
from coop.schooling.queries.proof import RUN_SEAL
from coop.schooling.rules.status import Finding


async def keep_check(tx: Transaction, cooperative_id: int, check: Check) -> int:
    """Write what a check found of a cooperative's children; return the run's row id.

    A child without consent is counted, and has no row of its own.
    """
    await lock_head(tx, cooperative_id)
    own = [one for one in check.checked if one.child.cooperative_id == cooperative_id]
    run_id = int(
        await tx.fetchval(
            """INSERT INTO school_check_run (cooperative_id, on_day, rule, recorded_by, recorded_at)
               VALUES ($1, $2, $3, $4, $5) RETURNING id""",
            cooperative_id,
            check.on,
            check.rule.code,
            tx.reach.actor,
            clock.now(),
        )
    )
    counts = Counter(one.finding.status.value for one in own)
    await tx.executemany(
        "INSERT INTO school_check_count (run_id, cooperative_id, status, children) VALUES ($1, $2, $3, $4)",
        [(run_id, cooperative_id, status, count) for status, count in counts.items()],
    )
    await _keep_findings(tx, cooperative_id, run_id, [one for one in own if one.child.consent])
    await _keep_pairs(tx, cooperative_id, run_id, check, {one.child.person_id for one in own})
    facts: dict[str, Fact] = {
        "day": check.on.isoformat(),
        "rule": check.rule.code,
        "children": len(own),
        "rows_sha256": await sealed(tx, RUN_SEAL, cooperative_id, str(run_id)),
    }
    await record_all(
        tx,
        cooperative_id,
        [Act(AuditTag.SCHOOLS_CHECKED, "school_check_run", str(run_id), facts)],
    )
    return run_id


async def _keep_findings(
    tx: Transaction, cooperative_id: int, run_id: int, checked: list[Checked]
) -> None:
    at = clock.now()
    await tx.executemany(
        """INSERT INTO school_check (cooperative_id, run_id, person_id, status, udise, admission_no, evidence, evidence_on,
             reason, reason_values, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)""",
        [
            (
                cooperative_id,
                run_id,
                one.child.person_id,
                one.finding.status.value,
                *_school_of(one.finding),
                one.finding.evidence_on,
                one.finding.reason.msgid,
                json.dumps(dict(one.finding.reason.values), ensure_ascii=False),
                at,
            )
            for one in checked
        ],
    )


def _school_of(finding: Finding) -> tuple[str, str, str]:
    """School, number within it, and where that is from."""
    if finding.by_hand is not None:
        return finding.by_hand.udise, finding.by_hand.admission_no, "person"
    if finding.row is not None:
        return finding.row.udise, finding.row.admission_no, "register"
    return "", "", "none"


async def _keep_pairs(
    tx: Transaction, cooperative_id: int, run_id: int, check: Check, own: set[int]
) -> None:
    pairs = [(pair, True) for pair in check.matched.certain if pair.person_id in own]
    pairs += [(pair, False) for pair in check.matched.doubtful if pair.person_id in own]
    await tx.executemany(
        """INSERT INTO register_match (cooperative_id, run_id, person_id, enrolment_row_id, score_thousandths, reasons, certain)
           VALUES ($1, $2, $3, $4, $5, $6, $7)""",
        [
            (
                cooperative_id,
                run_id,
                pair.person_id,
                pair.row_id,
                round(1000 * pair.score),
                "|".join(pair.reasons),
                certain,
            )
            for pair, certain in pairs
        ],
    )

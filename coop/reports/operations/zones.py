"""Enter an assessor's visit to a village, and end one before its day."""

import hashlib
import json
from uuid import UUID

from coop.audit.operations import lock_head, record, sealed
from coop.audit.rules import AuditTag
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import Conflict, NotThere, Refusal, Refused
from coop.kernel.words import say
from coop.reports.queries.proof import REVOCATION_SEAL, ZONE_SEAL
from coop.reports.queries.zones import criteria, limits
from coop.reports.rules.zones import Assessment, refusals_to_assess


async def record_zone(tx: Transaction, one: Assessment, operation_id: UUID, role: str) -> int:
    """Enter an assessment and return its id; the same form again gives the same.

    Raises Refused; Conflict where the form came before with other content.
    """
    await lock_head(tx, None)
    content = _digest(one)
    earlier = await tx.fetchrow(
        "SELECT id, content_sha256 FROM zone_assessment WHERE operation_id = $1", operation_id
    )
    if earlier is not None:
        if earlier["content_sha256"] != content:
            raise Conflict
        return int(earlier["id"])
    today = clock.today()
    if found := refusals_to_assess(one, await criteria(tx, today), await limits(tx, today), today):
        raise Refused(found)
    zone_id = int(
        await tx.fetchval(
            """INSERT INTO zone_assessment (village, block, district_lgd, assessed_on, valid_until, assessor, organisation,
                 evidence, recorded_as, recorded_by, operation_id, content_sha256, recorded_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id""",
            one.village,
            one.block,
            one.district_lgd,
            one.assessed_on,
            one.valid_until,
            one.assessor,
            one.organisation,
            one.evidence,
            role,
            tx.reach.actor,
            operation_id,
            content,
            clock.now(),
        )
    )
    await tx.executemany(
        "INSERT INTO zone_answer (assessment_id, criterion, met) VALUES ($1, $2, $3)",
        [(zone_id, code, met) for code, met in one.met.items()],
    )
    await record(
        tx,
        AuditTag.ZONE_ASSESSED,
        cooperative_id=None,
        table="zone_assessment",
        row=str(zone_id),
        facts={
            "village": one.village,
            "rows_sha256": await sealed(tx, ZONE_SEAL, None, str(zone_id)),
        },
    )
    return zone_id


async def revoke_zone(tx: Transaction, zone_id: int, reason: str, role: str) -> None:
    """End an assessment today; once more changes nothing. Raises NotThere, Refused."""
    await lock_head(tx, None)
    if not await tx.fetchval("SELECT 1 FROM zone_assessment WHERE id = $1", zone_id):
        raise NotThere(str(zone_id))
    if await tx.fetchval("SELECT 1 FROM zone_revocation WHERE assessment_id = $1", zone_id):
        return
    if not reason:
        raise Refused([Refusal("missing", say("Say why; it stands on the public page."), "reason")])
    await tx.execute(
        """INSERT INTO zone_revocation (assessment_id, revoked_on, reason, recorded_as, recorded_by, recorded_at)
           VALUES ($1, $2, $3, $4, $5, $6)""",
        zone_id,
        clock.today(),
        reason,
        role,
        tx.reach.actor,
        clock.now(),
    )
    await record(
        tx,
        AuditTag.ZONE_REVOKED,
        cooperative_id=None,
        table="zone_revocation",
        row=str(zone_id),
        facts={"rows_sha256": await sealed(tx, REVOCATION_SEAL, None, str(zone_id))},
    )


def _digest(one: Assessment) -> bytes:
    values = [
        one.village,
        one.block,
        one.district_lgd,
        one.assessed_on.isoformat(),
        one.valid_until.isoformat(),
        one.assessor,
        one.organisation,
        one.evidence,
        dict(sorted(one.met.items())),
    ]
    return hashlib.sha256(json.dumps(values, ensure_ascii=False).encode("utf-8")).digest()

"""Record who was heard, and which hearing a decision about a site rests on."""

from uuid import UUID

from coop.audit.operations import lock_head, record, sealed
from coop.audit.rules import AuditTag
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import Conflict, Refusal, Refused
from coop.participation.queries.proof import HEARING_SEAL, SITE_HEARING_SEAL
from coop.participation.rules import Hearing
from coop.participation.rules.hearing import Rests, refusals_to_record, refusals_to_rest


async def record_hearing(
    tx: Transaction, hearing: Hearing, operation_id: UUID, recorded_as: str
) -> int:
    """Record a hearing; return its row. The same form again changes nothing. Raises Refused, Conflict."""
    await lock_head(tx, hearing.cooperative_id)
    stands = await tx.fetchrow(
        "SELECT id, content_sha256 FROM hearing WHERE operation_id = $1", operation_id
    )
    if stands is not None:
        if stands["content_sha256"] != hearing.digest:
            raise Conflict
        return int(stands["id"])
    if refusals := refusals_to_record(hearing, clock.today()):
        raise Refused(refusals)
    number: int = await tx.fetchval(
        """INSERT INTO hearing (cooperative_id, about, question, held_on, place, said, changed, operation_id, content_sha256,
             recorded_as, recorded_by, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id""",
        hearing.cooperative_id,
        hearing.about,
        hearing.question,
        hearing.held_on,
        hearing.place,
        hearing.said,
        hearing.changed,
        operation_id,
        hearing.digest,
        recorded_as,
        tx.reach.actor,
        clock.now(),
    )
    await tx.executemany(
        "INSERT INTO hearing_people (hearing_id, band, sex, people) VALUES ($1, $2, $3, $4)",
        [(number, one.band, one.sex, one.people) for one in hearing.heard],
    )
    await record(
        tx,
        AuditTag.HEARING_RECORDED,
        cooperative_id=hearing.cooperative_id,
        table="hearing",
        row=str(number),
        facts={
            "about": hearing.about,
            "rows_sha256": await sealed(tx, HEARING_SEAL, hearing.cooperative_id, str(number)),
        },
    )
    return number


async def refusals_of_hearing(tx: Transaction, rests: Rests) -> tuple[Refusal, ...]:
    """Why a decision does not say whom it heard."""
    known = rests.hearing_id is not None and bool(
        await tx.fetchval("SELECT 1 FROM hearing WHERE id = $1", rests.hearing_id)
    )
    return refusals_to_rest(rests, known)


async def rest_site_on(tx: Transaction, site_code: str, version: int, rests: Rests) -> None:
    """Say what a version of a site rests on: part of the act that records it."""
    await tx.execute(
        """INSERT INTO site_hearing (site_code, version, hearing_id, no_hearing_reason, recorded_at)
           VALUES ($1, $2, $3, $4, $5)""",
        site_code,
        version,
        rests.hearing_id,
        rests.no_hearing_reason,
        clock.now(),
    )
    about = f"{site_code}/{version}"
    await record(
        tx,
        AuditTag.SITE_HEARING_NAMED,
        cooperative_id=None,
        table="site_hearing",
        row=about,
        facts={"rows_sha256": await sealed(tx, SITE_HEARING_SEAL, None, about)},
    )

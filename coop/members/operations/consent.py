"""Consent given and withdrawn, purpose by purpose."""

from datetime import date

from coop.audit.operations import lock_head, record, sealed
from coop.audit.rules import AuditTag
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import Refused
from coop.members.operations.once import Sent, answer, answered_before
from coop.members.queries.history import consents
from coop.members.queries.member import MemberFacts
from coop.members.rules.consent import How, Purpose, refusals_to_record
from coop.members.rules.proofs import CONSENT


async def write_consent(
    tx: Transaction,
    cooperative_id: int,
    person_id: int,
    person_no: str,
    purpose: Purpose,
    how: How,
    on: date,
    *,
    given: bool,
) -> None:
    """Write one row of consent; the last row of a purpose holds."""
    number = await tx.fetchval(
        """INSERT INTO consent (cooperative_id, person_id, purpose, given, how, on_day, recorded_by, recorded_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id""",
        cooperative_id,
        person_id,
        purpose.value,
        given,
        how.value,
        on,
        tx.reach.actor,
        clock.now(),
    )
    await record(
        tx,
        AuditTag.CONSENT_RECORDED,
        cooperative_id=cooperative_id,
        table="consent",
        row=str(number),
        facts={
            "person_no": person_no,
            "purpose": purpose.value,
            "given": int(given),
            "rows_sha256": await sealed(tx, CONSENT, cooperative_id, str(number)),
        },
    )


async def record_consent(
    tx: Transaction,
    one: MemberFacts,
    purpose: Purpose,
    how: How,
    on: date,
    form: Sent,
    *,
    given: bool,
) -> str:
    """Consent of a member, or its withdrawal. Raises Refused, Conflict."""
    await lock_head(tx, one.cooperative_id)
    location = await answered_before(tx, form)
    if location is not None:
        return location
    stands = {now.purpose: now.given for now in await consents(tx, one.person_id)}
    refusals = tuple(refusals_to_record(given, stands[purpose], on, clock.today()))
    if refusals:
        raise Refused(refusals)
    await write_consent(
        tx, one.cooperative_id, one.person_id, one.person_no, purpose, how, on, given=given
    )
    return await answer(tx, one.cooperative_id, form, one.path)

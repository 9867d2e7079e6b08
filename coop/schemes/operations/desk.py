"""What a household told and showed at the desk, and the check that was made of it."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from coop.audit.operations import lock_head, record, sealed
from coop.audit.rules import AuditTag, Seal
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.schemes.operations.once import taken_before
from coop.schemes.queries.households import Desk
from coop.schemes.rules.judging import Outcome, Result

CONSENT_SEAL = Seal(
    AuditTag.SCHEME_CONSENT_RECORDED,
    """SELECT jsonb_build_array(id, household_id, person_id, given, how, language, given_on, recorded_by, recorded_at)::text
       FROM scheme_consent WHERE cooperative_id = $1 AND id = $2::text::bigint""",
)
PAPER_SEAL = Seal(
    AuditTag.SCHEME_PAPER_NOTED,
    """SELECT jsonb_build_array(id, household_id, person_id, paper, seen, noted_on, recorded_by, recorded_at)::text
       FROM scheme_paper WHERE cooperative_id = $1 AND id = $2::text::bigint""",
)
SCREENING_SEAL = Seal(
    AuditTag.SCREENING_KEPT,
    """SELECT jsonb_build_array(s.id, s.household_id, s.on_day, s.recorded_by, s.recorded_at,
              (SELECT jsonb_agg(jsonb_build_array(r.scheme, r.applicant, r.result) ORDER BY r.scheme, r.applicant)
               FROM screening_result r WHERE r.screening_id = s.id))::text
       FROM screening s WHERE s.cooperative_id = $1 AND s.id = $2::text::bigint""",
)


@dataclass(frozen=True, slots=True)
class Consent:
    """Whether it was given, how, and in which language it was read out."""

    given: bool
    how: str
    language: str
    on: date


async def record_consent(tx: Transaction, at: Desk, consent: Consent, operation_id: UUID) -> None:
    """Write that a household, or a child's guardian, agreed or not to be asked."""
    await lock_head(tx, at.cooperative_id)
    if await taken_before(tx, at.cooperative_id, operation_id, "consent", at, consent):
        return
    number = await tx.fetchval(
        """INSERT INTO scheme_consent (cooperative_id, household_id, person_id, given, how, language, given_on, recorded_by, recorded_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id""",
        at.cooperative_id,
        at.household_id,
        at.person_id,
        consent.given,
        consent.how,
        consent.language,
        consent.on,
        tx.reach.actor,
        clock.now(),
    )
    digest = await sealed(tx, CONSENT_SEAL, at.cooperative_id, str(number))
    await record(
        tx,
        AuditTag.SCHEME_CONSENT_RECORDED,
        cooperative_id=at.cooperative_id,
        table="scheme_consent",
        row=str(number),
        facts={
            "household": at.household_id,
            "given": int(consent.given),
            "rows_sha256": digest,
        },
    )


async def record_answer(
    tx: Transaction, at: Desk, fact: str, value: str | None, told_on: date, operation_id: UUID
) -> None:
    """Write an answer as JSON, None for "do not know"; the chain keeps its salted hash, never itself."""
    await lock_head(tx, at.cooperative_id)
    if await taken_before(tx, at.cooperative_id, operation_id, "answer", at, fact, value):
        return
    salt = secrets.token_bytes(16)
    number = await tx.fetchval(
        """INSERT INTO scheme_answer (cooperative_id, household_id, person_id, fact, value, told_on, recorded_by, salt, recorded_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id""",
        at.cooperative_id,
        at.household_id,
        at.person_id,
        fact,
        value,
        told_on,
        tx.reach.actor,
        salt,
        clock.now(),
    )
    await record(
        tx,
        AuditTag.SCHEME_FACT_ANSWERED,
        cooperative_id=at.cooperative_id,
        table="scheme_answer",
        row=str(number),
        facts={
            "household": at.household_id,
            "person": at.person_id,
            "fact": fact,
            "value_sha256": hashlib.sha256(salt + (value or "").encode("utf-8")).hexdigest(),
        },
    )


async def note_paper(
    tx: Transaction, at: Desk, paper: str, seen: bool, noted_on: date, operation_id: UUID
) -> None:
    """Write that a paper was seen at the desk or is missing."""
    await lock_head(tx, at.cooperative_id)
    if await taken_before(tx, at.cooperative_id, operation_id, "paper", at, paper, seen):
        return
    number = await tx.fetchval(
        """INSERT INTO scheme_paper (cooperative_id, household_id, person_id, paper, seen, noted_on, recorded_by, recorded_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id""",
        at.cooperative_id,
        at.household_id,
        at.person_id,
        paper,
        seen,
        noted_on,
        tx.reach.actor,
        clock.now(),
    )
    digest = await sealed(tx, PAPER_SEAL, at.cooperative_id, str(number))
    await record(
        tx,
        AuditTag.SCHEME_PAPER_NOTED,
        cooperative_id=at.cooperative_id,
        table="scheme_paper",
        row=str(number),
        facts={"household": at.household_id, "paper": paper, "rows_sha256": digest},
    )


async def keep_screening(
    tx: Transaction, at: Desk, outcomes: Sequence[Outcome], on: date, operation_id: UUID
) -> None:
    """Write that the household was checked, with what it fits and what is still to be asked."""
    await lock_head(tx, at.cooperative_id)
    kept = [one for one in outcomes if one.judgement.result is not Result.NOT_ELIGIBLE]
    if await taken_before(tx, at.cooperative_id, operation_id, "screening", at, on):
        return
    number = await tx.fetchval(
        "INSERT INTO screening (cooperative_id, household_id, on_day, recorded_by, recorded_at) VALUES ($1, $2, $3, $4, $5) RETURNING id",
        at.cooperative_id,
        at.household_id,
        on,
        tx.reach.actor,
        clock.now(),
    )
    await tx.executemany(
        "INSERT INTO screening_result (screening_id, cooperative_id, scheme, applicant, result) VALUES ($1, $2, $3, $4, $5)",
        [
            (number, at.cooperative_id, one.scheme, one.applicant, one.judgement.result.value)
            for one in kept
        ],
    )
    digest = await sealed(tx, SCREENING_SEAL, at.cooperative_id, str(number))
    await record(
        tx,
        AuditTag.SCREENING_KEPT,
        cooperative_id=at.cooperative_id,
        table="screening",
        row=str(number),
        facts={"household": at.household_id, "on": on.isoformat(), "rows_sha256": digest},
    )


async def print_camp_list(
    tx: Transaction, cooperative_id: int, village: str, on: date, rows: int
) -> None:
    """Record that the list of a village was taken along: it leaves the house on paper."""
    await record(
        tx,
        AuditTag.CAMP_LIST_PRINTED,
        cooperative_id=cooperative_id,
        table="scheme_paper",
        row=village[:80],
        facts={"on": on.isoformat(), "rows": rows},
    )

"""The rows of a child with consent; the acts that call these record what they did."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from coop.audit.operations import Act
from coop.audit.rules import AuditTag, rows_digest
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.schooling.queries.proof import CONSENT_TEXT, VALUES_HASH
from coop.schooling.rules.consent import Answer, Asked, ChildParticulars, Purpose

BY_LIST = Asked(date.min, read_aloud=False, how="list", adult_proof="list")


@dataclass(frozen=True, slots=True)
class Answered:
    """A guardian's answer to be written; ``guardian_person_id`` None where nobody told who."""

    person_id: int
    guardian_person_id: int | None
    purpose: Purpose
    answer: Answer
    asked: Asked


async def keep_children(
    tx: Transaction, cooperative_id: int, known: Sequence[tuple[int, ChildParticulars]]
) -> list[Act]:
    """Write what is known of children as their next versions, each with a salt of its own.

    The entry holds a salted hash of the values: once the row is erased it tells nothing.
    """
    if not known:
        return []
    at = clock.now()
    rows = await tx.fetch(
        f"""INSERT INTO child_version (cooperative_id, person_id, version, name_latin, name_hi, sex, dob, dob_precision,
              father_name, mother_name, disability_pct, salt, recorded_at)
            SELECT $1, k.person_id, 1 + coalesce((SELECT max(version) FROM child_version x WHERE x.person_id = k.person_id), 0),
              k.name_latin, k.name_hi, k.sex, k.dob, k.dob_precision, k.father_name, k.mother_name, k.pct, k.salt, $2
            FROM unnest($3::bigint[], $4::text[], $5::text[], $6::text[], $7::date[], $8::text[], $9::text[], $10::text[],
              $11::smallint[], $12::bytea[]) AS k(person_id, name_latin, name_hi, sex, dob, dob_precision, father_name,
              mother_name, pct, salt)
            RETURNING person_id, version, {VALUES_HASH} AS sha256""",  # noqa: S608  # our own words
        cooperative_id,
        at,
        [person_id for person_id, _ in known],
        [one.name_latin for _, one in known],
        [one.name_hi for _, one in known],
        [one.sex for _, one in known],
        [one.dob for _, one in known],
        [one.dob_precision for _, one in known],
        [one.father_name for _, one in known],
        [one.mother_name for _, one in known],
        [one.disability_pct for _, one in known],
        [secrets.token_bytes(16) for _ in known],
    )
    return [
        Act(
            AuditTag.CHILD_RECORDED,
            "child",
            str(row["person_id"]),
            {"version": row["version"], "values_sha256": row["sha256"]},
        )
        for row in rows
    ]


async def keep_answers(
    tx: Transaction, cooperative_id: int, answers: Sequence[Answered]
) -> list[Act]:
    """Write guardians' answers: the trace that stays when a child's record is erased."""
    if not answers:
        return []
    rows = await tx.fetch(
        f"""INSERT INTO guardian_consent (cooperative_id, person_id, guardian_person_id, purpose, answer, answered_on,
              read_aloud, how, adult_proof, recorded_by, recorded_at)
            SELECT $1, k.*, $2, $3 FROM unnest($4::bigint[], $5::bigint[], $6::text[], $7::text[], $8::date[], $9::boolean[],
              $10::text[], $11::text[]) AS k
            RETURNING id, purpose, answer, {CONSENT_TEXT} AS text""",  # noqa: S608  # our own words
        cooperative_id,
        tx.reach.actor,
        clock.now(),
        [one.person_id for one in answers],
        [one.guardian_person_id for one in answers],
        [one.purpose.value for one in answers],
        [one.answer.value for one in answers],
        [one.asked.on for one in answers],
        [one.asked.read_aloud for one in answers],
        [one.asked.how for one in answers],
        [one.asked.adult_proof for one in answers],
    )
    return [
        Act(
            AuditTag.GUARDIAN_ANSWERED,
            "guardian_consent",
            str(row["id"]),
            {
                "purpose": row["purpose"],
                "answer": row["answer"],
                "rows_sha256": rows_digest([row["text"]]),
            },
        )
        for row in rows
    ]


async def keep_guardians(
    tx: Transaction,
    cooperative_id: int,
    guardians: Sequence[tuple[int, int, str, date | None]],
) -> list[Act]:
    """Write guardianships: child, guardian, relation, from which day."""
    if not guardians:
        return []
    rows = await tx.fetch(
        """INSERT INTO guardianship (cooperative_id, person_id, guardian_person_id, relation, from_day, recorded_at)
           SELECT $1, k.*, $2 FROM unnest($3::bigint[], $4::bigint[], $5::text[], $6::date[]) AS k RETURNING id""",
        cooperative_id,
        clock.now(),
        [child for child, _, _, _ in guardians],
        [guardian for _, guardian, _, _ in guardians],
        [relation for _, _, relation, _ in guardians],
        [from_day for _, _, _, from_day in guardians],
    )
    return [Act(AuditTag.GUARDIAN_RECORDED, "guardianship", str(row["id"]), {}) for row in rows]

"""Record schools; keep the registers that they export."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import astuple

from coop.audit.operations import record
from coop.audit.rules import AuditTag
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.schooling.rules import EnrolmentRow, School


def row_hash(row: EnrolmentRow) -> bytes:
    """What makes two register rows the same: every value of theirs."""
    return hashlib.sha256(
        json.dumps(astuple(row), default=str, ensure_ascii=False).encode()
    ).digest()


async def record_school(tx: Transaction, school: School) -> None:
    """Write a school's next version."""
    version = 1 + int(
        await tx.fetchval(
            "SELECT coalesce(max(version), 0) FROM school WHERE udise = $1", school.udise
        )
    )
    await tx.execute(
        """INSERT INTO school (udise, name, name_hi, category, lowest_class, highest_class, management, village,
             block, district_lgd, closed_on, successor_udise, version, recorded_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)""",
        *astuple(school),
        version,
        clock.now(),
    )
    await record(
        tx,
        AuditTag.SCHOOL_RECORDED,
        cooperative_id=None,
        table="school",
        row=school.udise,
        facts={"udise": school.udise, "version": version},
    )


async def keep_register(
    tx: Transaction, register_sha256: str, rows: Sequence[tuple[int, EnrolmentRow]]
) -> None:
    """Keep a register's rows (row number of the file, row) for the check of enrolment."""
    if not rows:
        return
    at, register = clock.now(), bytes.fromhex(register_sha256)
    await tx.executemany(
        """INSERT INTO enrolment_row (row_sha256, register_sha256, row_no, udise, class_no, section, admission_no,
             pupil_name, father_name, mother_name, dob, sex, last_attended_on, days_present, days_open, tc_date, recorded_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)""",
        [(row_hash(row), register, number, *astuple(row), at) for number, row in rows],
    )
    await record(
        tx,
        AuditTag.REGISTER_KEPT,
        cooperative_id=None,
        table="enrolment_row",
        row=register_sha256[:16],
        facts={"file_sha256": register_sha256, "rows": len(rows)},
    )

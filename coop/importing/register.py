"""Schools and the registers that they export."""

from collections.abc import Mapping
from functools import partial

from coop.importing.task import ImportTask
from coop.kernel.clock import ist_day
from coop.kernel.db import Transaction
from coop.kernel.rows import Outcome, RowOutcome, judge_register
from coop.schooling import operations, queries
from coop.schooling.forms import (
    ENROLMENT_COLUMNS,
    SCHOOL_COLUMNS,
    enrolment_row_from,
    school_from_row,
)
from coop.schooling.queries.registers import erased_pupils
from coop.schooling.queries.role import as_school
from coop.schooling.rules import EnrolmentRow, refusals_to_record_school

COLUMNS: Mapping[str, tuple[str, ...]] = {"schools": SCHOOL_COLUMNS, "enrolment": ENROLMENT_COLUMNS}


async def schools(tx: Transaction, task: ImportTask) -> list[RowOutcome]:
    """A school that changed gets a new version."""
    current = await queries.schools(tx)
    judged = judge_register(
        task.rows, school_from_row, lambda one: one.udise, current, refusals_to_record_school
    )
    for row in judged:
        if row.value is not None:
            await operations.record_school(tx, row.value)
    return [row.outcome for row in judged]


async def enrolment(tx: Transaction, task: ImportTask) -> list[RowOutcome]:
    """A register's rows are kept as exported; the same row again is unchanged.

    Reports name a row by school and admission number, never by the pupil.
    """
    parse = partial(enrolment_row_from, not_after=ist_day(task.judged_at))
    rows = [parse(row) for row in task.rows]
    hashes = [operations.row_hash(one.value) for one in rows if one.value is not None]
    kept = await queries.kept_hashes(tx, hashes)
    async with as_school(tx):
        erased = await erased_pupils(tx)
    seen: set[bytes] = set()
    outcomes: list[RowOutcome] = []
    new: list[tuple[int, EnrolmentRow]] = []
    for number, one in enumerate(rows, 1):
        if one.value is None:
            outcomes.append(RowOutcome(number, "", Outcome.REFUSED, one.problems))
            continue
        name, digest = f"{one.value.udise}/{one.value.admission_no}", operations.row_hash(one.value)
        # Of a pupil whose guardian withdrew nothing is laid down again, and nothing tells so.
        left_out = erased.holds(one.value.udise, one.value.admission_no)
        if digest in kept or digest in seen or left_out:
            outcome = Outcome.REPLAY if digest in seen else Outcome.UNCHANGED
            outcomes.append(RowOutcome(number, name, outcome))
            continue
        seen.add(digest)
        new.append((number, one.value))
        outcome = Outcome.WARNED if one.problems else Outcome.ACCEPTED
        outcomes.append(RowOutcome(number, name, outcome, one.problems))
    await operations.keep_register(tx, task.sha256, new)
    return outcomes

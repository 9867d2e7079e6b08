"""Erase what is kept of a child: all rows that name or describe it, also those of the registers."""

from collections.abc import Sequence

from coop.audit.operations import Act
from coop.audit.rules import AuditTag
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.schooling.queries.checks import as_child, decisions
from coop.schooling.queries.children import ChildLine
from coop.schooling.queries.registers import erased_pupils, register_rows, schools
from coop.schooling.rules import udise_now
from coop.schooling.rules.match import current_rows, match

# Follow-up hangs on the child, guardianship_end on guardianship, register_match on both its ends.
_ERASABLE = (
    "follow_up_answer",
    "hand_confirmation",
    "pupil_decision",
    "register_match",
    "school_check",
    "guardianship",
    "schooling_form",
    "child_version",
)


async def erase_children(
    tx: Transaction, cooperative_id: int, lines: Sequence[ChildLine], why: str
) -> list[Act]:
    """Erase children's records to the aggregate: the counts of past checks stay, and who answered.

    Their pupils' rows go from the registers too, and are not laid down again by the next export.
    The caller writes the answers and records the acts.
    """
    kept = [line for line in lines if line.known is not None]
    if not kept:
        return []
    pupils = await _pupils_of(tx, kept)
    counts = dict.fromkeys((line.person_id for line in kept), 0)
    for table in _ERASABLE:
        rows = await tx.fetch(
            f'DELETE FROM "{table}" WHERE person_id = ANY ($1) RETURNING person_id',  # noqa: S608  # our own words
            list(counts),
        )
        for row in rows:
            counts[row["person_id"]] += 1
    await _erase_pupils(tx, cooperative_id, pupils)
    return [
        Act(AuditTag.CHILD_ERASED, "child", str(person_id), {"why": why, "rows": rows})
        for person_id, rows in counts.items()
    ]


async def _pupils_of(tx: Transaction, lines: Sequence[ChildLine]) -> set[tuple[int, str, str]]:
    """Which pupils these children are, by the match of now and by every check before."""
    rows = await register_rows(tx)
    by_id = {one.id: one for one in rows}
    recorded = await tx.fetch(
        "SELECT person_id, enrolment_row_id FROM register_match WHERE certain AND person_id = ANY ($1)",
        [line.person_id for line in lines],
    )
    found = {(row["person_id"], row["enrolment_row_id"]) for row in recorded}
    matched = match(
        [as_child(line) for line in lines],
        current_rows(rows, clock.today()),
        await schools(tx),
        await decisions(tx),
    )
    found |= {(pair.person_id, pair.row_id) for pair in matched.certain}
    return {
        (person_id, by_id[row_id].row.udise, by_id[row_id].row.admission_no)
        for person_id, row_id in found
        if row_id in by_id
    }


async def _erase_pupils(
    tx: Transaction, cooperative_id: int, pupils: set[tuple[int, str, str]]
) -> None:
    if not pupils:
        return
    successors = {code: one.successor_udise for code, one in (await schools(tx)).items()}
    marks = await erased_pupils(tx)
    for person_id, udise, number in sorted(pupils):
        await tx.execute(
            "DELETE FROM enrolment_row WHERE udise = $1 AND admission_no = $2", udise, number
        )
        for code in {udise, udise_now(udise, successors)}:
            await tx.execute(
                "INSERT INTO pupil_erased (mark, person_id, cooperative_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                marks.mark(code, number),
                person_id,
                cooperative_id,
            )


async def lift_marks(tx: Transaction, person_ids: Sequence[int]) -> None:
    """A guardian consents anew: the next register may lay the pupil's row down again."""
    await tx.execute("DELETE FROM pupil_erased WHERE person_id = ANY ($1)", list(person_ids))

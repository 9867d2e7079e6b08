"""Rules of the status, and what a check finds of children. Every function needs schooling's role."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from coop.kernel.db import Transaction
from coop.schooling.queries.children import ChildLine, children
from coop.schooling.queries.registers import register_rows, schools
from coop.schooling.rules.match import (
    Child,
    Decision,
    Matched,
    Pair,
    RegisterRow,
    current_rows,
    match,
)
from coop.schooling.rules.status import (
    ChildFacts,
    Finding,
    HandConfirmation,
    Status,
    StatusRule,
    status_on,
)


@dataclass(frozen=True, slots=True)
class Checked:
    """A child with what the check found; ``pairs`` are those of the match."""

    child: ChildLine
    finding: Finding
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """A check of all children within reach."""

    rule: StatusRule
    on: date
    checked: tuple[Checked, ...]
    matched: Matched
    rows: dict[int, RegisterRow]


async def status_rules(tx: Transaction) -> list[StatusRule]:
    """Every version of every rule."""
    rows = await tx.fetch(
        """SELECT code, holds_from, school_age, past_compulsory_age, adult_age, irregular_days, long_absent_days,
                  out_of_school_days, transfer_days, home_based_disability_pct, stale_days, source, verified
           FROM status_rule ORDER BY code, holds_from"""
    )
    return [StatusRule(*row.values()) for row in rows]


def as_child(line: ChildLine) -> Child:
    """A child as the match takes it; only with consent."""
    known = line.known
    if known is None:
        raise ValueError("nothing is kept of this child")
    return Child(
        line.person_id,
        known.name_latin,
        known.name_hi,
        known.sex,
        known.dob,
        known.dob_precision,
        known.father_name,
        known.mother_name,
        line.village,
        line.district_lgd,
    )


async def check(tx: Transaction, rule: StatusRule, on: date, own: int | None = None) -> Check:
    """Look up the children within reach and decide their status; nothing is written.

    ``own``: the one cooperative whose check it is; a row that another's child holds is then for a
    person. Children without consent are listed, not looked up.
    """
    lines = await children(tx)
    rows = {one.id: one for one in current_rows(await register_rows(tx), on)}
    matched = match(
        [as_child(line) for line in lines if line.consent],
        list(rows.values()),
        await schools(tx),
        await decisions(tx),
        await _held_elsewhere(tx, list(rows), own) if own is not None else frozenset(),
    )
    certain: dict[int, list[Pair]] = defaultdict(list)
    for pair in matched.certain:
        certain[pair.person_id].append(pair)
    doubtful = {pair.person_id for pair in matched.doubtful}
    told = await confirmations(tx)
    checked = []
    for line in lines:
        pairs = tuple(certain[line.person_id])
        facts = ChildFacts(
            line.consent,
            line.known.dob if line.known else None,
            line.known.disability_pct if line.known else None,
            tuple(rows[pair.row_id] for pair in pairs),
            tuple(told.get(line.person_id, ())),
            line.person_id in doubtful,
        )
        checked.append(Checked(line, status_on(facts, rule, on), pairs))
    return Check(rule, on, tuple(checked), matched, rows)


async def _held_elsewhere(tx: Transaction, row_ids: list[int], own: int) -> frozenset[int]:
    rows = await tx.fetch("SELECT coop_rows_held_elsewhere($1, $2) AS id", row_ids, own)
    return frozenset(row["id"] for row in rows)


async def decisions(tx: Transaction) -> list[Decision]:
    """What people said of children and pupils, the oldest first."""
    rows = await tx.fetch(
        "SELECT person_id, udise, admission_no, same FROM pupil_decision ORDER BY id"
    )
    return [Decision(*row.values()) for row in rows]


async def confirmations(
    tx: Transaction, person_id: int | None = None
) -> dict[int, list[HandConfirmation]]:
    """What people found out, by child, the oldest first."""
    rows = await tx.fetch(
        """SELECT person_id, status, confirmed_on, how, udise, admission_no, paper_day FROM hand_confirmation
           WHERE $1::bigint IS NULL OR person_id = $1 ORDER BY id""",
        person_id,
    )
    found: dict[int, list[HandConfirmation]] = defaultdict(list)
    for row in rows:
        values = list(row.values())
        found[row["person_id"]].append(HandConfirmation(Status(values[1]), *values[2:]))
    return found

"""What a facilitator works from: last checks, who is due, doubtful matches. Needs schooling's role."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from coop.kernel.clock import full_years
from coop.kernel.db import Transaction
from coop.kernel.words import Said
from coop.members.rules.names import place_key
from coop.schooling.queries.checks import confirmations, status_rules
from coop.schooling.queries.children import ChildLine, children
from coop.schooling.rules.follow_up import (
    LastCheck,
    Standing,
    age_band,
    due_on,
    standing,
    urgency,
)
from coop.schooling.rules.school import EnrolmentRow
from coop.schooling.rules.status import DEFAULT_RULE, Status, StatusRule, rule_on

_LAST = """
SELECT DISTINCT ON (k.person_id) k.person_id, r.on_day, r.rule, k.status, k.reason, k.reason_values, k.udise,
       k.admission_no, k.evidence_on FROM school_check k JOIN school_check_run r ON r.id = k.run_id
WHERE $1::bigint IS NULL OR k.person_id = $1 ORDER BY k.person_id, k.run_id DESC
"""
_DOUBTFUL = """
SELECT m.person_id, m.score_thousandths, m.reasons, e.udise, e.class_no, e.section, e.admission_no, e.pupil_name,
       e.father_name, e.mother_name, e.dob, e.sex, e.last_attended_on, e.days_present, e.days_open, e.tc_date
FROM register_match m JOIN enrolment_row e ON e.id = m.enrolment_row_id
WHERE NOT m.certain AND m.run_id = (SELECT max(r.id) FROM school_check_run r WHERE r.cooperative_id = m.cooperative_id)
  AND NOT EXISTS (SELECT FROM pupil_decision d WHERE d.person_id = m.person_id AND d.udise = e.udise
                  AND d.admission_no = e.admission_no)
ORDER BY m.score_thousandths DESC, m.id
"""


@dataclass(frozen=True, slots=True)
class WorkLine:
    """A child to be followed up: no name, the band instead of the age."""

    child: ChildLine
    standing: Standing
    due: date
    band: str
    udise: str


@dataclass(frozen=True, slots=True)
class Worklist:
    """Who is due, most urgent first; and how many need nothing, were never checked, are stale."""

    lines: tuple[WorkLine, ...]
    well: int
    never: int
    stale: int
    checked_on: date | None
    rule: StatusRule


@dataclass(frozen=True, slots=True)
class DoubtfulPair:
    """A child and a pupil who may be one; a person looks at both."""

    child: ChildLine
    row: EnrolmentRow
    score_thousandths: int
    reasons: tuple[str, ...]


async def last_checks(tx: Transaction, person_id: int | None = None) -> dict[int, LastCheck]:
    """The last check of each child."""
    return {
        row["person_id"]: LastCheck(
            row["on_day"],
            row["rule"],
            Status(row["status"]),
            Said(row["reason"], tuple(sorted(json.loads(row["reason_values"]).items()))),
            row["udise"],
            row["admission_no"],
            row["evidence_on"],
        )
        for row in await tx.fetch(_LAST, person_id)
    }


async def rule_in_use(tx: Transaction, cooperative_id: int | None, on: date) -> StatusRule:
    """The rule of the last check, else the national one, as it holds on a day."""
    code = await tx.fetchval(
        """SELECT rule FROM school_check_run WHERE $1::bigint IS NULL OR cooperative_id = $1
           ORDER BY id DESC LIMIT 1""",
        cooperative_id,
    )
    rules = await status_rules(tx)
    try:
        return rule_on(rules, code or DEFAULT_RULE, on)
    except LookupError:
        return rule_on(rules, DEFAULT_RULE, on)


async def worklist(
    tx: Transaction, cooperative_id: int, days: Mapping[str, int], today: date
) -> Worklist:
    """A cooperative's children whom somebody must see; nothing of a child without consent."""
    rule = await rule_in_use(tx, cooperative_id, today)
    checks, told = await last_checks(tx), await confirmations(tx)
    lines: list[WorkLine] = []
    well = never = stale = 0
    for child in await children(tx):
        if child.cooperative_id != cooperative_id or not child.consent or child.known is None:
            continue
        age = full_years(child.known.dob, today) if child.known.dob else rule.school_age
        if not rule.school_age <= age < rule.adult_age:
            continue
        last = checks.get(child.person_id)
        stands = standing(last, tuple(told.get(child.person_id, ())), rule, today)
        if stands is None:
            never += 1
            continue
        stale += stands.stale
        due = due_on(stands, days)
        if due is None:
            well += 1
            continue
        udise = last.udise if last else ""
        lines.append(WorkLine(child, stands, due, age_band(age, rule), udise))
    lines.sort(key=lambda line: (*urgency(line.standing, line.due), line.child.person_no))
    checked_on = max((one.on for one in checks.values()), default=None)
    return Worklist(tuple(lines), well, never, stale, checked_on, rule)


async def doubtful_pairs(tx: Transaction, cooperative_id: int) -> list[DoubtfulPair]:
    """What the last check left for a person, and nobody decided since."""
    lines = {
        one.person_id: one for one in await children(tx) if one.cooperative_id == cooperative_id
    }
    found = []
    for row in await tx.fetch(_DOUBTFUL):
        line = lines.get(row["person_id"])
        if line is None or not line.consent:
            continue
        values = list(row.values())
        enrolment = EnrolmentRow(*values[3:])
        found.append(DoubtfulPair(line, enrolment, values[1], tuple(values[2].split("|"))))
    return found


async def assigned_villages(tx: Transaction, user_id: int) -> frozenset[str]:
    """Keys of the villages that a facilitator visits now."""
    rows = await tx.fetch(
        """SELECT DISTINCT ON (village) village, assigned FROM facilitator_village WHERE user_id = $1
           ORDER BY village, id DESC""",
        user_id,
    )
    return frozenset(place_key(row["village"]) for row in rows if row["assigned"])


async def assignments(tx: Transaction) -> dict[int, tuple[str, ...]]:
    """Villages by facilitator, as they were written."""
    rows = await tx.fetch(
        """SELECT DISTINCT ON (user_id, village) user_id, village, assigned FROM facilitator_village
           ORDER BY user_id, village, id DESC"""
    )
    found: dict[int, tuple[str, ...]] = {}
    for row in rows:
        if row["assigned"]:
            found[row["user_id"]] = (*found.get(row["user_id"], ()), row["village"])
    return found


async def villages(tx: Transaction, cooperative_id: int) -> list[str]:
    """The villages of a cooperative's children, one spelling each."""
    lines = [one for one in await children(tx) if one.cooperative_id == cooperative_id]
    spelt: dict[str, str] = {}
    for line in lines:
        if line.village:
            spelt.setdefault(place_key(line.village), line.village)
    return sorted(spelt.values())


async def answers_of(tx: Transaction, person_id: int, year: int) -> dict[str, tuple[str, date]]:
    """What was asked in a school year: answer and day, by question."""
    rows = await tx.fetch(
        "SELECT question, answer, asked_on FROM follow_up_answer WHERE person_id = $1 AND school_year = $2",
        person_id,
        year,
    )
    return {row["question"]: (row["answer"], row["asked_on"]) for row in rows}

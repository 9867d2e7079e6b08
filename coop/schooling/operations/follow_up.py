"""What people found out and decided: confirmations, answers, pupils, villages, rules."""

from dataclasses import astuple

from coop.audit.operations import lock_head, record
from coop.audit.rules import AuditTag, Fact
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import Refusal, Refused
from coop.kernel.words import say
from coop.schooling.queries.children import ChildLine, live_purposes
from coop.schooling.rules.follow_up import refusals_to_confirm, refusals_to_note, school_year
from coop.schooling.rules.match import Decision
from coop.schooling.rules.status import HandConfirmation, StatusRule


async def confirm_by_hand(
    tx: Transaction, child: ChildLine, told: HandConfirmation, rule: StatusRule
) -> None:
    """Write what a person found out; a number in a school is remembered for the match."""
    await lock_head(tx, child.cooperative_id)
    live = await live_purposes(tx, child.person_id)
    if reasons := list(refusals_to_confirm(told, live, rule, clock.today())):
        raise Refused(reasons)
    number = await tx.fetchval(
        """INSERT INTO hand_confirmation (cooperative_id, person_id, status, confirmed_on, how, udise, admission_no, paper_day,
             recorded_by, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id""",
        child.cooperative_id,
        child.person_id,
        told.status.value,
        told.confirmed_on,
        told.how,
        told.udise,
        told.admission_no,
        told.paper_day,
        tx.reach.actor,
        clock.now(),
    )
    if told.udise and told.admission_no:
        same = Decision(child.person_id, told.udise, told.admission_no, same=True)
        await _decide(tx, child, same)
    await _record(tx, child, AuditTag.CHILD_CONFIRMED, "hand_confirmation", number)


async def note_answer(tx: Transaction, child: ChildLine, question: str, answer: str) -> None:
    """Write an answer; the same question is not asked again in the school year. Raises Refused."""
    await lock_head(tx, child.cooperative_id)
    today = clock.today()
    asked_before = await tx.fetchval(
        "SELECT EXISTS (SELECT FROM follow_up_answer WHERE person_id = $1 AND school_year = $2 AND question = $3)",
        child.person_id,
        school_year(today),
        question,
    )
    live = await live_purposes(tx, child.person_id)
    if reasons := list(refusals_to_note(question, answer, live, asked_before=asked_before)):
        raise Refused(reasons)
    number = await tx.fetchval(
        """INSERT INTO follow_up_answer (cooperative_id, person_id, school_year, question, answer, asked_on, recorded_by,
             recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id""",
        child.cooperative_id,
        child.person_id,
        school_year(today),
        question,
        answer,
        today,
        tx.reach.actor,
        clock.now(),
    )
    await _record(tx, child, AuditTag.FOLLOW_UP_ANSWERED, "follow_up_answer", number)


async def decide_pupil(tx: Transaction, child: ChildLine, decision: Decision) -> None:
    """Write a person's word on a doubtful match; one pupil is one child's."""
    await lock_head(tx, child.cooperative_id)
    await _decide(tx, child, decision)


async def _decide(tx: Transaction, child: ChildLine, decision: Decision) -> None:
    taken = decision.same and await tx.fetchval(
        """SELECT EXISTS (SELECT FROM (SELECT DISTINCT ON (person_id) same FROM pupil_decision
             WHERE udise = $1 AND admission_no = $2 AND person_id <> $3 ORDER BY person_id, id DESC) x WHERE x.same)""",
        decision.udise,
        decision.admission_no,
        child.person_id,
    )
    if taken:
        message = say("This number in this school is another child's; look again.")
        raise Refused([Refusal("pupil_taken", message, "admission_no")])
    number = await tx.fetchval(
        """INSERT INTO pupil_decision (cooperative_id, person_id, udise, admission_no, same, recorded_by, recorded_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id""",
        child.cooperative_id,
        *astuple(decision),
        tx.reach.actor,
        clock.now(),
    )
    await _record(tx, child, AuditTag.PUPIL_DECIDED, "pupil_decision", number)


async def _record(
    tx: Transaction, child: ChildLine, tag: AuditTag, table: str, number: object
) -> None:
    """The chain says that something was written, and not what: the row may be erased."""
    await record(
        tx, tag, cooperative_id=child.cooperative_id, table=table, row=str(number), facts={}
    )


async def assign_village(
    tx: Transaction, cooperative_id: int, user_id: int, village: str, *, assigned: bool
) -> None:
    """Write that a facilitator visits a village, or no longer does."""
    await lock_head(tx, cooperative_id)
    number = await tx.fetchval(
        """INSERT INTO facilitator_village (cooperative_id, user_id, village, assigned, recorded_by, recorded_at)
           VALUES ($1, $2, $3, $4, $5, $6) RETURNING id""",
        cooperative_id,
        user_id,
        village,
        assigned,
        tx.reach.actor,
        clock.now(),
    )
    facts: dict[str, Fact] = {"user": user_id, "assigned": int(assigned)}
    await record(
        tx,
        AuditTag.VILLAGE_ASSIGNED,
        cooperative_id=cooperative_id,
        table="facilitator_village",
        row=str(number),
        facts=facts,
    )


async def record_rule(tx: Transaction, rule: StatusRule) -> None:
    """Write a rule's next version; earlier ones go on deciding the days before it."""
    await lock_head(tx, None)
    await tx.execute(
        """INSERT INTO status_rule (code, holds_from, school_age, past_compulsory_age, adult_age, irregular_days,
             long_absent_days, out_of_school_days, transfer_days, home_based_disability_pct, stale_days, source, verified,
             recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)""",
        *astuple(rule),
        clock.now(),
    )
    await record(
        tx,
        AuditTag.STATUS_RULE_RECORDED,
        cooperative_id=None,
        table="status_rule",
        row=rule.code,
        facts={"code": rule.code, "holds_from": rule.holds_from.isoformat()},
    )

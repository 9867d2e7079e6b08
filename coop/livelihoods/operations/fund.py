"""The common fund: plan by resolution, spend, take a spending back, publish what came of it."""

from dataclasses import dataclass
from uuid import UUID

from coop.audit.operations import lock_head, record, sealed
from coop.audit.rules import AuditTag
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import NotThere, Refused
from coop.ledger.operations import next_number, post_journal
from coop.ledger.rules import reversed_lines
from coop.livelihoods.operations.once import sent_before
from coop.livelihoods.queries.fund import PlanKnown, fund_balance, plan_of, spending_of
from coop.livelihoods.queries.proofs import OUTCOME_SEAL, PLAN_SEAL, REVERSAL_SEAL, SPENDING_SEAL
from coop.livelihoods.rules.fund import (
    PLANS,
    SERIES,
    FundFacts,
    Plan,
    Spending,
    lines_of,
    plan_no,
    refusals_to_plan,
    refusals_to_publish,
    refusals_to_spend,
    refusals_to_take_back,
    spending_no,
)
from coop.payments.operations.record import Person


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a plan: people it reached, and in both languages what there is to say."""

    people: int
    words_hi: str
    words_en: str


@dataclass(frozen=True, slots=True)
class Owner:
    """The cooperative whose fund it is: row id and code."""

    id: int
    code: str


async def plan_fund(tx: Transaction, owner: Owner, plan: Plan, operation_id: UUID) -> None:
    """Write what the members resolved. Raises Refused for a day to come, Conflict."""
    await lock_head(tx, owner.id)
    if await sent_before(tx, owner.id, operation_id, "plan", plan):
        return
    if refusals := refusals_to_plan(plan, clock.today()):
        raise Refused(refusals)
    fy = clock.financial_year(clock.now())
    no = await next_number(tx, owner.id, fy, PLANS)
    number = await tx.fetchval(
        """INSERT INTO fund_plan (cooperative_id, fy, no, purpose, title_hi, title_en, planned_paise, resolution_no, resolved_on, recorded_by, recorded_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id""",
        owner.id,
        fy,
        no,
        plan.purpose,
        plan.title_hi,
        plan.title_en,
        plan.paise,
        plan.resolution_no,
        plan.resolved_on,
        tx.reach.actor,
        clock.now(),
    )
    await record(
        tx,
        AuditTag.FUND_PLANNED,
        cooperative_id=owner.id,
        table="fund_plan",
        row=str(number),
        facts={
            "plan": plan_no(owner.code, fy, no),
            "paise": plan.paise,
            "rows_sha256": await sealed(tx, PLAN_SEAL, owner.id, str(number)),
        },
    )


async def spend_fund(
    tx: Transaction, owner: Owner, number: str, spending: Spending, person: Person, act: UUID
) -> None:
    """Post a spending of a plan: Dr common fund, Cr cash or bank. Raises NotThere, Refused, Conflict."""
    await lock_head(tx, owner.id)
    if await sent_before(tx, owner.id, act, "spend", number, spending, person.user_id):
        return
    plan = await _plan(tx, owner, number)
    balance = await fund_balance(tx, owner.id)
    facts = FundFacts(balance, plan.left_paise, plan.resolved_on, plan.ended)
    if refusals := refusals_to_spend(spending, facts, clock.today()):
        raise Refused(refusals)
    fy = clock.financial_year(clock.now())
    no = await next_number(tx, owner.id, fy, SERIES)
    document = spending_no(owner.code, fy, no)
    lines = lines_of(spending)
    journal = await post_journal(
        tx, owner.id, lines, day=spending.on, about="fund", document=document
    )
    await tx.execute(
        """INSERT INTO fund_spending (cooperative_id, fy, no, plan_id, amount_paise, mode, on_day, paid_to, bill_no, journal_no,
             recorded_by, recorded_role, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)""",
        owner.id,
        fy,
        no,
        plan.id,
        spending.paise,
        spending.mode,
        spending.on,
        spending.paid_to,
        spending.bill_no,
        journal,
        person.user_id,
        person.role,
        clock.now(),
    )
    row = f"{fy}/{no}"
    await record(
        tx,
        AuditTag.FUND_SPENT,
        cooperative_id=owner.id,
        table="fund_spending",
        row=row,
        facts={
            "spending": document,
            "paise": spending.paise,
            "journal": journal,
            "rows_sha256": await sealed(tx, SPENDING_SEAL, owner.id, row),
        },
    )


async def take_back_spending(
    tx: Transaction, owner: Owner, fy: int, no: int, words: str, person: Person, act: UUID
) -> None:
    """Post a spending's journal turned round; another person's act. Raises NotThere, Refused, Conflict."""
    await lock_head(tx, owner.id)
    if await sent_before(tx, owner.id, act, "take back", fy, no, words, person.user_id):
        return
    spent = await spending_of(tx, owner.id, fy, no)
    if spent is None:
        raise NotThere(f"{fy}/{no}")
    refusals = refusals_to_take_back(
        spent.recorded_by, person.user_id, taken_back=spent.taken_back, ended=spent.ended
    )
    if refusals:
        raise Refused(refusals)
    document = spending_no(owner.code, fy, no)
    lines = reversed_lines(lines_of(spent.spending))
    at = clock.now()
    journal = await post_journal(
        tx, owner.id, lines, day=clock.ist_day(at), about="fund taken back", document=document
    )
    await tx.execute(
        """INSERT INTO fund_spending_reversal (cooperative_id, fy, no, words, journal_fy, journal_no, recorded_by, reversed_by,
             reversed_role, reversed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)""",
        owner.id,
        fy,
        no,
        words,
        clock.financial_year(at),
        journal,
        spent.recorded_by,
        person.user_id,
        person.role,
        at,
    )
    row = f"{fy}/{no}"
    await record(
        tx,
        AuditTag.FUND_SPENDING_REVERSED,
        cooperative_id=owner.id,
        table="fund_spending_reversal",
        row=row,
        facts={
            "spending": document,
            "paise": spent.spending.paise,
            "journal": journal,
            "rows_sha256": await sealed(tx, REVERSAL_SEAL, owner.id, row),
        },
    )


async def publish_outcome(
    tx: Transaction, owner: Owner, number: str, outcome: Outcome, act: UUID
) -> None:
    """Tell everybody what came of a plan; it ends with that. Raises NotThere, Refused, Conflict."""
    await lock_head(tx, owner.id)
    if await sent_before(tx, owner.id, act, "outcome", number, outcome):
        return
    plan = await _plan(tx, owner, number)
    if refusals := refusals_to_publish(plan.spent_paise, ended=plan.ended):
        raise Refused(refusals)
    await tx.execute(
        """INSERT INTO fund_outcome (plan_id, cooperative_id, people, words_hi, words_en, published_on, recorded_by, recorded_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8)""",
        plan.id,
        owner.id,
        outcome.people,
        outcome.words_hi,
        outcome.words_en,
        clock.today(),
        tx.reach.actor,
        clock.now(),
    )
    await record(
        tx,
        AuditTag.FUND_OUTCOME_PUBLISHED,
        cooperative_id=owner.id,
        table="fund_outcome",
        row=str(plan.id),
        facts={
            "plan": number,
            "people": outcome.people,
            "rows_sha256": await sealed(tx, OUTCOME_SEAL, owner.id, str(plan.id)),
        },
    )


async def _plan(tx: Transaction, owner: Owner, number: str) -> PlanKnown:
    plan = await plan_of(tx, number)
    if plan is None or plan.cooperative_id != owner.id:
        raise NotThere(number)
    return plan

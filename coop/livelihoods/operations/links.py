"""Point a household to another livelihood, and write what came of it."""

from uuid import UUID

from coop.audit.operations import lock_head, record, sealed
from coop.audit.rules import AuditTag
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import NotThere, Refusal, Refused
from coop.kernel.words import say
from coop.livelihoods.operations.income import Home
from coop.livelihoods.operations.once import sent_before
from coop.livelihoods.queries.links import link_stands
from coop.livelihoods.queries.proofs import LINK_SEAL
from coop.livelihoods.rules.links import LinkStep, Step, refusals_to_step


async def open_link(
    tx: Transaction, home: Home, programme: str, first: LinkStep, words: str, operation_id: UUID
) -> None:
    """Write that a household was referred on a day. Raises Refused for a day to come, Conflict."""
    await lock_head(tx, home.cooperative_id)
    if await sent_before(tx, home.cooperative_id, operation_id, home, programme, first, words):
        return
    if first.on > clock.today():
        message = say("That day is still to come; correct it.")
        raise Refused([Refusal("future_day", message, "on_day")])
    number = int(
        await tx.fetchval(
            "INSERT INTO livelihood_link (cooperative_id, household_id, programme, words, opened_at)"
            " VALUES ($1, $2, $3, $4, $5) RETURNING id",
            home.cooperative_id,
            home.household_id,
            programme,
            words,
            clock.now(),
        )
    )
    await _add(tx, home.cooperative_id, number, 1, LinkStep(Step.REFERRED, first.on))


async def step_link(
    tx: Transaction, home: Home, link_id: int, step: LinkStep, operation_id: UUID
) -> None:
    """Write the next step of a household's link. Raises NotThere, Refused, Conflict."""
    await lock_head(tx, home.cooperative_id)
    if await sent_before(tx, home.cooperative_id, operation_id, home, link_id, step):
        return
    stands = await link_stands(tx, home.household_id, link_id)
    if stands is None:
        raise NotThere(str(link_id))
    if refusals := refusals_to_step(stands.stands, step, clock.today()):
        raise Refused(refusals)
    await _add(tx, home.cooperative_id, link_id, stands.seq + 1, step)


async def _add(
    tx: Transaction, cooperative_id: int, link_id: int, seq: int, step: LinkStep
) -> None:
    asked = step.step in (Step.MONTH_3, Step.MONTH_6)
    number = await tx.fetchval(
        """INSERT INTO livelihood_link_event (cooperative_id, link_id, seq, state, on_day, monthly_paise, reason, note, recorded_by, recorded_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id""",
        cooperative_id,
        link_id,
        seq,
        step.step.value,
        step.on,
        step.monthly_paise if asked else None,
        step.reason if step.step is Step.STOPPED else "",
        step.note,
        tx.reach.actor,
        clock.now(),
    )
    await record(
        tx,
        AuditTag.LIVELIHOOD_STEPPED,
        cooperative_id=cooperative_id,
        table="livelihood_link_event",
        row=str(number),
        facts={
            "link": link_id,
            "state": step.step.value,
            "rows_sha256": await sealed(tx, LINK_SEAL, cooperative_id, str(number)),
        },
    )

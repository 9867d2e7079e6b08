"""Decisions on an application, suspensions and their end: each from a day on, with its reason."""

from dataclasses import dataclass
from datetime import date

from coop.audit.rules import AuditTag
from coop.buyers.operations.acts import Sent, close_act, must_know, open_act, replayed
from coop.buyers.operations.versions import write_suspension
from coop.buyers.queries.conflicts import open_conflicts
from coop.buyers.rules import State
from coop.buyers.rules.acts import (
    last_day_before,
    refusals_to_decide,
    refusals_to_reinstate,
    refusals_to_suspend,
)
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import Refused


@dataclass(frozen=True, slots=True)
class DecisionGiven:
    """A decision: the state, the day it holds from, why, and the letter it stands in."""

    state: State
    holds_from: date
    reason: str
    document: str


async def decide(tx: Transaction, buyer_code: str, given: DecisionGiven, sent: Sent) -> None:
    """Submit, verify, return, refuse, blacklist or verify again. Raises Refused, NotThere."""
    if await replayed(tx, AuditTag.BUYER_DECIDED, sent):
        return
    known, today = await must_know(tx, buyer_code), clock.today()
    refusals = refusals_to_decide(
        known.papers,
        given.state,
        given.holds_from,
        given.reason,
        today,
        known.demands(max(today, given.holds_from)),
        open_conflicts=await open_conflicts(tx, known.id),
    )
    if refusals:
        raise Refused(refusals)
    act = await open_act(tx, AuditTag.BUYER_DECIDED, buyer_code, sent)
    await tx.execute(
        "INSERT INTO buyer_decision (act_id, buyer_id, state, holds_from, reason, document)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        act.id,
        known.id,
        str(given.state),
        given.holds_from,
        given.reason,
        given.document,
    )
    facts = {"buyer_code": known.code, "state": str(given.state)}
    await close_act(tx, act, {**facts, "holds_from": given.holds_from.isoformat()})


async def suspend(
    tx: Transaction,
    buyer_code: str,
    first_day: date,
    last_day: date | None,
    reason: str,
    sent: Sent,
) -> None:
    """Suspend a buyer through ``last_day``, or until it is lifted. Raises Refused, NotThere."""
    if await replayed(tx, AuditTag.BUYER_SUSPENDED, sent):
        return
    known = await must_know(tx, buyer_code)
    if refusals := refusals_to_suspend(known.papers, first_day, last_day, reason, clock.today()):
        raise Refused(refusals)
    act = await open_act(tx, AuditTag.BUYER_SUSPENDED, buyer_code, sent)
    await write_suspension(tx, act, known.id, first_day, last_day, reason)
    await close_act(tx, act, {"buyer_code": known.code, "first_day": first_day.isoformat()})


async def reinstate(
    tx: Transaction, buyer_code: str, free_from: date, reason: str, sent: Sent
) -> None:
    """Lift every suspension that runs on a day, from that day on. Raises Refused, NotThere."""
    if await replayed(tx, AuditTag.BUYER_REINSTATED, sent):
        return
    known = await must_know(tx, buyer_code)
    if refusals := refusals_to_reinstate(known.papers, free_from, reason, clock.today()):
        raise Refused(refusals)
    last = last_day_before(free_from)
    act = await open_act(tx, AuditTag.BUYER_REINSTATED, buyer_code, sent)
    await tx.executemany(
        "INSERT INTO buyer_suspension_end (act_id, suspension_id, last_day, reason)"
        " VALUES ($1, $2, $3, $4)",
        [
            (act.id, one.id, last, reason)
            for one in known.papers.suspensions
            if one.covers(free_from)
        ],
    )
    await close_act(tx, act, {"buyer_code": known.code, "last_day": last.isoformat()})

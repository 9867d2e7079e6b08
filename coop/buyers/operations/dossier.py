"""Papers of a dossier: given, checked, withdrawn; and which ones are asked for."""

from datetime import date

from coop.audit.rules import AuditTag
from coop.buyers.operations.acts import Act, Sent, close_act, must_know, open_act, replayed
from coop.buyers.operations.versions import carry_numbers
from coop.buyers.rules import DemandRow, Outcome
from coop.buyers.rules.acts import (
    Check,
    GivenItem,
    number_faults,
    refusals_to_check,
    refusals_to_give,
)
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import NotThere, Refusal, Refused
from coop.kernel.words import say


async def give_item(
    tx: Transaction, buyer_code: str, item: GivenItem, check: Check | None, sent: Sent
) -> None:
    """Enter a paper, with what came of looking at it where that is known. Raises Refused, NotThere."""
    if await replayed(tx, AuditTag.DOSSIER_ITEM_GIVEN, sent):
        return
    known, today = await must_know(tx, buyer_code), clock.today()
    refusals = refusals_to_give(item, known.papers, today, known.demands(today))
    if check is not None and check.outcome is Outcome.REJECTED and not check.note:
        missing = Refusal("reason_missing", say("Say why the paper was not accepted."), "note")
        refusals = (*refusals, missing)
    if refusals:
        raise Refused(refusals)
    act = await open_act(tx, AuditTag.DOSSIER_ITEM_GIVEN, buyer_code, sent)
    made = await tx.fetchval(
        "INSERT INTO dossier_item (act_id, buyer_id, kind, number, issued_on, expires_on, document)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
        act.id,
        known.id,
        str(item.kind),
        item.number,
        item.issued_on,
        item.expires_on,
        item.document,
    )
    if check is not None:
        await _write_check(tx, act, made, check)
        await carry_numbers(tx, act, known.code)
    await close_act(tx, act, {"buyer_code": known.code, "item": made, "kind": str(item.kind)})


async def check_item(
    tx: Transaction, buyer_code: str, item_id: int, check: Check, sent: Sent
) -> None:
    """Record what came of looking at a paper, also again. Raises Refused, NotThere."""
    if await replayed(tx, AuditTag.DOSSIER_ITEM_CHECKED, sent):
        return
    known, today = await must_know(tx, buyer_code), clock.today()
    item = next((one for one in known.papers.items if one.id == item_id), None)
    if item is None:
        raise NotThere(str(item_id))
    faults = number_faults(item, known.papers, today, known.demands(today))
    if refusals := refusals_to_check(check, item, faults):
        raise Refused(refusals)
    act = await open_act(tx, AuditTag.DOSSIER_ITEM_CHECKED, buyer_code, sent)
    await _write_check(tx, act, item_id, check)
    await carry_numbers(tx, act, known.code)
    said = str(check.outcome)
    await close_act(tx, act, {"buyer_code": known.code, "item": item_id, "outcome": said})


async def _write_check(tx: Transaction, act: Act, item_id: int, check: Check) -> None:
    await tx.execute(
        "INSERT INTO dossier_check (act_id, item_id, outcome, method, note, checked_on, checked_by)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7)",
        act.id,
        item_id,
        str(check.outcome),
        str(check.method),
        check.note,
        clock.today(),
        tx.reach.actor,
    )


async def withdraw_item(
    tx: Transaction, buyer_code: str, item_id: int, reason: str, sent: Sent
) -> None:
    """Let a paper that was entered by mistake count no more. Raises Refused, NotThere."""
    if await replayed(tx, AuditTag.DOSSIER_ITEM_WITHDRAWN, sent):
        return
    known = await must_know(tx, buyer_code)
    if all(one.id != item_id for one in known.papers.items):
        raise NotThere(str(item_id))
    if not reason:
        message = say("Write why the paper counts no more.")
        raise Refused([Refusal("reason_missing", message, "reason")])
    act = await open_act(tx, AuditTag.DOSSIER_ITEM_WITHDRAWN, buyer_code, sent)
    await tx.execute(
        "INSERT INTO dossier_withdrawal (item_id, act_id, reason) VALUES ($1, $2, $3)",
        item_id,
        act.id,
        reason,
    )
    await carry_numbers(tx, act, known.code)
    await close_act(tx, act, {"buyer_code": known.code, "item": item_id})


async def set_demand(
    tx: Transaction, demand: DemandRow, source: str, sent: Sent, *, verified: bool = False
) -> None:
    """Set from today or later whether a paper is asked for and how long it holds. Raises Refused.

    ``source``: the order or rule that says so; ``verified``: somebody compared it with the text.
    """
    if await replayed(tx, AuditTag.DOSSIER_DEMAND_SET, sent):
        return
    if refusals := _refusals_to_set(demand, source, clock.today()):
        raise Refused(refusals)
    act = await open_act(tx, AuditTag.DOSSIER_DEMAND_SET, "", sent)
    await tx.execute(
        "INSERT INTO dossier_demand (act_id, kind, buyer_kind, mandatory, holds_days, holds_from, source, verified)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        act.id,
        str(demand.kind),
        demand.buyer_kind,
        demand.mandatory,
        demand.holds_days,
        demand.holds_from,
        source,
        verified,
    )
    facts = {"kind": str(demand.kind), "buyer_kind": demand.buyer_kind}
    await close_act(tx, act, {**facts, "holds_from": demand.holds_from.isoformat()})


def _refusals_to_set(demand: DemandRow, source: str, today: date) -> list[Refusal]:
    refusals = []
    if demand.holds_from < today:
        message = say("It holds from today or later; sales made before stand.")
        refusals.append(Refusal("past_day", message, "holds_from"))
    if not source:
        message = say("Name the order or rule that asks for it.")
        refusals.append(Refusal("source_missing", message, "source"))
    return refusals

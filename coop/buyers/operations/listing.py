"""Record a buyer: taken over from a list, or opened at the agency; a change is a new version."""

from dataclasses import astuple, replace
from datetime import date

from coop.audit.operations import lock_head
from coop.audit.rules import AuditTag
from coop.buyers.operations.acts import Act, Sent, close_act, open_act, replayed
from coop.buyers.queries import buyers
from coop.buyers.rules import Buyer, Dossier, Item, State
from coop.buyers.rules.acts import Method
from coop.buyers.rules.listed import changes
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import NotThere, Refusal, Refused
from coop.kernel.words import say

_FROM_ALWAYS = date(1900, 1, 1)
_NO_PAPERS = Dossier(None, "", "", "", None, None, None, None, None)


async def record_buyer(tx: Transaction, buyer: Buyer, before: Buyer | None = None) -> None:
    """Take over a buyer's next version from a list, and as papers what the list says anew.

    ``before``: the list's last word of it (None: the first). Papers given since stay as they are.
    """
    await lock_head(tx, None)
    act = await open_act(tx, AuditTag.BUYER_RECORDED, buyer.buyer_code, None)
    version, number = await _write_version(tx, act, buyer)
    if version == 1:
        await _decision(tx, act, number, State.LISTED)
    new = changes(before, buyer)
    for item in new.items:
        await _take_over(tx, act, number, item)
    if new.suspension_ends:
        await tx.execute(
            "INSERT INTO buyer_suspension_end (act_id, suspension_id, last_day, reason)"
            " SELECT $1, id, $3, 'list' FROM buyer_suspension WHERE buyer_id = $2 ORDER BY id DESC LIMIT 1",
            act.id,
            number,
            new.last_day,
        )
    if new.suspension is not None:
        await tx.execute(
            "INSERT INTO buyer_suspension (act_id, buyer_id, first_day, last_day, reason)"
            " VALUES ($1, $2, $3, $4, $5)",
            act.id,
            number,
            new.suspension.first_day,
            new.suspension.last_day,
            new.suspension.reason,
        )
    await close_act(tx, act, {"buyer_code": buyer.buyer_code, "version": version})


async def open_application(tx: Transaction, buyer: Buyer, sent: Sent) -> None:
    """Open a buyer's application as a draft without papers. Raises Refused for a code in use."""
    if await replayed(tx, AuditTag.BUYER_RECORDED, sent):
        return
    if buyer.buyer_code in await buyers(tx):
        message = say("This code is another buyer's; choose the next free one.")
        raise Refused([Refusal("code_taken", message, "buyer_code")])
    act = await open_act(tx, AuditTag.BUYER_RECORDED, buyer.buyer_code, sent)
    version, number = await _write_version(tx, act, buyer)
    await _decision(tx, act, number, State.DRAFT)
    await close_act(tx, act, {"buyer_code": buyer.buyer_code, "version": version})


async def record_facts(tx: Transaction, facts: Buyer, sent: Sent) -> None:
    """Correct name, kind, town, district or State; papers stay. Raises NotThere."""
    if await replayed(tx, AuditTag.BUYER_RECORDED, sent):
        return
    last = (await buyers(tx)).get(facts.buyer_code)
    if last is None:
        raise NotThere(facts.buyer_code)
    dossier = replace(last.dossier, state_lgd=facts.dossier.state_lgd)
    now = replace(facts, suspension_reason=last.suspension_reason, dossier=dossier)
    act = await open_act(tx, AuditTag.BUYER_RECORDED, facts.buyer_code, sent)
    version, _ = await _write_version(tx, act, now)
    await close_act(tx, act, {"buyer_code": facts.buyer_code, "version": version})


def application(
    code: str, name: str, kind: str, town: str, district_lgd: int | None, state_lgd: int | None
) -> Buyer:
    """Name a buyer without any paper."""
    return Buyer(code, name, kind, town, district_lgd, "", replace(_NO_PAPERS, state_lgd=state_lgd))


async def _write_version(tx: Transaction, act: Act, buyer: Buyer) -> tuple[int, int]:
    """Write the next version; return its number and the buyer's own (its first version's id)."""
    version = 1 + int(
        await tx.fetchval(
            "SELECT coalesce(max(version), 0) FROM buyer WHERE buyer_code = $1", buyer.buyer_code
        )
    )
    made = await tx.fetchval(
        """INSERT INTO buyer (buyer_code, name, kind, town, district_lgd, suspension_reason, state_lgd, gstin, pan,
             dealer_licence_no, licence_from, licence_to, suspended_from, suspended_to, undertaking_signed_on,
             version, recorded_at, act_id)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) RETURNING id""",
        *astuple(buyer)[:6],
        *astuple(buyer.dossier),
        version,
        clock.now(),
        act.id,
    )
    first = await tx.fetchval(
        "SELECT id FROM buyer WHERE buyer_code = $1 AND version = 1", buyer.buyer_code
    )
    return version, int(first if first is not None else made)


async def _decision(tx: Transaction, act: Act, number: int, state: State) -> None:
    """A buyer of a list is as decided before anything that is asked; a draft from today on."""
    await tx.execute(
        "INSERT INTO buyer_decision (act_id, buyer_id, state, holds_from, reason, document)"
        " VALUES ($1, $2, $3, $4, '', '')",
        act.id,
        number,
        str(state),
        clock.today() if state is State.DRAFT else _FROM_ALWAYS,
    )


async def _take_over(tx: Transaction, act: Act, number: int, item: Item) -> None:
    made = await tx.fetchval(
        "INSERT INTO dossier_item (act_id, buyer_id, kind, number, issued_on, expires_on, document)"
        " VALUES ($1, $2, $3, $4, $5, $6, '') RETURNING id",
        act.id,
        number,
        str(item.kind),
        item.number,
        item.issued_on,
        item.expires_on,
    )
    await tx.execute(
        "INSERT INTO dossier_check (act_id, item_id, outcome, method, note, checked_on, checked_by)"
        " VALUES ($1, $2, $3, $4, '', $5, $6)",
        act.id,
        made,
        str(item.outcome),
        str(Method.LIST),
        clock.today(),
        tx.reach.actor,
    )

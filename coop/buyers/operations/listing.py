"""Record a buyer: taken over from a list, or opened at the agency; a change is a new version."""

from dataclasses import replace
from datetime import date

from coop.audit.operations import lock_head
from coop.audit.rules import AuditTag
from coop.buyers.operations.acts import Act, Sent, close_act, open_act, replayed
from coop.buyers.operations.versions import take_over, write_suspension, write_version
from coop.buyers.queries import Known, known_buyer, last_version
from coop.buyers.rules import Buyer, Dossier, State
from coop.buyers.rules.listed import Changes, changes, listed_text, merged
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import NotThere, Refusal, Refused
from coop.kernel.words import say

_FROM_ALWAYS = date(1900, 1, 1)
_NO_PAPERS = Dossier(None, "", "", "", None, None, None, None, None)


async def record_buyer(tx: Transaction, buyer: Buyer, before: Buyer | None = None) -> None:
    """Take over a buyer's next version from a list, and as papers what the list says anew.

    ``before``: the list's last word of it (None: the first). What the agency recorded since stays.
    """
    await lock_head(tx, None)
    known = await known_buyer(tx, buyer.buyer_code)
    act = await open_act(tx, AuditTag.BUYER_RECORDED, buyer.buyer_code, None)
    new = changes(before, buyer)
    if known is None:
        number = await write_version(tx, act, buyer, 1, listed_text(buyer))
        await _decision(tx, act, number, State.LISTED)
        await _write_changes(tx, act, number, new)
    else:
        await _write_changes(tx, act, known.id, new)
        last = await last_version(tx, buyer.buyer_code)
        now = buyer if last is None or before is None else merged(last, before, buyer)
        await write_version(tx, act, now, known.version + 1, listed_text(buyer))
    version = 1 if known is None else known.version + 1
    await close_act(tx, act, {"buyer_code": buyer.buyer_code, "version": version})


async def _write_changes(tx: Transaction, act: Act, number: int, new: Changes) -> None:
    for item in new.items:
        await take_over(tx, act, number, item)
    if new.suspension_ends:
        await tx.execute(
            "INSERT INTO buyer_suspension_end (act_id, suspension_id, last_day, reason)"
            " SELECT $1, id, $3, 'list' FROM buyer_suspension WHERE buyer_id = $2 ORDER BY id DESC LIMIT 1",
            act.id,
            number,
            new.last_day,
        )
    if new.suspension is not None:
        one = new.suspension
        await write_suspension(tx, act, number, one.first_day, one.last_day, one.reason)


async def open_application(tx: Transaction, buyer: Buyer, sent: Sent) -> None:
    """Open a buyer's application as a draft without papers. Raises Refused for a code in use."""
    if await replayed(tx, AuditTag.BUYER_RECORDED, sent):
        return
    if await known_buyer(tx, buyer.buyer_code) is not None:
        message = say("This code is another buyer's; choose the next free one.")
        raise Refused([Refusal("code_taken", message, "buyer_code")])
    act = await open_act(tx, AuditTag.BUYER_RECORDED, buyer.buyer_code, sent)
    number = await write_version(tx, act, buyer, 1)
    await _decision(tx, act, number, State.DRAFT)
    await close_act(tx, act, {"buyer_code": buyer.buyer_code, "version": 1})


async def record_facts(tx: Transaction, facts: Buyer, sent: Sent) -> None:
    """Correct name, kind, town, district or State; papers stay. Raises NotThere."""
    if await replayed(tx, AuditTag.BUYER_RECORDED, sent):
        return
    known, last = await _both(tx, facts.buyer_code)
    dossier = replace(last.dossier, state_lgd=facts.dossier.state_lgd)
    now = replace(facts, suspension_reason=last.suspension_reason, dossier=dossier)
    act = await open_act(tx, AuditTag.BUYER_RECORDED, facts.buyer_code, sent)
    await write_version(tx, act, now, known.version + 1)
    await close_act(tx, act, {"buyer_code": facts.buyer_code, "version": known.version + 1})


async def _both(tx: Transaction, code: str) -> tuple[Known, Buyer]:
    known, last = await known_buyer(tx, code), await last_version(tx, code)
    if known is None or last is None:
        raise NotThere(code)
    return known, last


def application(
    code: str, name: str, kind: str, town: str, district_lgd: int | None, state_lgd: int | None
) -> Buyer:
    """Name a buyer without any paper."""
    return Buyer(code, name, kind, town, district_lgd, "", replace(_NO_PAPERS, state_lgd=state_lgd))


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

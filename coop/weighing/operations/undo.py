"""Undo one's own weighing within the time that is given for it."""

from uuid import UUID

from coop.audit.operations import lock_head
from coop.kernel.db import Transaction
from coop.kernel.refusal import NotThere, Refused
from coop.weighing.operations.take_back import Poster, Reversed, reversed_as, take_back
from coop.weighing.queries.reversals import (
    Taken,
    as_it_stands,
    last_request,
    reversal_facts,
    taken,
    taken_of_entry,
)
from coop.weighing.rules.numbers import SlipNumber
from coop.weighing.rules.reversal import UNDO, refusals_to_undo


async def undo_weighing(tx: Transaction, number: SlipNumber, poster: Poster) -> Reversed:
    """Take back a poster's own weighing. Raises Refused; NotThere where it is not theirs.

    Done twice it is answered alike: a weighing is undone once.
    """
    return await _undo(tx, await taken(tx, number), poster)


async def undo_entry(tx: Transaction, entry_id: UUID, poster: Poster) -> Reversed:
    """Take back what an entry's id was booked as; as ``undo_weighing``."""
    return await _undo(tx, await taken_of_entry(tx, entry_id), poster)


async def _undo(tx: Transaction, found: Taken | None, poster: Poster) -> Reversed:
    if found is None or not _posted_by(found, poster):
        raise NotThere
    await lock_head(tx, found.cooperative_id)
    weighing = await as_it_stands(tx, found)
    if weighing.reversal_fy is not None and weighing.reversal_no is not None:
        request = await last_request(tx, weighing.cooperative_id, weighing.fy, weighing.no)
        if request is None:
            return reversed_as(weighing.code, weighing.reversal_fy, weighing.reversal_no, new=False)
    refusals = refusals_to_undo(await reversal_facts(tx, weighing))
    if refusals:
        raise Refused(refusals)
    in_cash = weighing.amount_paise if weighing.paid_mode == "cash" else 0
    # Within the time to undo the money has not left the clerk's hand.
    return await take_back(tx, weighing, UNDO, None, in_cash, poster, None)


def _posted_by(weighing: Taken, poster: Poster) -> bool:
    by_clerk = poster.user_id is not None and weighing.clerk_id == poster.user_id
    return by_clerk or (poster.device_id is not None and weighing.device_id == poster.device_id)

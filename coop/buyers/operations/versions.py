"""Rows that several acts write: a buyer's version, a paper of a list, a suspension.

Each is part of an act that its caller closes.
"""

from dataclasses import astuple, replace
from datetime import date

from coop.buyers.operations.acts import Act, must_know
from coop.buyers.queries import last_version
from coop.buyers.rules import Buyer, Item, ItemKind
from coop.buyers.rules.acts import Method
from coop.buyers.rules.standing import speaking
from coop.kernel import clock
from coop.kernel.db import Transaction


async def write_version(
    tx: Transaction, act: Act, buyer: Buyer, version: int, listed: str | None = None
) -> int:
    """Write a buyer's version with the GSTIN and PAN that are accepted now; return its row id.

    Of the first version the numbers are those given. ``listed``: what a list said, as text.
    """
    numbers = buyer.dossier
    if version > 1:
        known, today = await must_know(tx, buyer.buyer_code), clock.today()
        demands = known.demands(today)
        gstin = speaking(known.papers, ItemKind.GSTIN, today, demands)
        pan = speaking(known.papers, ItemKind.PAN, today, demands)
        numbers = replace(
            numbers, gstin=gstin.number if gstin else "", pan=pan.number if pan else ""
        )
    made = await tx.fetchval(
        """INSERT INTO buyer (buyer_code, name, kind, town, district_lgd, suspension_reason, state_lgd, gstin, pan,
             dealer_licence_no, licence_from, licence_to, suspended_from, suspended_to, undertaking_signed_on,
             version, recorded_at, act_id, listed)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19) RETURNING id""",
        *astuple(buyer)[:6],
        *astuple(numbers),
        version,
        clock.now(),
        act.id,
        listed,
    )
    return int(made)


async def carry_numbers(tx: Transaction, act: Act, buyer_code: str) -> None:
    """Write another version where the accepted GSTIN or PAN is no longer that of the last one.

    A sale prints what stood in the version that it was made by.
    """
    known, last = await must_know(tx, buyer_code), await last_version(tx, buyer_code)
    today = clock.today()
    demands = known.demands(today)
    kinds = (ItemKind.GSTIN, ItemKind.PAN)
    found = [speaking(known.papers, kind, today, demands) for kind in kinds]
    numbers = [item.number if item else "" for item in found]
    if last is not None and numbers != [last.dossier.gstin, last.dossier.pan]:
        await write_version(tx, act, last, known.version + 1)


async def take_over(tx: Transaction, act: Act, number: int, item: Item) -> None:
    """Write a paper as a list says it; nobody looked at it."""
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


async def write_suspension(
    tx: Transaction, act: Act, number: int, first_day: date, last_day: date | None, reason: str
) -> None:
    """Write a suspension, both days included."""
    await tx.execute(
        "INSERT INTO buyer_suspension (act_id, buyer_id, first_day, last_day, reason)"
        " VALUES ($1, $2, $3, $4, $5)",
        act.id,
        number,
        first_day,
        last_day,
        reason,
    )

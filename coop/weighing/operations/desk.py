"""Entries as they reach the desk: from a device's token or a signed-in clerk, each in one transaction."""

from collections.abc import Callable, Sequence
from datetime import date

import asyncpg

from coop.audit.operations import record
from coop.audit.rules import AuditTag
from coop.cooperatives.queries import OpenDevice, open_as_device
from coop.kernel import clock
from coop.kernel.db import Reach, Transaction, transaction
from coop.kernel.token import token_key
from coop.weighing.operations.answer import Answer
from coop.weighing.operations.post import Desk, post_entries
from coop.weighing.operations.waiting import keep_waiting
from coop.weighing.rules import DaySettings, UnreadEntry, WeighingEntry

_TRIES = 4
# What another poster may have caused at the same instant; the whole transaction is done again.
_AGAIN = (
    asyncpg.UniqueViolationError,
    asyncpg.SerializationError,
    asyncpg.DeadlockDetectedError,
)
Reader = Callable[[OpenDevice], Sequence[WeighingEntry | UnreadEntry]]


async def post_from_device(token: str, read: Reader) -> list[Answer] | None:
    """Post what ``read`` makes of a device's request; None for a token that is not valid.

    Answers are given after COMMIT only.
    """
    digest = token_key(token)
    for left in reversed(range(_TRIES)):
        try:
            async with transaction(None) as tx:
                device = await open_as_device(tx, digest, clock.today())
                if device is None:
                    return None
                tx.reach = Reach(f"device:{device.device_id}", (device.cooperative_id,))
                desk = Desk(
                    device.cooperative_id,
                    device.cooperative_code,
                    device.clerk_id,
                    {device.centre_code: device.centre_id},
                    {device.device_code: device.device_id},
                )
                entries = read(device)
                return await keep_waiting(tx, desk, entries, await post_entries(tx, desk, entries))
        except _AGAIN:
            if not left:
                raise
    return None


async def post_from_clerk(reach: Reach, desk: Desk, entry: WeighingEntry) -> Answer:
    """Post one entry of a signed-in clerk."""
    for left in reversed(range(_TRIES)):
        try:
            async with transaction(reach) as tx:
                made = await post_entries(tx, desk, [entry])
                return (await keep_waiting(tx, desk, [entry], made))[0]
        except _AGAIN:
            if not left:
                raise
    raise AssertionError("the last try returns or raises")


async def choose_day(
    tx: Transaction, cooperative_id: int, clerk_id: int, day: date, chosen: DaySettings
) -> None:
    """Keep a clerk's settings for a day; a later choice holds."""
    await tx.execute(
        "INSERT INTO desk_day (cooperative_id, clerk_id, day, site_code, tare_grams, moisture_hundredths,"
        " waste_hundredths, paid_mode, chosen_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        cooperative_id,
        clerk_id,
        day,
        chosen.site_code,
        chosen.tare_grams,
        int(chosen.moisture * 100),
        int(chosen.waste * 100),
        chosen.paid_mode,
        clock.now(),
    )
    await record(
        tx,
        AuditTag.DESK_DAY_CHOSEN,
        cooperative_id=cooperative_id,
        table="desk_day",
        row=str(clerk_id),
        facts={"day": day.isoformat(), "site": chosen.site_code},
    )

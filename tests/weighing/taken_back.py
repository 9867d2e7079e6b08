"""What tests of reversals share: weigh, ask, decide, and look at what a reversal must bring back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from coop.cli.proofs import FAULTS, SEALS
from coop.kernel import clock
from coop.kernel.db import SYSTEM, Transaction, transaction
from coop.kernel.refusal import Refused
from coop.ledger import queries
from coop.receipts.rules.receipt import document_no
from coop.running import Running
from coop.weighing.operations.reversal import Person, Wish, ask_reversal, decide_reversal
from coop.weighing.operations.take_back import Reversed
from coop.weighing.rules.numbers import SlipNumber, slip_number
from tests.trade import REACH, Side, entry, post

CLERK = 970_001  # ids of people that nothing else uses


async def weighed(side: Side, **changed: object) -> SlipNumber:
    if changed.get("paid_mode") == "cash":  # little, of somebody whom no other test pays much
        changed = {"member_no": "0005", "gross_g": 1_250, **changed}
    booked = (await post(side, entry(side, **changed)))[0].booked
    assert booked is not None
    found = slip_number(document_no(side.code, booked.fy, 1, booked.no))
    assert found is not None
    return found


async def weighed_by_device(side: Side, **changed: object) -> tuple[SlipNumber, UUID]:
    one = entry(side, device=side.device.code, **changed)
    return await weighed(side, **vars_of(one)), one.id


def vars_of(one: Any) -> dict[str, object]:
    return {name: getattr(one, name) for name in one.__slots__}


async def sums(side: Side, number: SlipNumber) -> dict[str, object]:
    """The sums that a reversal must bring back to what they were."""
    async with transaction(REACH) as tx:
        member = await tx.fetchval(
            "SELECT member_id FROM weighing WHERE cooperative_id = $1 AND fy = $2 AND no = $3",
            side.id, number.fy, number.no,
        )  # fmt: skip
        return await _sums(tx, side, member)


async def _sums(tx: Transaction, side: Side, member: int) -> dict[str, object]:
    day = await tx.fetchrow(
        "SELECT weighing_count, payable_grams, amount_paise, cash_paise FROM day_total WHERE cooperative_id = $1 AND day = $2",
        side.id, clock.today(),
    )  # fmt: skip
    cash = await tx.fetchval(
        "SELECT cash_paise FROM member_day_cash WHERE cooperative_id = $1 AND member_id = $2 AND day = $3",
        side.id, member, clock.today(),
    )  # fmt: skip
    totals = await tx.fetch(
        "SELECT account_code, amount_paise, stock_grams FROM kept_total WHERE cooperative_id = $1"
        " AND (member_id = 0 OR member_id = $2) ORDER BY 1, member_id, grade_code, buyer_id",
        side.id, member,
    )  # fmt: skip
    return {
        "day": tuple(day.values()) if day else (0, 0, 0, 0),
        "cash": cash or 0,
        "totals": [tuple(row.values()) for row in totals if any(list(row.values())[1:])],
    }


async def status_of(side: Side, number: SlipNumber) -> tuple[int | None, ...]:
    """Every state that the weighing's receipt was given, in order."""
    async with transaction(REACH) as tx:
        rows = await tx.fetch(
            """SELECT s.status FROM receipt r JOIN receipt_status s ON s.sidx = r.sidx
               WHERE r.cooperative_id = $1 AND r.fy = $2 AND r.kind = 1 AND r.no = $3 ORDER BY s.id""",
            side.id, number.fy, number.no,
        )  # fmt: skip
    return tuple(row["status"] for row in rows)


def wish(**changed: object) -> Wish:
    return replace(Wish(uuid4(), "wrong_weight", "scale slipped"), **changed)  # type: ignore[arg-type]


async def ask(number: SlipNumber, asked: Wish | None = None, by: int = CLERK) -> None:
    async with transaction(REACH) as tx:
        await ask_reversal(tx, number, Person(by, "clerk"), asked or wish())


async def decide(
    number: SlipNumber,
    outcome: str = "confirmed",
    by: int = CLERK + 1,
    operation: UUID | None = None,
    of_agency: bool = False,
) -> Reversed | None:
    decider = Person(by, "inspector" if of_agency else "manager", of_agency)
    async with transaction(REACH) as tx:
        return await decide_reversal(tx, number, decider, operation or uuid4(), outcome, "")


async def refused(asked: Any) -> list[str]:
    with pytest.raises(Refused) as caught:
        await asked
    return [refusal.code for refusal in caught.value.refusals]


@asynccontextmanager
async def insider(database: Running) -> AsyncIterator[Transaction]:
    """The owner with every trigger off; all is undone."""
    owner = await asyncpg.connect(database.addresses.owner)
    opened = owner.transaction()
    await opened.start()
    try:
        await owner.execute("SET LOCAL session_replication_role = replica")
        yield Transaction(owner, SYSTEM)
    finally:
        await opened.rollback()
        await owner.close()


async def faults(tx: Transaction) -> list[str]:
    return [
        *await queries.first_faults(tx, FAULTS),
        *await queries.first_broken_seals(tx, SEALS),
    ]

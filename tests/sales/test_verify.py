"""`coop ledger verify` finds what an insider changed in lots and sales past the triggers."""

import random
from typing import Any

import asyncpg
import pytest
import pytest_asyncio

from coop.running import Running
from coop.sales.operations.losses import Loss, record_loss, seize_stock
from coop.sales.operations.notes import ask_reversal, decide_note
from coop.sales.queries.faults import FAULTS as SALES_FAULTS
from coop.sales.queries.seals import SEALS as SALES_SEALS
from coop.sales.rules.balance import Move
from tests.proofs import is_found_by_commands
from tests.sales.trading import (
    ASKS,
    DECIDES,
    buyer,
    dispatched,
    faults,
    lot,
    offer,
    sell,
    seller,
    weigh,
)
from tests.trade import REACH, Trade

LOT = "(cooperative_id, fy, no) = (SELECT cooperative_id, fy, no FROM lot WHERE number = '{lot}')"
IN_LOT = "(cooperative_id, lot_fy, lot_no) = (SELECT cooperative_id, fy, no FROM lot WHERE number = '{lot}')"
SALE = "number = '{sale}'"
OF_SALE = "(cooperative_id, sale_fy, sale_no) = (SELECT cooperative_id, fy, no FROM sale WHERE number = '{sale}')"
ITS_JOURNAL = "(cooperative_id, fy, journal_no) = (SELECT cooperative_id, fy, journal_no FROM sale WHERE number = '{sale}')"
EDITS = {
    "grams kept of a lot": f"UPDATE lot_balance SET stock_grams = stock_grams + 1 WHERE {IN_LOT}",
    "cost kept of a lot": f"UPDATE lot_balance SET stock_paise = stock_paise + 1, lost_paise = lost_paise - 1 WHERE {IN_LOT}",
    "a lot's root": f"UPDATE lot_balance SET purchases_root = sha256('x') WHERE {IN_LOT}",
    "a lot's balance gone": f"DELETE FROM lot_balance WHERE {IN_LOT}",
    "a lot's grade": f"UPDATE lot SET grade_code = 972 WHERE {LOT}",
    "a lot's time": f"UPDATE lot SET made_at = made_at + interval '1 second' WHERE {LOT}",
    "a lot gone": f"DELETE FROM lot WHERE {LOT}",
    "grams of a purchase": f"UPDATE lot_purchase SET grams = grams + 1 WHERE {IN_LOT}",
    "a purchase gone": f"DELETE FROM lot_purchase WHERE {IN_LOT}",
    "a loss made smaller": f"UPDATE lot_movement SET grams = grams + 1 WHERE kind = 'shrunk' AND {IN_LOT}",
    "a seizure's number": f"UPDATE lot_movement SET about_no = 'x' WHERE kind = 'seized' AND {IN_LOT}",
    "a movement gone": f"DELETE FROM lot_movement WHERE kind = 'shrunk' AND {IN_LOT}",
    "a sale's amount": f"UPDATE sale SET amount_paise = amount_paise + 1, total_paise = total_paise + 1 WHERE {SALE}",
    "a sale's weight": f"UPDATE sale SET quantity_grams = quantity_grams - 1 WHERE {SALE}",
    "a sale's buyer": f"UPDATE sale SET buyer_code = 'B99' WHERE {SALE}",
    "a sale's day": f"UPDATE sale SET sold_day = sold_day - 1 WHERE {SALE}",
    "a sale's tax": f"UPDATE sale SET igst_paise = 5, round_off_paise = -5 WHERE {SALE}",
    "a sale's premium": f"UPDATE sale SET premium_paise = 0 WHERE {SALE}",
    "a sale's cost": f"UPDATE sale SET cost_paise = cost_paise - 1 WHERE {SALE}",
    "a sale gone": f"DELETE FROM sale WHERE {SALE}",
    "a line of a sale's journal": f"UPDATE ledger_entry SET buyer_id = buyer_id + 1 WHERE line_no = 1 AND {ITS_JOURNAL}",
    "two lines of a sale's journal": f"UPDATE ledger_entry SET amount_paise = amount_paise * 2 WHERE {ITS_JOURNAL}",
    "a sale's receipt": "UPDATE receipt SET signed = set_byte(signed, 40, get_byte(signed, 40) # 1) WHERE kind = 2 AND (cooperative_id, fy, no) = (SELECT cooperative_id, fy, no FROM sale WHERE number = '{sale}')",
    "a challan's vehicle": f"UPDATE sale_challan SET vehicle_no = 'BR1' WHERE {OF_SALE}",
    "weight at the gate": f"UPDATE gate_out SET loaded_grams = loaded_grams + 1 WHERE {OF_SALE}",
    "a gate-out gone": f"DELETE FROM gate_out WHERE {OF_SALE}",
    "a request's reason": "UPDATE sale_note_request SET reason = 'x' WHERE (cooperative_id, sale_fy, sale_no) = (SELECT cooperative_id, fy, no FROM sale WHERE number = '{back}')",
    "who decided": "UPDATE sale_note_decision SET decided_by = 'user:1' WHERE request_id = (SELECT request_id FROM sale_note WHERE number = '{note}')",
    "a note's sum": "UPDATE sale_note SET amount_paise = amount_paise - 1, total_paise = total_paise - 1 WHERE number = '{note}'",
    "a note gone": "DELETE FROM sale_note WHERE number = '{note}'",
    "a status turned back": "DELETE FROM receipt_status WHERE sidx = (SELECT r.sidx FROM receipt r JOIN sale s ON (s.cooperative_id, s.fy, s.no) = (r.cooperative_id, r.fy, r.no) AND r.kind = 2 WHERE s.number = '{back}')",
    "a lot's number pushed on": "UPDATE number_series SET last_no = last_no + 1 WHERE series = 'LOT'",
    "a note's number pushed on": "UPDATE number_series SET last_no = last_no + 1 WHERE series = 'CN'",
    "a GSTIN": "UPDATE gst_registration SET gstin = ''",
}


@pytest_asyncio.fixture(scope="module")
async def story(trade: Trade) -> dict[str, str]:
    """A lot with a loss, a seizure, a sale that left and one that was taken back."""
    from datetime import date

    from coop.kernel.db import transaction
    from coop.sales.operations.registration import register_gst
    from tests.sales.trading import gstin

    who = seller(trade.here)
    await weigh(trade.here, [40, 50])
    number, code = await lot(trade.here, 80), await buyer()
    async with transaction(REACH) as tx:
        await record_loss(tx, who, number, Loss(Move.SHRUNK, 500, "dry"))
        await seize_stock(tx, who, number, 700, "FIR 9", "road")
        await register_gst(tx, who, gstin("20", "V"), date(2099, 1, 1), "certificate (invented)")
    sale = (await sell(trade.here, offer(number, code, 30))).number
    await dispatched(trade.here, sale, 30)
    back = (await sell(trade.here, offer(number, code, 7))).number
    async with ASKS.acting() as tx:
        await ask_reversal(tx, who, back, "wrong lot")
    async with DECIDES.acting() as tx:
        note = await decide_note(tx, who, back, confirmed=True)
    return {"lot": number, "sale": sale, "back": back, "note": note}


async def test_a_clean_book_has_no_fault(story: dict[str, str], owner: Any) -> None:
    assert await faults(owner) == []


@pytest.mark.parametrize("what", EDITS)
async def test_an_edit_is_found(database: Running, story: dict[str, str], what: str) -> None:
    owner = await asyncpg.connect(database.addresses.owner)
    opened = owner.transaction()
    await opened.start()
    try:
        await owner.execute("SET LOCAL session_replication_role = replica")
        for relation in ("sale", "sale_note", "lot_balance", "sale_note_decision", "lot_movement"):
            for row in await owner.fetch(
                "SELECT conname FROM pg_constraint WHERE conrelid = $1::text::regclass AND contype = 'c'",
                relation,
            ):
                await owner.execute(f'ALTER TABLE "{relation}" DROP CONSTRAINT "{row["conname"]}"')
        changed = await owner.execute(EDITS[what].format(**story))
        assert not changed.endswith(" 0"), EDITS[what]
        assert await is_found_by_commands(owner, SALES_FAULTS, SALES_SEALS), what
    finally:
        await opened.rollback()
        await owner.close()


async def test_a_hundred_clean_trades_raise_no_alarm(trade: Trade, owner: Any) -> None:
    chance = random.Random(4)
    await weigh(trade.here, [chance.randint(5, 60) for _ in range(20)])
    code = await buyer()
    for _ in range(5):
        number = await lot(trade.here, chance.randint(20, 60))
        for _ in range(20):
            await sell(trade.here, offer(number, code, 0, grams=chance.randint(1, 900)))
    assert await faults(owner) == []

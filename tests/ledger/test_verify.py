"""`coop ledger verify` finds what somebody with the database's own password changed."""

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import pytest

from coop.cli.proofs import FAULTS, SEALS
from coop.kernel import clock
from coop.ledger import queries
from coop.log.operations.integrate import integrate_waiting
from coop.log.queries.verifying import verify_log
from coop.receipts.queries.proof import receipt_faults
from coop.running import Running
from coop.settings import settings
from tests.proofs import is_found_by_commands
from tests.trade import Trade, entry, post

# What an insider would do, with triggers and constraints put out of the way for a moment.
EDITS = {
    "an amount on a weighing": "UPDATE weighing SET amount_paise = amount_paise + 1 WHERE {row}",
    "grams on a weighing": "UPDATE weighing SET payable_grams = payable_grams - 1 WHERE {row}",
    "a rate on a weighing": "UPDATE weighing SET rate_paise = rate_paise + 100 WHERE {row}",
    "a way of paying": "UPDATE weighing SET paid_mode = 'cash' WHERE {row}",
    "a day of a weighing": "UPDATE weighing SET weighed_day = weighed_day - 1 WHERE {row}",
    "a weighing gone": "DELETE FROM weighing WHERE {row}",
    "an amount on a line": "UPDATE ledger_entry SET amount_paise = amount_paise + 1 WHERE {line}",
    "grams on a line": "UPDATE ledger_entry SET stock_grams = stock_grams + 1 WHERE {line}",
    "a line gone": "DELETE FROM ledger_entry WHERE {line}",
    "a whole journal gone": "DELETE FROM ledger_entry WHERE {all_lines}; DELETE FROM journal WHERE {row}",
    "two lines moved alike": "UPDATE ledger_entry SET amount_paise = amount_paise * 2 WHERE {all_lines}",
    "a line of another member": "UPDATE ledger_entry SET member_id = member_id + 1 WHERE {due_line}",
    "a receipt gone": "DELETE FROM receipt WHERE {row}",
    "a receipt's byte": "UPDATE receipt SET signed = set_byte(signed, 40, get_byte(signed, 40) # 1) WHERE {row}",
    "a receipt's number": "UPDATE receipt SET no = no + 100000 WHERE {row}",
    "an audit entry's facts": "UPDATE audit_entry SET facts = replace(facts, '\"', '''') WHERE {entry}",
    "an audit entry's grams": "UPDATE audit_entry SET facts = replace(facts, 'grams\":', 'grams\":1') WHERE {entry}",
    "an audit entry's actor": "UPDATE audit_entry SET actor = 'user:1' WHERE {entry}",
    "an audit entry's time": "UPDATE audit_entry SET at = at - interval '1 second' WHERE {entry}",
    "an audit entry gone": "DELETE FROM audit_entry WHERE {entry}",
    "the last audit entry gone": "DELETE FROM audit_entry WHERE {last_entry}",
    "a head moved back": "UPDATE audit_head SET last_seq = last_seq - 1 WHERE cooperative_id = {coop}",
    "a head gone": "DELETE FROM audit_head WHERE cooperative_id = {coop}",
    "a line's number": "UPDATE ledger_entry SET line_no = line_no + 7 WHERE {lines} AND line_no = (SELECT max(line_no) FROM ledger_entry WHERE {lines})",
    "a movement of no lot": "INSERT INTO lot_movement (cooperative_id, lot_fy, lot_no, kind, grams, cost_paise, happened_at, posted_at, fy, reason, about_no, actor) VALUES ({coop}, 2627, 9999, 'filled', 1, 0, now(), now(), 2627, '', '', 'x')",
    "a head of nobody": "INSERT INTO audit_head SELECT 'NOBODY', NULL, 0, last_hash FROM audit_head WHERE chain = 'SAFE-CASES'",
    "a kept total": "UPDATE kept_total SET amount_paise = amount_paise + 1 WHERE cooperative_id = {coop} AND account_code = 1310",
    "kept grams": "UPDATE kept_total SET stock_grams = stock_grams + 1 WHERE cooperative_id = {coop} AND account_code = 1310",
    "a kept total gone": "DELETE FROM kept_total WHERE cooperative_id = {coop} AND account_code = 2110",
    "a day's total": "UPDATE day_total SET cash_paise = cash_paise + 1 WHERE cooperative_id = {coop}",
    "a member's cash of a day": "UPDATE member_day_cash SET cash_paise = cash_paise + 1 WHERE cooperative_id = {coop}",
    "a series pushed on": "UPDATE number_series SET last_no = last_no + 1 WHERE cooperative_id = {coop} AND series = 'R1'",
    "a journal series pushed on": "UPDATE number_series SET last_no = last_no + 1 WHERE cooperative_id = {coop} AND series = 'J'",
    "a series gone": "DELETE FROM number_series WHERE cooperative_id = {coop}",
    "an entry's id gone": "DELETE FROM desk_entry WHERE cooperative_id = {coop} AND weighing_no = {no}",
}

_counted: list[Running] = []


@asynccontextmanager
async def insider(database: Running) -> AsyncIterator[Any]:
    """The database's superuser with every trigger and foreign key off; all is undone."""
    await integrate_waiting()  # as the application does twice a second
    owner = await asyncpg.connect(database.addresses.owner)
    # As the command asks: see there. The tests' tables stay small: counting them once is enough.
    if database not in _counted:
        await owner.execute("ANALYZE")
        _counted.append(database)
    opened = owner.transaction()
    await opened.start()
    try:
        await owner.execute("SET LOCAL session_replication_role = replica")
        await owner.execute(
            "SET LOCAL enable_nestloop = off; SET LOCAL enable_mergejoin = off; SET LOCAL work_mem = '64MB'"
        )
        yield owner
    finally:
        await opened.rollback()
        await owner.close()


async def faults_seen(connection: Any) -> list[str]:
    """What the command asks, on a connection that sees the edit."""
    from coop.kernel.db import SYSTEM, Transaction

    tx = Transaction(connection, SYSTEM)
    last = (
        await queries.first_chain_fault(tx),
        await queries.receipts_of_audit_fault(tx),
        await queries.first_orphan(tx),
    )
    found = await queries.first_faults(tx, FAULTS)
    found += await queries.first_broken_seals(tx, SEALS)
    log = await verify_log(tx, settings().log_origin, clock.now())
    return [*found, *await receipt_faults(tx), *log.faults, *filter(None, last)]


@pytest.fixture(scope="session")
def chance() -> random.Random:
    """The same victims each time."""
    return random.Random(20261101)


async def test_a_clean_book_has_no_fault(database: Running, trade: Trade) -> None:
    await post(trade.here, *(entry(trade.here, paid_mode=mode) for mode in ("cash", "upi") * 5))
    async with insider(database) as owner:
        assert await faults_seen(owner) == []


@pytest.mark.parametrize("what", EDITS)
async def test_an_edit_is_found(
    database: Running, trade: Trade, chance: random.Random, what: str
) -> None:
    made = await post(
        trade.here, *(entry(trade.here, paid_mode=mode) for mode in ("cash", "upi", "later") * 2)
    )
    # A weighing not paid in cash, so that "a way of paying" is an edit too.
    booked = made[chance.choice((1, 2, 4, 5))].booked
    assert booked is not None
    coop, fy, no = trade.here.id, booked.fy, booked.no
    async with insider(database) as owner:
        journal = await owner.fetchval(
            "SELECT no FROM journal WHERE cooperative_id = $1 AND document LIKE $2",
            coop,
            f"%-S{no:05d}",
        )
        row = f"cooperative_id = {coop} AND fy = {fy} AND no = {no}"
        lines = f"cooperative_id = {coop} AND fy = {fy} AND journal_no = {journal}"
        done = EDITS[what].format(
            row=row,
            line=f"{lines} AND line_no = {chance.choice((1, 2))}",
            due_line=f"{lines} AND line_no = 2",
            lines=lines,
            all_lines=lines,
            entry=f"cooperative_id = {coop} AND about_row = '{fy}/{no}' AND tag = 'weighing:posted'",
            last_entry=f"cooperative_id = {coop} AND seq = (SELECT last_seq FROM audit_head WHERE cooperative_id = {coop})",
            coop=coop,
            no=no,
        )
        changed = [await owner.execute(statement) for statement in done.split("; ")]
        assert not any(tag.endswith(" 0") for tag in changed), (done, changed)
        assert await is_found_by_commands(owner), what


async def test_a_careful_insider_is_found(database: Running, trade: Trade) -> None:
    """One who raises a rate and puts every sum right is betrayed by receipt and chain."""
    made = (await post(trade.here, entry(trade.here, paid_mode="later")))[0].booked
    assert made is not None
    where = f"cooperative_id = {trade.here.id} AND fy = {made.fy}"
    grade = f"cooperative_id = {trade.here.id} AND account_code = 1310 AND grade_code = 971"
    member = f"cooperative_id = {trade.here.id} AND account_code = 2110 AND member_id <> 0"
    async with insider(database) as owner:
        row = await owner.fetchrow(f"SELECT * FROM weighing WHERE {where} AND no = {made.no}")
        rate = row["rate_paise"] * 2
        more = (row["payable_grams"] * rate + 500) // 1000 - row["amount_paise"]
        journal = await owner.fetchval(
            f"SELECT no FROM journal WHERE {where} AND document LIKE $1",
            f"%-S{made.no:05d}",
        )
        line = f"{where} AND journal_no = {journal} AND line_no"
        for sql in (
            f"UPDATE weighing SET rate_paise = {rate}, amount_paise = amount_paise + {more} WHERE {where} AND no = {made.no}",
            f"UPDATE ledger_entry SET amount_paise = amount_paise + {more} WHERE {line} = 1",
            f"UPDATE ledger_entry SET amount_paise = amount_paise - {more} WHERE {line} = 2",
            f"UPDATE kept_total SET amount_paise = amount_paise + {more} WHERE {grade}",
            f"UPDATE kept_total SET amount_paise = amount_paise - {more} WHERE {member} AND member_id = {row['member_id']}",
            f"UPDATE day_total SET amount_paise = amount_paise + {more} WHERE cooperative_id = {trade.here.id}"
            f" AND day = '{row['weighed_day']}'",
        ):
            assert await owner.execute(sql) == "UPDATE 1", sql
        faults = await faults_seen(owner)
    assert faults
    assert all("\n" not in fault for fault in faults)

"""Any edit of ledger, receipts or chain by the database's superuser is found: which one, chance says.

A change, a deletion, an insertion or two values swapped; each is looked for by what `coop ledger verify`
and `coop log verify` ask, and undone. `make torture` makes five hundred.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest

from coop.kernel import clock
from coop.kernel.db import transaction
from coop.livelihoods.operations.fund import (
    Outcome,
    Owner,
    plan_fund,
    publish_outcome,
    spend_fund,
    take_back_spending,
)
from coop.livelihoods.queries.fund import plans, spendings
from coop.livelihoods.rules.fund import Plan, Spending
from coop.log.operations.integrate import integrate_waiting
from coop.members.queries.member import member
from coop.payments.operations.passbook import print_passbook
from coop.payments.operations.record import Money, record_money
from coop.payments.operations.record import Person as Mover
from coop.payments.operations.take_back import take_back_voucher
from coop.payments.rules import Kind, voucher_number
from coop.running import Running
from coop.sales.operations.notes import ask_reversal, decide_note
from tests.closing.test_closing import close, count, house
from tests.ledger.test_verify import faults_seen, insider
from tests.proofs import is_found_by_commands
from tests.sales.trading import ASKS, DECIDES, buyer, dispatched, lot, offer, sell, seller, weigh
from tests.trade import REACH, Side, Trade, entry, post
from tests.weighing.taken_back import ask, decide, weighed

# Column `id` is a row's number for the database's own use: nothing is ordered or known by it.
SURROGATE = {"id"}
# When a checkpoint was signed is told for the operator; what counts is in the note, and two alike
# harm nobody.
FREE = {("log_checkpoint", "signed_at")}
TABLES = (
    "number_series",
    "journal",
    "ledger_entry",
    "kept_total",
    "day_total",
    "member_day_cash",
    "desk_entry",
    "weighing",
    "receipt",
    "receipt_status",
    "lot",
    "lot_purchase",
    "lot_movement",
    "lot_balance",
    "sale",
    "sale_challan",
    "gate_out",
    "sale_note_request",
    "sale_note_decision",
    "sale_note",
    "buyer_receipt",
    "reversal_request",
    "reversal_decision",
    "weighing_reversal",
    "voucher",
    "voucher_reversal",
    "passbook_print",
    "cash_count",
    "cash_count_line",
    "closed_day",
    "fund_plan",
    "fund_spending",
    "fund_spending_reversal",
    "fund_outcome",
    "receipt_key",
    "receipt_key_state",
    "trust_list",
    "status_list",
    "log_leaf",
    "log_tile",
    "log_checkpoint",
    "log_key",
    "log_key_state",
    "audit_entry",
    "audit_head",
)
_MUTATED = {
    "bigint": "{c} + 1",
    "integer": "{c} + 1",
    "smallint": "{c} + 1",
    "boolean": "NOT {c}",
    "date": "{c} + 1",
    "timestamp with time zone": "{c} + interval '1 second'",
    "uuid": "gen_random_uuid()",
    "bytea": "set_byte({c}, length({c}) - 1, get_byte({c}, length({c}) - 1) # 1)",
    "numeric": "{c} + 1",
    "character varying": "CASE {c} WHEN '' THEN 'x' ELSE left({c}, length({c}) - 1) || CASE right({c}, 1) WHEN 'x' THEN 'y' ELSE 'x' END END",
}
_MUTATED["text"] = _MUTATED["character varying"]
_OF_NOTHING = {
    "bigint": "1",
    "integer": "1",
    "smallint": "1",
    "boolean": "true",
    "date": "date '2026-01-01'",
    "timestamp with time zone": "now()",
    "numeric": "1",
    "character varying": "'x'",
    "text": "'x'",
    "bytea": "'\\x00'::bytea",
    "uuid": "gen_random_uuid()",
}


@dataclass(frozen=True)
class Table:
    name: str
    columns: Sequence[tuple[str, str]]
    key: Sequence[str]


async def _tables(owner: Any) -> list[Table]:
    made = []
    for name in TABLES:
        columns = await owner.fetch(
            "SELECT column_name, data_type FROM information_schema.columns"
            " WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER' ORDER BY ordinal_position",
            name,
        )
        key = await owner.fetch(
            "SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)"
            " WHERE i.indrelid = $1::regclass AND i.indisprimary",
            name,
        )
        kept = [(row[0], row[1]) for row in columns if row[0] not in SURROGATE]
        made.append(Table(name, kept, [row[0] for row in key]))
    return made


async def _edit(owner: Any, chance: random.Random, table: Table) -> str | None:
    """Make one edit; say what was done, None where chance hit nothing that differs."""
    rows = await owner.fetch(
        f'SELECT tableoid, ctid::text AS at, to_jsonb(t)::text AS said FROM "{table.name}" t ORDER BY said'
    )
    if not rows:
        return None
    row = chance.choice(rows)
    here = f"tableoid = {row['tableoid']} AND ctid = '{row['at']}'::tid"
    told = [one for one in table.columns if (table.name, one[0]) not in FREE]
    column, kind = chance.choice(told)
    how = chance.choice(("change", "change", "delete", "insert", "swap"))
    if how == "delete":
        await owner.execute(f'DELETE FROM "{table.name}" WHERE {here}')
        return f"delete from {table.name}: {row['said']}"
    if how == "insert":
        names = ", ".join(f'"{c}"' for c, _ in table.columns)
        new = chance.choice([c for c in told if c[0] in table.key] or told)
        values = ", ".join(
            _MUTATED[k].format(c=f'"{c}"') if c == new[0] else f'"{c}"' for c, k in table.columns
        )
        done = await owner.execute(
            f'INSERT INTO "{table.name}" ({names}) SELECT {values} FROM "{table.name}" WHERE {here} ON CONFLICT DO NOTHING'
        )
        return (
            None
            if done.endswith(" 0")
            else f"insert into {table.name} with another {new[0]}: {row['said']}"
        )
    if how == "swap":
        other = chance.choice(rows)
        there = f"tableoid = {other['tableoid']} AND ctid = '{other['at']}'::tid"
        mine = await owner.fetchval(f'SELECT "{column}" FROM "{table.name}" WHERE {here}')
        theirs = await owner.fetchval(f'SELECT "{column}" FROM "{table.name}" WHERE {there}')
        if mine == theirs or column in table.key:
            return None
        await owner.execute(f'UPDATE "{table.name}" SET "{column}" = $1 WHERE {there}', mine)
        # The first row has not moved: only the second was rewritten.
        await owner.execute(f'UPDATE "{table.name}" SET "{column}" = $1 WHERE {here}', theirs)
        return f"swap {table.name}.{column} of {row['said']} and {other['said']}"
    sql = f"coalesce({_MUTATED[kind].format(c=chr(34) + column + chr(34))}, {_OF_NOTHING[kind]})"
    await owner.execute(f'UPDATE "{table.name}" SET "{column}" = {sql} WHERE {here}')
    return f"change {table.name}.{column} of {row['said']}"


async def _hunt(database: Running, seed: int, edits: int) -> list[str]:
    """What was not found, of so many edits."""
    import asyncpg

    chance, missed, made = random.Random(seed), [], 0
    async with insider(database) as owner:
        tables = await _tables(owner)
        while made < edits:
            inner = owner.transaction()
            await inner.start()
            try:
                done = await _edit(owner, chance, chance.choice(tables))
                if done is not None:
                    made += 1
                    if not await is_found_by_commands(owner):
                        missed.append(done)
            except (asyncpg.UniqueViolationError, asyncpg.CheckViolationError):
                pass  # the database itself would not have it
            finally:
                await inner.rollback()
    return missed


async def _some_trade(trade: Trade) -> None:
    """Trade of two cooperatives with lots, sales, reversals and money, all of it in the log."""
    for side in (trade.here, trade.there):
        await post(side, *(entry(side, paid_mode=mode) for mode in ("cash", "upi", "later") * 4))
    await _sold_and_taken_back(trade.here)
    for outcome in ("confirmed", "rejected"):
        number = await weighed(trade.here, paid_mode="upi")
        await ask(number)
        await decide(number, outcome)
    person, other = Mover(980_001, "treasurer"), Mover(980_002, "manager")
    async with transaction(REACH) as tx:
        for _ in range(2):
            moved = Money(uuid4(), Kind.TO_BANK, "cash", 100, clock.today())
            made = await record_money(tx, trade.here.id, trade.here.code, person, moved)
        voucher = voucher_number(made)
        assert voucher is not None
        await take_back_voucher(tx, voucher, other, uuid4(), "twice", "")
    await _counted_printed_and_spent(trade)
    while await integrate_waiting():
        pass


async def _counted_printed_and_spent(trade: Trade) -> None:
    """A day closed short, one counted only; a passbook printed twice; the fund spent, taken back, told."""
    side, today = trade.here, clock.today()
    await close(await count(await house(), 995, "not_known"))
    await count(await house(), 1000)
    owner, spending = Owner(side.id, side.code), Spending(100, "bank", today, "Shop", "B/1")
    async with transaction(REACH) as tx:
        await plan_fund(tx, owner, Plan("school", "किताबें", "Books", 6_000, "GB/7", today), uuid4())
        plan = (await plans(tx, side.id))[0]
        for _ in range(2):
            await spend_fund(tx, owner, plan.number, spending, Mover(980_001, "treasurer"), uuid4())
        spent = (await spendings(tx, plan.id))[0]
        board = Mover(980_002, "board")
        await take_back_spending(tx, owner, spent.fy, spent.no, "Wrong shop", board, uuid4())
        told = Outcome(40, "चालीस बच्चों को", "For forty children")
        await publish_outcome(tx, owner, plan.number, told, uuid4())
    for _ in range(2):
        await post(trade.here, entry(trade.here, paid_mode="later"))
        async with transaction(REACH) as tx:
            one = await member(tx, trade.here.code, "0001")
            assert one is not None
            await print_passbook(tx, one, Mover(980_001, "clerk"), uuid4())


async def _sold_and_taken_back(side: Side) -> None:
    """A lot sold in two parts: one left the gate, one was taken back."""
    await weigh(side, [30, 40])
    number, code = await lot(side, 60), await buyer()
    first = await sell(side, offer(number, code, 20))
    await dispatched(side, first.number, 20)
    second = await sell(side, offer(number, code, 10))
    async with ASKS.acting() as tx:
        await ask_reversal(tx, seller(side), second.number, "wrong buyer")
    async with DECIDES.acting() as tx:
        await decide_note(tx, seller(side), second.number, confirmed=True)


async def test_forty_edits_are_found(database: Running, trade: Trade) -> None:
    await _some_trade(trade)
    missed = await _hunt(database, 20261124, 40)
    assert not missed, "\n".join(one[:200] for one in missed)


@pytest.mark.torture
@pytest.mark.parametrize("seed", [5, 6, 7])
async def test_five_hundred_edits_are_found(database: Running, trade: Trade, seed: int) -> None:
    await _some_trade(trade)
    async with insider(database) as owner:
        assert not await is_found_by_commands(owner), "else every edit would seem to be found"
    missed = await _hunt(database, seed, 500)
    assert not missed, "\n".join(one[:200] for one in missed)


@pytest.mark.torture
async def test_a_hundred_clean_books_raise_no_alarm(database: Running, trade: Trade) -> None:
    for _ in range(100):
        await _some_trade(trade)
        async with insider(database) as owner:
            assert await faults_seen(owner) == []

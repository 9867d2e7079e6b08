"""A weighing taken back: by its poster in time, else by two; what is written and what is not."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from coop.access.roles import Role
from coop.kernel import clock
from coop.kernel.db import transaction
from coop.kernel.refusal import Conflict, NotThere
from coop.running import Running
from coop.weighing.operations.reversal import Person, ask_reversal, decide_reversal
from coop.weighing.operations.take_back import Poster, Reversed
from coop.weighing.operations.undo import undo_entry, undo_weighing
from coop.weighing.queries.reversals import reversal_facts, taken_of_entry
from coop.weighing.rules.reversal import refusals_to_undo
from tests.trade import OTHER_GRADE, REACH, Trade, entry, person
from tests.weighing.taken_back import (
    CLERK,
    ask,
    decide,
    insider,
    refused,
    status_of,
    sums,
    weighed,
    weighed_by_device,
    wish,
)


@pytest.mark.parametrize("mode", ["cash", "upi"])
async def test_a_poster_undoes_within_the_time(trade: Trade, mode: str) -> None:
    first = await weighed(trade.here, member_no="0007", paid_mode="later")
    before = await sums(trade.here, first)
    number, entry_id = await weighed_by_device(trade.here, member_no="0007", paid_mode=mode)
    poster = Poster(device_id=trade.here.device.device_id)
    assert await sums(trade.here, number) != before
    async with transaction(REACH) as tx:
        done = await undo_entry(tx, entry_id, poster)
    assert done.new
    assert done.document == f"TRADEA-{done.fy // 100}-R{done.no:05d}"
    assert await sums(trade.here, number) == before
    assert await status_of(trade.here, number) == (1,)
    async with transaction(REACH) as tx:
        again = await undo_weighing(tx, number, poster)
    assert (again.new, again.document) == (False, done.document)
    assert await refused(ask(number)) == ["already_reversed"]


async def test_nobody_else_undoes_and_not_for_ever(trade: Trade) -> None:
    number, entry_id = await weighed_by_device(trade.here)
    for poster in (Poster(user_id=CLERK), Poster(device_id=trade.there.device.device_id), Poster()):
        async with transaction(REACH) as tx:
            with pytest.raises(NotThere):
                await undo_entry(tx, entry_id, poster)
            with pytest.raises(NotThere):
                await undo_entry(tx, uuid4(), poster)
    own = Poster(device_id=trade.here.device.device_id)
    async with transaction(REACH) as tx:
        within = await tx.fetchval("SELECT value FROM bylaw WHERE name = 'undo_within'")
    assert within == 120
    with clock.frozen(clock.now() + timedelta(seconds=121)):
        async with transaction(REACH) as tx:
            assert await refused(undo_entry(tx, entry_id, own)) == ["undo_time_over"]
    await ask(number)
    async with transaction(REACH) as tx:
        assert await refused(undo_entry(tx, entry_id, own)) == ["asked_for"]


@pytest.mark.parametrize(
    ("stands", "undone", "asked"),
    [("in_lot", ["in_lot"], None), ("sold", ["sold"], ["sold"])],
)
async def test_what_stands_in_a_lot(
    database: Running, trade: Trade, stands: str, undone: list[str], asked: list[str] | None
) -> None:
    number, entry_id = await weighed_by_device(trade.here)
    own = Poster(device_id=trade.here.device.device_id)
    async with insider(database) as tx:
        await tx.execute("SET LOCAL session_replication_role = origin")
        await tx.execute(
            "CREATE OR REPLACE FUNCTION coop_purchase_stands(coop bigint, year integer, no_ bigint)"
            f" RETURNS text LANGUAGE sql STABLE AS $$ SELECT '{stands}'::text $$"
        )
        await tx.execute("CREATE TABLE left_a_lot (no bigint)")
        await tx.execute(
            "CREATE OR REPLACE FUNCTION coop_purchase_leaves_lot(coop bigint, year integer, no_ bigint, at_ timestamptz)"
            " RETURNS void LANGUAGE sql AS $$ INSERT INTO left_a_lot VALUES (no_) $$"
        )
        assert await refused(undo_entry(tx, entry_id, own)) == undone
        if asked:
            assert await refused(ask_reversal(tx, number, Person(1, "clerk"), wish())) == asked
            return
        await ask_reversal(tx, number, Person(1, "clerk"), wish())
        await decide_reversal(tx, number, Person(2, "board"), uuid4(), "confirmed", "")
        assert await tx.fetchval("SELECT no FROM left_a_lot") == number.no


async def test_one_asks_another_decides(trade: Trade) -> None:
    earlier = await weighed(trade.here, member_no="0006", paid_mode="later")
    before = await sums(trade.here, earlier)
    number = await weighed(trade.here, member_no="0006", paid_mode="upi")
    asked = wish()
    await ask(number, asked)
    assert await status_of(trade.here, number) == (2,)
    await ask(number, asked)  # the form sent twice
    with pytest.raises(Conflict):
        await ask(number, replace(asked, words="another"))
    assert await refused(ask(number)) == ["asked_for"]
    assert await refused(decide(number, by=CLERK)) == ["same_person"]
    assert await status_of(trade.here, number) == (2,)
    operation = uuid4()
    done = await decide(number, operation=operation)
    assert done is not None
    assert await status_of(trade.here, number) == (2, 1)
    assert await sums(trade.here, number) == before
    again = await decide(number, operation=operation)
    assert again is not None
    assert (again.document, again.new) == (done.document, False)
    with pytest.raises(Conflict):
        await decide(number)


async def test_a_rejected_receipt_is_valid_again(trade: Trade) -> None:
    number = await weighed(trade.here)
    before = await sums(trade.here, number)
    await ask(number)
    operation = uuid4()
    assert await decide(number, "rejected", operation=operation) is None
    assert await decide(number, "rejected", operation=operation) is None
    assert await status_of(trade.here, number) == (2, 0)
    assert await sums(trade.here, number) == before
    await ask(number)
    await decide(number)
    assert await status_of(trade.here, number) == (2, 0, 2, 1)


async def test_cash_that_the_member_keeps_is_owed(trade: Trade) -> None:
    number = await weighed(trade.here, member_no="0005", paid_mode="cash", gross_g=10_250)
    before = await sums(trade.here, number)
    await ask(number)
    await decide(number)
    after = await sums(trade.here, number)
    assert after["cash"] == before["cash"], "what was paid out counts for the limit of the day"
    assert isinstance(before["day"], tuple)
    assert isinstance(after["day"], tuple)
    assert after["day"][3] == before["day"][3]
    async with transaction(REACH) as tx:
        lines = await tx.fetch(
            """SELECT e.account_code, e.amount_paise, w.amount_paise AS paid FROM weighing_reversal v
               JOIN weighing w ON (w.cooperative_id, w.fy, w.no) = (v.cooperative_id, v.weighing_fy, v.weighing_no)
               JOIN ledger_entry e ON (e.cooperative_id, e.fy, e.journal_no) = (v.cooperative_id, v.fy, v.journal_no)
               WHERE v.cooperative_id = $1 AND v.weighing_no = $2 ORDER BY e.line_no""",
            trade.here.id, number.no,
        )  # fmt: skip
    paid = lines[0]["paid"]
    assert [(r["account_code"], r["amount_paise"]) for r in lines] == [(1310, -paid), (2110, paid)]
    # Where the money lies in the box again, everything comes back.
    back = await weighed(trade.here, member_no="0005", paid_mode="cash", gross_g=10_250)
    await ask(back, wish(cash_back=True))
    await decide(back)
    assert await sums(trade.here, back) == after


async def test_the_right_weighing_is_booked_with_it(trade: Trade) -> None:
    number = await weighed(trade.here, member_no="0004", paid_mode="later", gross_g=20_250)
    right = entry(
        trade.here, member_no="0004", paid_mode="later", gross_g=2_250, grade_code=OTHER_GRADE,
        moisture=Decimal(0), waste=Decimal(0), rate_paise_per_kg=500,
    )  # fmt: skip
    wrong = replace(right, id=uuid4(), rate_paise_per_kg=1)
    assert await refused(ask(number, wish(corrected=wrong))) == ["rate_below_floor"]
    assert await status_of(trade.here, number) == ()
    await ask(number, wish(corrected=right))
    assert await status_of(trade.here, number) == (2,)
    await decide(number)
    assert await status_of(trade.here, number) == (2, 3)
    async with transaction(REACH) as tx:
        row = await tx.fetchrow(
            """SELECT w.grade_code, w.payable_grams, w.amount_paise, d.entry_id FROM weighing_reversal v
               JOIN weighing w ON (w.cooperative_id, w.fy, w.no) = (v.cooperative_id, v.replaced_fy, v.replaced_no)
               JOIN desk_entry d ON (d.cooperative_id, d.fy, d.weighing_no) = (w.cooperative_id, w.fy, w.no)
               WHERE v.cooperative_id = $1 AND v.weighing_no = $2""",
            trade.here.id, number.no,
        )  # fmt: skip
    assert row is not None
    assert tuple(row.values()) == (OTHER_GRADE, 2000, 1000, right.id)
    async with transaction(REACH) as tx:
        new = await taken_of_entry(tx, right.id)
        assert new is not None
        facts = await reversal_facts(tx, new)
    assert [refusal.code for refusal in refusals_to_undo(facts)] == ["decided"]


async def test_the_inspector_decides_only_where_nobody_else_can(trade: Trade) -> None:
    alone = trade.there
    number = await weighed(alone)
    await ask(number, by=CLERK)
    async with transaction(REACH) as tx:
        others = await tx.fetchval(
            "SELECT count(*) FROM role_assignment WHERE cooperative_id = $1 AND role IN ('manager', 'treasurer', 'board')",
            alone.id,
        )
    if not others:
        await decide(number, by=CLERK + 2, of_agency=True)
        number = await weighed(alone)
        await ask(number, by=CLERK)
    await person(Role.TREASURER, alone)
    assert await refused(decide(number, by=CLERK + 2, of_agency=True)) == ["second_person"]
    await decide(number, by=CLERK + 3)


async def test_two_deciders_at_once_make_one_reversal(trade: Trade) -> None:
    number = await weighed(trade.here)
    await ask(number)
    got = await asyncio.gather(
        *(decide(number, by=CLERK + n) for n in range(1, 5)), return_exceptions=True
    )
    assert sum(isinstance(one, Reversed) for one in got) == 1
    assert sum(isinstance(one, Conflict) for one in got) == 3
    assert await status_of(trade.here, number) == (2, 1)


async def test_numbers_of_reversals_have_no_gap(trade: Trade) -> None:
    for _ in range(4):
        number = await weighed(trade.here, paid_mode="upi")
        await ask(number)
        await decide(number)
    async with transaction(REACH) as tx:
        rows = await tx.fetch(
            "SELECT r.no, v.no AS reversal FROM receipt r LEFT JOIN weighing_reversal v"
            " ON (v.cooperative_id, v.fy, v.no) = (r.cooperative_id, r.fy, r.no)"
            " WHERE r.cooperative_id = $1 AND r.kind = 3 ORDER BY r.no",
            trade.here.id,
        )
    of_weighings = [row for row in rows if row["reversal"]]  # others are of sales
    assert len(of_weighings) > 3
    assert [row["no"] for row in rows] == list(range(1, len(rows) + 1))

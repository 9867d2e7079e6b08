"""Counts and closes against the database: rows, journals, replays, two at once, what verify finds."""

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import asyncpg
import pytest

from coop.closing.operations import Count, Person, close_day, count_box
from coop.closing.queries import box, close_of, day_closed, late_of
from coop.closing.rules import Pieces
from coop.kernel import clock
from coop.kernel.db import transaction
from coop.kernel.refusal import Conflict, NotThere, Refused
from coop.payments.operations.record import Money, record_money
from coop.payments.operations.record import Person as Payer
from coop.payments.rules import Kind
from coop.receipts.operations.keys import make_missing_keys
from coop.running import Running
from coop.settings import settings
from tests.sales.trading import GRADE, buyer, lot, offer, sell
from tests.trade import FLOOR, REACH, Side, Trade, _side, entry, post
from tests.weighing.taken_back import faults, insider

CLERK, MANAGER = Person(981_001, "clerk"), Person(981_002, "manager")
_codes = itertools.count(1)


async def house() -> Side:
    """A cooperative of its own with 1,000 rupees brought from the bank."""
    async with transaction(REACH) as tx:
        side = await _side(tx, f"CLOSE{next(_codes)}")
        await make_missing_keys(tx, settings().keys, settings().trust_domain)
        money = Money(uuid4(), Kind.FROM_BANK, "cash", 100_000, clock.today())
        await record_money(tx, side.id, side.code, Payer(981_003, "treasurer"), money)
    return side


async def count(side: Side, rupees: int, reason: str = "", operation: UUID | None = None) -> int:
    lines = [Pieces(100, "coin", rupees)] if rupees else []
    async with transaction(REACH) as tx:
        what = Count(operation or uuid4(), lines, reason)
        return await count_box(tx, side.id, CLERK, what)


async def close(count_id: int, person: Person = MANAGER, operation: UUID | None = None) -> None:
    async with transaction(REACH) as tx:
        await close_day(tx, count_id, person, operation or uuid4())


async def refused(act: Callable[[], Awaitable[object]]) -> list[str]:
    with pytest.raises(Refused) as caught:
        await act()
    return [one.code for one in caught.value.refusals]


async def account(side: Side, code: int) -> int:
    async with transaction(REACH) as tx:
        return int(
            await tx.fetchval(
                "SELECT coalesce(sum(amount_paise), 0) FROM kept_total WHERE cooperative_id = $1 AND account_code = $2",
                side.id, code,
            )
        )  # fmt: skip


async def test_counted_confirmed_and_the_difference_booked(trade: Trade) -> None:
    side = await house()
    again = uuid4()
    made = await count(side, 995, "not_known", again)
    assert await count(side, 995, "not_known", again) == made
    with pytest.raises(Conflict):
        await count(side, 996, "not_known", again)
    assert await account(side, 1010) == 100_000, "a count books nothing"
    once = uuid4()
    await close(made, operation=once)
    await close(made, operation=once)
    assert (await account(side, 1010), await account(side, 5310)) == (99_500, 500)
    async with transaction(REACH) as tx:
        found, now = await close_of(tx, made), await box(tx, side.id)
        tags = await tx.fetch(
            "SELECT tag FROM audit_entry WHERE cooperative_id = $1 AND tag IN ('cash:counted', 'day:closed') ORDER BY seq",
            side.id,
        )
    assert found is not None
    assert found.closed
    assert found.difference_paise == -500
    assert (now.opening_paise, now.in_paise, now.out_paise, now.expected_paise) == (
        99_500, 0, 0, 99_500,
    )  # fmt: skip
    assert [row["tag"] for row in tags] == ["cash:counted", "day:closed"]
    assert await refused(lambda: count(side, 995)) == ["already_closed"]


async def test_never_by_one_person_nor_on_an_old_count(trade: Trade) -> None:
    side = await house()
    first = await count(side, 1000)
    assert await refused(lambda: close(first, CLERK)) == ["same_person"]
    second = await count(side, 1000)
    assert await refused(lambda: close(first)) == ["counted_again"]
    await close(second)
    assert await refused(lambda: close(second)) == ["already_closed"]
    assert await account(side, 5310) == 0
    with pytest.raises(NotThere):
        await close(2**40)


async def test_two_confirm_at_once_and_one_close_stands(trade: Trade) -> None:
    side = await house()
    made = await count(side, 1002, "not_recorded")
    done = await asyncio.gather(
        *(close(made, Person(981_010 + n, "treasurer")) for n in range(4)), return_exceptions=True
    )
    assert sum(one is None for one in done) == 1
    assert all(one is None or isinstance(one, Refused) for one in done)
    assert await account(side, 5310) == -200


async def test_a_box_below_zero_is_not_closed(trade: Trade) -> None:
    side = await house()
    await post(
        side, *(entry(side, paid_mode="cash", gross_g=160_000, member_no=f"000{n}") for n in (1, 2))
    )
    assert await account(side, 1010) < 0
    assert await refused(lambda: count(side, 0, "not_known")) == ["box_below_zero"]


async def test_what_comes_late_is_booked_on_the_day_of_posting(trade: Trade) -> None:
    side = await house()
    yesterday = clock.now() - timedelta(days=1)
    with clock.frozen(yesterday):
        await close(await count(side, 1000))
    await post(side, entry(side, weighed_at=yesterday - timedelta(hours=1), paper_no="P-12"))
    await post(side, entry(side))
    async with transaction(REACH) as tx:
        assert await day_closed(tx, side.id, clock.ist_day(yesterday))
        rows = await tx.fetch(
            """SELECT w.weighed_day, j.day FROM weighing w JOIN journal j ON j.cooperative_id = w.cooperative_id AND j.about = 'weighing'
               AND j.posted_at = w.posted_at WHERE w.cooperative_id = $1 ORDER BY w.no""",
            side.id,
        )
        late = await late_of(tx, side.id, clock.ist_day(yesterday - timedelta(hours=1)))
    if clock.ist_day(yesterday - timedelta(hours=1)) == clock.ist_day(yesterday):
        assert [row["day"] for row in rows] == [clock.today(), clock.today()]
        assert rows[0]["weighed_day"] == clock.ist_day(yesterday)
        assert late == 1


async def weigh_late(side: Side, at: datetime) -> None:
    goods = entry(side, weighed_at=at, gross_g=70_250, grade_code=GRADE, moisture=Decimal(0))
    await post(
        side,
        replace(goods, waste=Decimal(0), rate_paise_per_kg=FLOOR[GRADE], paper_no="P-13"),
    )


async def test_money_and_sales_of_a_closed_day_are_booked_on_the_day_of_posting(
    trade: Trade, database: Running
) -> None:
    side, yesterday = await house(), clock.now() - timedelta(days=1)
    day = clock.ist_day(yesterday)
    with clock.frozen(yesterday):
        await close(await count(side, 1000))
    await weigh_late(side, yesterday - timedelta(hours=1))
    number, code = await lot(side, 60, made_at=yesterday - timedelta(minutes=1)), await buyer()
    late = Money(uuid4(), Kind.TO_BANK, "cash", 10_000, day)
    sold = await sell(side, offer(number, code, 20, sold_at=yesterday))
    async with transaction(REACH) as tx:
        voucher = await record_money(tx, side.id, side.code, Payer(981_003, "treasurer"), late)
        rows = await tx.fetch(
            "SELECT document, day FROM journal WHERE cooperative_id = $1 AND document = ANY ($2)",
            side.id,
            [voucher, sold.number],
        )
        said = await tx.fetchval(
            "SELECT on_day FROM voucher WHERE cooperative_id = $1 AND kind = 'to_bank'", side.id
        )
    assert {row["document"]: row["day"] for row in rows} == dict.fromkeys(
        (voucher, sold.number), clock.today()
    )
    assert said == day, "the voucher keeps the day of the money"
    async with insider(database) as tx:
        assert await faults(tx) == []


async def test_verify_finds_a_close_that_was_changed(trade: Trade, database: Running) -> None:
    side = await house()
    made = await count(side, 990, "change")
    await close(made)
    async with insider(database) as tx:
        assert await faults(tx) == []
    for sql, fault in (
        ("UPDATE cash_count SET words = 'x' WHERE id = $1", "cash:counted"),
        ("UPDATE cash_count_line SET pieces = 1000 WHERE count_id = $1", "notes and coins"),
        ("UPDATE closed_day SET confirmed_by = 1 WHERE count_id = $1", "day:closed"),
        (
            "UPDATE closed_day SET journal_no = NULL, journal_fy = NULL WHERE count_id = $1",
            "journal",
        ),
        ("DELETE FROM closed_day WHERE count_id = $1", "journal of a cash count"),
    ):
        async with insider(database) as tx:
            assert (await tx.execute(sql, made)).endswith(" 1")
            assert any(fault in one for one in await faults(tx)), sql


async def test_the_database_itself_refuses_one_person_and_a_change(
    trade: Trade, database: Running
) -> None:
    side = await house()
    made = await count(side, 1000)
    async with transaction(REACH) as tx:
        day = clock.today()
        sql = """INSERT INTO closed_day (cooperative_id, day, count_id, counted_by, operation_id, confirmed_by,
                 confirmed_role, closed_at) VALUES ($1, $2, $3, $4, $5, $6, 'manager', now())"""
        for counter, confirmer in ((CLERK.user_id, CLERK.user_id), (981_009, MANAGER.user_id)):
            with pytest.raises(asyncpg.IntegrityConstraintViolationError):
                async with tx.tried():
                    await tx.execute(sql, side.id, day, made, counter, uuid4(), confirmer)
        with pytest.raises(asyncpg.PostgresError):
            async with tx.tried():
                await tx.execute("UPDATE cash_count SET counted_paise = 1 WHERE id = $1", made)

"""Vouchers against the database: rows, sums, limits, replays, two at once, and what verify finds."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import asyncpg
import pytest

from coop.buyers.operations import record_buyer
from coop.buyers.rules import Buyer, Dossier
from coop.kernel import clock
from coop.kernel.db import Transaction, transaction
from coop.kernel.refusal import Conflict, NotThere
from coop.payments.operations.record import Money, Person, record_money
from coop.payments.operations.take_back import take_back_voucher
from coop.payments.queries.proofs import MONEY_FAULTS, MONEY_SEALS
from coop.payments.rules import CASH, Kind, voucher_number
from coop.running import Running
from tests.proofs import is_found
from tests.trade import REACH, Side, Trade, entry, post
from tests.weighing.taken_back import faults, insider, refused

TREASURER, OTHER = Person(980_001, "treasurer"), Person(980_002, "manager")
BUYER = "B9801"


@pytest.fixture(scope="module", autouse=True)
async def buyer(trade: Trade) -> None:
    """A buyer in two versions, as an import leaves one."""
    papers = Dossier(20, "", "", "", None, None, None, None, None)
    async with transaction(REACH) as tx:
        for version in (1, 2):
            name = f"Namuna Minerals {version}"
            await record_buyer(tx, Buyer(BUYER, name, "processor", "Tisri", 329, "", papers))


def money(**changed: object) -> Money:
    made = Money(uuid4(), Kind.PAID, "upi", 1000, clock.today(), "0003", reference="UTR1234")
    return replace(made, **changed)  # type: ignore[arg-type]


async def book(side: Side, what: Money, person: Person = TREASURER) -> str:
    async with transaction(REACH) as tx:
        return await record_money(tx, side.id, side.code, person, what)


async def due(side: Side, member: str) -> int:
    async with transaction(REACH) as tx:
        return int(
            await tx.fetchval(
                """SELECT coalesce(-sum(t.amount_paise), 0) FROM kept_total t JOIN member m ON m.id = t.member_id
                   WHERE t.cooperative_id = $1 AND t.account_code = 2110 AND m.member_no = $2""",
                side.id, member,
            )
        )  # fmt: skip


async def totals(side: Side) -> dict[int, int]:
    async with transaction(REACH) as tx:
        rows = await tx.fetch(
            "SELECT account_code, sum(amount_paise)::bigint AS paise FROM kept_total WHERE cooperative_id = $1 GROUP BY 1",
            side.id,
        )
    return {row["account_code"]: row["paise"] for row in rows}


async def cash_of(tx: Transaction, side: Side, member: str) -> int:
    return int(
        await tx.fetchval(
            """SELECT coalesce(sum(c.cash_paise), 0) FROM member_day_cash c JOIN member m ON m.id = c.member_id
               WHERE c.cooperative_id = $1 AND m.member_no = $2 AND c.day = $3""",
            side.id, member, clock.today(),
        )
    )  # fmt: skip


async def back(number: str, person: Person = OTHER, operation: UUID | None = None) -> None:
    wanted = voucher_number(number)
    assert wanted is not None
    async with transaction(REACH) as tx:
        await take_back_voucher(tx, wanted, person, operation or uuid4(), "twice", "")


async def test_a_payout_lowers_what_is_due(trade: Trade) -> None:
    await post(trade.here, entry(trade.here, member_no="0003", paid_mode="later"))
    owed, before = await due(trade.here, "0003"), await totals(trade.here)
    assert owed >= 16613
    assert await refused(book(trade.here, money(paise=owed + 1))) == ["over_due"]
    one = money(paise=600)
    number = await book(trade.here, one)
    assert number.startswith("TRADEA-")
    assert "-V" in number
    assert await book(trade.here, one) == number  # the form sent twice
    with pytest.raises(Conflict):
        await book(trade.here, replace(one, paise=601))
    with pytest.raises(Conflict):
        await book(trade.here, one, OTHER)
    after = await totals(trade.here)
    assert await due(trade.here, "0003") == owed - 600
    assert after[1110] == before.get(1110, 0) - 600
    assert await refused(book(trade.here, money(party="0009", paise=1))) == ["nothing_due"]
    assert await refused(book(trade.here, money(party="7777"))) == ["unknown_member"]
    late = money(on_day=clock.today() - timedelta(days=40))
    assert await refused(book(trade.here, late)) == ["day_too_old"]


async def test_cash_of_a_day_counts_weighings_and_payouts_together(trade: Trade) -> None:
    """Neither door alone sees the limit: the day's sum does (in a member nobody else pays)."""
    member = "0002"
    dear = {"rate_paise_per_kg": 5000, "gross_g": 100_250, "member_no": member}
    await post(trade.there, entry(trade.there, **dear, paid_mode="cash"))
    await post(trade.there, *(entry(trade.there, **dear, paid_mode="later") for _ in range(3)))
    async with transaction(REACH) as tx:
        had = await cash_of(tx, trade.there, member)
    assert 0 < had < 1_000_000
    cash = {"mode": CASH, "party": member, "reference": ""}
    assert await refused(book(trade.there, money(**cash, paise=1_000_001 - had))) == ["cash_limit"]
    number = await book(trade.there, money(**cash, paise=1_000_000 - had))
    async with transaction(REACH) as tx:
        assert await cash_of(tx, trade.there, member) == 1_000_000
    answer = (await post(trade.there, entry(trade.there, member_no=member, paid_mode="cash")))[0]
    assert [one.code for one in answer.refusals] == ["cash_limit"]
    await back(number)
    async with transaction(REACH) as tx:
        assert await cash_of(tx, trade.there, member) == had
    answer = (await post(trade.there, entry(trade.there, member_no=member, paid_mode="cash")))[0]
    assert answer.booked is not None


async def test_money_from_a_buyer(trade: Trade) -> None:
    before = await totals(trade.here)
    taken = money(kind=Kind.RECEIVED, party=BUYER, paise=19_999_999, mode=CASH, reference="")
    number = await book(trade.here, taken)
    assert "-M" in number
    again = replace(taken, operation_id=uuid4(), paise=1)
    assert await refused(book(trade.here, again)) == ["cash_barred"]
    # Another day, but for the same paper: barred too; for another paper, or by bank, it is taken.
    yesterday = clock.today() - timedelta(days=1)
    paper = replace(taken, operation_id=uuid4(), on_day=yesterday, against="X-1", paise=15_000_000)
    await book(trade.here, paper)
    second = replace(
        paper, operation_id=uuid4(), on_day=yesterday - timedelta(days=1), paise=6_000_000
    )
    assert await refused(book(trade.here, second)) == ["cash_barred"]
    await book(trade.here, replace(second, operation_id=uuid4(), against="X-2"))
    await book(trade.here, replace(again, mode="bank", reference="NEFT77"))
    after = await totals(trade.here)
    cash = 19_999_999 + 15_000_000 + 6_000_000
    assert after[1010] == before.get(1010, 0) + cash
    assert after[1210] == before.get(1210, 0) - cash - 1
    await back(number)
    assert (await totals(trade.here))[1210] == after[1210] + 19_999_999
    await book(trade.here, replace(taken, operation_id=uuid4()))
    assert await refused(book(trade.here, money(kind=Kind.RECEIVED, party="B0000"))) == [
        "unknown_buyer"
    ]


async def test_cash_to_the_bank_and_back(trade: Trade) -> None:
    before = await totals(trade.here)
    moved = money(kind=Kind.TO_BANK, mode=CASH, paise=700, party="")
    number = await book(trade.here, moved)
    await book(trade.here, money(kind=Kind.FROM_BANK, mode=CASH, paise=200, party=""))
    after = await totals(trade.here)
    assert after[1010] == before.get(1010, 0) - 500
    assert after[1110] == before.get(1110, 0) + 500
    assert "-K" in number


async def test_another_takes_it_back(trade: Trade) -> None:
    await post(trade.here, entry(trade.here, member_no="0004", paid_mode="later"))
    owed = await due(trade.here, "0004")
    number = await book(trade.here, money(party="0004", paise=owed))
    assert await due(trade.here, "0004") == 0
    assert await refused(back(number, TREASURER)) == ["same_person"]
    operation = uuid4()
    await back(number, operation=operation)
    await back(number, operation=operation)
    assert await due(trade.here, "0004") == owed
    assert await refused(back(number)) == ["already_reversed"]
    with pytest.raises(NotThere):
        await back(number[:-5] + "99999")


async def test_two_at_once_never_pay_more_than_is_due(trade: Trade) -> None:
    await post(trade.here, entry(trade.here, member_no="0001", paid_mode="later"))
    owed = await due(trade.here, "0001")
    got = await asyncio.gather(
        *(book(trade.here, money(party="0001", paise=owed)) for _ in range(4)),
        return_exceptions=True,
    )
    assert sorted(type(one).__name__ for one in got) == ["Refused"] * 3 + ["str"]
    async with transaction(REACH) as tx:
        rows = await tx.fetch(
            "SELECT no FROM voucher WHERE cooperative_id = $1 AND series = 'V' ORDER BY no",
            trade.here.id,
        )
    assert [row["no"] for row in rows] == list(range(1, len(rows) + 1))


EDITS = {
    "an amount": "UPDATE voucher SET amount_paise = amount_paise + 1 WHERE {row}",
    "who recorded it": "UPDATE voucher SET recorded_by = recorded_by + 9 WHERE {row}",
    "a reference": "UPDATE voucher SET reference = 'ELSE' WHERE {row}",
    "a payee": "UPDATE voucher SET member_id = member_id + 1 WHERE {row}",
    "a day": "UPDATE voucher SET on_day = on_day - 1 WHERE {row}",
    "a voucher gone": "DELETE FROM voucher WHERE {row}",
    "a line": "UPDATE ledger_entry SET account_code = 1010 WHERE {lines} AND account_code = 1110",
    "the journal's words": "UPDATE journal SET document = 'X' WHERE {journal}",
    "a series": "UPDATE number_series SET last_no = last_no + 1 WHERE cooperative_id = {coop} AND series = 'V'",
    "a taking back gone": "DELETE FROM voucher_reversal WHERE {row}",
    "who took back": "UPDATE voucher_reversal SET reversed_by = reversed_by + 9 WHERE {row}",
    "why": "UPDATE voucher_reversal SET reason = 'other' WHERE {row}",
    "its journal": "UPDATE voucher_reversal SET journal_no = journal_no - 1 WHERE {row}",
    "cash of a day": "UPDATE member_day_cash SET cash_paise = cash_paise + 1 WHERE cooperative_id = {coop}",
}


async def test_an_edit_is_found(database: Running, trade: Trade) -> None:
    await post(trade.here, entry(trade.here, member_no="0005", paid_mode="later"))
    number = await book(trade.here, money(party="0005", paise=5))
    await book(trade.here, money(party="0005", paise=5, mode=CASH, reference=""))
    await back(number)
    wanted = voucher_number(number)
    assert wanted is not None
    coop = trade.here.id
    row = f"cooperative_id = {coop} AND fy = {wanted.fy} AND series = 'V' AND no = {wanted.no}"
    async with insider(database) as tx:
        assert await faults(tx) == []
        journal = await tx.fetchval(f"SELECT journal_no FROM voucher WHERE {row}")
    where = f"cooperative_id = {coop} AND fy = {wanted.fy}"
    for what, edit in EDITS.items():
        async with insider(database) as tx:
            done = await tx.execute(
                edit.format(
                    row=row, coop=coop, lines=f"{where} AND journal_no = {journal}",
                    journal=f"{where} AND no = {journal}",
                )
            )  # fmt: skip
            assert not done.endswith(" 0"), what
            assert await is_found(tx, MONEY_FAULTS, MONEY_SEALS), what
    async with insider(database) as tx:
        with pytest.raises(asyncpg.CheckViolationError):
            await tx.execute("UPDATE voucher_reversal SET reversed_by = recorded_by")

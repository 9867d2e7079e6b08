"""What livelihood acts write: rows, journals, entries of the chain; once, and by the right person."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from coop.audit.operations import sealed
from coop.cli.proofs import FAULTS
from coop.kernel import clock
from coop.kernel.db import Transaction, transaction
from coop.kernel.refusal import Conflict, NotThere, Refused
from coop.ledger.operations import post_journal
from coop.ledger.rules import Account, Line
from coop.livelihoods.operations.benchmarks import record_benchmark
from coop.livelihoods.operations.fund import (
    Outcome,
    Owner,
    plan_fund,
    publish_outcome,
    spend_fund,
    take_back_spending,
)
from coop.livelihoods.operations.income import Home, record_income_consent, tell_income
from coop.livelihoods.operations.kit import TrainingHeld, hold_training, move_kit
from coop.livelihoods.operations.links import open_link, step_link
from coop.livelihoods.queries.fund import fund_balance, plans, published_funds, spendings
from coop.livelihoods.queries.households import earned, home_of, told
from coop.livelihoods.queries.kit import held, member_ids, trainings
from coop.livelihoods.queries.links import links_of
from coop.livelihoods.queries.measured import measured, other_incomes
from coop.livelihoods.queries.proofs import KIT_SEAL, LIVELIHOOD_FAULTS, PLAN_SEAL
from coop.livelihoods.rules.fund import Plan, Spending
from coop.livelihoods.rules.income import Span
from coop.livelihoods.rules.kit import KitMove, Move
from coop.livelihoods.rules.links import LinkStep, Step
from coop.payments.operations.record import Person
from tests.livelihoods.test_rules import WAGE
from tests.livelihoods.village import put_into, weigh
from tests.schemes.village import family
from tests.trade import REACH, Side, Trade

TREASURER, BOARD = Person(901, "treasurer"), Person(902, "board")


async def home_in(side: Side) -> tuple[Home, str]:
    number = (await family(side)).number
    async with transaction(REACH) as tx:
        known = await home_of(tx, number)
    assert known is not None
    return Home(side.id, known.id), number


async def last_entry(tx: Transaction, side_id: int | None, tag: str) -> Mapping[str, object]:
    row = await tx.fetchrow(
        "SELECT about_row, facts FROM audit_entry WHERE tag = $1 AND cooperative_id IS NOT DISTINCT FROM $2 ORDER BY id DESC LIMIT 1",
        tag,
        side_id,
    )
    assert row is not None, tag
    return dict(row)


async def into_fund(side: Side, paise: int) -> None:
    """What a sale's premium does, without a sale."""
    lines = (Line(Account.PREMIUM, paise), Line(Account.COMMON_FUND, -paise))
    async with transaction(REACH) as tx:
        await post_journal(tx, side.id, lines, day=clock.today(), about="sale", document="TEST")


async def test_income_is_written_after_consent_and_its_hash_alone_is_chained(trade: Trade) -> None:
    home, _ = await home_in(trade.here)
    act = uuid4()
    with pytest.raises(Refused) as refused:
        async with transaction(REACH) as tx:
            await tell_income(tx, home, "wages", Span(200_000, 300_000), act)
    assert refused.value.refusals[0].code == "no_consent"
    async with transaction(REACH) as tx:
        await record_income_consent(tx, home, given=True, how="thumb", operation_id=uuid4())
    for _ in range(2):
        async with transaction(REACH) as tx:
            await tell_income(tx, home, "wages", Span(200_000, 300_000), act)
    async with transaction(REACH) as tx:
        rows = await told(tx, home.household_id)
        since = clock.today() - timedelta(days=10)
        assert 250_000 in await other_incomes(tx, trade.here.id, None, since)
    assert [(one.source, one.span) for one in rows] == [("wages", Span(200_000, 300_000))]
    async with transaction(REACH) as tx:
        entry = await last_entry(tx, trade.here.id, "income:told")
    assert "200000" not in str(entry["facts"])
    with pytest.raises(Conflict):
        async with transaction(REACH) as tx:
            await tell_income(tx, home, "wages", Span(1, 1), act)
    async with transaction(REACH) as tx:
        await record_income_consent(tx, home, given=False, how="read_aloud", operation_id=uuid4())
        assert 250_000 not in await other_incomes(tx, trade.here.id, None, since)


async def test_a_households_months_come_from_its_members_weighings(trade: Trade) -> None:
    home, number = await home_in(trade.here)
    await put_into(trade.here, "0004", number)
    await weigh(trade.here, "0004", days_ago=2)
    await weigh(trade.here, "0004", days_ago=2)
    await weigh(trade.here, "0004", days_ago=1)
    async with transaction(REACH) as tx:
        months = await earned(tx, home.household_id, clock.today() - timedelta(days=20))
        first = clock.today() - timedelta(days=5)
        seen = await measured(tx, first, clock.today(), cooperative_id=trade.here.id)
        other = await measured(tx, first, clock.today(), district_lgd=1)
        paise = await tx.fetchval(
            """SELECT sum(w.amount_paise) FROM weighing w JOIN member m ON m.id = w.member_id
               WHERE w.cooperative_id = $1 AND m.member_no = '0004' AND w.weighed_day >= $2""",
            trade.here.id,
            clock.today() - timedelta(days=20),
        )
    assert sum(one.member_days for one in months) >= 2
    assert sum(one.paise for one in months) == paise
    assert seen.member_days >= 2
    assert seen.median_grams > 0
    assert other.member_days == 0


async def test_kit_moves_between_stock_and_member_and_never_below_nothing(trade: Trade) -> None:
    side, today = trade.there, clock.today()

    async def move(kind: Move, pieces: int, member: str = "", act: object = None) -> None:
        async with transaction(REACH) as tx:
            one = KitMove("helmet", kind, pieces, member, today)
            await move_kit(tx, side.id, one, act or uuid4())  # type: ignore[arg-type]  # an id

    act = uuid4()
    await move(Move.BOUGHT, 3, act=act)
    await move(Move.BOUGHT, 3, act=act)
    # Two desks at once give the last pieces away once.
    outcomes = await asyncio.gather(
        move(Move.GIVEN, 2, "0001"), move(Move.GIVEN, 2, "0002"), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in outcomes) == ["NoneType", "Refused"]
    holder = "0001" if outcomes[0] is None else "0002"
    with pytest.raises(Refused) as refused:
        await move(Move.WORN_OUT, 3, holder)
    assert refused.value.refusals[0].code == "over_held"
    with pytest.raises(Refused):
        await move(Move.GIVEN, 1, "0999")
    await move(Move.RETURNED, 1, holder)
    async with transaction(REACH) as tx:
        member = (await member_ids(tx, side.id, [holder]))[holder]
        there = await held(tx, side.id, "helmet", member)
        entry = await last_entry(tx, side.id, "kit:moved")
        digest = await sealed(tx, KIT_SEAL, side.id, str(entry["about_row"]))
    assert (there.stock, there.member) == (2, 1)
    assert digest in str(entry["facts"])


async def test_a_training_names_who_came_once(trade: Trade) -> None:
    act, one = (
        uuid4(),
        TrainingHeld("safety", clock.today(), "Namuna", "Namuna", 90, ("0001", "0002")),
    )
    for _ in range(2):
        async with transaction(REACH) as tx:
            await hold_training(tx, trade.here.id, one, act)
    async with transaction(REACH) as tx:
        found = [x for x in await trainings(tx, trade.here.id) if x.place == "Namuna"]
    assert [(x.members, x.women) for x in found] == [(2, 2)]
    with pytest.raises(Refused):
        async with transaction(REACH) as tx:
            await hold_training(tx, trade.here.id, replace(one, members=("0888",)), uuid4())


async def test_another_livelihood_is_followed_in_order(trade: Trade) -> None:
    home, _ = await home_in(trade.here)
    start = clock.today() - timedelta(days=120)
    async with transaction(REACH) as tx:
        await open_link(tx, home, "livestock", LinkStep(Step.REFERRED, start), "", uuid4())
        link = (await links_of(tx, home.household_id))[0]
    other = replace(home, household_id=home.household_id - 1)
    with pytest.raises(NotThere):
        async with transaction(REACH) as tx:
            await step_link(tx, other, link.id, LinkStep(Step.STARTED, start), uuid4())
    async with transaction(REACH) as tx:
        await step_link(tx, home, link.id, LinkStep(Step.STARTED, start), uuid4())
        asked = LinkStep(Step.MONTH_3, clock.today(), 150_000)
        await step_link(tx, home, link.id, asked, uuid4())
        now = (await links_of(tx, home.household_id))[0]
    assert (now.stands.step, now.monthly_paise, now.seq) == (Step.MONTH_3, 150_000, 3)
    with pytest.raises(Refused):
        async with transaction(REACH) as tx:
            await step_link(tx, home, link.id, LinkStep(Step.STARTED, clock.today()), uuid4())


async def test_the_fund_is_planned_spent_taken_back_and_told(trade: Trade) -> None:
    side, today = trade.here, clock.today()
    owner = Owner(side.id, side.code)
    await into_fund(side, 500_000)
    async with transaction(REACH) as tx:
        before = await fund_balance(tx, side.id)
        plan = Plan("school", "किताबें", "Books", 300_000, "GB/7", today)
        await plan_fund(tx, owner, plan, uuid4())
        number = (await plans(tx, side.id))[0].number
    spending, act = Spending(200_000, "bank", today, "Book shop", "B/1"), uuid4()
    for _ in range(2):
        async with transaction(REACH) as tx:
            await spend_fund(tx, owner, number, spending, TREASURER, act)
    with pytest.raises(Refused) as refused:
        async with transaction(REACH) as tx:
            await spend_fund(tx, owner, number, spending, TREASURER, uuid4())
    assert refused.value.refusals[0].code == "over_plan"
    async with transaction(REACH) as tx:
        assert await fund_balance(tx, side.id) == before - 200_000
        known = (await plans(tx, side.id))[0]
        spent = (await spendings(tx, known.id))[0]
        entry = await last_entry(tx, side.id, "fund:planned")
        assert await sealed(tx, PLAN_SEAL, side.id, str(known.id)) in str(entry["facts"])
    with pytest.raises(Refused) as same:
        async with transaction(REACH) as tx:
            await take_back_spending(tx, owner, spent.fy, spent.no, "x", TREASURER, uuid4())
    assert same.value.refusals[0].code == "same_person"
    async with transaction(REACH) as tx:
        await take_back_spending(tx, owner, spent.fy, spent.no, "Wrong shop", BOARD, uuid4())
        assert await fund_balance(tx, side.id) == before
    outcome = Outcome(40, "चालीस बच्चों को किताबें", "Books for forty children")
    with pytest.raises(Refused) as nothing:
        async with transaction(REACH) as tx:
            await publish_outcome(tx, owner, number, outcome, uuid4())
    assert nothing.value.refusals[0].code == "nothing_spent"
    async with transaction(REACH) as tx:
        await spend_fund(tx, owner, number, spending, TREASURER, uuid4())
        await publish_outcome(tx, owner, number, outcome, uuid4())
    with pytest.raises(Refused) as ended:
        async with transaction(REACH) as tx:
            await spend_fund(tx, owner, number, replace(spending, paise=1), TREASURER, uuid4())
    assert ended.value.refusals[0].code == "plan_ended"
    async with transaction(None) as tx:
        rows = [row for row in await published_funds(tx) if row.plan_no == number]
    assert [(r.spent_paise, r.people, r.words_en) for r in rows] == [
        (200_000, 40, outcome.words_en)
    ]


async def test_two_spend_the_last_rupees_once(trade: Trade) -> None:
    side, today = trade.there, clock.today()
    owner = Owner(side.id, side.code)
    await into_fund(side, 100_000)
    async with transaction(REACH) as tx:
        await plan_fund(tx, owner, Plan("water", "पानी", "Water", 10**9, "GB/8", today), uuid4())
        number = (await plans(tx, side.id))[0].number
        all_of_it = await fund_balance(tx, side.id)

    async def spend() -> None:
        async with transaction(REACH) as tx:
            spending = Spending(all_of_it, "bank", today, "Namuna", "1")
            await spend_fund(tx, owner, number, spending, TREASURER, uuid4())

    outcomes = await asyncio.gather(spend(), spend(), return_exceptions=True)
    assert sorted(type(one).__name__ for one in outcomes) == ["NoneType", "Refused"]
    spending = Spending(1, "bank", today, "Namuna", "1")
    elsewhere = Owner(trade.here.id, trade.here.code)
    with pytest.raises(NotThere):
        async with transaction(REACH) as tx:
            await spend_fund(tx, elsewhere, number, spending, TREASURER, uuid4())


async def test_a_benchmark_is_the_agencys_act(trade: Trade) -> None:
    one = replace(WAGE, area="Nowhere", state_lgd=99, verified=True)
    async with transaction(REACH) as tx:
        await record_benchmark(tx, one, uuid4())
        entry = await last_entry(tx, None, "benchmark:recorded")
    assert "minimum_wage" in str(entry["facts"])
    with pytest.raises(Refused):
        async with transaction(REACH) as tx:
            await record_benchmark(
                tx, replace(one, holds_from=clock.today() + timedelta(500)), uuid4()
            )


@pytest.mark.parametrize("name", sorted(LIVELIHOOD_FAULTS))
async def test_verify_asks_and_finds_nothing_wrong(trade: Trade, name: str) -> None:
    assert FAULTS[name] == LIVELIHOOD_FAULTS[name]
    async with transaction(REACH) as tx:
        assert await tx.fetchval(LIVELIHOOD_FAULTS[name]) is None

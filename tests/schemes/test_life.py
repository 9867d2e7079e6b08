"""What happened in a household since its last check, by rule and from the database."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as some

from coop.cooperatives.queries import bylaws
from coop.kernel import clock
from coop.kernel.db import Transaction, transaction
from coop.schemes.operations.desk import keep_screening, record_answer
from coop.schemes.queries.catalogue import catalogue
from coop.schemes.queries.life import ToCheck, calendar_on, to_check
from coop.schemes.queries.screened import screened
from coop.schemes.rules.dates import Span
from coop.schemes.rules.life import (
    Born,
    Calendar,
    Happened,
    Household,
    Life,
    birthday,
    deciding_ages,
    reasons,
    rule_changes,
)
from tests.livelihoods.village import put_into
from tests.schemes.desk_pages import facilitator
from tests.schemes.village import Family, family
from tests.trade import REACH, Trade

TODAY = date(2026, 11, 24)
AGES = (18, 50, 60)
CALENDAR = Calendar(TODAY, AGES, (), 60, 4)


def _born(day: date) -> Born:
    return Born("P1", Span(day, day))


def _kinds(household: Household, calendar: Calendar = CALENDAR) -> list[Life]:
    return [one.kind for one in reasons(household, calendar)]


@given(
    born=some.dates(date(1930, 1, 1), date(2026, 1, 1)),
    checked=some.integers(0, 900),
)
def test_a_birthday_counts_once_between_check_and_today(born: date, checked: int) -> None:
    on = TODAY - timedelta(days=checked)
    got = reasons(Household(on, True, (_born(born),)), CALENDAR)
    reached = [age for age in AGES if on < birthday(born, age) <= TODAY]
    if reached:
        assert [(one.kind, one.age) for one in got] == [(Life.BIRTHDAY, reached[-1])]
    near = [
        age for age in AGES
        if TODAY < birthday(born, age) <= TODAY + timedelta(days=60) and on < birthday(born, age) - timedelta(days=60)
    ]  # fmt: skip
    if near and not reached:
        assert [(one.kind, one.age) for one in got] == [(Life.SOON, near[0])]
    assert bool(got) == bool(reached or near)


def test_who_turns_fifty_in_a_month_is_told_of_ahead_and_then_not_again() -> None:
    born = _born(date(1976, 12, 20))
    assert _kinds(Household(TODAY - timedelta(days=300), True, (born,))) == [Life.SOON]
    assert _kinds(Household(TODAY, True, (born,))) == []
    later = Calendar(date(2026, 12, 20), AGES, (), 60, 4)
    assert _kinds(Household(TODAY, True, (born,)), later) == [Life.BIRTHDAY]


def test_a_year_alone_is_told_at_both_its_ends() -> None:
    year = Born("P1", Span(date(1966, 1, 1), date(1966, 12, 31)))
    assert _kinds(Household(date(2025, 12, 1), True, (year,))) == [Life.BIRTHDAY]
    new_year = Calendar(date(2026, 12, 31), AGES, (), 60, 4)
    assert _kinds(Household(date(2026, 12, 1), True, (year,)), new_year) == [Life.BIRTHDAY]


def test_new_rules_reach_whom_they_are_about() -> None:
    changed = Calendar(TODAY, AGES, ((date(2026, 7, 1), "RURAL_WORK", False), (date(2026, 8, 1), "MAIYA", True)), 60, 4)  # fmt: skip
    before = Household(date(2026, 6, 1), True)
    assert reasons(before, changed)[0].schemes == ("MAIYA", "RURAL_WORK")
    elsewhere = Household(date(2026, 6, 1), in_jharkhand=False)
    assert reasons(elsewhere, changed)[0].schemes == ("RURAL_WORK",)
    assert _kinds(Household(date(2026, 8, 1), True), changed) == []
    ahead = Calendar(date(2026, 6, 30), AGES, changed.changes, 60, 4)
    assert _kinds(before, ahead) == [], "a change takes effect on its date"


def test_a_new_school_year_asks_for_the_class() -> None:
    in_class = Household(date(2026, 3, 1), True, in_class=True)
    assert _kinds(in_class) == [Life.CLASS]
    assert _kinds(Household(date(2026, 4, 1), True, in_class=True)) == []
    happened = Household(TODAY, True, happened=(Happened(Life.DEATH, TODAY),))
    assert _kinds(happened) == [Life.DEATH]


def test_the_catalogues_own_ages_and_changes() -> None:
    schemes = catalogue().schemes.values()
    ages = deciding_ages(schemes, TODAY)
    assert {18, 50, 60} <= set(ages)
    changes = rule_changes(schemes)
    private = {one.code for one in schemes if one.private}
    assert not private & {code for _, code, _ in changes}
    assert any(day > date(2024, 1, 1) for day, _, _ in changes)


async def _check(home: Family, on: date) -> None:
    async with transaction(REACH) as tx:
        known = await screened(tx, home.number, on)
        assert known is not None
        await keep_screening(tx, known.desk("household"), known.outcomes, on, uuid4())


async def _again(home: Family) -> ToCheck | None:
    async with transaction(REACH) as tx:
        found = await to_check(tx, await bylaws(tx), clock.today(), 10_000)
    return next((one for one in found if one.household_no == home.number), None)


async def test_what_registers_and_desk_write_brings_a_household_back(trade: Trade) -> None:
    home, today = await family(trade.here), clock.today()
    assert await _again(home) is None, "who was never checked is not checked again"
    await _check(home, today)
    assert await _again(home) is None
    async with transaction(REACH) as tx:
        known = await screened(tx, home.number, today)
        assert known is not None
        at = known.desk(home.sunita)
        await record_answer(tx, at, "p.marital", '"widow"', today, uuid4())
    await put_into(trade.here, "0006", home.number)
    found = await _again(home)
    assert found is not None
    assert {one.kind for one in found.reasons} == {Life.MARRIAGE, Life.MOVED}
    await _check(home, today)
    assert await _again(home) is None, "checked again, it is off the list"


async def test_a_birthday_since_the_check_names_who(trade: Trade) -> None:
    home, today = await family(trade.here), clock.today()
    await _check(home, today - timedelta(days=400))
    async with transaction(REACH) as tx:
        known = await screened(tx, home.number, today)
        assert known is not None
        born = (
            today.replace(year=today.year - 50, day=1)
            if today.day > 1
            else date(today.year - 50, today.month, 1)
        )
        await record_answer(tx, known.desk(home.sunita), "p.dob", f'"{born}"', today, uuid4())
    found = await _again(home)
    assert found is not None
    named = [(one.person_no, one.age) for one in found.reasons if one.kind is Life.BIRTHDAY]
    assert (home.sunita, 50) in named
    assert found.names[home.sunita][1] == "Sunita Namuna"


class _Counting:
    """A transaction that counts what it is asked."""

    def __init__(self, tx: Transaction) -> None:
        self._tx, self.count = tx, 0

    async def fetch(self, sql: str, *values: object) -> Sequence[Any]:
        self.count += 1
        return await self._tx.fetch(sql, *values)


@pytest.mark.parametrize("homes", [1, 4])
async def test_the_list_asks_three_statements_however_many(trade: Trade, homes: int) -> None:
    for _ in range(homes):
        await _check(await family(trade.here), clock.today())
    async with transaction(REACH) as tx:
        counting = _Counting(tx)
        await to_check(counting, await bylaws(tx), clock.today())  # type: ignore[arg-type]  # it only fetches
        assert counting.count == 3
        assert calendar_on(await bylaws(tx), clock.today()).ahead == 60


async def test_the_facilitators_list_shows_it(client: httpx.AsyncClient, trade: Trade) -> None:
    home = await family(trade.here)
    await _check(home, clock.today() - timedelta(days=900))
    await facilitator(client, trade)
    page = (await client.get("/schemes")).text
    assert "To check again" in page
    assert home.number in page
    assert "The rules of a scheme changed" in page
    away = await family(trade.there)
    await _check(away, clock.today() - timedelta(days=900))
    assert away.number not in (await client.get("/schemes")).text

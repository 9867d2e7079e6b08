"""The first page of each role: what waits, most urgent first, and a new cooperative's first steps."""

import re

import httpx
import pytest

from coop.access.roles import ROLES, Holder, Role
from coop.cooperatives.operations import record_cooperative
from coop.cooperatives.rules import Cooperative
from coop.kernel import clock
from coop.kernel.db import transaction
from coop.reports.queries.waiting import beginnings
from coop.reports.rules.beginning import first_steps
from tests.agency import enter
from tests.trade import DISTRICT, REACH, Trade, entry, post

ORDER = {"bad": 0, "ask": 1, "wait": 2}


@pytest.mark.parametrize("language", ["en", "hi"])
async def test_every_role_has_a_first_page(
    client: httpx.AsyncClient, trade: Trade, language: str
) -> None:
    await post(trade.here, entry(trade.here, paid_mode="later"))
    for role, terms in ROLES.items():
        if terms.holder is not Holder.PERSON:
            continue
        await enter(client, role, language, trade.here)
        page = await client.get("/home")
        assert page.status_code == 200, (role, page.text)
        states = re.findall(
            r'<svg class="shape (\w+)" aria-hidden="true"><use href="[^"]+"/></svg><div><a class="link"',
            page.text,
        )
        assert [ORDER[one] for one in states] == sorted(ORDER[one] for one in states), role
        assert page.text.count("act--main") <= 1
        client.cookies.clear()


async def test_the_treasurer_is_told_whom_to_pay(client: httpx.AsyncClient, trade: Trade) -> None:
    await post(trade.here, entry(trade.here, paid_mode="later"))
    await enter(client, Role.TREASURER, side=trade.here)
    page = await client.get("/home")
    assert "Pay the members" in page.text
    assert "Cash by the books" in page.text
    await enter(client, Role.PRICE_OFFICER)
    assert "Weighed today" not in (await client.get("/home")).text


async def test_first_steps_are_read_from_rows(client: httpx.AsyncClient, trade: Trade) -> None:
    async with transaction(REACH) as tx:
        found = await tx.fetchval("SELECT id FROM cooperative WHERE code = 'NEWONE'")
        number = found or await record_cooperative(
            tx, Cooperative("NEWONE", "New one", "नई समिति", "Domchanch", DISTRICT, 20)
        )
        known = await beginnings(tx, number, clock.now(), clock.today())
    assert known.open_sites > 0
    assert known.priced_grades > 0
    assert (known.members, known.devices, known.weighed_at) == (0, 0, None)
    await enter(client, Role.MANAGER, "en", Side(number))
    page = await client.get("/home")
    assert "Start the cooperative" in page.text
    assert "2 of 5 steps are done." in page.text
    await enter(client, Role.CLERK, "en", Side(number))
    assert "Start the cooperative" not in (await client.get("/home")).text
    await enter(client, Role.MANAGER, "en", trade.here)
    await post(trade.here, entry(trade.here))
    assert "Start the cooperative" not in (await client.get("/home")).text


def test_who_has_weighed_begins_no_more() -> None:
    steps = first_steps(0, 0, 2, 0, None)
    assert [one.done for one in steps] == [False] * 5
    assert [one.done for one in first_steps(1, 1, 3, 1, None)] == [True] * 4 + [False]
    assert first_steps(1, 1, 3, 1, clock.now()) == ()


class Side:
    """Only what `enter` asks of a side."""

    def __init__(self, number: int) -> None:
        self.id, self.code = number, "NEWONE"

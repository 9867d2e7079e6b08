"""Pages of oversight: what they show, to whom, and that looking leaves a row."""

import re

import httpx
import pytest

from coop.access.permission import Permission
from coop.access.roles import ROLES, Holder, Role
from coop.kernel import clock
from coop.kernel.db import transaction
from coop.reports.queries.drawn import draw, numbers
from coop.reports.queries.health import chain_checked
from coop.reports.rules.sample import drawn
from tests.agency import enter
from tests.trade import FLOOR, GRADE, REACH, Trade, entry, post

ANYWHERE = "KDM99-26-S00001"


async def reads(question: str, about: str) -> int:
    async with transaction(REACH) as tx:
        return int(
            await tx.fetchval(
                "SELECT count(*) FROM audit_read WHERE question = $1 AND about LIKE $2 || '%'",
                question,
                about,
            )
        )


async def number(trade: Trade) -> str:
    (answer,) = await post(trade.here, entry(trade.here))
    assert answer.booked is not None
    return f"{trade.here.code}-{answer.booked.fy // 100}-S{answer.booked.no:05d}"


@pytest.mark.parametrize("language", ["en", "hi"])
async def test_health_of_one_and_of_all(
    client: httpx.AsyncClient, trade: Trade, language: str
) -> None:
    await post(trade.here, entry(trade.here))
    await enter(client, Role.AUDITOR, language)
    listed = await client.get("/health-of-books")
    assert listed.status_code == 200
    assert f"/health-of-books/{trade.here.code}" in listed.text
    before = await reads("health of books", trade.here.code)
    page = await client.get(f"/health-of-books/{trade.here.code}?grade={GRADE}")
    assert page.status_code == 200, page.text
    assert "<circle" in page.text
    assert ("0 missing" in page.text) or ("0 छूटा" in page.text)
    assert await reads("health of books", trade.here.code) == before + 1
    assert (await client.get("/health-of-books/NOBODY")).status_code == 404


async def test_a_manager_sees_ones_own_books_only(client: httpx.AsyncClient, trade: Trade) -> None:
    await enter(client, Role.MANAGER, side=trade.here)
    listed = await client.get("/health-of-books")
    assert f"/health-of-books/{trade.there.code}" not in listed.text
    assert (await client.get(f"/health-of-books/{trade.here.code}")).status_code == 200
    assert (await client.get(f"/health-of-books/{trade.there.code}")).status_code == 404


async def test_the_chain_is_worked_out_anew(trade: Trade) -> None:
    await post(trade.here, entry(trade.here))
    async with transaction(REACH) as tx:
        found = await chain_checked(tx, trade.here.id, most=2)
        assert (found.checked, found.holds) == (2, True)
        assert (await chain_checked(tx, trade.here.id)).holds


async def test_a_drawn_sample_is_repeated_by_anybody(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    for _ in range(3):
        await post(trade.here, entry(trade.here))
    today = clock.today()
    days = (today.replace(day=1), today)
    async with transaction(REACH) as tx:
        ours = [one.number for one in await draw(tx, trade.here.id, days, "बीज-7", size=2)]
        assert ours == drawn("बीज-7", await numbers(tx, trade.here.id, days), 2)
    await enter(client, Role.AUDITOR)
    before = await reads("drawn sample", trade.here.code)
    asked = f"coop={trade.here.code}&since={days[0]}&until={days[1]}"
    page = await client.get(f"/sample?{asked}&seed=%E0%A4%AC%E0%A5%80%E0%A4%9C-7")
    assert page.status_code == 200, page.text
    assert ours[0] in page.text
    assert "Namuna" in page.text
    assert await reads("drawn sample", trade.here.code) == before + 1
    listed = await client.get(f"/sample/numbers.csv?{asked}")
    assert ours[0] in listed.text
    assert "Namuna" not in listed.text
    wrong = await client.get(
        f"/sample?coop={trade.here.code}&since={today}&until=2020-01-01&seed=1"
    )
    assert wrong.status_code == 422
    assert (await client.get("/sample?coop=NOBODY&seed=1")).status_code == 404
    assert "Nothing drawn yet" in (await client.get("/sample")).text


@pytest.mark.parametrize("language", ["en", "hi"])
async def test_the_way_of_a_receipt(client: httpx.AsyncClient, trade: Trade, language: str) -> None:
    slip = await number(trade)
    await enter(client, Role.AUDITOR, language)
    page = await client.get(f"/trail/{slip}")
    assert page.status_code == 200, page.text
    assert page.text.count("<time") >= 3
    way = page.text[page.text.index('class="timeline') : page.text.index("</ol>")]
    assert "Namuna" not in way
    assert "नमूना" not in way
    assert await reads("trail", slip) == 1
    went = await client.get(f"/trail?number={slip.lower()}")
    assert went.headers["location"] == f"/trail/{slip}"
    assert (await client.get("/trail?number=nothing")).status_code == 422
    assert (await client.get("/trail")).status_code == 200
    assert (await client.get(f"/trail/{ANYWHERE}")).status_code == 404
    assert (await client.get("/trail/x")).status_code == 404
    await enter(client, Role.MANAGER, language, trade.there)
    assert (await client.get(f"/trail/{slip}")).status_code == 404


async def test_who_read_what(client: httpx.AsyncClient, trade: Trade) -> None:
    slip = await number(trade)
    await enter(client, Role.AUDITOR)
    await client.get(f"/trail/{slip}")
    page = await client.get(f"/reads?coop={trade.here.code}")
    assert page.status_code == 200, page.text
    assert slip in page.text
    assert "Auditor of the agency" in page.text
    assert (await client.get("/reads?coop=NOBODY")).status_code == 404
    first = re.findall(r"before=(\d+)", (await client.get("/reads")).text)
    assert not first or (await client.get(f"/reads?before={first[0]}")).status_code == 200
    await enter(client, Role.TREASURER, side=trade.there)
    other = await client.get("/reads")
    assert slip not in other.text
    assert (await client.get(f"/reads?coop={trade.here.code}")).status_code == 404


@pytest.mark.parametrize("language", ["en", "hi"])
async def test_prices_at_a_glance(client: httpx.AsyncClient, trade: Trade, language: str) -> None:
    await enter(client, Role.PRICE_OFFICER, language)
    page = await client.get("/price-overview")
    assert page.status_code == 200, page.text
    assert f"{FLOOR[GRADE] // 100}" in page.text
    assert "TRADE/01" in page.text


OF = {
    "/health-of-books": Permission.REPORTS_HEALTH_READ,
    "/trail": Permission.REPORTS_HEALTH_READ,
    "/sample": Permission.REPORTS_SAMPLE_DRAW,
    "/reads": Permission.AUDIT_TRAIL_READ,
    "/price-overview": Permission.PRICES_NOTICE_PUBLISH,
    "/more": Permission.IDENTITY_SELF_USE,
}


async def test_who_may(client: httpx.AsyncClient, trade: Trade) -> None:
    for role, terms in ROLES.items():
        if terms.holder is not Holder.PERSON:
            continue
        await enter(client, role, side=trade.here)
        for path, permission in OF.items():
            allowed = permission in terms.permissions
            assert (await client.get(path)).status_code == (200 if allowed else 403), (role, path)
        client.cookies.clear()


async def test_at_most_five_places_and_the_rest_behind_one(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    for role, terms in ROLES.items():
        if terms.holder is not Holder.PERSON:
            continue
        await enter(client, role, side=trade.here)
        page = (await client.get("/more")).text
        bar = page[page.index('<nav class="nav"') : page.index("</nav>")]
        assert bar.count("<li>") <= 5, role
        everywhere = set(re.findall(r'href="(/[a-z-]+)"', page))
        assert set(re.findall(r'href="(/[a-z-]+)"', bar)) <= everywhere
        assert len(re.findall('aria-current="page"', bar)) <= 1
        client.cookies.clear()

"""Pages of livelihoods: who sees what, what a form does, another cooperative's 404, errors in Hindi."""

import re
from uuid import uuid4

import httpx
import pytest

from coop.access.permission import Permission
from coop.access.roles import ROLES, Holder, Role
from coop.kernel import clock
from coop.kernel.db import transaction
from coop.livelihoods.queries.fund import plans
from tests.come_in import come_in
from tests.livelihoods.test_operations import into_fund
from tests.livelihoods.village import put_into, weigh
from tests.schemes.village import family
from tests.trade import REACH, Trade
from tests.weighing.test_pages import fields_of


async def sent(
    client: httpx.AsyncClient, page: str, action: str, **typed: object
) -> httpx.Response:
    shown = await client.get(page)
    assert shown.status_code == 200, shown.text[:300]
    fields = fields_of(shown.text, action)
    assert "csrf" in fields, f"{action} is not on {page}"
    return await client.post(action, data={**fields, **typed})


async def test_each_role_sees_what_it_may(client: httpx.AsyncClient, trade: Trade) -> None:
    home = await family(trade.here)
    for role in (r for r in Role if ROLES[r].holder is Holder.PERSON):
        client.cookies.clear()
        await come_in(client, role, trade.here)
        await _sees_what_it_may(client, role, home.number)


async def _sees_what_it_may(client: httpx.AsyncClient, role: Role, number: str) -> None:
    for path, permission in (
        ("/livelihoods", Permission.LIVELIHOODS_REPORT_READ),
        ("/livelihoods/gap.csv", Permission.LIVELIHOODS_REPORT_READ),
        ("/livelihoods/benchmarks", Permission.LIVELIHOODS_REPORT_READ),
        ("/livelihoods/fund", Permission.LIVELIHOODS_REPORT_READ),
        ("/livelihoods/kit", Permission.LIVELIHOODS_KIT_RECORD),
        ("/livelihoods/kit/table.csv", Permission.LIVELIHOODS_KIT_RECORD),
        ("/livelihoods/trainings", Permission.LIVELIHOODS_KIT_RECORD),
        ("/livelihoods/links", Permission.LIVELIHOODS_HOUSEHOLD_ASK),
        (f"/livelihoods/households/{number}", Permission.LIVELIHOODS_HOUSEHOLD_ASK),
    ):
        expected = 200 if permission in ROLES[role].permissions else 403
        assert (await client.get(path)).status_code == expected, (role, path)


@pytest.mark.parametrize("language", ["en", "hi"])
async def test_a_household_is_asked_and_its_gap_told(
    client: httpx.AsyncClient, trade: Trade, language: str
) -> None:
    home = await family(trade.here)
    await put_into(trade.here, "0005", home.number)
    await weigh(trade.here, "0005")
    await come_in(client, Role.FACILITATOR, trade.here, language)
    here = f"/livelihoods/households/{home.number}"
    found = await client.get(f"/livelihoods?q={home.number.lower()}")
    assert found.headers["location"] == here
    assert f'action="{here}/incomes"' not in (await client.get(here)).text
    agreed = await sent(client, here, f"{here}/consents", given="yes", how="thumb")
    assert agreed.status_code == 303
    turned = await sent(client, here, f"{here}/incomes", source="wages", low="३०००", high="2000")
    assert turned.status_code == 422
    words = {"en": "The highest is below the lowest", "hi": "ज़्यादा वाली रकम कम वाली से छोटी है"}
    assert words[language] in turned.text
    assert 'value="३०००"' in turned.text
    told = await sent(client, here, f"{here}/incomes", source="wages", low="2000", high="3000")
    assert told.status_code == 303
    page = (await client.get(here)).text
    for shown in ("₹\xa02,000.00", "₹\xa03,000.00", "₹\xa019,241.00"):
        assert shown in page, shown
    async with transaction(REACH) as tx:
        assert await tx.fetchval("SELECT count(*) FROM audit_read WHERE about = $1", home.number)


async def test_another_cooperatives_household_and_plan_do_not_exist(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    home = await family(trade.there)
    await into_fund(trade.there, 1000)
    await come_in(client, Role.MANAGER, trade.there)
    done = await sent(
        client, "/livelihoods/fund", "/livelihoods/fund", purpose="water", title_hi="पानी", title_en="Water",
        amount="10", resolution_no="GB/1", resolved_on=clock.today().isoformat(),
    )  # fmt: skip
    assert done.status_code == 303
    async with transaction(REACH) as tx:
        number = (await plans(tx, trade.there.id))[0].number
    csrf = await come_in(client, Role.FACILITATOR, trade.here)
    here = f"/livelihoods/households/{home.number}"
    assert (await client.get(here)).status_code == 404
    typed = {"csrf": csrf, "operation_id": str(uuid4()), "given": "yes", "how": "thumb"}
    assert (await client.post(f"{here}/consents", data=typed)).status_code == 404
    assert (await client.get(f"/livelihoods/fund/{number}")).status_code == 404
    assert (await client.get(f"/livelihoods?cooperative={trade.there.code}")).status_code == 404


async def test_a_plan_from_resolution_to_the_public_page(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    await into_fund(trade.here, 1_000_000)
    today = clock.today().isoformat()
    await come_in(client, Role.BOARD, trade.here, "hi")
    empty = await sent(client, "/livelihoods/fund", "/livelihoods/fund", purpose="school")
    assert empty.status_code == 422
    assert "खाली है" in empty.text
    title = f"Books {uuid4().hex[:6]}"
    done = await sent(
        client, "/livelihoods/fund", "/livelihoods/fund", purpose="school", title_hi="किताबें", title_en=title,
        amount="2,000".replace(",", ""), resolution_no="GB/9", resolved_on=today,
    )  # fmt: skip
    assert done.status_code == 303
    async with transaction(REACH) as tx:
        number = (await plans(tx, trade.here.id))[0].number
    place = f"/livelihoods/fund/{number}"
    await come_in(client, Role.TREASURER, trade.here)
    spent = await sent(
        client, place, f"{place}/spendings", amount="1500", mode="bank", on_day=today, paid_to="Book shop", bill_no="7"
    )  # fmt: skip
    assert spent.status_code == 303, spent.text[-2000:]
    own = (await client.get(place)).text
    assert "?back=" not in own, "who recorded it does not take it back"
    await come_in(client, Role.BOARD, trade.here)
    seen = (await client.get(place)).text
    back = re.search(r'href="([^"]+\?back=[^"#]+)', seen)
    assert back is not None
    taken = await sent(client, back[1], f"{place}/reversals", words="Wrong shop")
    assert taken.status_code == 303
    assert "taken back" in (await client.get(place)).text
    await come_in(client, Role.TREASURER, trade.here)
    await sent(
        client, place, f"{place}/spendings", amount="1200", mode="bank", on_day=today, paid_to="Book shop", bill_no="8"
    )  # fmt: skip
    await come_in(client, Role.BOARD, trade.here)
    told = await sent(
        client, place, f"{place}/outcomes", people="40", words_hi="चालीस बच्चे", words_en="Forty children have books"
    )  # fmt: skip
    assert told.status_code == 303
    client.cookies.clear()
    public = await client.get("/common-fund?lang=en")
    assert public.status_code == 200
    for shown in (title, "₹\xa01,200.00", "Forty children have books", "GB/9"):
        assert shown in public.text, shown
    assert "Book shop" not in public.text
    assert "चालीस बच्चे" in (await client.get("/common-fund")).text


async def test_kit_and_training_by_form(client: httpx.AsyncClient, trade: Trade) -> None:
    today = clock.today().isoformat()
    await come_in(client, Role.MANAGER, trade.here, "hi")
    kit = "/livelihoods/kit"
    bought = await sent(client, kit, kit, item="sieve", kind="bought", pieces="2", on_day=today)
    assert bought.status_code == 303
    over = await sent(
        client, kit, kit, item="sieve", kind="given", pieces="9999", member_no="0001", on_day=today
    )
    assert over.status_code == 422
    assert "भंडार में सिर्फ़" in over.text
    given = await sent(
        client, kit, kit, item="sieve", kind="given", pieces="1", member_no="1", on_day=today
    )
    assert given.status_code == 303
    table = await client.get(f"{kit}/table.csv")
    assert "0001" in table.text
    trainings = "/livelihoods/trainings"
    held = await sent(
        client, trainings, trainings, topic="first_aid", on_day=today, place="Khairatand", trainer="Namuna",
        minutes="60", members="0001, 0002 0002",
    )  # fmt: skip
    assert held.status_code == 303
    nobody = await sent(client, trainings, trainings, topic="safety", members="x")
    assert nobody.status_code == 422


async def test_who_sets_a_floor_sees_what_a_kilo_would_have_to_bring(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    for number in ("0001", "0002", "0003"):
        await weigh(trade.here, number)
    await come_in(client, Role.PRICE_OFFICER, trade.here)
    page = (await client.get("/notices/new")).text
    assert "What a kilo would have to bring" in page
    assert "it binds nobody" in page
    added = await sent(
        client, "/livelihoods/benchmarks", "/livelihoods/benchmarks", kind="minimum_wage", name_hi="नमूना", name_en="Namuna wage",
        area="Nowhere", state_lgd="98", amount="500.50", per="day", holds_from="2026-04-01", source_words="Invented for a test",
    )  # fmt: skip
    assert added.status_code == 303
    shown = (await client.get("/livelihoods/benchmarks")).text
    assert "₹\xa0500.50" in shown
    assert "not checked" in shown
    wrong = await sent(
        client, "/livelihoods/benchmarks", "/livelihoods/benchmarks", kind="living_income", name_hi="न", name_en="N",
        area="N", amount="1", per="day", holds_from="2026-04-01", source_words="N",
    )  # fmt: skip
    assert wrong.status_code == 422

"""The agency's pages of buyers: who may open what, the acts, errors in Hindi, the list."""

from datetime import timedelta

import httpx
import pytest

from coop.access.roles import ROLES, Holder, Role
from coop.buyers.queries import known_buyer, standing_of
from coop.buyers.rules import ItemKind
from coop.kernel import clock
from coop.kernel.db import transaction
from tests.buyers.firms import firm, kept_firm, let_in_as
from tests.trade import REACH, Trade
from tests.weighing.test_pages import fields_of

AGENCY = {Role.INSPECTOR, Role.ADMINISTRATOR, Role.AUDITOR, Role.MONITOR}
COOPERATIVE = {Role.MANAGER, Role.TREASURER, Role.BOARD}


async def send(client: httpx.AsyncClient, path: str, **typed: str) -> httpx.Response:
    drawn = await client.get(path)
    assert drawn.status_code == 200, (path, drawn.status_code)
    return await client.post(path, data={**fields_of(drawn.text, path), **typed})


async def _reads(code: str) -> int:
    async with transaction(REACH) as tx:
        return int(await tx.fetchval("SELECT count(*) FROM audit_read WHERE about = $1", code))


@pytest.mark.parametrize("role", [r for r in Role if ROLES[r].holder is Holder.PERSON])
async def test_each_role_opens_what_it_may(
    client: httpx.AsyncClient, trade: Trade, role: Role
) -> None:
    made = await kept_firm()
    code = made.buyer_code
    await let_in_as(client, role, trade)
    acting = {Role.INSPECTOR, Role.ADMINISTRATOR}
    asked: dict[str, set[Role]] = {
        "/buyers": AGENCY | COOPERATIVE,
        f"/buyers/{code}": AGENCY | COOPERATIVE,
        "/buyers/demands": {Role.INSPECTOR, Role.ADMINISTRATOR, Role.AUDITOR},
        "/buyers/new": acting,
        f"/buyers/{code}/items": acting,
        f"/buyers/{code}/suspension": acting,
        f"/buyers/{code}/decision": acting,
        f"/buyers/{code}/facts": acting,
        f"/buyers/{code}/reinstatement": acting,
        f"/buyers/{code}/owners": {Role.INSPECTOR},
        f"/buyers/{code}/people": {Role.ADMINISTRATOR},
    }
    for path, allowed in asked.items():
        answer = await client.get(path)
        assert answer.status_code == (200 if role in allowed else 403), (role, path)
    page = (await client.get(f"/buyers/{code}")).text
    numbers = (made.dossier.gstin, made.dossier.pan, made.dossier.dealer_licence_no)
    sees = role in {Role.INSPECTOR, Role.ADMINISTRATOR, Role.AUDITOR}
    for number in numbers:
        assert (number in page) == sees, role
    assert (await _reads(code) > 0) == sees
    assert ("/suspension" in page) == (role in acting)
    for path in ("suspension", "items", "decision", "owners", "people", "comparison"):
        if role not in acting:
            sent_ = await client.post(f"/buyers/{code}/{path}", data={})
            assert sent_.status_code == 403


async def test_nobody_without_a_session_and_no_buyer_without_a_page(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    made = await kept_firm()
    assert (await client.get("/buyers")).status_code == 303
    await let_in_as(client, Role.INSPECTOR, trade)
    for path in (
        "/buyers/NOBODY",
        "/buyers/NOBODY/items",
        "/buyers/NOBODY/people",
        f"/buyers/{made.buyer_code}/items/999999999/check",
        f"/buyers/{made.buyer_code}/conflicts/999999999",
        f"/buyers/{made.buyer_code}/items/99999999999999999999/check",
    ):
        found = (await client.get(path)).status_code
        assert found == (403 if path.endswith("people") else 404), path


async def test_a_manager_sees_standing_and_until_when(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    ends = clock.today() + timedelta(days=12)
    made = await kept_firm(licence_to=ends)
    await let_in_as(client, Role.MANAGER, trade)
    listed = (await client.get(f"/buyers?q={made.buyer_code}")).text
    for shown in (made.name, "Trader", "Domchanch", "Verified", f"{ends:%d-%m-%Y}", "12 days left"):
        assert shown in listed
    page = (await client.get(f"/buyers/{made.buyer_code}")).text
    assert f"{ends:%d-%m-%Y}" in page
    home = (await client.get("/home")).text
    assert "a paper runs out" in home


async def test_the_standing_of_any_day_says_why(client: httpx.AsyncClient, trade: Trade) -> None:
    ends = clock.today() - timedelta(days=1)
    made = await kept_firm(licence_to=ends)
    await let_in_as(client, Role.AUDITOR, trade)
    path = f"/buyers/{made.buyer_code}"
    before = (await client.get(f"{path}?on={ends:%d-%m-%Y}")).text
    assert "Every paper that is asked for holds" in before
    after = (await client.get(f"{path}?on={clock.today().isoformat()}")).text
    assert "The dealer licence has run out" in after
    assert "Lapsed" in after
    wrong = await client.get(f"{path}?on=yesterday")
    assert wrong.status_code == 422
    assert "not a day" in wrong.text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "The GSTIN&#39;s last sign does not fit"),
        ("hi", "जीएसटी नंबर का आखिरी अक्षर नहीं मिलता"),
    ],
)
async def test_a_refusal_keeps_what_was_typed(
    client: httpx.AsyncClient, trade: Trade, language: str, words: str
) -> None:
    made = await kept_firm()
    await let_in_as(client, Role.INSPECTOR, trade, language)
    wrong = made.dossier.gstin[:-1] + ("A" if made.dossier.gstin[-1] != "A" else "B")
    path = f"/buyers/{made.buyer_code}/items"
    answer = await send(
        client, path, kind="gstin", number=wrong, document="file 9", outcome="later"
    )
    assert answer.status_code == 422
    assert words in answer.text
    assert f'<html lang="{language}"' in answer.text
    kept = fields_of(answer.text, path)
    assert (kept["number"], kept["document"]) == (wrong, "file 9")
    assert 'href="#number"' in answer.text
    aadhaar = await send(
        client, path, kind="licence", number="999999990019", expires_on="2030-01-01"
    )
    assert aadhaar.status_code == 422
    evil = await send(client, path, kind="x", number='"><script>', issued_on="31-02-2026")
    assert evil.status_code == 422
    assert '"><script>' not in evil.text


async def test_from_a_new_buyer_to_a_suspended_one(client: httpx.AsyncClient, trade: Trade) -> None:
    made = firm()
    code, today = made.buyer_code, clock.today()
    await let_in_as(client, Role.INSPECTOR, trade)
    opened = await send(
        client, "/buyers/new", buyer_code=code.lower(), name=made.name, kind="trader", town="Domchanch", state_lgd="20"
    )  # fmt: skip
    assert (opened.status_code, opened.headers["location"]) == (303, f"/buyers/{code}")
    assert (
        await send(client, "/buyers/new", buyer_code=code, name="x", kind="trader")
    ).status_code == 422
    for kind, number, more in (
        ("gstin", f" {made.dossier.gstin.lower()} ", {}),
        ("pan", made.dossier.pan, {}),
        ("licence", "J-1", {"expires_on": f"{today + timedelta(days=29):%d-%m-%Y}"}),
        ("undertaking", "", {"issued_on": today.isoformat(), "outcome": "later"}),
    ):
        path = f"/buyers/{code}/items"
        sent_ = await send(client, path, kind=kind, number=number, document="file", **more)
        assert sent_.status_code == 303, (kind, sent_.text[-900:])
    decision = f"/buyers/{code}/decision"
    assert (await send(client, decision, state="submitted")).status_code == 303
    refused = await send(client, decision, state="verified")
    assert refused.status_code == 422
    assert "This paper is not yet checked" in refused.text
    waiting = (await client.get("/buyers?show=waiting")).text
    assert made.name in waiting
    assert "wait for a decision" in (await client.get("/home")).text
    async with transaction(REACH) as tx:
        known = await known_buyer(tx, code)
    assert known is not None
    signed = known.papers.of(ItemKind.UNDERTAKING)[0].id
    assert (await send(client, f"/buyers/{code}/items/{signed}/check")).status_code == 303
    assert (await send(client, decision, state="verified")).status_code == 303
    page = (await client.get(f"/buyers/{code}")).text
    assert "Runs out soon" in page
    assert "29 days left" in page
    assert "Verified by the agency" in page
    path = f"/buyers/{code}/suspension"
    typed = {**fields_of((await client.get(path)).text, path), "reason": "sealed (invented)"}
    assert (await client.post(path, data=typed)).status_code == 303
    assert (await client.post(path, data=typed)).status_code == 303, "the same form sent twice"
    assert (await client.post(path, data={**typed, "reason": "other"})).status_code == 409
    assert (await client.post(path, data={**typed, "operation_id": "x"})).status_code == 422
    assert "Lift the suspension" in (await client.get(f"/buyers/{code}")).text
    assert (await send(client, f"/buyers/{code}/reinstatement", reason="papers")).status_code == 303
    async with transaction(REACH) as tx:
        found = await standing_of(tx, code, today)
    assert found is not None
    assert found.standing == "verified"
    renamed = await send(client, f"/buyers/{code}/facts", name="Renamed (invented)", town="")
    assert renamed.status_code == 303
    history = (await client.get(f"/buyers/{code}")).text
    for words in (
        "Suspension lifted",
        "sealed (invented)",
        "Decision on the application",
        "Asha Tudu",
    ):
        assert words in history
    assert (
        await send(client, f"/buyers/{code}/items/{signed}/withdrawal", reason="double")
    ).status_code == 303
    assert "Counts no more" in (await client.get(f"/buyers/{code}")).text


async def test_the_list_is_searched_filtered_and_paged(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    lapsed = await kept_firm(licence_to=clock.today() - timedelta(days=3))
    await let_in_as(client, Role.INSPECTOR, trade)
    found = (await client.get(f"/buyers?q={lapsed.name.upper()}&show=lapsed")).text
    assert lapsed.buyer_code in found
    assert lapsed.buyer_code not in (await client.get("/buyers?show=verified&q=namuna")).text
    assert "No buyer found" in (await client.get("/buyers?q=zzzz")).text
    for odd in (
        "/buyers?page=x",
        "/buyers?page=99999999",
        "/buyers?page=9999",
    ):
        assert (await client.get(odd)).status_code == 200, odd
    assert (await client.get("/buyers?show=%00&q=%00")).status_code == 404  # no row holds it

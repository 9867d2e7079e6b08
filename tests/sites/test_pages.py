"""Sites as the agency keeps them on pages, without JavaScript; nobody else changes them."""

import re
from datetime import timedelta

import httpx
import pytest

from coop.access.permission import Permission
from coop.access.roles import ROLES, Holder, Role
from coop.kernel import clock
from coop.kernel.db import SYSTEM, transaction
from tests.agency import enter, fields_of
from tests.trade import OPEN_SITE, Trade, entry, post

CODE = "S-973-70"
TYPED = {
    "name_hi": "सलगा ढेर",
    "name": "Salga heap",
    "village": "Salgadih",
    "block": "Satgawan",
    "district_lgd": "334",
    "state_lgd": "20",
    "lat": "२४.४९५",
    "lon": "85.702",
    "precision": "1000",
    "land_status": "protected_forest",
    "collection_allowed": "no",
    "hazard-slope": "yes",
    "visited_on": "2026-11-20",
    "remarks": "seen from the road",
    "no_hearing_reason": "The list of the forest office leaves no choice.",
}


async def test_an_inspector_records_clears_and_the_slip_names_the_permission(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    await enter(client, Role.INSPECTOR)
    form = fields_of((await client.get("/sites/new")).text, "/sites")
    sent = {**form, **TYPED, "code": CODE}
    done = await client.post("/sites", data=sent)
    assert (done.status_code, done.headers["location"]) == (303, f"/sites/{CODE}")
    assert (await client.post("/sites", data=sent)).status_code == 303
    page = (await client.get(f"/sites/{CODE}")).text
    for words in ("Salga heap", "protected forest", "Unstable slope", "within 1,000 m", "24.495", "Not allowed", "Nobody was heard: The list of the forest"):  # fmt: skip
        assert words in page, words
    assert "text not seen" in page  # the rule that makes collecting lawful was not verified
    change = f"/sites/{CODE}/version"
    form = fields_of((await client.get(change)).text, change)
    assert (form["lat"], form["hazard-slope"], form["seen"]) == ("24.495", "yes", "1")
    refused = await client.post(change, data={**form, "collection_allowed": "yes"})
    assert refused.status_code == 422
    assert 'id="collection_allowed-error"' in refused.text
    permits = f"/sites/{CODE}/permissions"
    paper = fields_of(page, permits) | {
        "reference": "FOREST/2026/12",
        "issued_by": "Forest office (invented)",
        "valid_from": "2026-11-01",
        "valid_to": (clock.today() + timedelta(days=90)).isoformat(),
    }
    assert (await client.post(permits, data=paper)).status_code == 303
    form = fields_of((await client.get(change)).text, change)
    answer = await client.post(change, data={**form, "collection_allowed": "yes"})
    assert answer.status_code == 303, answer.text
    page = (await client.get(f"/sites/{CODE}")).text
    assert "Collection allowed" in page
    assert page.count("<time") == 3
    listed = (await client.get("/sites?district=334")).text
    for words in ("Salga heap", "FOREST/2026/12", "20-11-2026", "<svg viewBox", "#s-ok"):
        assert words in listed, words
    assert "24.495" not in listed


async def test_the_slip_names_policy_and_permission(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    await enter(client, Role.INSPECTOR)
    permits = f"/sites/{OPEN_SITE}/permissions"
    paper = fields_of((await client.get(f"/sites/{OPEN_SITE}")).text, permits) | {
        "reference": "GM/2026/7",
        "issued_by": "Circle office (invented)",
        "valid_from": "2020-01-01",
        "valid_to": "",
    }
    assert (await client.post(permits, data=paper)).status_code == 303
    booked = (await post(trade.here, entry(trade.here)))[0].booked
    assert booked is not None
    number = f"TRADEA-{booked.fy // 100}-S{booked.no:05d}"
    slip = (await client.get(f"/slips/{number}?lang=en")).text
    for words in ("GM/2026/7, Circle office", "Minor Mineral Concession", "Not yet checked"):
        assert words in slip, words
    assert "लघु खनिज समनुदान" in (await client.get(f"/slips/{number}?lang=hi")).text


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"code": "s 1/2"}, "code"),
        ({"code": OPEN_SITE}, "code"),
        ({"name_hi": ""}, "name_hi"),
        ({"lat": "24.4951"}, "lat"),
        ({"lon": ""}, "lat"),
        ({"land_status": ""}, "land_status"),
        ({"land_status": "sanctuary", "collection_allowed": "yes"}, "collection_allowed"),
        ({"collection_allowed": "yes"}, "collection_allowed"),
        ({"visited_on": "soon"}, "visited_on"),
        ({"no_hearing_reason": ""}, "no_hearing_reason"),
        ({"hearing_id": "7"}, "no_hearing_reason"),
        ({"hearing_id": "987654321", "no_hearing_reason": ""}, "hearing_id"),
        ({"remarks": "guard 9999 9999 0019"}, "remarks"),
    ],
)
async def test_what_is_wrong_stands_at_its_field_in_hindi(
    client: httpx.AsyncClient, trade: Trade, changed: dict[str, str], field: str
) -> None:
    await enter(client, Role.ADMINISTRATOR, "hi")
    form = fields_of((await client.get("/sites/new")).text, "/sites")
    sent = {**form, **TYPED, "code": "S-973-71", **changed}
    answer = await client.post("/sites", data=sent)
    assert answer.status_code == 422
    assert "<title>गलती:" in answer.text
    found = re.search(rf'id="{field}-error">(.*?)</p>', answer.text, re.S)
    assert found is not None
    assert not re.search(r"[a-z]{3}", re.sub(r"<[^>]*>", "", found[1]))
    kept = fields_of(answer.text, "/sites")
    assert (kept["village"], kept["hazard-slope"]) == ("Salgadih", "yes")
    assert kept["code"] == sent["code"], "what was typed is lost"


async def test_a_permission_is_refused_at_its_field(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    await enter(client, Role.INSPECTOR)
    permits = f"/sites/{OPEN_SITE}/permissions"
    paper = fields_of((await client.get(f"/sites/{OPEN_SITE}")).text, permits)
    for typed, field in (
        ({"reference": "", "issued_by": "X", "valid_from": "2026-01-01"}, "reference"),
        ({"reference": "A", "issued_by": "X", "valid_from": "soon"}, "valid_from"),
        (
            {
                "reference": "A",
                "issued_by": "X",
                "valid_from": "2026-02-01",
                "valid_to": "2026-01-01",
            },
            "valid_to",
        ),
    ):
        answer = await client.post(permits, data={**paper, **typed})
        assert answer.status_code == 422
        assert f'id="{field}-error"' in answer.text


@pytest.mark.parametrize("role", [r for r in Role if ROLES[r].holder is Holder.PERSON])
async def test_each_role_opens_what_it_may(
    client: httpx.AsyncClient, trade: Trade, role: Role
) -> None:
    await enter(client, role, side=trade.here)
    held = ROLES[role].permissions
    read, write = Permission.SITES_SITE_READ in held, Permission.SITES_SITE_RECORD in held
    assert write == (role in (Role.INSPECTOR, Role.ADMINISTRATOR))
    for path, allowed in (
        ("/sites", read),
        (f"/sites/{OPEN_SITE}", read),
        ("/sites/new", write),
        (f"/sites/{OPEN_SITE}/version", write),
    ):
        assert (await client.get(path)).status_code == (200 if allowed else 403), (role, path)
    token = fields_of((await client.get("/account")).text, "/account/language").get("csrf", "")
    for path in ("/sites", f"/sites/{OPEN_SITE}/version", f"/sites/{OPEN_SITE}/permissions"):
        answer = await client.post(path, data={"csrf": token})
        assert answer.status_code == (422 if write else 403), (role, path)


async def test_a_site_that_is_not_there(client: httpx.AsyncClient, trade: Trade) -> None:
    await enter(client, Role.INSPECTOR)
    for path in ("/sites/S-NONE", "/sites/S-NONE/version", "/sites/x%00", "/sites?after=%00"):
        assert (await client.get(path)).status_code == 404, path
    for odd in ("district=x", "district=99999999999999"):
        assert (await client.get(f"/sites?{odd}")).status_code == 200
    assert "No site of this district" in (await client.get("/sites?district=999999")).text


async def test_a_stranger_sees_no_site(client: httpx.AsyncClient, trade: Trade) -> None:
    for path in ("/sites", f"/sites/{OPEN_SITE}", "/sites/new"):
        answer = await client.get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/sign-in?next={path}")


async def test_who_looked_at_the_map_is_recorded(client: httpx.AsyncClient, trade: Trade) -> None:
    user = await enter(client, Role.MONITOR)
    await client.get("/sites")
    await client.get(f"/sites/{OPEN_SITE}")
    async with transaction(SYSTEM) as tx:
        rows = await tx.fetch(
            "SELECT question FROM audit_read WHERE actor = $1 ORDER BY id", f"user:{user}"
        )
    assert [row["question"] for row in rows] == ["sites", "site"]

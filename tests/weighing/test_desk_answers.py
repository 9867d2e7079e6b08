"""What the desk's script is answered, and pages of the paper book: as forms post them, said as JSON."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest

from coop.access.roles import Role
from coop.kernel import clock
from coop.kernel.db import transaction
from tests.come_in import come_in
from tests.trade import GRADE, REACH, Trade
from tests.weighing.test_pages import counted, fields_of

JSON = {"accept": "application/json"}


async def at_desk(client: httpx.AsyncClient, trade: Trade, language: str = "en") -> dict[str, str]:
    """A clerk with the fields of the page, an hour ago at the price that was shown."""
    await come_in(client, Role.CLERK, trade.here, language)
    fields = fields_of((await client.get("/desk")).text)
    return {
        **fields,
        "operation_id": str(uuid4()),
        "member_no": "0002",
        "grade_code": str(GRADE),
        "gross_kg": "4.25",
        "weighed_at": (clock.now() - timedelta(minutes=5)).isoformat(),
        "shown_rupees_per_kg": "10.75",
        "paid_mode": "later",
    }


async def send(client: httpx.AsyncClient, typed: dict[str, str]) -> httpx.Response:
    body = {name: text for name, text in typed.items() if name != "csrf"}
    return await client.post("/desk", data=body, headers={**JSON, "x-csrf-token": typed["csrf"]})


async def test_new_then_the_same_again(client: httpx.AsyncClient, trade: Trade) -> None:
    typed = await at_desk(client, trade)
    before = await counted(trade)
    first = await send(client, typed)
    assert first.status_code == 201, first.text
    said = first.json()
    assert (said["id"], said["payable_g"], said["amount_paise"]) == (
        typed["operation_id"], 4000, 4300,
    )  # fmt: skip
    assert said["words"] == "forty-three rupees"
    assert said["number"] in said["slips"]
    assert said["prices"][str(GRADE)] == 1075
    again = await send(client, typed)
    assert (again.status_code, again.json()["number"]) == (200, said["number"])
    other = await send(client, {**typed, "gross_kg": "5"})
    assert other.status_code == 409
    assert other.json()["refusals"][0]["code"] == "duplicate_conflict"
    assert await counted(trade) == before + 1
    async with transaction(REACH) as tx:
        weighed_at = await tx.fetchval(
            "SELECT w.weighed_at FROM weighing w JOIN desk_entry d ON (d.cooperative_id, d.fy, d.weighing_no) = (w.cooperative_id, w.fy, w.no)"
            " WHERE d.entry_id = $1::text::uuid",
            typed["operation_id"],
        )
    assert weighed_at.isoformat() == typed["weighed_at"], "the time at which it was weighed"


async def test_five_senders_at_once_make_one_slip(client: httpx.AsyncClient, trade: Trade) -> None:
    typed = await at_desk(client, trade)
    before = await counted(trade)
    answers = await asyncio.gather(*(send(client, typed) for _ in range(5)))
    assert sorted(one.status_code for one in answers) == [200, 200, 200, 200, 201]
    assert len({one.json()["number"] for one in answers}) == 1
    assert await counted(trade) == before + 1


@pytest.mark.parametrize(("language", "words"), [("en", "card"), ("hi", "सदस्य")])
async def test_refused_with_the_field_of_the_page(
    client: httpx.AsyncClient, trade: Trade, language: str, words: str
) -> None:
    typed = await at_desk(client, trade, language)
    before = await counted(trade)
    for changed, field in (
        ({"member_no": "9999"}, "member_no"),
        ({"member_no": "TRADEB/0002"}, "member_no"),
        ({"shown_rupees_per_kg": "1"}, "grade_code"),
        ({"rate_rupees_per_kg": "999"}, "confirm_rate"),
        ({"gross_kg": "0.1"}, "tare_kg"),
        ({"weighed_at": "2999-01-01T00:00:00Z"}, "weighed_at"),
    ):
        answer = await send(client, {**typed, "operation_id": str(uuid4()), **changed})
        assert answer.status_code == 422, (changed, answer.text)
        fields = [one.get("field") for one in answer.json()["refusals"]]
        assert field in fields or (field == "weighed_at" and fields == [None]), (changed, fields)
        if changed.get("member_no") == "9999":
            assert words in answer.json()["refusals"][0]["message"]
    assert await counted(trade) == before
    own = await send(client, {**typed, "member_no": "tradea/०००२"})
    assert own.status_code == 201


async def test_signed_out_and_a_strange_token(client: httpx.AsyncClient, trade: Trade) -> None:
    typed = await at_desk(client, trade)
    assert (await send(client, {**typed, "csrf": "0" * 64})).status_code == 403
    stands = await client.get("/desk/standing", headers=JSON)
    assert (await send(client, {**typed, "csrf": stands.json()["csrf"]})).status_code == 201
    client.cookies.clear()
    assert (await send(client, typed)).status_code == 401
    assert (await client.get("/desk/standing", headers=JSON)).status_code == 401


async def test_a_first_name_and_nothing_more(client: httpx.AsyncClient, trade: Trade) -> None:
    await come_in(client, Role.CLERK, trade.here)
    known = (await client.get("/desk/members/0003", headers=JSON)).json()
    assert (known["known"], known["number"], known["name"]) == (True, "0003", "Namuna")
    assert set(known) == {"known", "number", "name", "today"}
    nobody = (await client.get("/desk/members/7777", headers=JSON)).json()
    assert not nobody["known"]
    async with transaction(REACH) as tx:
        traces = await tx.fetch(
            "SELECT about, row_count FROM audit_read WHERE cooperative_id = $1 AND question = 'seller' ORDER BY id DESC LIMIT 2",
            trade.here.id,
        )
    assert [tuple(row) for row in traces] == [("7777", 0), ("0003", 1)]
    await come_in(client, Role.BOARD, trade.here)
    for path in ("/desk/members/0003", "/desk/standing", "/desk/paper"):
        assert (await client.get(path, headers=JSON)).status_code == 403, path


async def test_undo_is_answered_with_the_slips(client: httpx.AsyncClient, trade: Trade) -> None:
    typed = await at_desk(client, trade)
    number = (await send(client, typed)).json()["number"]
    headers = {**JSON, "x-csrf-token": typed["csrf"]}
    done = await client.post(f"/slips/{number}/undo", headers=headers)
    assert done.status_code == 200
    assert done.json()["document"] != number
    assert number in done.json()["slips"]


async def test_a_page_of_the_paper_book_is_entered_once(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    await come_in(client, Role.CLERK, trade.here, "hi")
    fields = fields_of((await client.get("/desk/paper")).text, "/desk/paper")
    then = (clock.now() - timedelta(hours=1)).astimezone(clock.IST)
    typed = {
        **fields, "paper_no": f"B-{uuid4().hex[:6]}", "member_no": "०००२", "grade_code": str(GRADE), "gross_kg": "3.25",
        "rate_rupees_per_kg": "10.75", "on_day": then.date().isoformat(), "at_time": f"{then:%H:%M}",
        "site_code": "S-973-01", "paid_mode": "later",
    }  # fmt: skip
    done = await client.post("/desk/paper", data=typed)
    assert done.status_code == 303, done.text
    assert (await client.post("/desk/paper", data=typed)).headers["location"] == done.headers[
        "location"
    ]
    shown = await client.get(done.headers["location"])
    assert typed["on_day"] in shown.text
    for changed, field in (
        ({}, "paper_no"),
        ({"paper_no": ""}, "paper_no"),
        ({"paper_no": "x1", "at_time": "noon"}, "at_time"),
        ({"paper_no": "x2", "rate_rupees_per_kg": ""}, "rate_rupees_per_kg"),
        ({"paper_no": "x3", "rate_rupees_per_kg": "1"}, "rate_rupees_per_kg"),
        ({"paper_no": "x4", "member_no": "9999"}, "member_no"),
        ({"paper_no": "x5", "on_day": "2999-01-01"}, "at_time"),
    ):
        answer = await client.post(
            "/desk/paper", data={**typed, "operation_id": str(uuid4()), **changed}
        )
        assert answer.status_code == 422, (changed, answer.text)
        assert f'href="#{field}"' in answer.text, changed
        assert 'value="3.25"' in answer.text

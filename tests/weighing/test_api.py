"""The contract of ``POST /api/v1/desk/entries``, as a device sees it."""

import json
from datetime import UTC
from typing import Any

import httpx
import pytest

from coop.cooperatives.operations import add_device, revoke_device
from coop.kernel import clock
from coop.kernel.db import transaction
from coop.receipts.operations.keys import root_public_keys
from coop.receipts.rules.status_list import read_status_lists
from coop.receipts.rules.trust_list import read_trust_list
from coop.receipts.rules.verdict import Verdict, verdict_of
from coop.settings import settings
from tests.trade import CEASED, CLOSED_SITE, GRADE, REACH, Side, Trade, body

PATH = "/api/v1/desk/entries"


async def send(
    client: httpx.AsyncClient, side: Side, sent: object, **headers: str
) -> httpx.Response:
    return await client.post(PATH, json=sent, headers={**side.bearer, **headers})


async def numbers(side: Side) -> list[int]:
    async with transaction(REACH) as tx:
        rows = await tx.fetch(
            "SELECT no FROM receipt WHERE cooperative_id = $1 AND kind = 1 ORDER BY no", side.id
        )
    return [row["no"] for row in rows]


def codes(answer: httpx.Response) -> list[str]:
    return [refusal["code"] for refusal in answer.json()["refusals"]]


async def test_new_then_again_then_other(client: httpx.AsyncClient, trade: Trade) -> None:
    one = body()
    first = await send(client, trade.here, one)
    assert first.status_code == 201, first.text
    said = first.json()
    assert set(said) == {"id", "receipt", "payable_g", "amount_paise", "text"}
    assert (said["id"], said["payable_g"], said["amount_paise"]) == (one["id"], 15454, 16613)
    assert said["receipt"]["coop"] == "TRADEA"
    assert set(said["receipt"]) == {"coop", "fy", "kind", "no"}
    again = await send(client, trade.here, one)
    assert (again.status_code, again.content) == (200, first.content)
    signed = await send(client, trade.here, {**one, "sig": "AAAA"})
    assert (signed.status_code, signed.content) == (200, first.content)
    other = await send(client, trade.here, {**one, "gross_g": 16101})
    assert other.status_code == 409
    assert "receipt" not in other.text
    assert "16613" not in other.text
    assert (await send(client, trade.here, one)).content == first.content


async def test_the_same_in_other_spelling_is_the_same(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    one = body(moisture_pct="4.5", weighed_at="2026-01-01T00:00:00Z")
    one["weighed_at"] = clock.now().astimezone(clock.IST).isoformat(timespec="seconds")
    first = await send(client, trade.here, one)
    assert first.status_code == 201
    utc = clock.parse_instant(str(one["weighed_at"])).astimezone(UTC).isoformat()
    spelt = {**one, "moisture_pct": " ४.५0 ", "weighed_at": utc.replace("+00:00", "Z")}
    assert (await send(client, trade.here, spelt)).status_code == 200


async def test_refusals_speak_the_askers_language(client: httpx.AsyncClient, trade: Trade) -> None:
    wrong = body(gross_g=10_000, tare_g=10_000, site_code=CLOSED_SITE, member_no="7777")
    english = await send(client, trade.here, wrong, **{"accept-language": "en"})
    hindi = await send(client, trade.here, wrong, **{"accept-language": "hi-IN,hi;q=0.9,en;q=0.1"})
    assert english.status_code == hindi.status_code == 422
    assert set(codes(english)) == {"tare_not_below_gross", "site_not_allowed", "unknown_member"}
    assert codes(english) == codes(hindi)
    for one, other in zip(english.json()["refusals"], hindi.json()["refusals"], strict=True):
        assert one["field"] == other["field"]
        assert one["message"].isascii()
        assert any("\u0900" <= sign <= "\u097f" for sign in other["message"])
    assert english.json()["id"] == wrong["id"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"member_no": "0777"}, "unknown_member"),
        ({"member_no": CEASED}, "member_not_active"),
        ({"site_code": "S-000-00"}, "unknown_site"),
        ({"site_code": CLOSED_SITE}, "site_not_allowed"),
        ({"grade_code": 4242}, "unknown_grade"),
        ({"rate_paise_per_kg": 1074}, "rate_below_floor"),
        ({"rate_paise_per_kg": 2151}, "rate_over_twice_floor"),
        ({"gross_g": 200_001}, "implausible_weight"),
        ({"gross_g": -1}, "negative"),
        ({"tare_g": 16100}, "tare_not_below_gross"),
        ({"moisture_pct": "100.1"}, "percent_out_of_range"),
        ({"moisture_pct": "4,5"}, "not_a_number"),
        ({"moisture_pct": 4.5}, "not_a_number"),
        ({"gross_g": True}, "not_a_number"),
        ({"gross_g": "5"}, "not_a_number"),
        ({"gross_g": 5.0}, "not_a_number"),
        ({"gross_g": None}, "not_a_number"),
        ({"device_seq": False}, "not_a_number"),
        ({"rate_paise_per_kg": "1075"}, "not_a_number"),
        ({"surprise": 1}, "unknown_field"),
        ({"weighed_at": "2099-01-01T00:00:00Z"}, "future_time"),
    ],
)
async def test_a_refused_entry_takes_nothing(
    client: httpx.AsyncClient, trade: Trade, changed: dict[str, Any], code: str
) -> None:
    before = await numbers(trade.here)
    one = body()
    answer = await send(client, trade.here, {**one, **changed})
    assert (answer.status_code, code in codes(answer)) == (422, True), answer.text
    assert await numbers(trade.here) == before
    # Only an accepted entry takes its id: put right, the same id is new.
    assert (await send(client, trade.here, one)).status_code == 201


@pytest.mark.parametrize(
    "name", ["device_seq", "grade_code", "gross_g", "tare_g", "rate_paise_per_kg"]
)
async def test_huge_numbers_are_refused(client: httpx.AsyncClient, trade: Trade, name: str) -> None:
    for huge in (2**63, -(2**63) - 1, 10**30, 10**400, 2**31):
        answer = await send(client, trade.here, body(**{name: huge}))
        expected = (201, 422) if name == "device_seq" else (422,)
        assert answer.status_code in expected, (huge, answer.text)
    for text in ("9" * 400, "1e400", "1" + "0" * 5000):
        sent = json.dumps(body()).replace('"gross_g": 16100', f'"gross_g": {text}')
        answer = await client.post(PATH, content=sent, headers=trade.here.bearer)
        assert answer.status_code in (400, 422), answer.text
    for share in ("9" * 500, "1e999999", "-0", "NaN", "Infinity", "٣"):
        answer = await send(client, trade.here, body(moisture_pct=share))
        assert answer.status_code in (201, 422), (share, answer.text)


async def test_a_list_is_answered_one_by_one(client: httpx.AsyncClient, trade: Trade) -> None:
    known, fresh, wrong = body(), body(), body(member_no="0777")
    first = (await send(client, trade.here, known)).json()
    other = {**fresh, "gross_g": 1000}
    sent = [known, fresh, wrong, fresh, other, {**known, "tare_g": 1}, {**body(), "gross_g": "x"}]
    answer = await send(client, trade.here, sent)
    assert answer.status_code == 200
    said = answer.json()
    assert [one["status"] for one in said] == [200, 201, 422, 200, 409, 409, 422]
    assert [one["id"] for one in said] == [one["id"] for one in sent]
    assert {**first, "status": 200} == said[0]
    assert {**said[1], "status": 200} == said[3]
    assert said[2]["refusals"][0]["code"] == "unknown_member"
    assert "receipt" not in said[4]
    assert (await send(client, trade.here, [])).json() == []


async def test_a_list_of_five_hundred(client: httpx.AsyncClient, trade: Trade) -> None:
    before = await numbers(trade.there)
    sent = [body(gross_g=1000 + n) for n in range(500)]
    said = (await send(client, trade.there, sent)).json()
    assert {one["status"] for one in said} == {201}
    got = [one["receipt"]["no"] for one in said]
    assert got == list(range(len(before) + 1, len(before) + 501))
    again = (await send(client, trade.there, list(reversed(sent)))).json()
    assert [one["receipt"]["no"] for one in again] == list(reversed(got))
    assert {one["status"] for one in again} == {200}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"null",
        b"5",
        b'"text"',
        b"[5]",
        b"[[]]",
        b"{}",
        b"[" * 20_000,
        b'{"id": "no uuid"}',
        b'{"id": 5}',
        b"\xff\xfe",
        json.dumps([body()] * 501).encode(),
        json.dumps(body(gross_g=float("nan"))).encode(),
        json.dumps(body(gross_g=float("inf"))).encode(),
        json.dumps([body(), {"member_no": "0001"}]).encode(),
    ],
)
async def test_what_cannot_be_read_posts_nothing(
    client: httpx.AsyncClient, trade: Trade, content: bytes
) -> None:
    before = await numbers(trade.here)
    answer = await client.post(PATH, content=content, headers=trade.here.bearer)
    assert answer.status_code == 400, answer.text
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert answer.json()["status"] == 400
    assert await numbers(trade.here) == before


async def test_only_a_valid_token_posts(client: httpx.AsyncClient, trade: Trade) -> None:
    async with transaction(REACH) as tx:
        lost = await add_device(tx, trade.here.id, trade.here.centre_id, trade.here.centre)
    one = body()
    lost_header = {"authorization": f"Bearer {lost.token}"}
    assert (await client.post(PATH, json=one, headers=lost_header)).status_code == 201
    async with transaction(REACH) as tx:
        await revoke_device(tx, lost.code)
    before = await numbers(trade.here)
    tokens = [
        "",
        "Bearer",
        "Bearer ",
        "Bearer x",
        f"Basic {trade.here.device.token}",
        "Bearer \x01",
    ]
    for given in (None, *tokens, lost_header["authorization"], f"Bearer {'A' * 43}"):
        headers = {} if given is None else {"authorization": given}
        answer = await client.post(PATH, json=body(), headers=headers)
        assert answer.status_code == 401, (given, answer.status_code)
        assert answer.headers["www-authenticate"] == "Bearer"
        assert "TRADEA" not in answer.text
    assert await numbers(trade.here) == before


async def test_another_cooperatives_id_tells_nothing(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    one = body()
    first = (await send(client, trade.here, one)).json()
    answer = await send(client, trade.there, one)
    assert answer.status_code == 409
    for secret in ("TRADEA", str(first["amount_paise"]), first["text"]):
        assert secret not in answer.text
    listed = (await send(client, trade.there, [one, body()])).json()
    assert [one["status"] for one in listed] == [409, 201]


async def test_the_text_is_genuine_to_a_stranger(client: httpx.AsyncClient, trade: Trade) -> None:
    said = (await send(client, trade.here, body(grade_code=GRADE))).json()
    now = int(clock.now().timestamp())
    roots = [bytes.fromhex(line) for line in root_public_keys(settings().keys)]
    keys = await client.get("/.well-known/mr1-keys")
    trust = read_trust_list(keys.content, roots, now=now)
    async with transaction(REACH) as tx:
        opened = await tx.fetch("SELECT n FROM status_list")
    served = [(await client.get(f"/mr1/status/{row['n']}")).content for row in opened]
    lists = read_status_lists(served, trust)
    assert len(lists) == len(opened)
    text = said["text"].encode()
    assert verdict_of(text, trust, lists, now=now) is Verdict.GENUINE_CURRENT
    assert verdict_of(text, trust, {}, now=now) is Verdict.GENUINE_STATUS_UNKNOWN
    spoilt = bytearray(text)
    spoilt[-10] = ord("A") if spoilt[-10] != ord("A") else ord("B")
    assert verdict_of(bytes(spoilt), trust, lists, now=now) not in (
        Verdict.GENUINE_CURRENT,
        Verdict.GENUINE_STATUS_UNKNOWN,
    )
    page = await client.get("/" + said["text"].split("/", 3)[3])
    assert page.status_code == 200
    assert "verdict--ok" in page.text

"""Taking a weighing back as people see it: at the desk, at a device, on the slip, in public."""

import re
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest

from coop.access.permission import Permission
from coop.access.roles import ROLES, Holder, Role
from coop.app import create_app
from coop.kernel import clock
from coop.kernel.db import Transaction, transaction
from coop.receipts import queries
from coop.receipts.operations.keys import signing_key
from coop.receipts.rules.status_list import Status, read_status_list, sign_status_list
from coop.receipts.rules.trust_list import read_trust_list
from coop.settings import settings
from tests.come_in import come_in
from tests.trade import GRADE, OTHER_GRADE, REACH, Trade, body, entry, post
from tests.weighing.taken_back import ask, status_of, weighed
from tests.weighing.test_api import PATH, codes, send
from tests.weighing.test_pages import fields_of


async def weigh_at_the_desk(client: httpx.AsyncClient, member: str = "0002") -> str:
    typed = fields_of((await client.get("/desk")).text)
    typed |= {
        "member_no": member,
        "grade_code": str(GRADE),
        "gross_kg": "16.1",
        "paid_mode": "cash",
    }
    sent = await client.post("/desk", data=typed)
    assert sent.status_code == 303, sent.text
    return sent.headers["location"].rsplit("/", 1)[1]


async def test_a_device_undoes_its_own(client: httpx.AsyncClient, trade: Trade) -> None:
    one = body(member_no="0003")
    booked = await send(client, trade.here, one)
    path = f"{PATH}/{one['id']}/undo"
    assert (await client.post(path, headers=trade.there.bearer)).status_code == 404
    assert (await client.post(path)).status_code == 401
    assert (await client.post(path, headers={"authorization": "Bearer x"})).status_code == 401
    gone = await client.post(f"{PATH}/{uuid4()}/undo", headers=trade.here.bearer)
    assert gone.status_code == 404
    done = await client.post(path, headers=trade.here.bearer)
    assert done.status_code == 201, done.text
    said = done.json()
    assert said["id"] == one["id"]
    assert (said["reversal"]["coop"], said["reversal"]["kind"]) == ("TRADEA", 3)
    assert said["document"].startswith("TRADEA-")
    again = await client.post(path, headers=trade.here.bearer)
    assert (again.status_code, again.content) == (200, done.content)
    # The id stays taken; the receipt that was printed says void to whoever looks.
    assert (await send(client, trade.here, one)).content == booked.content
    shown = await client.get("/en/R/" + booked.json()["text"].rsplit("/", 1)[1])
    assert "Void receipt" in shown.text
    described = (await client.get("/schema/openapi.json")).json()["paths"]
    assert "undo_time_over" in str(described["/api/v1/desk/entries/{entry_id}/undo"])


async def test_a_device_is_told_why_not(client: httpx.AsyncClient, trade: Trade) -> None:
    one = body()
    await send(client, trade.here, one)
    with clock.frozen(clock.now() + timedelta(seconds=121)):
        late = await client.post(
            f"{PATH}/{one['id']}/undo", headers={**trade.here.bearer, "accept-language": "hi"}
        )
    assert (late.status_code, codes(late)) == (422, ["undo_time_over"])
    assert "वापस" in late.json()["refusals"][0]["message"]


async def test_the_desk_has_the_button_while_it_runs(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    await come_in(client, Role.CLERK, trade.here)
    number = await weigh_at_the_desk(client)
    path = f"/slips/{number}/undo"
    desk = await client.get("/desk")
    typed = fields_of(desk.text, path)
    assert set(typed) == {"csrf"}
    done = await client.post(path, data=typed)
    assert done.status_code == 303
    slip = await client.get(done.headers["location"])
    assert slip.status_code == 200
    for shown in ("TAKEN BACK", number, "− ₹", "The cash is back in the box", "<svg"):
        assert shown in slip.text, shown
    again = await client.post(path, data=typed)
    assert again.headers["location"] == done.headers["location"]
    desk = await client.get("/desk")
    assert path not in desk.text
    assert "Void" in desk.text
    assert 'class="c stamp">VOID' in (await client.get(f"/slips/{number}")).text
    other = await weigh_at_the_desk(client)
    csrf = await come_in(client, Role.CLERK, trade.here, new=True)
    theirs = await client.post(f"/slips/{other}/undo", data={"csrf": csrf})
    assert theirs.status_code == 404


async def test_asked_held_confirmed_replaced(client: httpx.AsyncClient, trade: Trade) -> None:
    """The whole story by two people, and what a stranger sees at another worker meanwhile."""
    await come_in(client, Role.CLERK, trade.here)
    number = await weigh_at_the_desk(client, "0004")
    path = f"/slips/{number}/reversal"
    assert path in (await client.get(f"/slips/{number}")).text
    page = await client.get(path)
    typed = fields_of(page.text, path)
    empty = await client.post(path, data=typed)
    assert empty.status_code == 422
    for field in ("reason", "cash", "then"):
        assert f'href="#{field}"' in empty.text, field
    aadhaar = {
        "reason": "other",
        "words": "2233 9999 0019 9999 9999 0019",
        "cash": "member",
        "then": "void",
    }
    told = await client.post(path, data={**typed, **aadhaar})
    assert (told.status_code, "holds an Aadhaar number" in told.text) == (422, True)
    wish = {
        "reason": "wrong_weight", "words": "<b>two bags", "cash": "member", "then": "replace",
        "gross_kg": "12.250", "grade_code": str(OTHER_GRADE),
    }  # fmt: skip
    low = await client.post(path, data={**typed, **wish, "rate_rupees_per_kg": "0.5"})
    assert (low.status_code, 'href="#rate_rupees_per_kg"' in low.text) == (422, True)
    sent = await client.post(path, data={**typed, **wish})
    assert sent.status_code == 303, sent.text
    assert (await client.post(path, data={**typed, **wish})).status_code == 303
    held = await client.get(f"/slips/{number}")
    assert 'class="c stamp">HELD' in held.text
    assert "Wrong weight" in held.text
    code = re.search(r"/R/([A-Z2-7]+)", await _text_of(trade, number))
    assert code is not None
    transport = httpx.ASGITransport(app=create_app())  # type: ignore[arg-type]  # its scope is looser
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as stranger:
        assert "Held receipt" in (await stranger.get(f"/en/R/{code[1]}")).text
        asker = await client.get(path)
        assert "It waits for a manager" in asker.text
        assert 'name="outcome"' not in asker.text
        await come_in(client, Role.MANAGER, trade.here)
        assert number in (await client.get("/corrections")).text
        page = await client.get(path)
        assert "&lt;b&gt;two bags" in page.text
        decision = fields_of(page.text, f"{path}/decision")
        missing = await client.post(f"{path}/decision", data=decision)
        assert (missing.status_code, 'href="#outcome"' in missing.text) == (422, True)
        done = await client.post(f"{path}/decision", data={**decision, "outcome": "confirmed"})
        assert done.status_code == 303
        again = await client.post(f"{path}/decision", data={**decision, "outcome": "confirmed"})
        assert again.headers["location"] == done.headers["location"]
        other = await client.post(f"{path}/decision", data={**decision, "outcome": "rejected"})
        assert other.status_code == 409
        assert "Replaced receipt" in (await stranger.get(f"/en/R/{code[1]}")).text
    slip = await client.get(f"/slips/{number}")
    assert 'class="c stamp">REPLACED' in slip.text
    reversal = await client.get(done.headers["location"])
    assert "The member keeps the cash" in reversal.text
    right = re.search(r'In its place: <a href="/slips/([A-Z0-9-]+)"', reversal.text)
    assert right is not None
    new = await client.get(f"/slips/{right[1]}")
    for shown in ("12.250", "₹\xa04.75", f'/slips/{number}">', "To be paid later"):
        assert shown in new.text, shown
    assert number not in (await client.get("/corrections")).text
    exceptions = await client.get("/exceptions")
    assert number in exceptions.text
    assert right[1] in exceptions.text


async def _text_of(trade: Trade, number: str) -> str:
    from coop.receipts.rules.receipt import receipt_text

    async with transaction(REACH) as tx:
        signed = await tx.fetchval(
            "SELECT signed FROM receipt WHERE cooperative_id = $1 AND kind = 1 AND no = $2",
            trade.here.id,
            int(number.rsplit("-S", 1)[1]),
        )
    return receipt_text("HOST", signed)


@pytest.mark.parametrize("role", [r for r in Role if ROLES[r].holder is Holder.PERSON])
async def test_each_role_opens_what_it_may(
    client: httpx.AsyncClient, trade: Trade, role: Role
) -> None:
    number = (await weighed(trade.here)).text
    await come_in(client, role, trade.here)
    for path, permission in {
        f"/slips/{number}/reversal": Permission.WEIGHING_SLIP_READ,
        "/corrections": Permission.WEIGHING_EXCEPTION_READ,
        "/exceptions": Permission.WEIGHING_EXCEPTION_READ,
    }.items():
        answer = await client.get(path)
        expected = 200 if permission in ROLES[role].permissions else 403
        assert answer.status_code == expected, (role, path)
    asks = Permission.WEIGHING_REVERSAL_ASK in ROLES[role].permissions
    shown = await client.get(f"/slips/{number}/reversal")
    assert ('name="reason"' in shown.text) == asks


async def test_another_cooperatives_weighing_does_not_exist(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    number = await weighed(trade.there)
    await ask(number)
    csrf = await come_in(client, Role.MANAGER, trade.here, "hi")
    for path in (f"/slips/{number.text}/reversal", f"/slips/{number.text}/reversal/decision"):
        sent = await client.post(
            path, data={"csrf": csrf, "operation_id": str(uuid4()), "outcome": "confirmed",
                        "reason": "twice", "then": "void"},
        )  # fmt: skip
        assert sent.status_code == 404
    unseen = await client.get(f"/slips/{number.text}/reversal")
    assert unseen.status_code == 404
    assert "ऐसा कोई" in unseen.text or "नहीं" in unseen.text
    assert number.text not in (await client.get("/corrections")).text
    assert await status_of(trade.there, number) == (2,)


async def test_the_agency_sees_exceptions_without_names(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    await come_in(client, Role.CLERK, trade.here)
    number = await weigh_at_the_desk(client)
    typed = fields_of((await client.get("/desk")).text, f"/slips/{number}/undo")
    await client.post(f"/slips/{number}/undo", data=typed)
    await come_in(client, Role.BOARD, trade.here)
    assert "Asha Tudu" in (await client.get("/exceptions")).text.split("<main")[1]
    await come_in(client, Role.AUDITOR, trade.here)
    seen = await client.get("/exceptions?coop=TRADEA")
    assert "Asha Tudu" not in seen.text.split("<main")[1]
    assert "Clerk no. " in seen.text
    none = await client.get("/exceptions?coop=TRADEB&since=1999-01-01&until=1999-01-02")
    assert "Nobody undid" in none.text
    assert (await client.get("/exceptions?coop=NOWHERE")).status_code == 404
    assert (await client.get("/exceptions?since=x")).status_code == 422


async def test_a_thousand_voided_show_a_thousand_void(trade: Trade, tx: Transaction) -> None:
    """By the list that a stranger fetches, as its reader sees it; nobody else's place is touched."""
    from coop.weighing.operations.post import post_entries

    made = []
    for _ in range(2):
        made += await post_entries(
            tx, trade.here.desk(), [entry(trade.here, paid_mode="upi") for _ in range(500)]
        )
    numbers = [one.booked.no for one in made if one.booked]
    rows = await tx.fetch(
        "SELECT sidx FROM receipt WHERE cooperative_id = $1 AND kind = 1 AND no = ANY ($2::bigint[])",
        trade.here.id, numbers,
    )  # fmt: skip
    void = {row["sidx"] for row in rows}
    assert len(void) == 1000
    await tx.executemany(
        "INSERT INTO receipt_status (cooperative_id, sidx, status, at, reason) VALUES ($1, $2, 1, now(), 'test')",
        [(trade.here.id, sidx) for sidx in void],
    )
    served = await queries.trust_list(tx)
    assert served is not None
    at = int(clock.now().timestamp())
    from coop.receipts.operations.keys import root_public_keys

    roots = [bytes.fromhex(line) for line in root_public_keys(settings().keys)]
    trust = read_trust_list(served.signed, roots, now=at)
    key = await signing_key(tx, settings().keys, None, clock.now())
    seen = 0
    for number in {sidx >> 17 for sidx in void}:
        places = await queries.statuses(tx, number)
        signed = sign_status_list("https://x.example", number, places, at, key.private, key.kid)
        read = read_status_list(signed, trust, number)
        assert read is not None
        mine = {sidx for sidx in void if sidx >> 17 == number}
        seen += sum(read.status(sidx) is Status.VOID for sidx in mine)
        others = {sidx for sidx, status in places.items() if status == 1} - mine
        assert sum(bin(byte & 0x55 & ~(byte >> 1)).count("1") for byte in read.bits) == len(
            mine
        ) + len(others)
    assert seen == 1000


async def test_a_served_list_is_never_older_than_five_seconds(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    booked = (await post(trade.here, entry(trade.here)))[0].booked
    assert booked is not None
    async with transaction(REACH) as tx:
        number = await tx.fetchval(
            "SELECT max(n) FROM status_list WHERE cooperative_id = $1", trade.here.id
        )
    served = await client.get(f"/mr1/status/{number}")
    age = re.fullmatch(r"public, max-age=([0-9]+)", served.headers["cache-control"])
    assert age is not None
    assert int(age[1]) < 5

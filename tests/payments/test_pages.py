"""Money by form: a check before it is recorded, a voucher after, taken back by another person."""

import re
from uuid import uuid4

import httpx
import pytest

from coop.access.permission import Permission
from coop.access.roles import ROLES, Holder, Role
from coop.kernel import clock
from coop.kernel.db import transaction
from coop.payments.operations.record import Money, Person, record_money
from coop.payments.rules import Kind
from tests.come_in import come_in
from tests.trade import REACH, Trade, entry, post
from tests.weighing.test_pages import fields_of


async def count(trade: Trade) -> int:
    async with transaction(REACH) as tx:
        return int(
            await tx.fetchval(
                "SELECT count(*) FROM voucher WHERE cooperative_id = $1", trade.here.id
            )
        )


async def pay(client: httpx.AsyncClient, **changed: str) -> httpx.Response:
    """Fill the form of a payout in as a browser does, and send it to the check."""
    typed = fields_of((await client.get("/vouchers/paid")).text, "/vouchers/paid")
    return await client.post(
        "/vouchers/paid",
        data={**typed, "member_no": "0007", "amount": "10.50", "mode": "cash", **changed},
    )


async def confirm(client: httpx.AsyncClient, check: httpx.Response) -> httpx.Response:
    return await client.post("/vouchers/paid", data=fields_of(check.text, "/vouchers/paid"))


@pytest.mark.parametrize("language", ["en", "hi"])
async def test_checked_then_recorded_once(
    client: httpx.AsyncClient, trade: Trade, language: str
) -> None:
    await post(trade.here, entry(trade.here, member_no="0007", paid_mode="later"))
    await come_in(client, Role.TREASURER, trade.here, language)
    before = await count(trade)
    check = await pay(client, member_no="०००७", amount="१०.५०")
    assert check.status_code == 200, check.text
    assert await count(trade) == before, "a check records nothing"
    for shown in ("₹\xa010.50", "0007", "नमूना" if language == "hi" else "Namuna 0007"):
        assert shown in check.text, shown
    done = await confirm(client, check)
    assert done.status_code == 303
    assert (await confirm(client, check)).headers["location"] == done.headers["location"]
    assert await count(trade) == before + 1
    paper = await client.get(done.headers["location"])
    assert "ten rupees fifty paise" in paper.text or "दस रुपये पचास पैसे" in paper.text
    assert done.headers["location"] in (await client.get("/vouchers")).text
    changed = fields_of(check.text, "/vouchers/paid") | {"amount": "1"}
    assert (await client.post("/vouchers/paid", data=changed)).status_code == 409


async def test_a_refusal_stands_at_its_field_and_keeps_what_was_typed(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    await post(trade.here, entry(trade.here, member_no="0007", paid_mode="later"))
    await come_in(client, Role.MANAGER, trade.here)
    for changed, field in (
        ({"member_no": ""}, "member_no"),
        ({"member_no": "0777"}, "member_no"),
        ({"amount": "ten"}, "amount"),
        ({"amount": "999999"}, "amount"),
        ({"amount": "0"}, "amount"),
        ({"mode": "gold"}, "mode"),
        ({"mode": "upi", "reference": ""}, "reference"),
        ({"on_day": "2099-01-01"}, "on_day"),
        ({"on_day": "soon"}, "on_day"),
        ({"words": "2345 6789 0124 9999 9999 0019"}, "words"),
    ):
        answer = await pay(client, **changed)
        assert answer.status_code == 422, changed
        assert f'href="#{field}"' in answer.text, changed
        kept = fields_of(answer.text, "/vouchers/paid")
        assert kept["amount"] == changed.get("amount", "10.50")
    # Twelve digits that pass as an Aadhaar number: the page asks, and takes the tick.
    twelve = {"mode": "upi", "reference": "9999 9999 0019"}
    asked = await pay(client, **twelve)
    assert (asked.status_code, 'type="checkbox" id="reference_meant"' in asked.text) == (422, True)
    assert (await pay(client, **twelve, reference_meant="yes")).status_code == 200


async def test_another_person_takes_it_back(client: httpx.AsyncClient, trade: Trade) -> None:
    await post(trade.here, entry(trade.here, member_no="0007", paid_mode="later"))
    await come_in(client, Role.TREASURER, trade.here)
    path = (await confirm(client, await pay(client, amount="2"))).headers["location"]
    own = await client.get(f"{path}/reversal")
    assert "You recorded it yourself" in own.text
    csrf = await come_in(client, Role.MANAGER, trade.there)
    assert (await client.get(path)).status_code == 404
    assert (await client.post(f"{path}/reversal", data={"csrf": csrf})).status_code == 404
    await come_in(client, Role.BOARD, trade.here)
    typed = fields_of((await client.get(f"{path}/reversal")).text, f"{path}/reversal")
    missing = await client.post(f"{path}/reversal", data=typed)
    assert (missing.status_code, 'href="#reason"' in missing.text) == (422, True)
    done = await client.post(f"{path}/reversal", data={**typed, "reason": "wrong_amount"})
    assert done.status_code == 303
    again = await client.post(f"{path}/reversal", data={**typed, "reason": "wrong_amount"})
    assert again.status_code == 303
    paper = await client.get(path)
    assert "Taken back" in paper.text
    assert "Wrong amount" in paper.text
    assert f"{path}/reversal" not in paper.text


async def test_cash_to_the_bank_by_form(client: httpx.AsyncClient, trade: Trade) -> None:
    await come_in(client, Role.TREASURER, trade.here)
    typed = fields_of((await client.get("/vouchers/bank")).text, "/vouchers/bank")
    sent = {**typed, "amount": "5", "direction": "to_bank"}
    check = await client.post("/vouchers/bank", data=sent)
    assert check.status_code == 200, check.text
    done = await client.post("/vouchers/bank", data=fields_of(check.text, "/vouchers/bank"))
    assert "-K" in done.headers["location"]
    neither = await client.post("/vouchers/bank", data={**typed, "amount": "5"})
    assert (neither.status_code, 'href="#direction"' in neither.text) == (422, True)


async def a_voucher(trade: Trade) -> str:
    """The page of a payout to member 0008."""
    await post(trade.here, entry(trade.here, member_no="0008", paid_mode="later"))
    paid = Money(uuid4(), Kind.PAID, "upi", 100, clock.today(), "0008", reference="UTR1")
    async with transaction(REACH) as tx:
        number = await record_money(
            tx, trade.here.id, trade.here.code, Person(970_009, "treasurer"), paid
        )
    return f"/vouchers/{number}"


@pytest.mark.parametrize("role", [r for r in Role if ROLES[r].holder is Holder.PERSON])
async def test_each_role_opens_what_it_may(
    client: httpx.AsyncClient, trade: Trade, role: Role
) -> None:
    path = await a_voucher(trade)
    await come_in(client, role, trade.here)
    for page, permission in {
        "/vouchers": Permission.PAYMENTS_VOUCHER_READ,
        path: Permission.PAYMENTS_VOUCHER_READ,
        "/vouchers/paid": Permission.PAYMENTS_MONEY_RECORD,
        "/vouchers/received": Permission.PAYMENTS_MONEY_RECORD,
        f"{path}/reversal": Permission.PAYMENTS_MONEY_REVERSE,
    }.items():
        allowed = permission in ROLES[role].permissions
        assert (await client.get(page)).status_code == (200 if allowed else 403), (role, page)
    if role is Role.AUDITOR:
        paper = (await client.get(path)).text
        assert "0008" in paper
        assert "Namuna" not in paper


async def test_the_book_is_read_page_by_page(client: httpx.AsyncClient, trade: Trade) -> None:
    async with transaction(REACH) as tx:
        for _ in range(60):
            moved = Money(uuid4(), Kind.TO_BANK, "cash", 1, clock.today())
            await record_money(tx, trade.there.id, trade.there.code, Person(1, "manager"), moved)
    await come_in(client, Role.TREASURER, trade.there)
    path, seen = "/vouchers", []
    while path:
        body = (await client.get(path)).text.split("<main")[1]
        seen += re.findall(r'href="/vouchers/(TRADEB-[0-9]+-[MVK][0-9]+)"', body)
        more = re.search(r'href="(/vouchers\?[^"]*after=[^"]+)"', body)
        path = more[1].replace("&amp;", "&") if more else ""
    assert len(seen) == len(set(seen)) >= 60
    assert (await client.get("/vouchers?after=x~y~z")).status_code == 200
    assert (await client.get("/vouchers?coop=TRADEA")).status_code == 404

"""Lots and sales as a manager sees them, without JavaScript; who may open what; Hindi errors."""

import re
from datetime import timedelta

import httpx
import pytest

from coop.access.permission import Permission
from coop.access.roles import ROLES, Holder, Role
from coop.kernel import clock
from coop.kernel.clock import IST
from coop.kernel.db import transaction
from tests.sales.trading import balance, buyer, lot, offer, sell, state, weigh
from tests.trade import DISTRICT, GRADE, REACH, Side, Trade, person
from tests.weighing.test_pages import fields_of, sign_in

PERMISSION = {
    "sales:book:read": Permission.SALES_BOOK_READ,
    "sales:lot:make": Permission.SALES_LOT_MAKE,
    "sales:sale:record": Permission.SALES_SALE_RECORD,
}


def typed_now() -> str:
    return clock.now().astimezone(IST).strftime("%Y-%m-%dT%H:%M:%S")


def sold_now() -> str:  # whole seconds, and not before a lot that was made within this one
    return (clock.now() + timedelta(seconds=1)).astimezone(IST).strftime("%Y-%m-%dT%H:%M:%S")


async def a_sale(side: Side, kilos: int = 20) -> tuple[str, str]:
    await weigh(side, [kilos])
    number = await lot(side, kilos)
    return number, (await sell(side, offer(number, await buyer(), kilos // 2))).number


async def test_a_manager_makes_a_lot_and_sells_it(client: httpx.AsyncClient, trade: Trade) -> None:
    await weigh(trade.here, [40])
    code = await buyer()
    await sign_in(client, await person(Role.MANAGER, trade.here))
    assert "Stock by grade" in (await client.get("/lots")).text
    form = fields_of((await client.get("/lots/new")).text, "/lots")
    told = {**form, "grade_code": str(GRADE), "district_lgd": str(DISTRICT), "stock_kg": "30.5"}
    told["made_at"] = typed_now()
    made = await client.post("/lots", data=told)
    assert made.status_code == 303, made.text
    path = made.headers["location"]
    again = await client.post("/lots", data=told)
    assert (again.status_code, again.headers["location"]) == (303, path)
    assert (await client.post("/lots", data={**told, "stock_kg": "31"})).status_code == 409
    page = (await client.get(path)).text
    for shown in ("30.500", "Mass balance", "S-973-01"):
        assert shown in page
    assert "Namuna" not in page  # no picker's name
    assert "30.500" in (await client.get(f"{path}/tag")).text
    form = fields_of((await client.get(f"{path}/sale")).text, f"{path}/sale/answers")
    told = {
        **form,
        "buyer_code": code,
        "quantity_kg": "12.250",
        "rate_rupees_per_kg": "13.25",
        "sold_at": sold_now(),
        "delivery_state": "",
    }
    check = await client.post(f"{path}/sale/answers", data=told)
    assert check.status_code == 200, check.text
    for shown in ("162.31", "Nothing is booked yet", "Buyer’s floor then"):
        assert shown in check.text
    hidden = fields_of(check.text, f"{path}/sale")
    back = await client.post(f"{path}/sale/form", data=hidden)
    assert 'value="12.250"' in back.text
    sold = await client.post(f"{path}/sale", data=hidden)
    assert sold.status_code == 303, sold.text
    assert (await client.post(f"{path}/sale", data=hidden)).headers["location"] == sold.headers[
        "location"
    ]
    other = await client.post(f"{path}/sale", data={**hidden, "quantity_kg": "1"})
    assert other.status_code == 409
    assert (await balance(trade.here, path.rsplit("/", 1)[1])).stock.grams == 18_250
    sale = (await client.get(sold.headers["location"])).text
    invoice = await client.get(sold.headers["location"] + "/invoice")
    assert "<svg" in invoice.text
    assert "one hundred sixty-two rupees thirty-one paise" in invoice.text
    verify = sale.split('href="/R/', 1)[1].split('"', 1)[0]
    verdict = await client.get(f"/R/{verify}")
    assert "Genuine" in verdict.text
    assert "12.250" in verdict.text


async def test_from_the_gate_to_the_note(client: httpx.AsyncClient, trade: Trade) -> None:
    _, number = await a_sale(trade.here)
    path = f"/sales/{number}"
    await sign_in(client, await person(Role.MANAGER, trade.here))
    form = fields_of((await client.get(path)).text, f"{path}/challan")
    told = {**form, "challan_no": "J-1", "challan_vehicle": "JH 12 A 3456"}
    assert (await client.post(f"{path}/challan", data=told)).status_code == 303
    form = fields_of((await client.get(path)).text, f"{path}/gate-out")
    wrong = await client.post(f"{path}/gate-out", data={**form, "vehicle_no": "BR 1"})
    assert wrong.status_code == 422
    assert 'href="#vehicle_no"' in wrong.text
    assert 'value="BR 1"' in wrong.text
    told = {**form, "vehicle_no": "jh-12-a-3456", "left_at": typed_now()}
    assert (await client.post(f"{path}/gate-out", data=told)).status_code == 303
    form = fields_of((await client.get(path)).text, f"{path}/weighbridge")
    told = {**form, "slip_no": "W-9", "buyer_kg": "9"}
    assert (await client.post(f"{path}/weighbridge", data=told)).status_code == 303
    page = (await client.get(path)).text
    assert "You asked for it" in page
    mine = {"csrf": told["csrf"], "decision": "confirm"}
    assert (await client.post(f"{path}/decision", data=mine)).status_code == 422
    client.cookies.clear()
    await sign_in(client, await person(Role.TREASURER, trade.here))
    page = (await client.get(path)).text
    form = fields_of(page, f"{path}/decision")
    assert (await client.post(f"{path}/decision", data={**form, "decision": "confirm"})).status_code == 303  # fmt: skip
    page = (await client.get(path)).text
    note = page.split('href="/notes/', 1)[1].split('"', 1)[0]
    assert "Credit note" in (await client.get(f"/notes/{note}")).text
    assert (await state(trade.here, number)).noted


async def test_a_sale_is_taken_back_by_two(client: httpx.AsyncClient, trade: Trade) -> None:
    lot_no, number = await a_sale(trade.here)
    path = f"/sales/{number}"
    await sign_in(client, await person(Role.MANAGER, trade.here))
    form = fields_of((await client.get(path)).text, f"{path}/reversal")
    assert (await client.post(f"{path}/reversal", data=form)).status_code == 422
    asked = await client.post(f"{path}/reversal", data={**form, "reason": "wrong buyer"})
    assert asked.status_code == 303
    assert "HELD" in (await client.get(f"{path}/invoice")).text
    client.cookies.clear()
    await sign_in(client, await person(Role.BOARD, trade.here))
    form = fields_of((await client.get(path)).text, f"{path}/decision")
    told = {**form, "decision": "confirm"}
    assert (await client.post(f"{path}/decision", data=told)).status_code == 303
    assert "VOID" in (await client.get(f"{path}/invoice")).text
    assert (await balance(trade.here, lot_no)).stock.grams == 20_000
    listed = await client.get("/sales?state=reversed")
    assert number in listed.text
    assert number not in (await client.get("/sales?state=gone")).text


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"quantity_kg": "21"}, "quantity_kg"),
        ({"quantity_kg": "0"}, "quantity_kg"),
        ({"quantity_kg": "viel"}, "quantity_kg"),
        ({"rate_rupees_per_kg": "13.24"}, "rate_rupees_per_kg"),
        ({"buyer_code": "NOBODY"}, "buyer_code"),
        ({"sold_at": "2026-01-01T10:00"}, "sold_at"),
        ({"sold_at": "soon"}, "sold_at"),
    ],
)
async def test_a_refusal_stands_at_its_field_in_hindi(
    client: httpx.AsyncClient, trade: Trade, changed: dict[str, str], field: str
) -> None:
    await weigh(trade.here, [20])
    number = await lot(trade.here, 20)
    code = await buyer()
    await sign_in(client, await person(Role.MANAGER, trade.here, "hi"))
    path = f"/lots/{number}/sale"
    form = fields_of((await client.get(path)).text, f"{path}/answers")
    told = {
        **form,
        "buyer_code": code,
        "quantity_kg": "5",
        "rate_rupees_per_kg": "13.25",
        "sold_at": sold_now(),
        **changed,
    }
    for door in (f"{path}/answers", path):
        answer = await client.post(door, data=told)
        assert answer.status_code == 422
        assert '<html lang="hi"' in answer.text
        assert "<title>गलती:" in answer.text
        assert f'href="#{field}"' in answer.text
        assert len(answer.text.split(f'id="{field}-error"')) == 2, field
        kept = fields_of(answer.text, f"{path}/answers")
        for name in ("quantity_kg", "rate_rupees_per_kg", "sold_at", "operation_id"):
            assert kept[name] == told[name]
    assert (await balance(trade.here, number)).stock.grams == 20_000


async def test_hindi_digits_and_what_was_typed_is_never_markup(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    await weigh(trade.here, [20])
    number = await lot(trade.here, 20)
    await sign_in(client, await person(Role.MANAGER, trade.here, "hi"))
    path = f"/lots/{number}"
    form = fields_of((await client.get(path)).text, f"{path}/losses")
    evil = {**form, "loss_kg": "<b>", "reason": '"><script>', "board_note_no": "9" * 41}
    answer = await client.post(f"{path}/losses", data=evil)
    assert answer.status_code == 422
    assert "<script>" not in answer.text.replace("<script src", "")
    aadhaar = {**form, "loss_kg": "०.१", "reason": "9999 9999 0019"}
    assert (await client.post(f"{path}/losses", data=aadhaar)).status_code in (303, 422)
    told = {**form, "loss_kg": "०.१", "reason": "सूखा", "loss_kind": "shrunk"}
    told["operation_id"] = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"
    assert (await client.post(f"{path}/losses", data=told)).status_code == 303
    assert (await balance(trade.here, number)).lost.grams in (100, 200)


async def test_another_cooperatives_lot_and_sale_do_not_exist(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    lot_no, sale_no = await a_sale(trade.there)
    await weigh(trade.here, [1])
    await sign_in(client, await person(Role.MANAGER, trade.here))
    csrf = fields_of((await client.get("/lots/new")).text, "/lots")["csrf"]
    for path in (
        f"/lots/{lot_no}",
        f"/lots/{lot_no}/tag",
        f"/lots/{lot_no}/sale",
        f"/sales/{sale_no}",
        f"/sales/{sale_no}/invoice",
        "/notes/TRADEB-26-C00001",
        "/lots/KDM01-26-L00001",
        "/lots/no-number",
        "/sales/no-number",
    ):
        assert (await client.get(path)).status_code == 404, path
    form = {"csrf": csrf, "loss_kg": "1", "reason": "x", "decision": "confirm", "fir_no": "1"}
    sale = {"buyer_code": "B01", "quantity_kg": "1", "rate_rupees_per_kg": "20"}
    sale |= {"sold_at": sold_now(), "delivery_state": "20", "challan_no": "1", "slip_no": "1"}
    more = {"seized_kg": "1", "released_kg": "1", "order_no": "1", "challan_vehicle": "1"}
    more |= {"challan_kg": "1", "valid_from": typed_now(), "valid_to": typed_now()}
    more |= {"vehicle_no": "1", "loaded_kg": "1", "left_at": typed_now(), "buyer_kg": "1"}
    for path in (
        *(f"/lots/{lot_no}/{act}" for act in ("losses", "seizures", "releases", "sale")),
        f"/lots/{lot_no}/sale/answers",
        *(
            f"/sales/{sale_no}/{act}"
            for act in ("challan", "gate-out", "weighbridge", "reversal", "decision")
        ),
    ):
        answer = await client.post(path, data={**form, **sale, **more, "read_at": typed_now()})
        assert answer.status_code == 404, path
    async with transaction(REACH) as tx:
        rows = await tx.fetchval("SELECT count(*) FROM lot WHERE number = $1", lot_no)
    assert rows == 1
    assert lot_no not in (await client.get("/lots")).text
    assert sale_no not in (await client.get("/sales")).text


@pytest.mark.parametrize("role", [r for r in Role if ROLES[r].holder is Holder.PERSON])
async def test_each_role_opens_what_is_its_own(
    client: httpx.AsyncClient, trade: Trade, role: Role
) -> None:
    """What a role may with its second factor still to come is the door's own test."""
    if ROLES[role].second_factor:
        assert (Permission.SALES_BOOK_READ in ROLES[role].permissions) == (
            role in (Role.AUDITOR, Role.INSPECTOR, Role.MONITOR)
        )
        return
    lot_no, sale_no = await a_sale(trade.here)
    await sign_in(client, await person(role, trade.here))
    for path, name in (
        ("/lots", "sales:book:read"),
        (f"/lots/{lot_no}", "sales:book:read"),
        (f"/sales/{sale_no}/invoice", "sales:book:read"),
        ("/sales-settings", "sales:book:read"),
        ("/lots/new", "sales:lot:make"),
        (f"/lots/{lot_no}/sale", "sales:sale:record"),
    ):
        allowed = PERMISSION[name] in ROLES[role].permissions
        assert (await client.get(path)).status_code == (200 if allowed else 403), (role, path)
    assert ("Make a lot" in (await client.get("/lots")).text) == (role is Role.MANAGER)


async def test_the_book_is_paged_and_summed(client: httpx.AsyncClient, trade: Trade) -> None:
    await weigh(trade.there, [60])
    number = await lot(trade.there, 60)
    code = await buyer()
    for _ in range(27):
        await sell(trade.there, offer(number, code, 1))
    await sign_in(client, await person(Role.TREASURER, trade.there))
    first = await client.get(f"/sales?buyer={code}")
    assert "27.000" in first.text.replace("<small>", "").replace("</small>", "")
    older = re.search(r'href="(/sales\?[^"]*before=[^"]*)"', first.text)
    assert older is not None
    second = await client.get(older[1].replace("&amp;", "&"))
    assert second.text.count('<tr role="row"><th role="rowheader"') == 2
    none = await client.get("/sales?buyer=NOBODY&from=2020-01-01&to=x&grade=a&before=z")
    assert "No sale found" in none.text


async def test_the_gstin_is_kept_from_a_day_on(client: httpx.AsyncClient, trade: Trade) -> None:
    await sign_in(client, await person(Role.MANAGER, trade.here, "hi"))
    form = fields_of((await client.get("/sales-settings")).text, "/sales-settings")
    day = (clock.today() + timedelta(days=400)).isoformat()
    bad = {**form, "gstin": "20ZZTCT1234A1Z9", "holds_from": day, "source": "x"}
    answer = await client.post("/sales-settings", data=bad)
    assert (answer.status_code, 'href="#gstin"' in answer.text) == (422, True)
    good = {**form, "gstin": "", "holds_from": day, "source": "letter (invented)"}
    assert (await client.post("/sales-settings", data=good)).status_code == 303
    assert "जाँचा नहीं गया" in (await client.get("/sales-settings")).text

"""The desk as a clerk sees it, without JavaScript; who may open it; whose slips they see."""

import re
from html.parser import HTMLParser

import httpx
import pytest

from coop.access.permission import Permission
from coop.access.roles import ROLES, Holder, Role
from coop.kernel.db import transaction
from coop.receipts.rules.receipt import document_no
from tests.trade import CEASED, GRADE, OPEN_SITE, PASSWORD, REACH, Trade, entry, person, post


class _Form(HTMLParser):
    """The fields of the form that posts to an address, as a browser would send them untouched."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self._action, self._within = action, False
        self.fields: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self._within = given.get("action") == self._action
        if not self._within or tag != "input" or not given.get("name"):
            return
        if given.get("type") not in ("radio", "checkbox") or "checked" in given:
            self.fields[str(given["name"])] = given.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        self._within = self._within and tag != "form"


def fields_of(text: str, action: str = "/desk") -> dict[str, str]:
    form = _Form(action)
    form.feed(text)
    return form.fields


async def sign_in(client: httpx.AsyncClient, login: str) -> httpx.Response:
    page = await client.get("/sign-in")
    typed = fields_of(page.text, "/sign-in")
    assert {"user", "password", "next"} <= set(typed)
    return await client.post("/sign-in", data={**typed, "user": login, "password": PASSWORD})


async def counted(trade: Trade) -> int:
    async with transaction(REACH) as tx:
        found: int = await tx.fetchval(
            "SELECT count(*) FROM weighing WHERE cooperative_id = $1", trade.here.id
        )
    return found


@pytest.mark.parametrize(("language", "words"), [("en", "Payable weight"), ("hi", "वज़न")])
async def test_a_clerk_weighs(
    client: httpx.AsyncClient, trade: Trade, language: str, words: str
) -> None:
    answer = await sign_in(client, await person(Role.CLERK, trade.here, language))
    assert answer.status_code == 303
    desk = await client.get("/desk")
    assert f'<html lang="{language}"' in desk.text
    typed = fields_of(desk.text)
    assert typed["site_code"] == OPEN_SITE
    typed |= {"member_no": "0002", "grade_code": str(GRADE), "gross_kg": "16.1"}
    sent = await client.post("/desk", data=typed)
    assert sent.status_code == 303, sent.text
    slip = await client.get(sent.headers["location"])
    assert slip.status_code == 200
    assert words in slip.text
    for shown in ("TRADEA-", "0002", "15.850", "170.39", "<svg"):
        assert shown in slip.text
    before = await counted(trade)
    # The page sent twice, as an impatient hand does: the same slip, nothing new.
    again = await client.post("/desk", data=typed)
    assert (again.status_code, again.headers["location"]) == (303, sent.headers["location"])
    assert await counted(trade) == before
    changed = await client.post("/desk", data={**typed, "gross_kg": "17"})
    assert changed.status_code == 409
    assert fields_of(changed.text)["operation_id"] != typed["operation_id"]
    assert await counted(trade) == before
    assert sent.headers["location"].rsplit("/", 1)[1] in (await client.get("/desk")).text


async def test_hindi_digits_are_weighed(client: httpx.AsyncClient, trade: Trade) -> None:
    await sign_in(client, await person(Role.CLERK, trade.here, "hi"))
    typed = fields_of((await client.get("/desk")).text)
    typed |= {"member_no": "०००३", "grade_code": str(GRADE), "gross_kg": "१६.१"}
    sent = await client.post("/desk", data=typed)
    assert sent.status_code == 303, sent.text
    assert "15.850" in (await client.get(sent.headers["location"])).text


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"member_no": "0777"}, "member_no"),
        ({"member_no": ""}, "member_no"),
        ({"member_no": CEASED}, "member_no"),
        ({"gross_kg": "0.1"}, None),
        ({"gross_kg": "heavy"}, "gross_kg"),
        ({"gross_kg": ""}, "gross_kg"),
        ({"gross_kg": "16100"}, "gross_kg"),
        ({"grade_code": ""}, "grade_code"),
        ({"grade_code": "4242"}, "grade_code"),
    ],
)
async def test_a_refusal_stands_at_its_field(
    client: httpx.AsyncClient, trade: Trade, changed: dict[str, str], field: str | None
) -> None:
    await sign_in(client, await person(Role.CLERK, trade.here))
    typed = fields_of((await client.get("/desk")).text)
    typed |= {"member_no": "0004", "grade_code": str(GRADE), "gross_kg": "12.345", **changed}
    before = await counted(trade)
    answer = await client.post("/desk", data=typed)
    assert answer.status_code == 422
    assert await counted(trade) == before
    kept = fields_of(answer.text)
    for name in ("member_no", "gross_kg", "operation_id"):
        assert kept[name] == typed[name]
    if field is not None:
        assert f'href="#{field}"' in answer.text
        assert len(answer.text.split(f'id="{field}-error"')) == 2, field
        described = re.findall(r'aria-describedby="([^"]*)"', answer.text)
        assert any(f"{field}-error" in ids.split() for ids in described)


async def test_what_was_typed_is_never_markup(client: httpx.AsyncClient, trade: Trade) -> None:
    await sign_in(client, await person(Role.CLERK, trade.here))
    typed = fields_of((await client.get("/desk")).text)
    typed |= {"member_no": '"><script>', "grade_code": '"><b>', "gross_kg": "<img src=x>"}
    answer = await client.post("/desk", data=typed)
    assert answer.status_code == 422
    for raw in ('<script>"', '"><script>', "<img", '"><b>'):
        assert raw not in answer.text
    assert "&lt;img" in answer.text


async def test_settings_of_the_day_are_kept(client: httpx.AsyncClient, trade: Trade) -> None:
    await sign_in(client, await person(Role.CLERK, trade.here))
    typed = fields_of((await client.get("/desk")).text, "/desk/day")
    day = {
        **typed,
        "site_code": OPEN_SITE,
        "tare_kg": "0.5",
        "moisture_pct": "7",
        "paid_mode": "upi",
    }
    assert (await client.post("/desk/day", data=day)).status_code == 303
    desk = fields_of((await client.get("/desk")).text)
    assert (desk["tare_kg"], desk["paid_mode"]) == ("0.500", "upi")
    for wrong in ({"site_code": "S-973-02"}, {"tare_kg": "-1"}, {"paid_mode": "gold"}):
        assert (await client.post("/desk/day", data={**day, **wrong})).status_code == 422


async def test_another_cooperatives_slip_does_not_exist(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    theirs = (await post(trade.there, entry(trade.there)))[0].booked
    ours = (await post(trade.here, entry(trade.here)))[0].booked
    assert theirs is not None
    assert ours is not None
    await sign_in(client, await person(Role.CLERK, trade.here))
    own = document_no("TRADEA", ours.fy, 1, ours.no)
    assert (await client.get(f"/slips/{own}")).status_code == 200
    other = document_no("TRADEB", theirs.fy, 1, theirs.no)
    unseen = await client.get(f"/slips/{other}")
    never = await client.get(f"/slips/{document_no('TRADEB', theirs.fy, 1, 99_998)}")
    assert (unseen.status_code, never.status_code) == (404, 404)
    assert unseen.text.replace(other, "") == never.text.replace("TRADEB-26-S99998", "")
    for odd in (
        "x",
        "TRADEA-26-S0",
        "TRADEA-26-S99999999999999999999",
        "..%2f..",
        "TRADEA-26-S٠٠٠٠١",
    ):
        assert (await client.get(f"/slips/{odd}")).status_code == 404, odd


async def test_a_read_of_a_slip_leaves_a_row(client: httpx.AsyncClient, trade: Trade) -> None:
    booked = (await post(trade.here, entry(trade.here)))[0].booked
    assert booked is not None
    number = document_no("TRADEA", booked.fy, 1, booked.no)
    await sign_in(client, await person(Role.CLERK, trade.here))
    await client.get(f"/slips/{number}")
    async with transaction(REACH) as tx:
        reads = await tx.fetchval("SELECT count(*) FROM audit_read WHERE about = $1", number)
    assert reads == 1


@pytest.mark.parametrize("role", [r for r in Role if ROLES[r].holder is Holder.PERSON])
async def test_each_role_opens_what_it_may(
    client: httpx.AsyncClient, trade: Trade, role: Role
) -> None:
    booked = (await post(trade.here, entry(trade.here)))[0].booked
    assert booked is not None
    number = document_no("TRADEA", booked.fy, 1, booked.no)
    await sign_in(client, await person(role, trade.here))
    asked = {
        "/desk": Permission.DESK_ENTRY_POST,
        f"/slips/{number}": Permission.WEIGHING_SLIP_READ,
        "/home": Permission.IDENTITY_SELF_USE,
    }
    for path, permission in asked.items():
        answer = await client.get(path)
        allowed = permission in ROLES[role].permissions
        if ROLES[role].second_factor:
            # Nothing but setting up the second factor, whatever the role allows after it.
            expected = 200 if path == "/home" else 303 if allowed else 403
        else:
            expected = 200 if allowed else 403
        assert answer.status_code == expected, (role, path, answer.status_code)
        if answer.status_code == 303:
            assert answer.headers["location"].startswith("/account/second-factor")
        if not path.startswith("/home"):
            assert allowed == (answer.status_code != 403)
        if not allowed or answer.status_code != 200:
            assert 'class="slip"' not in answer.text
            assert 'name="gross_kg"' not in answer.text


async def test_a_stranger_is_led_to_the_door(client: httpx.AsyncClient, trade: Trade) -> None:
    for path in ("/desk", "/home", "/slips/TRADEA-26-S00001"):
        answer = await client.get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/sign-in?next={path}")
    assert (await client.post("/desk", data={})).status_code in (303, 403)


@pytest.mark.parametrize("csrf", [None, "", "0" * 64, "x"])
async def test_a_form_without_the_sessions_token_is_refused(
    client: httpx.AsyncClient, trade: Trade, csrf: str | None
) -> None:
    await sign_in(client, await person(Role.CLERK, trade.here))
    typed = fields_of((await client.get("/desk")).text)
    typed |= {"member_no": "0002", "grade_code": str(GRADE), "gross_kg": "16.1"}
    typed.pop("csrf")
    before = await counted(trade)
    sent = typed if csrf is None else {**typed, "csrf": csrf}
    for path in ("/desk", "/desk/day", "/sign-out", "/account/language"):
        assert (await client.post(path, data=sent)).status_code == 403, path
    elsewhere = await client.post("/desk", data=typed, headers={"origin": "https://evil.example"})
    assert elsewhere.status_code == 403
    assert await counted(trade) == before


async def test_the_device_token_opens_no_page(client: httpx.AsyncClient, trade: Trade) -> None:
    for path in ("/desk", "/home", "/account"):
        answer = await client.get(path, headers=trade.here.bearer)
        assert answer.status_code == 303

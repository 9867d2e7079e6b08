"""Notices as officers write them and as anybody reads them, without JavaScript."""

import re
from collections.abc import Mapping
from datetime import timedelta

import httpx
import pytest

from coop.access.permission import Permission
from coop.access.roles import ROLES, Holder, Role
from coop.kernel import clock
from coop.kernel.db import SYSTEM, transaction
from coop.prices.operations import publish_lines
from coop.prices.rules import NoticeLine, NoticeRow
from tests.agency import enter, fields_of
from tests.trade import DISTRICT, FLOOR, GRADE, OTHER_GRADE, Trade, entry, post

OWN = 985  # no district: what these pages publish is nobody else's
NUMBER = "PAGE/2026/01"


async def publish(number: str, begins: int, ends: int | None = None, **changed: object) -> None:
    """A notice of a list in a district of these tests; hours from now."""
    now = clock.now()
    values: dict[str, object] = {
        "notice_no": number,
        "published_at": now - timedelta(hours=99),
        "effective_from": now + timedelta(hours=begins),
        "effective_to": now + timedelta(hours=ends) if ends else None,
        "district_lgd": OWN,
        "grade_code": GRADE,
        "picker_floor_paise_per_kg": 1000,
        "buyer_floor_paise_per_kg": 1200,
        "premium_paise_per_kg": 50,
        **changed,
    }
    async with transaction(SYSTEM) as tx:
        row = NoticeRow(NoticeLine(**values), "Nodal agency (invented)", "letter 1", "नोडल एजेंसी")  # type: ignore[arg-type]
        await publish_lines(tx, [row])


@pytest.fixture(scope="session")
async def shown(trade: Trade) -> str:
    """A district with a floor in force, one to come, and one that ends."""
    await publish("PAGE/L1", -50)
    await publish("PAGE/L2", 30, picker_floor_paise_per_kg=1100)
    await publish("PAGE/L3", -40, 20, grade_code=OTHER_GRADE)
    await publish("PAGE/E1", -50, -49, district_lgd=987)  # the other grade never had a price there
    return f"district={OWN}"


def typed_in(form: Mapping[str, str], at: str, **changed: str) -> dict[str, str]:
    return {
        **form,
        "number": NUMBER,
        "authority": "Nodal agency (invented)",
        "authority_hi": "नोडल एजेंसी",
        "reference": "letter 7 of 20-11-2026",
        "consulted": "yes",
        "held_on": clock.today().isoformat(),
        "place": "Domchanch",
        "women": "20",
        "men": "14",
        "under_18": "3",
        "aged_36_59": "31",
        "said": "Carrying is dear",
        "changed": "Carrying was raised",
        "no_components_reason": "buyers' parts are not worked out",
        f"picker-{at}": "11.75",
        f"buyer-{at}": "14.25",
        f"premium-{at}": "0.50",
        f"parts-{at}": "picking 9.00\ncarrying 2.75",
        "step": "check",
        **changed,
    }


async def test_an_officer_writes_checks_and_publishes(
    client: httpx.AsyncClient, shown: str
) -> None:
    await enter(client, Role.PRICE_OFFICER)
    form = fields_of((await client.get("/notices/new")).text, "/notices")
    at = f"{OWN}-{GRADE}"
    assert {f"picker-{at}", "operation_id", "csrf", "no_components_reason"} <= set(form)
    sent = typed_in(form, at)
    check = await client.post("/notices", data=sent)
    assert check.status_code == 200, check.text
    for words in ("₹\xa010.00", "₹\xa011.75", "+₹\xa01.75", "34 people", "Carrying was raised"):
        assert words in check.text, words
    kept = fields_of(check.text, "/notices")
    assert kept[f"parts-{at}"].split() == sent[f"parts-{at}"].split()
    again = await client.post("/notices", data={**kept, "step": "change"})
    assert again.status_code == 200
    assert fields_of(again.text, "/notices")["said"] == "Carrying is dear"
    done = await client.post("/notices", data={**kept, "step": "publish"})
    assert (done.status_code, done.headers["location"]) == (303, f"/prices/{NUMBER}")
    twice = await client.post("/notices", data={**kept, "step": "publish"})
    assert twice.status_code == 303
    other = {**kept, "step": "publish", "reference": "another"}
    assert (await client.post("/notices", data=other)).status_code == 409
    taken = await client.post("/notices", data=sent)
    assert taken.status_code == 422
    assert 'id="number-error"' in taken.text
    client.cookies.clear()
    page = await client.get(f"/en/prices/{NUMBER}")
    assert page.status_code == 200
    for words in ("letter 7", "picking", "Women and girls", "Price officer", "Still to come"):
        assert words in page.text, words
    # of ages only which were there: three children could be told apart
    assert "under 18, 36 to 59" in page.text
    assert "Asha" not in page.text
    hindi = (await client.get(f"/prices/{NUMBER}")).text
    assert "नोडल एजेंसी" in hindi
    assert "किनसे पूछा गया" in hindi


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"number": ""}, "number"),
        ({"from_day": "2020-01-01"}, "from_day"),
        ({"to_day": "2020-01-01"}, "to_day"),
        ({"consulted": "no"}, "consulted"),
        ({"women": "21"}, "under_18"),
        ({"supersedes": "NEVER/1"}, "supersedes"),
        ({"no_components_reason": ""}, "no_components_reason"),
        ({f"picker-{OWN}-{GRADE}": "9.00", f"parts-{OWN}-{GRADE}": ""}, f"picker-{OWN}-{GRADE}"),
        ({f"parts-{OWN}-{GRADE}": "picking 1"}, f"parts-{OWN}-{GRADE}"),
        ({"said": "9999 9999 0019"}, "said"),
    ],
)
async def test_what_is_wrong_stands_at_its_field_in_hindi(
    client: httpx.AsyncClient, shown: str, changed: dict[str, str], field: str
) -> None:
    await enter(client, Role.PRICE_OFFICER, "hi")
    form = fields_of((await client.get("/notices/new")).text, "/notices")
    sent = typed_in(form, f"{OWN}-{GRADE}", **{"number": "PAGE/2026/09", **changed})
    answer = await client.post("/notices", data=sent)
    assert answer.status_code == 422
    assert "<title>गलती:" in answer.text
    assert f'href="#{field}"' in answer.text
    found = re.search(rf'id="{field}-error">(.*?)</p>', answer.text, re.S)
    assert found is not None
    said = re.sub(r"<[^>]*>", "", found[1])
    assert not re.search(r"[a-z]{3}", said), said
    kept = fields_of(answer.text, "/notices")
    assert kept["changed"] == sent["changed"]
    assert kept["operation_id"] == sent["operation_id"]


async def test_what_another_officer_published_is_shown_before_publishing(
    client: httpx.AsyncClient, shown: str
) -> None:
    await enter(client, Role.PRICE_OFFICER)
    form = fields_of((await client.get("/notices/new")).text, "/notices")
    sent = typed_in(form, f"{OWN}-{GRADE}", number="PAGE/2026/02")
    kept = fields_of((await client.post("/notices", data=sent)).text, "/notices")
    await publish("PAGE/MEANWHILE", -1, district_lgd=987)
    answer = await client.post("/notices", data={**kept, "step": "publish"})
    assert answer.status_code == 422
    assert "Another notice was published meanwhile" in answer.text
    fresh = fields_of(answer.text, "/notices")
    assert fresh["seen"] != kept["seen"]
    assert (await client.post("/notices", data={**fresh, "step": "publish"})).status_code == 303


async def test_a_past_time_is_marked_and_what_lies_below_it_is_counted(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    await post(trade.here, entry(trade.here), entry(trade.here))
    await enter(client, Role.ADMINISTRATOR)
    form = fields_of((await client.get("/notices/new")).text, "/notices")
    earlier = clock.now() - timedelta(hours=2)
    at = f"{DISTRICT}-{GRADE}"
    sent = typed_in(
        form,
        at,
        number="PAGE/PAST",
        supersedes="TRADE/01",
        from_day=earlier.astimezone(clock.IST).date().isoformat(),
        from_time=earlier.astimezone(clock.IST).strftime("%H:%M"),
        **{f"picker-{at}": "10.76", f"parts-{at}": ""},
    )
    # 10.76 is a paisa above the floor that the other tests weigh at, and ends within this test
    sent |= {"to_day": "", "step": "check"}
    check = await client.post("/notices", data=sent)
    assert check.status_code == 200, check.text
    assert "The time it names is past" in check.text
    kept = fields_of(check.text, "/notices")
    async with transaction(SYSTEM) as tx:
        booked = await tx.fetch(
            "SELECT payable_grams, amount_paise FROM weighing w JOIN site s ON s.id = w.site_id"
            " WHERE s.district_lgd = $1 AND grade_code = $2 AND rate_paise < 1076 AND weighed_at >= $3",
            DISTRICT, GRADE, earlier.replace(second=0, microsecond=0),
        )  # fmt: skip
    due = sum((row["payable_grams"] * 1076 + 500) // 1000 - row["amount_paise"] for row in booked)
    try:
        assert (await client.post("/notices", data={**kept, "step": "publish"})).status_code == 303
        page = await client.get("/prices/PAGE/PAST")
        assert "published for a past time" in page.text
        assert 'href="/shortfalls/PAGE/PAST"' in page.text
        counted = await client.get("/shortfalls/PAGE/PAST")
        assert counted.status_code == 200
        assert "TRADEA" in counted.text
        assert f"₹\xa0{due // 100}.{due % 100:02d}" in counted.text
        assert "Namuna" not in counted.text
        assert (await client.get("/shortfalls/TRADE/01")).status_code == 404
    finally:
        # give the floor of the other tests back: a revision, published at once
        now = clock.now()
        async with transaction(SYSTEM) as tx:
            line = NoticeLine(
                "TRADE/02", now, now, None, DISTRICT, GRADE, FLOOR[GRADE], FLOOR[GRADE] + 250, 50, "PAGE/PAST"
            )  # fmt: skip
            await publish_lines(tx, [NoticeRow(line, "Agency", "")])


@pytest.mark.parametrize(("path", "words"), [("/en/prices", "no price"), ("/prices", "भाव नहीं")])
async def test_the_board_says_what_holds_and_what_comes(
    client: httpx.AsyncClient, shown: str, path: str, words: str
) -> None:
    board = (await client.get(f"{path}?{shown}")).text
    for seen in ("₹\xa010.00", "₹\xa011.00", "PAGE/L1", "PAGE/L2", "/prices/PAGE/L3", words):
        assert seen in board, seen
    change = (clock.now() + timedelta(hours=30)).astimezone(clock.IST)
    assert change.strftime("%d-%m-%Y") in board
    assert f", {change.strftime('%H:')}" in board


async def test_a_board_without_a_notice_says_what_that_means(client: httpx.AsyncClient) -> None:
    await publish("PAGE/ENDED", -50, -49, district_lgd=986)
    board = (await client.get("/en/prices?district=986")).text
    assert "nothing can be bought" in board
    assert "price officer" in board


@pytest.mark.parametrize("path", ["/en/prices/history", "/prices/history"])
async def test_a_history_has_its_picture_and_its_table(
    client: httpx.AsyncClient, shown: str, path: str
) -> None:
    page = (await client.get(f"{path}?{shown}&grade={GRADE}")).text
    assert re.search(r'<path class="chart__steps" d="M\d+ \d+H\d+V\d+H\d+', page)
    table = page.split("<table")[1]
    assert table.count("PAGE/L") >= 4  # two rows, each a link and its words
    assert "<script" not in page
    none = await client.get(f"{path}?{shown}&grade=424242")
    assert none.status_code == 404
    empty = await client.get(f"{path}?district=987&grade={OTHER_GRADE}")
    assert "chart__steps" not in empty.text


@pytest.mark.parametrize("number", ["NONE", "A/B/C", "%2e%2e/x", "PAGE%2FL1%00", "new"])
async def test_a_notice_that_is_not_there(client: httpx.AsyncClient, number: str) -> None:
    assert (await client.get(f"/prices/{number}")).status_code == 404


async def test_the_list_is_filtered(client: httpx.AsyncClient, shown: str) -> None:
    await enter(client, Role.PRICE_OFFICER)
    page = (await client.get(f"/notices?{shown}&state=coming")).text
    assert "PAGE/L2" in page
    assert "PAGE/L1" not in page
    for odd in ("district=x", "district=99999999999999999999", "state=odd", "before=-1"):
        assert (await client.get(f"/notices?{odd}")).status_code == 200
    nothing = (await client.get("/notices?district=986&state=coming")).text
    assert "No notice found" in nothing


@pytest.mark.parametrize("role", [r for r in Role if ROLES[r].holder is Holder.PERSON])
async def test_each_role_opens_what_it_may(
    client: httpx.AsyncClient, trade: Trade, shown: str, role: Role
) -> None:
    await enter(client, role, side=trade.here)
    for path, permission in (
        ("/notices", Permission.PRICES_NOTICE_READ),
        ("/notices/new", Permission.PRICES_NOTICE_PUBLISH),
        ("/shortfalls/PAGE/L1", Permission.WEIGHING_SHORTFALL_READ),
    ):
        allowed = permission in ROLES[role].permissions
        expected = 403 if not allowed else 404 if path.startswith("/short") else 200
        assert (await client.get(path)).status_code == expected, (role, path)
    listed = (await client.get("/notices")).text
    assert ('href="/notices/new"' in listed) == (role in (Role.PRICE_OFFICER, Role.ADMINISTRATOR))
    token = fields_of((await client.get("/account")).text, "/account/language").get("csrf", "")
    answer = await client.post("/notices", data={"csrf": token, "step": "publish"})
    assert answer.status_code == (
        422 if Permission.PRICES_NOTICE_PUBLISH in ROLES[role].permissions else 403
    )


async def test_a_stranger_is_led_to_the_door(client: httpx.AsyncClient, trade: Trade) -> None:
    for path in ("/notices", "/notices/new", "/shortfalls/PAGE/L1"):
        assert (await client.get(path)).status_code == 303

"""What the desk refuses is said in the reader's own words, all of it at the first try."""

import re
from html import unescape

import httpx
import pytest

from coop.access.roles import Role
from tests.come_in import come_in
from tests.trade import FLOOR, GRADE, Trade
from tests.weighing.test_pages import fields_of

_COLUMN = re.compile(r"\b(?:gross|tare|moisture|waste|grade|member|rate|paid|site)_[a-z_]+\b")


def told(page: httpx.Response) -> list[str]:
    """The sentences of the error summary."""
    summary = re.search(r'class="error-summary".*?</section>', page.text, re.S)
    assert summary is not None
    found = re.findall(r'(?:<a href="#\w+">|<p class="err">)(.*?)</', summary[0])
    return [unescape(one) for one in found]


async def refused(client: httpx.AsyncClient, **typed: str) -> list[str]:
    shown = fields_of((await client.get("/desk")).text)
    answer = await client.post("/desk", data={**shown, **typed})
    assert answer.status_code == 422
    return told(answer)


@pytest.mark.parametrize("language", ["en", "hi"])
async def test_no_column_is_named(client: httpx.AsyncClient, trade: Trade, language: str) -> None:
    await come_in(client, Role.CLERK, trade.here, language)
    for typed in (
        {"gross_kg": "heavy", "member_no": "0777", "grade_code": str(GRADE)},
        {"gross_kg": "1.23456", "member_no": "0001", "grade_code": "x"},
        {
            "gross_kg": "",
            "tare_kg": "",
            "moisture_pct": "wet",
            "waste_pct": "-",
            "paid_mode": "gold",
        },
    ):
        said = await refused(client, **typed)
        assert said
        assert not [one for one in said if _COLUMN.search(one)], said


async def test_everything_is_said_at_once(client: httpx.AsyncClient, trade: Trade) -> None:
    await come_in(client, Role.CLERK, trade.here)
    said = await refused(client, member_no="", gross_kg="")
    assert set(said) == {
        "Type the member number; it is on the card.",
        "Choose a grade.",
        "Gross weight, with the bag is empty; fill it in.",
    }
    said = await refused(client, member_no="0777", gross_kg="heavy")
    assert set(said) == {
        "No member of this cooperative has this number; check the card.",
        "Choose a grade.",
        "Gross weight, with the bag is not a number; use digits and a point, no comma.",
    }
    hindi = await come_in(client, Role.CLERK, trade.here, "hi")
    assert hindi
    said = await refused(client, member_no="०७७७", gross_kg="")
    assert "ग्रेड चुनें।" in said
    assert len(said) == 3


async def test_more_than_twice_the_floor_is_confirmed_by_a_tick(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    await come_in(client, Role.CLERK, trade.here)
    typed = fields_of((await client.get("/desk")).text) | {
        "member_no": "0002",
        "grade_code": str(GRADE),
        "gross_kg": "10.250",
        "paid_mode": "upi",
    }
    assert "confirm_rate" not in typed
    low = await client.post("/desk", data={**typed, "rate_rupees_per_kg": "1"})
    assert (low.status_code, 'href="#rate_rupees_per_kg"' in low.text) == (422, True)
    dear = {**typed, "rate_rupees_per_kg": f"{2 * FLOOR[GRADE] // 100 + 1}"}
    asked = await client.post("/desk", data=dear)
    assert asked.status_code == 422
    assert 'href="#confirm_rate"' in asked.text
    assert 'type="checkbox" id="confirm_rate"' in asked.text
    done = await client.post("/desk", data={**dear, "confirm_rate": "yes"})
    assert done.status_code == 303, done.text
    slip = await client.get(done.headers["location"])
    assert "₹\xa022.00" in slip.text
    # A price between is paid without asking.
    more = fields_of((await client.get("/desk")).text)
    sent = await client.post(
        "/desk",
        data={
            **more,
            **{k: typed[k] for k in ("member_no", "grade_code", "gross_kg")},
            "rate_rupees_per_kg": "12.5",
        },
    )
    assert sent.status_code == 303
    assert "₹\xa012.50" in (await client.get(sent.headers["location"])).text

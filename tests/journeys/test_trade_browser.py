"""The trade in Chromium: an officer publishes a price; a manager admits a member, makes a lot and sells it."""

import re
from datetime import timedelta
from typing import Any

import pytest

from coop.kernel import clock
from tests.journeys.browsing import MODES, come_in, needs_chromium, shortcomings
from tests.journeys.served import Served

pytestmark = needs_chromium


@pytest.mark.parametrize("script", MODES)
async def test_a_price_officer_publishes_a_notice(
    browser: Any, served: Served, script: bool
) -> None:
    """Written, checked, published; what holds for two hours of a day to come is on the public board."""
    number = "JOURNEY/1" if script else "JOURNEY/2"
    watch = await come_in(browser, served, "prices", script=script, width=320)
    page = watch.page
    await page.goto(f"{watch.url}/notices/new")
    await page.locator("button[value=check]").click()
    await page.wait_for_selector(".error-summary")
    day = (clock.today() + timedelta(days=3 if script else 4)).isoformat()
    for name, text in (
        ("number", number), ("from_day", day), ("from_time", "06:00"), ("to_day", day), ("to_time", "08:00"),
        ("authority", "Nodal agency (invented)"), ("authority_hi", "नोडल एजेंसी (काल्पनिक)"),
        ("reference", "पत्र 7"), ("no_consultation_reason", "जाँच के लिए"), ("no_components_reason", "जाँच के लिए"),
    ):  # fmt: skip
        await page.fill(f"[name={name}]", text)
    await page.locator("[name=consulted][value=no]").check(force=True)
    for name, rupees in (("picker", "९९"), ("buyer", "120"), ("premium", "1")):
        await page.locator(f"[name^='{name}-']").first.fill(rupees)
    assert not script or await shortcomings(page) == []
    await page.locator("button[value=check]").click()
    await page.wait_for_selector("button[value=publish]")
    assert "99.00" in await page.inner_text("main table")
    assert not script or await shortcomings(page) == []
    await page.locator("button[value=publish]").click()
    await page.wait_for_url(re.compile(r"/prices/JOURNEY/"))
    assert number in await page.inner_text("h1")
    await page.goto(f"{watch.url}/notices")
    assert number in await page.inner_text("main")
    assert watch.faults == []
    await page.context.close()


@pytest.mark.parametrize("script", MODES)
async def test_a_manager_admits_a_member(browser: Any, served: Served, script: bool) -> None:
    """What is missing is said at its field and nothing typed is lost; then she stands in the book."""
    name = "बुधनी नमूना" if script else "सोमरी नमूना"
    watch = await come_in(browser, served, "manager", script=script, width=320)
    page = watch.page
    await page.goto(f"{watch.url}/admissions")
    await page.fill("[name=name_hi]", name)
    await page.locator("form[action='/admissions'] .btn--main").click()
    await page.wait_for_selector(".error-summary")
    assert await page.input_value("[name=name_hi]") == name
    await page.locator("[name=sex][value=F]").check(force=True)
    await page.locator("[name=consent]").first.check(force=True)
    for field, text in (
        ("name_latin", "Budhni Namuna" if script else "Somri Namuna"), ("dob", "1984" if script else "1991"),
        ("village", "अभ्रकडीह"), ("source", "12/2026"),
    ):  # fmt: skip
        await page.fill(f"[name={field}]", text)
    await page.locator("form[action='/admissions'] .btn--main").click()
    await page.wait_for_url(re.compile(r"/members/KOD01/"))
    assert name in await page.inner_text("main")
    assert not script or await shortcomings(page) == []
    await page.locator("a[href$='/card']").first.click()
    await page.wait_for_url(re.compile(r"/card$"))
    assert name in await page.inner_text("main")
    assert watch.faults == []
    await page.context.close()


@pytest.mark.parametrize("script", MODES)
async def test_a_manager_makes_a_lot_and_sells_it(
    browser: Any, served: Served, script: bool
) -> None:
    """From purchases to a buyer's receipt that the public page calls genuine."""
    watch = await come_in(browser, served, "manager", script=script, width=320)
    page = watch.page
    await page.goto(f"{watch.url}/lots/new")
    await page.fill("[name=stock_kg]", "2.000")
    await page.locator("form[action='/lots'] .btn--main").click()
    await page.wait_for_url(re.compile(r"/lots/KOD01-"))
    assert not script or await shortcomings(page) == []
    lot = page.url
    await page.goto(f"{lot}/sale")
    await page.select_option("[name=buyer_code]", index=1)
    await page.fill("[name=quantity_kg]", "२")
    await page.fill("[name=rate_rupees_per_kg]", "0.50")
    await page.locator("main form .btn--main").click()
    await page.wait_for_selector(".error-summary")
    await page.fill("[name=rate_rupees_per_kg]", "90")
    await page.locator("main form .btn--main").click()
    await page.wait_for_selector("form[action$='/sale'] .btn--main")
    assert "180.00" in await page.inner_text("main")
    assert not script or await shortcomings(page) == []
    await page.locator("form[action$='/sale'] .btn--main").click()
    await page.wait_for_url(re.compile(r"/sales/KOD01-"))
    assert not script or await shortcomings(page) == []
    assert served.receipts()[-1].startswith("HTTPS://")
    assert watch.faults == []
    await page.context.close()

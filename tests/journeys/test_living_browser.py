"""Livelihoods in Chromium, in Hindi, on a phone: a household's income told, the fund's money booked."""

import re
from typing import Any

from tests.journeys.browsing import (
    needs_chromium,
    open_page,
    shortcomings,
    shortcomings_narrow_and_wide,
    sign_in,
)
from tests.journeys.served import Served

pytestmark = needs_chromium


async def test_a_household_tells_its_income(browser: Any, served: Served) -> None:
    """Consent first, then an amount; the gap changes; nothing is lost when a number is wrong."""
    watch = await open_page(browser, served, script=True, width=360)
    page, number = watch.page, "HKOD-0144"
    await sign_in(watch, "facilitator")
    await page.goto(f"{watch.url}/livelihoods")
    await page.fill("[name=q]", number)
    await page.press("[name=q]", "Enter")
    await page.wait_for_url(re.compile(number))
    if not await page.locator("form[action$='/incomes']").count():
        await page.locator("label.choice", has=page.locator("[name=given][value=yes]")).click()
        await page.locator("label.choice", has=page.locator("[name=how][value=thumb]")).click()
        await page.locator("form[action$='/consents'] button").click()
    await page.select_option("[name=source]", "wages")
    await page.fill("[name=low]", "तीन")
    await page.locator("form[action$='/incomes'] button").click()
    await page.wait_for_selector("#low-error")
    assert await page.input_value("[name=low]") == "तीन"
    assert await shortcomings(page) == []
    await page.fill("[name=low]", "१५००")
    await page.fill("[name=high]", "2000")
    await page.locator("form[action$='/incomes'] button").click()
    await page.wait_for_url(re.compile(f"{number}$"))
    assert "₹\xa01,500.00" in await page.inner_text("main")
    assert await shortcomings(page) == []
    assert watch.faults == []
    await page.context.close()


async def test_the_pages_are_accessible(browser: Any, served: Served) -> None:
    """What axe finds on each page of a role, and no page wider than its window."""
    found: dict[str, list[str]] = {}
    for user, paths in (
        ("facilitator", ("/livelihoods", "/livelihoods/households/HKOD-0142", "/livelihoods/links", "/livelihoods/kit",
                         "/livelihoods/trainings", "/schemes", "/schemes/report")),
        ("treasurer", ("/livelihoods/fund", "/livelihoods/fund/KOD01-26-P002", "/livelihoods/benchmarks", "/common-fund")),
    ):  # fmt: skip
        watch = await open_page(browser, served, script=True, width=320)
        await sign_in(watch, user)
        for path in paths:
            await watch.page.goto(served.url + path)
            found[path] = await shortcomings_narrow_and_wide(watch.page)
        assert watch.faults == []
        await watch.page.context.close()
    assert {path: faults for path, faults in found.items() if faults} == {}

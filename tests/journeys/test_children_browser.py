"""A facilitator on a phone of 320 px, in Hindi: from the list of visits to a child, what was found out, and the focal point told."""

import re
import time
from typing import Any

from coop.kernel import clock
from tests.journeys.browsing import needs_chromium, open_page, shortcomings, sign_in
from tests.journeys.served import Served

pytestmark = needs_chromium


async def _tap(page: Any, name: str, value: str) -> None:
    await page.locator(f"label.choice:has([name={name}][value='{value}'])").click()


async def test_from_the_list_to_a_child_and_the_focal_point(browser: Any, served: Served) -> None:
    began, today = time.monotonic(), f"{clock.today():%d-%m-%Y}"
    watch = await open_page(browser, served, script=True, width=320)
    page, faults = watch.page, {}
    await sign_in(watch, "facilitator")
    await page.locator("main a[href='/children']").first.click()
    await page.wait_for_url(re.compile("/children$"))
    assert await page.get_attribute("html", "lang") == "hi"
    faults["list"] = await shortcomings(page)
    await page.locator("td a.btn[href^='/children/']").first.click()
    await page.wait_for_url(re.compile(r"/children/[^/]+$"))
    here = page.url
    faults["child"] = await shortcomings(page)
    name = (await page.inner_text("h1")).strip()

    # Nothing typed is lost where something is missing, and the reason stands in Hindi.
    confirm = page.locator("form[action$='/confirmations']")
    await _tap(page, "status", "special_training")
    await confirm.locator("[name=confirmed_on]").fill("31-02-2026")
    await confirm.locator(".btn--main").click()
    await page.wait_for_selector(".error-summary")
    assert await page.locator("[name=status][value=special_training]").is_checked()
    assert await page.input_value("[name=confirmed_on]") == "31-02-2026"
    assert re.search("[\u0900-\u097f]", await page.inner_text(".error-summary"))
    faults["refused"] = await shortcomings(page)

    await _tap(page, "how", "home_visit")
    await page.locator("[name=confirmed_on]").fill(today)
    await page.locator("form[action$='/confirmations'] .btn--main").click()
    await page.wait_for_url(here)
    assert today in await page.inner_text(".timeline")
    faults["confirmed"] = await shortcomings(page)

    await page.locator("a[href^='/concern?child=']").click()
    await page.wait_for_url(re.compile("/concern"))
    assert await page.input_value("[name=child_no]") == here.rsplit("/", 1)[1].split("?")[0]
    faults["tell"] = await shortcomings(page)
    await _tap(page, "about", "school")
    await page.fill("[name=words]", "बच्ची सुबह ढेर पर जाती है")
    await page.locator("form[action='/concern'] .btn--main").click()
    await page.wait_for_url(re.compile("/concern/received"))
    assert "ढेर" not in await page.inner_text("main")
    faults["told"] = await shortcomings(page)

    # What becomes of it the facilitator does not see, and the list names nobody.
    answer = await page.request.get(f"{served.url}/cases")
    assert answer.status == 404
    await page.goto(f"{served.url}/children")
    assert name not in await page.inner_text("main")
    assert watch.faults == []
    assert {place: found for place, found in faults.items() if found} == {}
    assert time.monotonic() - began < 120
    await page.context.close()

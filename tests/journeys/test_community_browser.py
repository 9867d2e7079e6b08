"""Villages in a real browser at 320 px, in Hindi: coverage, a session, signs asked one by one."""

import re
from typing import Any

from tests.journeys.browsing import needs_chromium, open_page, shortcomings, sign_in
from tests.journeys.served import Served

pytestmark = needs_chromium
_PAGES = ("", "/partners", "/partners/1", "/activities", "/committees", "/committees/1", "/rounds", "/signs")  # fmt: skip


async def test_a_facilitator_asks_a_household_on_a_phone(browser: Any, served: Served) -> None:
    watch = await open_page(browser, served, script=True, width=320)
    page, found = watch.page, {}
    await sign_in(watch, "facilitator")
    for path in _PAGES:
        await page.goto(f"{watch.url}/community/KOD01{path}")
        assert await page.get_attribute("html", "lang") == "hi"
        found[path] = await shortcomings(page)
    await page.click("text=शुरू करें")
    await page.wait_for_selector("#household_no-error")
    found["refused"] = await shortcomings(page)
    await page.fill("[name=household_no]", "HKOD01-002")
    await page.locator("label.choice", has=page.locator("[name=consent]")).click()
    await page.click("text=शुरू करें")
    await page.wait_for_url(re.compile(r"/signs/\d+"))
    for place in range(8):
        answer = "yes" if place == 5 else "skipped"
        if place == 0:
            found["question"] = await shortcomings(page)
        await page.locator("label.choice", has=page.locator(f"[value={answer}]")).click()
        await page.locator("form .btn--main").click()
        await page.wait_for_load_state()
    text = await page.inner_text("main")
    assert "1098" in text
    assert "बंधुआ" in text
    found["done"] = await shortcomings(page)
    await page.locator("form[action$='/concern'] button").click()
    await page.wait_for_url(re.compile(r"/concern/received\?place=KOD01"))
    assert {path: faults for path, faults in found.items() if faults} == {}
    assert watch.faults == []
    await page.context.close()


async def test_a_partner_records_a_session_without_script(browser: Any, served: Served) -> None:
    watch = await open_page(browser, served, script=False, width=320)
    page = watch.page
    await sign_in(watch, "cso")
    await page.goto(f"{watch.url}/community/KOD01/activities")
    await page.select_option("[name=topic]", "advances")
    await page.fill("[name=village]", "Abhrakdih")
    await page.fill("[name=reached_F_adult]", "14")
    await page.locator("main form .btn--main").click()
    await page.wait_for_selector("#village-error")
    assert await page.input_value("[name=reached_F_adult]") == "14"
    await page.fill("[name=village]", "Namunatand")
    await page.locator("main form .btn--main").click()
    await page.wait_for_selector(".error-summary", state="detached")
    assert "14 लोग" in await page.inner_text("main")
    assert watch.faults == []
    await page.context.close()

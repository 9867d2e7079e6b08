"""The desk on a slow network, each state of it as axe sees it, pages of the paper book."""

import re
import time
from typing import Any

import pytest

from tests.journeys.browsing import MODES, needs_chromium, open_page, shortcomings, sign_in
from tests.journeys.desk import at_desk, focus, type_in, until
from tests.journeys.served import Served

pytestmark = needs_chromium


async def test_a_weighing_on_a_slow_network(browser: Any, served: Served) -> None:
    """Slow 3G and a slow phone: few requests, few bytes, under 20 seconds by script."""
    watch = await at_desk(browser, served)
    page = watch.page
    client = await page.context.new_cdp_session(page)
    await client.send("Network.enable")
    slow = {
        "offline": False,
        "latency": 400,
        "downloadThroughput": 50_000,
        "uploadThroughput": 50_000,
    }
    await client.send("Network.emulateNetworkConditions", slow)
    await client.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    paths: list[str] = []
    loaded: list[int] = []
    client.on("Network.requestWillBeSent", lambda e: paths.append(e["request"]["url"]))
    client.on("Network.loadingFinished", lambda e: loaded.append(int(e["encodedDataLength"])))
    began = time.monotonic()
    keys = await type_in(page, kg="6.6")
    await keys.press("Enter")
    await until(page, "window.printed.length === 1")
    took = time.monotonic() - began
    print(f"slow network: {took:.1f} s, {len(paths)} requests, {sum(loaded)} bytes")
    assert len(paths) == 3, paths  # who it is, the weighing, the slip to print
    assert sum(loaded) < 40_000
    assert took < 20
    assert await focus(page) == "member_no"
    await page.context.close()


@pytest.mark.parametrize(("width", "lang"), [(320, "hi"), (1280, "en")])
async def test_each_state_of_the_desk_is_accessible(
    browser: Any, served: Served, width: int, lang: str
) -> None:
    watch = await at_desk(browser, served, width, lang)
    page, found = watch.page, {}
    found["empty"] = await shortcomings(page)
    await type_in(page, kg="7.7")
    found["done"] = await shortcomings(page)
    await page.keyboard.press("Escape")
    await page.fill("[name=member_no]", "9999")
    await page.press("[name=gross_kg]", "Enter")
    await page.wait_for_selector("#gross_kg-error")
    found["refused"] = await shortcomings(page)
    await page.keyboard.press("Escape")
    await page.route("**/desk?*", lambda route: route.abort())
    await type_in(page, kg="8.8")
    found["raw"] = await shortcomings(page)
    await page.unroute("**/desk?*")
    await page.click("[data-send]")
    await until(page, "outbox.all().then((all) => all.length === 0)")
    for path in ("/desk/paper", "/closing", "/closing/count"):
        await page.goto(f"{watch.url}{path}?lang={lang}")
        found[path] = await shortcomings(page)
    assert {state: faults for state, faults in found.items() if faults} == {}
    await page.context.close()


@pytest.mark.parametrize("script", MODES)
async def test_a_page_of_the_paper_book(browser: Any, served: Served, script: bool) -> None:
    watch = await open_page(browser, served, script=script, width=320)
    page = watch.page
    await sign_in(watch)
    await page.goto(f"{watch.url}/desk/paper")
    typed = {
        "paper_no": f"P-{script:d}1", "at_time": "00:01", "member_no": "0007", "gross_kg": "18.4",
        "rate_rupees_per_kg": "11.75",
    }  # fmt: skip
    for name, text in typed.items():
        await page.fill(f"[name={name}]", text)
    await page.select_option("[name=grade_code]", "3")
    await page.click("main form .btn--main")
    await page.wait_for_url(re.compile("booked="))
    slip = await page.get_attribute(".note--ok a", "href")
    for name, text in typed.items():
        await page.fill(f"[name={name}]", text)
    await page.click("main form .btn--main")
    await page.wait_for_selector("#paper_no-error")
    await page.goto(f"{watch.url}{slip}")
    assert "00:01" in await page.inner_text("article.slip")
    assert watch.faults == []
    await page.context.close()

"""Public pages and a buyer's, small and large, with a script and without; and what a visit costs."""

import asyncio
from typing import Any

import pytest

from tests.journeys.browsing import (
    MODES,
    Watch,
    needs_chromium,
    open_page,
    shortcomings_narrow_and_wide,
    sign_in,
)
from tests.journeys.served import Served

pytestmark = needs_chromium


@pytest.mark.parametrize("script", MODES)
async def test_a_buyer_looks_behind_a_receipt(browser: Any, served: Served, script: bool) -> None:
    watch = await open_page(browser, served, script=script, width=320)
    await sign_in(watch, "buyer")
    page = watch.page
    for path in ("/firm", "/firm/receipts", "/firm/claims", "/verify/many"):
        await page.goto(served.url + path)
        assert not script or await shortcomings_narrow_and_wide(page) == [], path
    await page.goto(f"{served.url}/firm/receipts")
    await page.locator("a[href^='/firm/receipts/']").first.click()
    await page.wait_for_selector("h1")
    assert "वज़न का मिलान" in await page.inner_text("main")
    assert not script or await shortcomings_narrow_and_wide(page) == []
    await page.locator("a[href$='/pack']").click()
    await page.wait_for_url("**/pack")
    assert await page.locator("main h2").count() == 5
    assert not script or await shortcomings_narrow_and_wide(page) == []
    async with page.expect_download() as saved:
        await page.locator("a[href$='pack.csv']").click()
    assert (await saved.value).suggested_filename.startswith("pack-")
    await page.goto(f"{served.url}/verify/many")
    texts = (await asyncio.to_thread(served.receipts))[:5]
    await page.fill("#texts", "\n".join([*texts, texts[0], "x"]))
    await page.locator("main form .btn").first.click()
    await page.wait_for_selector("tbody tr")
    assert await page.locator("tbody tr").count() == 7
    assert await page.locator(".tile").count() == 4
    assert not script or await shortcomings_narrow_and_wide(page) == []
    assert watch.faults == []
    await page.context.close()


PUBLIC = ("/", "/en", "/hi/keys", "/en/keys", "/hi/verify/offline", "/en/verify/offline", "/en/verify/many", "/en/log")  # fmt: skip


@pytest.mark.parametrize("script", MODES)
async def test_public_pages_are_accessible(browser: Any, served: Served, script: bool) -> None:
    watch = await open_page(browser, served, script=script, width=320)
    page, found = watch.page, {}
    for path in PUBLIC:
        await page.goto(served.url + path)
        if script:
            found[path] = await shortcomings_narrow_and_wide(page)
        else:
            assert await page.locator("h1").count() == 1
            wide = await page.evaluate("document.documentElement.scrollWidth")
            found[path] = [f"{wide} wide"] if wide > 320 else []
    assert {path: faults for path, faults in found.items() if faults} == {}
    assert watch.faults == []
    await page.context.close()


async def _weight(watch: Watch, path: str) -> tuple[int, int]:
    """Bytes over the wire with their headers, and requests, of one visit."""
    sizes: list[Any] = []
    keep = lambda request: sizes.append(request)  # noqa: E731  # taken off again below
    watch.page.on("requestfinished", keep)
    await watch.page.goto(watch.url + path, wait_until="networkidle")
    watch.page.remove_listener("requestfinished", keep)
    total = 0
    for request in sizes:
        if request.url.startswith("data:"):
            continue
        size = await request.sizes()
        total += size["responseBodySize"] + size["responseHeadersSize"]
    return total, len([one for one in sizes if not one.url.startswith("data:")])


LIGHT = ("/", "/en/verify", "/prices", "/en/keys", "/en/log", "/sign-in", "/home", "/desk", "/members", "/lots")  # fmt: skip


async def test_a_visit_costs_little(browser: Any, served: Served) -> None:
    """First view at most 60 KB and 8 requests, the next at most 15 KB, as it travels.

    The desk may ask twelve times at its first opening of a season: its scripts are small parts, all kept.
    """
    come_in = await open_page(browser, served, script=True, width=320)
    await sign_in(come_in, "manager")
    cookies = await come_in.page.context.cookies()
    await come_in.page.context.close()
    found = {}

    async def visit(path: str) -> None:
        watch = await open_page(browser, served, script=True, width=320)
        await watch.page.context.add_cookies(cookies if path in LIGHT[6:] else [])
        found[path] = (*await _weight(watch, path), (await _weight(watch, path))[0])
        assert not [fault for fault in watch.faults if "elsewhere" in fault]
        await watch.page.context.close()

    # Each in a context and with a store of its own; waiting for a quiet line they wait together.
    await asyncio.gather(*map(visit, LIGHT))
    heavy = {
        p: v
        for p, v in found.items()
        if v[0] > 61_440 or v[1] > (12 if p == "/desk" else 8) or v[2] > 15_360
    }
    assert heavy == {}, found

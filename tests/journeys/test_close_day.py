"""The evening: a clerk counts the box, the treasurer confirms, with JavaScript and without, by keyboard."""

import re
from typing import Any

import pytest

from tests.journeys.browsing import needs_chromium, open_page, shortcomings, sign_in
from tests.journeys.served import Served

pytestmark = needs_chromium


@pytest.mark.parametrize("script", [False, True])
async def test_counted_by_the_clerk(browser: Any, served: Served, script: bool) -> None:
    """A count without a script, then once more with one; the last is the one to confirm."""
    watch = await open_page(browser, served, script=script, width=320)
    page = watch.page
    await sign_in(watch)
    await page.goto(f"{watch.url}/closing/count")
    await page.wait_for_selector("[name=note_50000]:focus")
    await page.keyboard.insert_text("१२")
    if script:
        assert "6,000.00" in await page.inner_text("[data-amount]")
        await page.keyboard.press("Enter")
        await page.wait_for_selector("[name=note_20000]:focus")
    await page.click("main form .btn--main")
    await page.wait_for_selector("#reason-error")
    await page.select_option("[name=reason]", "not_known")
    if script:
        assert await shortcomings(page) == []
    await page.click("main form .btn--main")
    await page.wait_for_url(re.compile(r"/closing/\d+$"))
    paper = page.url
    assert await page.locator("main form").count() == 0, "a clerk does not confirm"
    if script:
        assert await shortcomings(page) == []
        assert (await page.pdf(prefer_css_page_size=True)).count(b"/Type /Page\n") <= 1
    await page.context.close()
    if not script:
        return
    second = await open_page(browser, served, script=True, width=1280)
    await sign_in(second, "treasurer")
    await second.page.goto(paper)
    await second.page.click("main form .btn--main")
    await second.page.wait_for_selector(".tag.ok")
    assert await shortcomings(second.page) == []
    assert second.faults == []
    await second.page.context.close()

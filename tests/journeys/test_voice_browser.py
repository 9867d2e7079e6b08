"""A child tells something on a borrowed phone, in Hindi, 320 px wide, with JavaScript and without."""

from typing import Any

import pytest

from tests.journeys.browsing import MODES, needs_chromium, open_page, shortcomings
from tests.journeys.served import Served

pytestmark = needs_chromium
BOX = "/say/KOD01"


async def _tap(page: Any, *selectors: str) -> None:
    """Tap pictures as a finger does: on the picture, not on the hidden input."""
    for selector in selectors:
        await page.locator(f"label:has({selector})").click()


@pytest.mark.parametrize("script", MODES)
async def test_a_child_tells_something_and_sees_the_answer_later(
    browser: Any, served: Served, script: bool
) -> None:
    watch = await open_page(browser, served, script=script, width=320)
    page, seen = watch.page, []
    await page.goto(f"{served.url}/say")
    seen += await shortcomings(page) if script else []
    await page.locator(f"a[href='{BOX}']").click()
    first = await page.locator(".help a").first.get_attribute("href")
    assert first == "tel:1098"
    seen += await shortcomings(page) if script else []
    await _tap(page, "input[value=bad]", "input[value=school]")
    await page.fill("#words", "बरसात में स्कूल दूर लगता है")
    await page.locator("button.btn--main").click()
    assert "हमें मिल गया" in await page.inner_text("h1")
    words = [one.strip() for one in await page.locator(".pics .pic").all_inner_texts()]
    assert len(set(words)) == 4
    seen += await shortcomings(page) if script else []
    await page.get_by_role("link", name="जवाब देखो").click()
    seen += await shortcomings(page) if script else []
    for word in words:
        await (
            page.locator(".pic")
            .filter(has_text=word)
            .filter(has=page.locator(f"span:text-is('{word}')"))
            .click()
        )
    await page.locator("button.btn--main").click()
    assert "अभी जवाब नहीं" in await page.inner_text("main")
    assert "बरसात" not in await page.content()
    seen += await shortcomings(page) if script else []
    assert not await page.context.cookies()
    await page.locator("#out").click()
    await page.wait_for_url("**/prices*")
    if script:
        # Nothing to go back to but the page before the last one.
        await page.go_back()
        assert "अभी जवाब नहीं" not in await page.content()
    await page.goto(f"{served.url}/said/KOD01")
    assert "हमने किया" in await page.inner_text("main")
    seen += await shortcomings(page) if script else []
    assert (seen, watch.faults) == ([], [])
    await page.context.close()

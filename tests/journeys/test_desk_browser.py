"""A clerk's day in a real browser: by keyboard only, in both languages, with JavaScript and without."""

import asyncio
import re
import time
from typing import Any

import pytest

from tests.journeys.browsing import (
    MODES,
    Watch,
    needs_chromium,
    open_page,
    shortcomings,
    shortcomings_narrow_and_wide,
    sign_in,
)
from tests.journeys.served import Served

pytestmark = needs_chromium


async def _weigh(watch: Watch, *, script: bool, kg: str = "18.4") -> str:
    """Weigh with the keyboard only; return the slip's number."""
    page, keys = watch.page, watch.page.keyboard
    await page.goto(f"{watch.url}/desk")
    # The page itself brings the cursor here, shortly after it has loaded; typing waits for that.
    await page.wait_for_selector("[name=member_no]:focus", timeout=5000)
    await keys.type("0007")
    if script:
        await keys.press("Enter")  # to the grades
        await keys.press("3")  # the key of the grade leads on to the weight
    else:
        await keys.press("Tab")
        await keys.press("Space")
        await keys.press("ArrowDown")
        await keys.press("ArrowDown")
        await keys.press("Tab")
    await keys.type(kg)
    if script:
        assert re.search(r"₹\s*\d", await page.inner_text("[data-total=amount]"))
        ahead = await page.inner_text("[data-total=amount]")
    await keys.press("Enter")
    if script:  # Enter looks at the total, Enter books it; the page stays
        await keys.press("Enter")
        await page.wait_for_selector("[data-print-next]:focus")
        await page.goto(f"{watch.url}/slips/{await page.inner_text('[data-say=number]')}")
    await page.wait_for_url(re.compile(r"/slips/KOD01-\d\d-S\d{5}"))
    if script:
        assert ahead.replace("\u00a0", "") in (await page.inner_text(".pay")).replace("\u00a0", "")
    return str(page.url.rsplit("/", 1)[1])


async def _send(page: Any, *, script: bool) -> None:
    """Enter in the last box; with the script it leads to the total first."""
    await page.press("[name=gross_kg]", "Enter")
    if script:
        await page.press("button[form=entry]", "Enter")


@pytest.mark.parametrize("script", MODES)
async def test_a_clerk_weighs_by_keyboard_in_hindi(
    browser: Any, served: Served, script: bool
) -> None:
    watch = await open_page(browser, served, script=script)
    await sign_in(watch)
    assert await watch.page.get_attribute("html", "lang") == "hi"
    number = await _weigh(watch, script=script)
    page = watch.page
    text = await page.inner_text("article.slip")
    assert number in text
    assert "0007" in text
    assert "18.150" in text.replace(",", "")
    assert await page.locator(".qr svg").count() == 1
    box = await page.locator(".qr svg").bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) > 90
    await page.goto(f"{watch.url}/desk")
    assert await page.locator(f"a[href='/slips/{number}']").count() >= 1
    assert watch.faults == []
    await page.context.close()


@pytest.mark.parametrize("script", MODES)
async def test_the_slips_receipt_is_genuine_to_a_stranger(
    browser: Any, served: Served, script: bool
) -> None:
    clerk = await open_page(browser, served, script=script)
    await sign_in(clerk)
    number = await _weigh(clerk, script=script, kg="21.7")
    await clerk.page.context.close()
    text = (await asyncio.to_thread(served.receipts))[-1]
    stranger = await open_page(browser, served, script=script)
    page = stranger.page
    await page.goto(f"{served.url}/verify")
    await page.wait_for_selector("[name=text]:focus", timeout=5000)
    await page.keyboard.type(text)
    await page.locator("main form .btn--main").click()
    await page.wait_for_selector(".verdict")
    assert await page.locator(".verdict--ok").count() == 1
    assert number in await page.inner_text("main")
    assert "21.45" in await page.inner_text("main")
    await page.goto(f"{served.url}/verify")
    await page.fill("[name=text]", text[:-3] + ("AAA" if text[-3:] != "AAA" else "BBB"))
    await page.locator("main form .btn--main").click()
    await page.wait_for_selector(".verdict--bad")
    await page.goto(f"{served.url}/R/{text.split('/R/')[1]}")
    assert await page.locator(".verdict--ok").count() == 1
    assert stranger.faults == []
    await page.context.close()


@pytest.mark.parametrize("script", MODES)
async def test_a_refused_weighing_keeps_what_was_typed(
    browser: Any, served: Served, script: bool
) -> None:
    watch = await open_page(browser, served, script=script)
    await sign_in(watch)
    page = watch.page
    await page.goto(f"{watch.url}/desk")
    await page.fill("[name=member_no]", "9999")
    await page.locator("[name=grade_code][value='3']").check(force=True)
    await page.fill("[name=gross_kg]", "12.5")
    await _send(page, script=script)
    await page.wait_for_selector("#member_no-error")
    assert await page.input_value("[name=member_no]") == "9999"
    assert await page.input_value("[name=gross_kg]") == "12.5"
    assert await page.locator("[name=grade_code][value='3']").is_checked()
    await page.fill("[name=member_no]", "0001")
    await _send(page, script=script)
    if script:
        await page.wait_for_selector("[data-print-next]:focus")
    else:
        await page.wait_for_url(re.compile(r"/slips/"))
    assert watch.faults == []
    await page.context.close()


@pytest.mark.parametrize("script", MODES)
async def test_an_impatient_hand_gets_one_slip(browser: Any, served: Served, script: bool) -> None:
    watch = await open_page(browser, served, script=script)
    await sign_in(watch)
    page = watch.page
    before = len(await asyncio.to_thread(served.receipts))
    await page.goto(f"{watch.url}/desk")
    await page.fill("[name=member_no]", "0011")
    await page.locator("[name=grade_code][value='3']").check(force=True)
    await page.fill("[name=gross_kg]", "9.9")
    await page.locator("button[form=entry]").dblclick(no_wait_after=True)
    if script:
        await page.wait_for_selector("[data-print-next]:focus")
    else:
        await page.wait_for_url(re.compile(r"/slips/"))
    assert len(await asyncio.to_thread(served.receipts)) == before + 1
    await page.context.close()


async def test_pages_are_accessible(browser: Any, served: Served) -> None:
    watch = await open_page(browser, served, script=True, width=320)
    page, found = watch.page, {}
    for path in ("/verify", "/en/verify", "/prices", "/sign-in"):
        await page.goto(served.url + path)
        found[path] = await shortcomings_narrow_and_wide(page)
    await sign_in(watch)
    slip = await _weigh(watch, script=True, kg="7.7")
    for path in ("/home", "/desk", f"/slips/{slip}", "/account"):
        await page.goto(served.url + path)
        found[path] = await shortcomings_narrow_and_wide(page)
    await page.goto(f"{served.url}/desk")
    await page.press("[name=gross_kg]", "Enter")
    await page.wait_for_selector("#gross_kg-error")
    found["/desk refused"] = await shortcomings_narrow_and_wide(page)
    text = (await asyncio.to_thread(served.receipts))[0]
    await page.goto(f"{served.url}/R/{text.split('/R/')[1]}")
    found["/R"] = await shortcomings_narrow_and_wide(page)
    assert {path: faults for path, faults in found.items() if faults} == {}
    assert watch.faults == []
    await page.context.close()


async def test_from_a_household_to_its_printed_letter(browser: Any, served: Served) -> None:
    """A facilitator on a phone, in Hindi, with a household that nobody asked yet."""
    began = time.monotonic()
    watch = await open_page(browser, served, script=True, width=360)
    page, number = watch.page, "HKOD-0144"
    await sign_in(watch, "facilitator")
    await page.goto(f"{watch.url}/schemes")
    await page.fill("[name=q]", number)
    await page.press("[name=q]", "Enter")
    await page.wait_for_url(re.compile(number))
    for _ in range(4):
        if await page.locator("[name=answer][value=no]").count():
            await page.locator("label.choice", has=page.locator("[value=no]")).first.click()
            await page.locator("form.now button").first.click()
        else:
            await page.locator("form.now [name=skip], form.now [value=unknown]").first.click()
            await page.locator("form.now button").first.click()
        assert await page.locator("h1").inner_text() == f"योजनाएँ, परिवार {number}"
    assert await shortcomings(page) == []
    letters = page.locator("a[href*='/letters/']")
    told = re.search(r"\S+ नमूना", await page.locator("li", has=letters).first.inner_text())
    assert told is not None
    await letters.first.click()
    await page.wait_for_url(re.compile("/letters/"))
    letter = await page.inner_text("article.sheet")
    assert f"प्रिय {told[0]}" in letter, "it is for the person it was asked for"
    assert "आवेदन मुफ़्त है" in letter
    assert await shortcomings(page) == []
    assert (await page.pdf(prefer_css_page_size=True)).startswith(b"%PDF")
    assert time.monotonic() - began < 120
    assert watch.faults == []

"""A clerk's day in a real browser: by keyboard only, in both languages, with JavaScript and without."""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.journeys.served import PASSWORD, Served, demo

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
try:
    import axe_playwright_python.async_playwright as axe
    import playwright.async_api as play
except ImportError:  # pragma: no cover
    play = axe = None  # type: ignore[assignment]  # the tests say so and are left out
pytestmark = pytest.mark.skipif(
    play is None or not CHROMIUM.exists(), reason="browser journeys not run: no Chromium here"
)
MODES = (True, False)


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    """A demo of its own."""
    with demo() as running:
        yield running


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def browser() -> AsyncIterator[Any]:
    """One Chromium for all journeys."""
    async with play.async_playwright() as playing:
        opened = await playing.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield opened
        await opened.close()


class Watch:
    """A page, and what went wrong on it without a test asking."""

    def __init__(self, page: Any, url: str) -> None:
        self.page, self.url = page, url
        self.faults: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("console", self._console)
        page.on("request", self._request)
        page.on("response", self._response)

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning") and "422" not in message.text:
            self.faults.append(f"console: {message.text}")

    def _request(self, request: Any) -> None:
        if not request.url.startswith((self.url, "data:")):
            self.faults.append(f"elsewhere: {request.url}")

    def _response(self, response: Any) -> None:
        if response.status >= 500 or response.status in (401, 403, 404):
            self.faults.append(f"{response.status}: {response.url}")


async def _open(browser: Any, served: Served, *, script: bool, width: int = 1280) -> Watch:
    context = await browser.new_context(
        java_script_enabled=script, viewport={"width": width, "height": 800}, locale="hi-IN"
    )
    return Watch(await context.new_page(), served.url)


async def _sign_in(watch: Watch, user: str = "clerk") -> None:
    """By keyboard: the first box has the focus, Enter sends."""
    await watch.page.goto(f"{watch.url}/sign-in")
    await watch.page.wait_for_selector("[name=user]:focus", timeout=5000)
    keys = watch.page.keyboard
    await keys.type(user)
    await keys.press("Tab")
    await keys.type(PASSWORD)
    await keys.press("Enter")
    await watch.page.wait_for_url(re.compile(r"/home"))


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
    await page.wait_for_url(re.compile(r"/slips/KOD01-\d\d-S\d{5}"))
    if script:
        assert ahead.replace("\u00a0", "") in (await page.inner_text(".pay")).replace("\u00a0", "")
    return str(page.url.rsplit("/", 1)[1])


@pytest.mark.parametrize("script", MODES)
async def test_a_clerk_weighs_by_keyboard_in_hindi(
    browser: Any, served: Served, script: bool
) -> None:
    watch = await _open(browser, served, script=script)
    await _sign_in(watch)
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
    clerk = await _open(browser, served, script=script)
    await _sign_in(clerk)
    number = await _weigh(clerk, script=script, kg="21.7")
    await clerk.page.context.close()
    text = (await asyncio.to_thread(served.receipts))[-1]
    stranger = await _open(browser, served, script=script)
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
    watch = await _open(browser, served, script=script)
    await _sign_in(watch)
    page = watch.page
    await page.goto(f"{watch.url}/desk")
    await page.fill("[name=member_no]", "9999")
    await page.locator("[name=grade_code][value='3']").check(force=True)
    await page.fill("[name=gross_kg]", "12.5")
    await page.press("[name=gross_kg]", "Enter")
    await page.wait_for_selector("#member_no-error")
    assert await page.input_value("[name=member_no]") == "9999"
    assert await page.input_value("[name=gross_kg]") == "12.5"
    assert await page.locator("[name=grade_code][value='3']").is_checked()
    await page.fill("[name=member_no]", "0001")
    await page.press("[name=gross_kg]", "Enter")
    await page.wait_for_url(re.compile(r"/slips/"))
    assert watch.faults == []
    await page.context.close()


@pytest.mark.parametrize("script", MODES)
async def test_an_impatient_hand_gets_one_slip(browser: Any, served: Served, script: bool) -> None:
    watch = await _open(browser, served, script=script)
    await _sign_in(watch)
    page = watch.page
    before = len(await asyncio.to_thread(served.receipts))
    await page.goto(f"{watch.url}/desk")
    await page.fill("[name=member_no]", "0011")
    await page.locator("[name=grade_code][value='3']").check(force=True)
    await page.fill("[name=gross_kg]", "9.9")
    await page.locator("button[form=entry]").dblclick(no_wait_after=True)
    await page.wait_for_url(re.compile(r"/slips/"))
    assert len(await asyncio.to_thread(served.receipts)) == before + 1
    await page.context.close()


@pytest.mark.parametrize("width", [320, 1280])
async def test_pages_are_accessible(browser: Any, served: Served, width: int) -> None:
    watch = await _open(browser, served, script=True, width=width)
    page, found = watch.page, {}
    for path in ("/", "/en", "/verify", "/en/verify", "/prices", "/sign-in"):
        await page.goto(served.url + path)
        found[path] = await _shortcomings(page)
    await _sign_in(watch)
    slip = await _weigh(watch, script=True, kg="7.7")
    for path in ("/home", "/desk", f"/slips/{slip}", "/account"):
        await page.goto(served.url + path)
        found[path] = await _shortcomings(page)
    await page.goto(f"{served.url}/desk")
    await page.press("[name=gross_kg]", "Enter")
    await page.wait_for_selector("#gross_kg-error")
    found["/desk refused"] = await _shortcomings(page)
    text = (await asyncio.to_thread(served.receipts))[0]
    await page.goto(f"{served.url}/R/{text.split('/R/')[1]}")
    found["/R"] = await _shortcomings(page)
    assert {path: faults for path, faults in found.items() if faults} == {}
    assert watch.faults == []
    await page.context.close()


async def _shortcomings(page: Any) -> list[str]:
    """What axe finds, and whether the page is wider than its window."""
    results = await axe.Axe().run(page)
    faults = [
        f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in results.response["violations"]
    ]
    wide = await page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return [*faults, *([f"{wide} px too wide"] if wide > 0 else [])]


async def test_from_a_household_to_its_printed_letter(browser: Any, served: Served) -> None:
    """A facilitator on a phone, in Hindi, with a household that nobody asked yet."""
    began = time.monotonic()
    watch = await _open(browser, served, script=True, width=360)
    page, number = watch.page, "HKOD-0144"
    await _sign_in(watch, "facilitator")
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
    assert await _shortcomings(page) == []
    await page.locator("a[href*='/letters/']").first.click()
    await page.wait_for_url(re.compile("/letters/"))
    letter = await page.inner_text("article.sheet")
    assert "फूलमणि नमूना" in letter
    assert "आवेदन मुफ़्त है" in letter
    assert await _shortcomings(page) == []
    assert (await page.pdf(prefer_css_page_size=True)).startswith(b"%PDF")
    assert time.monotonic() - began < 120
    assert watch.faults == []

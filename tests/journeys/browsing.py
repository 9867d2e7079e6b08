"""What journeys share: a page that notices what goes wrong on it, the way in, what axe finds."""

import re
from shutil import which
from typing import Any

import pytest
from pyotp import TOTP

from tests.journeys.served import PASSWORD, Served

# The shell is Chromium without its windows: the same pages for a third of the processor's time.
CHROMIUM = next(
    filter(
        None,
        map(which, ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")),
    ),
    None,
)
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
needs_chromium = pytest.mark.skipif(
    play is None or CHROMIUM is None, reason="browser journeys not run: no Chromium here"
)
MODES = (True, False)
_kept: dict[str, Any] = {}  # a signed-in person's cookies, of the one demo of this worker
# Named, because axe leaves the rules of WCAG 2.2 out where nobody asks for them.
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


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


async def open_page(browser: Any, served: Served, *, script: bool, width: int = 1280) -> Watch:
    context = await browser.new_context(
        java_script_enabled=script,
        viewport={"width": width, "height": 800},
        locale="hi-IN",
        reduced_motion="reduce",  # axe would judge a colour half way between two
    )
    return Watch(await context.new_page(), served.url)


async def sign_in(watch: Watch, user: str = "clerk") -> None:
    """By keyboard: the first box has the focus, Enter sends."""
    await watch.page.goto(f"{watch.url}/sign-in")
    await watch.page.wait_for_selector("[name=user]:focus", timeout=5000)
    keys = watch.page.keyboard
    await keys.type(user)
    await keys.press("Tab")
    await keys.type(PASSWORD)
    await keys.press("Enter")
    await watch.page.wait_for_url(re.compile(r"/home"))


async def come_in(browser: Any, served: Served, user: str, *, script: bool, width: int) -> Watch:
    """A page of somebody signed in; the way in is gone once a user, a code holds for one sign-in only."""
    watch = await open_page(browser, served, script=script, width=width)
    if user not in _kept:
        page = watch.page
        await page.goto(f"{watch.url}/sign-in")
        await page.fill("[name=user]", user)
        await page.fill("[name=password]", PASSWORD)
        async with page.expect_navigation():
            await page.keyboard.press("Enter")
        if user != "manager":
            await page.goto(f"{watch.url}/account/second-factor")
            shown = re.search(r'class="mono">([A-Z2-7 ]+)<', await page.content())
            assert shown is not None
            await page.fill("[name=code]", TOTP(shown[1].replace(" ", "")).now())
            async with page.expect_navigation():
                await page.keyboard.press("Enter")
        _kept[user] = await page.context.cookies()
    await watch.page.context.add_cookies(_kept[user])
    await watch.page.goto(f"{watch.url}/home")
    return watch


async def shortcomings(page: Any) -> list[str]:
    """What axe finds, and whether the page is wider than its window."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(axe.Axe().axe_script)
    # What passes stays in the page: it would be a megabyte to carry here and drop.
    asked = {"runOnly": AXE_TAGS, "resultTypes": ["violations"]}
    violations = await page.evaluate(
        "asked => axe.run(document, asked).then(found => found.violations)", asked
    )
    faults = [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in violations]
    wide = await page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return [*faults, *([f"{wide} px too wide"] if wide > 0 else [])]


async def shortcomings_narrow_and_wide(page: Any) -> list[str]:
    """The same at both widths that our users have, 320 and 1280 pixels."""
    found = []
    for width in (320, 1280):
        await page.set_viewport_size({"width": width, "height": 800})
        found += [f"{width}: {fault}" for fault in await shortcomings(page)]
    return found

"""A focal point on a phone of 320 px, in Hindi: from a concern told at the desk to a letter and a refused closing."""

import re
import time
from typing import Any

from pyotp import TOTP

from tests.journeys.browsing import needs_chromium, open_page, shortcomings, sign_in
from tests.journeys.served import Served

pytestmark = needs_chromium


async def _second_factor(page: Any, url: str) -> None:
    """At the first sign-in: the secret as an app would scan it, then its six digits."""
    await page.goto(f"{url}/account/second-factor")
    secret = (await page.locator(".mono").first.inner_text()).replace(" ", "")
    await page.fill("[name=code]", TOTP(secret).now())
    await page.press("[name=code]", "Enter")
    await page.wait_for_load_state()


async def _choose(page: Any, name: str, value: str) -> None:
    await page.locator(f"label.choice:has([name={name}][value='{value}'])").click()


async def _send(page: Any) -> None:
    await page.locator("main form .btn--main").click()
    await page.wait_for_load_state()


async def test_from_a_concern_to_a_closing_on_a_phone(browser: Any, served: Served) -> None:
    began = time.monotonic()
    clerk = await open_page(browser, served, script=False, width=320)
    await sign_in(clerk)
    await clerk.page.goto(f"{served.url}/desk")
    await clerk.page.locator("a[href='/concern']").click()
    await _choose(clerk.page, "about", "work")
    await clerk.page.fill("[name=words]", "नीले थैले के साथ ढेर पर")
    assert await shortcomings_without_script(clerk.page) == []
    await _send(clerk.page)
    assert "मिल गया" in await clerk.page.inner_text("h1")
    assert "नीले थैले" not in await clerk.page.inner_text("body")
    await clerk.page.context.close()

    watch = await open_page(browser, served, script=True, width=320)
    page, faults = watch.page, {}
    await sign_in(watch, "focal")
    await _second_factor(page, served.url)
    await page.goto(f"{served.url}/cases")
    assert await page.get_attribute("html", "lang") == "hi"
    faults["list"] = await shortcomings(page)
    numbers = await page.locator("a.link[href^='/cases/KOD01']").all_inner_texts()
    here = f"{served.url}/cases/{max(numbers)}"
    await page.goto(here)
    assert "नीले थैले के साथ ढेर पर" in await page.inner_text(".timeline")
    faults["case"] = await shortcomings(page)

    await page.goto(f"{here}/referral")
    await page.select_option("[name=choice]", "dcpu")
    await _choose(page, "second", "wish")
    await _choose(page, "shared", "place")
    await _send(page)
    assert "पहले उनसे पूछें" in await page.inner_text(".error-summary")
    assert await page.locator("[name=shared][value=place]").is_checked()
    faults["refused"] = await shortcomings(page)

    await page.goto(f"{here}/risk")
    await _choose(page, "choice", "high")
    await page.select_option("[name=second]", "hazardous")
    await _send(page)
    await page.goto(f"{here}/wish")
    await page.select_option("[name=choice]", "dcpu")
    await _choose(page, "second", "yes")
    await _choose(page, "third", "both")
    await _send(page)
    await page.goto(f"{here}/referral")
    await page.select_option("[name=choice]", "dcpu")
    await _choose(page, "second", "wish")
    await _choose(page, "shared", "place")
    await _send(page)
    await page.locator("a[href*='/letters/']").first.click()
    await page.wait_for_url(re.compile("/letters/"))
    assert "नीले थैले" not in await page.inner_text("article.sheet")
    faults["letter"] = await shortcomings(page)
    assert (await page.pdf(prefer_css_page_size=True)).startswith(b"%PDF")

    await page.goto(f"{here}/step")
    await page.select_option("[name=choice]", "school_entry")
    await page.fill("[name=due_on]", "31-12-2099")
    await _send(page)
    await page.goto(f"{here}/closing")
    await _choose(page, "choice", "visits")
    await page.fill("[name=words]", "रजिस्टर देखा")
    await _send(page)
    assert await page.locator(".error-summary li").count() == 2
    assert watch.faults == []
    assert {name: found for name, found in faults.items() if found} == {}
    assert time.monotonic() - began < 120
    await page.context.close()


async def shortcomings_without_script(page: Any) -> list[str]:
    """Axe needs JavaScript; without it the width alone is asked."""
    box = await page.locator("main").bounding_box()
    return [] if box is not None and box["width"] <= 320 else ["too wide"]


async def test_a_manager_finds_no_case(browser: Any, served: Served) -> None:
    watch = await open_page(browser, served, script=False, width=320)
    await sign_in(watch, "manager")
    for path in ("/cases", "/cases/KOD01-F0001", "/cases/KOD01-F0001/risk", "/cases/counts"):
        answer = await watch.page.goto(served.url + path)
        assert answer.status == 404
    await watch.page.context.close()

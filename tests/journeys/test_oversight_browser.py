"""A manager's, price officer's and auditor's pages in a browser: narrow and wide, both languages, with script and without."""

import re
from typing import Any

import pytest

from tests.journeys.browsing import MODES, come_in, needs_chromium, shortcomings
from tests.journeys.served import Served

pytestmark = needs_chromium
_HOUSEHOLD = "household_no,cooperative,head_person_no,head_name,village,tola,block,district_lgd,state_lgd,ration_card_no,ration_type,caste,pvtg,minority,house,land_acre,migrant,persons\n"


PAGES = {
    "manager": ("/home", "/more", "/imports", "/health-of-books/KOD01", "/reads"),
    "prices": ("/home", "/more", "/price-overview", "/notices"),
    "auditor": (
        "/home",
        "/health-of-books",
        "/health-of-books/KOD01",
        "/sample?coop=KOD01&seed=7&since=2020-01-01",
        "/trail/KOD01-26-S00001",
        "/reads?coop=KOD01",
    ),
}


@pytest.mark.parametrize("user", PAGES)
async def test_pages_are_good_narrow_and_wide_in_both_languages(
    browser: Any, served: Served, user: str
) -> None:
    watch = await come_in(browser, served, user, script=True, width=320)
    found: list[str] = []
    for path in PAGES[user]:
        for language, width in (("hi", 320), ("en", 1280)):
            joint = "&" if "?" in path else "?"
            await watch.page.set_viewport_size({"width": width, "height": 800})
            await watch.page.goto(f"{watch.url}{path}{joint}lang={language}")
            faults = await shortcomings(watch.page)
            found += [f"{path} {language} {width}: {fault}" for fault in faults]
            assert await watch.page.locator(".nav li").count() <= 5
    assert found == []
    assert watch.faults == []
    await watch.page.context.close()


@pytest.mark.parametrize("script", MODES)
async def test_a_manager_sees_a_list_then_books_it(
    browser: Any, served: Served, script: bool
) -> None:
    watch = await come_in(browser, served, "manager", script=script, width=320)
    page = watch.page
    await page.goto(f"{watch.url}/more")
    await page.locator("main a[href='/imports']").click()
    number = "KOD-NEW-1" if script else "KOD-NEW-2"
    row = f"{number},KOD01,,मोहन नमूना,Abhrakdih,,Domchanch,334,20,,PHH,SC,no,no,pucca,,no,4\n"
    bad = row.replace("334,20", "x,20").replace(number, f"{number}-B")
    await page.locator("[name=kind][value=households]").check(force=True)
    await page.set_input_files(
        "[name=file]",
        {
            "name": "list.csv",
            "mimeType": "text/csv",
            "buffer": (_HOUSEHOLD + row + bad).encode(),
        },
    )
    await page.locator("main .btn--main").click()
    await page.wait_for_selector("form[action='/imports/book']")
    assert "district_lgd" in await page.inner_text("main table")
    await page.locator("form[action='/imports/book'] .btn--main").click()
    await page.wait_for_selector(".error-summary")
    await page.locator("[name=keep][value=good]").check(force=True)
    await page.locator("form[action='/imports/book'] .btn--main").click()
    await page.wait_for_url(re.compile(r"/imports/[0-9a-f-]{36}$"))
    assert await page.locator(".note--ok").count() == 1
    assert watch.faults == []
    await page.context.close()


@pytest.mark.parametrize("script", MODES)
async def test_an_auditor_goes_from_an_exception_to_a_receipts_way(
    browser: Any, served: Served, script: bool
) -> None:
    watch = await come_in(browser, served, "auditor", script=script, width=1280)
    page = watch.page
    await page.locator(".nav a[href='/health-of-books']").click()
    await page.locator("main a[href='/health-of-books/KOD01']").click()
    await page.locator("main a[href='/sample?coop=KOD01']").click()
    await page.fill("[name=seed]", "4711")
    await page.fill("[name=since]", "2026-01-01")
    await page.keyboard.press("Enter")
    await page.wait_for_selector("main table tbody tr")
    drawn = await page.locator("main tbody th a").all_inner_texts()
    assert len(drawn) == 30
    await page.reload()
    assert await page.locator("main tbody th a").all_inner_texts() == drawn
    await page.locator("main tbody th a").first.click()
    await page.wait_for_selector("ol.timeline li")
    assert await page.locator("ol.timeline li").count() >= 5
    assert watch.faults == []
    await page.context.close()

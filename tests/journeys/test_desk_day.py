"""The desk as a clerk works at it: thirteen keys, a phone, a dead network, a session that ended."""

import re
from typing import Any

import pytest

from tests.journeys.browsing import needs_chromium, sign_in
from tests.journeys.desk import at_desk, count, focus, type_in, until, waiting
from tests.journeys.served import PASSWORD, Served

pytestmark = needs_chromium


async def test_thirteen_keys_and_the_cursor_is_back(browser: Any, served: Served) -> None:
    watch = await at_desk(browser, served)
    page = watch.page
    before = await count(served)
    for kg in ("18.4", "21.3"):
        keys = await type_in(page, kg=kg)
        number = await page.inner_text(".done [data-say=number]")
        await keys.press("Enter")
        await until(
            page, "window.printed.length > 0 && !document.getElementById('paper').childElementCount"
        )
        paper = (await page.evaluate("window.printed.splice(0)"))[0]
        assert keys.pressed == 13
        assert number in paper
        assert "<svg" in paper, "the signed slip has its code"
        assert not re.search("नकल|COPY", paper)
        assert await focus(page) == "member_no"
    assert await count(served) == before + 2
    await page.keyboard.press("1")
    await page.keyboard.press("Escape")
    assert (await page.input_value("[name=member_no]"), await focus(page)) == ("", "member_no")
    await page.locator("[data-undo] button").first.click()
    await until(page, "!document.querySelectorAll('.slips > li:first-child .tag.ok').length")
    assert await focus(page) == "member_no"
    await page.locator("a[data-reprint]").nth(1).click()
    await until(page, "window.printed.length === 1")
    assert re.search("नकल|COPY", await page.evaluate("window.printed[0]")), "printed again, counted"
    assert await focus(page) == "member_no"
    await page.go_back()
    await page.go_forward()
    await page.wait_for_selector("[name=member_no]:focus")
    assert watch.faults == []
    await page.context.close()


async def test_who_it_is_is_said_at_once_also_to_a_scanner(browser: Any, served: Served) -> None:
    watch = await at_desk(browser, served)
    page = watch.page
    await page.keyboard.type("KOD01/0007")
    await page.keyboard.press("Enter")
    await page.wait_for_selector("#seller strong")
    assert await page.input_value("[name=member_no]") == "0007"
    name = await page.inner_text("#seller strong")
    assert name
    assert " " not in name, "the first name alone"
    await page.fill("[name=member_no]", "9999")
    await page.wait_for_selector("#seller .err")
    await page.keyboard.press("Escape")
    await page.keyboard.insert_text("०००७")
    await page.keyboard.press("Enter")
    await page.locator("[name=grade_code][value='3']").press("3")
    await page.keyboard.insert_text("१८.४")
    await page.keyboard.press("Enter")
    assert "213.26" in await page.inner_text("[data-total=amount]")
    assert await page.inner_text("[data-total=words]") == "दो सौ तेरह रुपये छब्बीस पैसे"
    await page.keyboard.press("Enter")
    await page.wait_for_selector("[data-print-next]:focus")
    assert watch.faults == []
    await page.context.close()


@pytest.mark.parametrize("width", [320, 360])
async def test_keys_are_large_enough_for_a_thumb(browser: Any, served: Served, width: int) -> None:
    watch = await at_desk(browser, served, width)
    page = watch.page
    sizes = """[...document.querySelectorAll('main .key, main input:not([type=hidden], .key input), main .btn, main summary, main .go')]
      .filter((one) => one.checkVisibility()).map((one) => [one.outerHTML.slice(0, 90), one.getBoundingClientRect().height])
      .filter(([, height]) => height < 55.5)"""
    assert await page.evaluate(sizes) == []
    assert await page.locator("main .key").count() >= 8
    await type_in(page, kg="5.5")
    assert await page.evaluate(sizes) == []
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert await page.evaluate(wide) == 0
    assert watch.faults == []
    await page.context.close()


async def test_the_network_dies_and_comes_back(browser: Any, served: Served) -> None:
    watch = await at_desk(browser, served)
    page, before = watch.page, await count(served)
    await page.context.set_offline(True)
    await type_in(page, "0007")
    await page.keyboard.press("Enter")
    await type_in(page, "0008", "2", "9.4")
    assert "123.53" in await page.inner_text(".done")
    await page.keyboard.press("Enter")
    raw = await page.evaluate("window.printed[1]")
    assert "कच्ची पर्ची" in raw
    assert "<svg" not in raw, "unsigned: no code on it"
    assert await page.locator(".net--off [data-net-count]").inner_text() == "2"
    assert await focus(page) == "member_no"
    kept = await page.evaluate("outbox.all().then((all) => JSON.stringify(all))")
    assert re.search("[\u0900-\u097f]", kept) is None, "numbers only, nobody's name"
    await page.context.set_offline(False)
    await until(page, "outbox.all().then((all) => all.length === 0)")
    assert await count(served) == before + 2
    assert await page.locator("#outbox").is_hidden()
    # The server books it, its answer is lost, and then the same comes again.
    await page.route("**/desk?*", _lose_the_answer)
    await type_in(page, "0007", "3", "3.3")
    assert (await waiting(page), await count(served)) == (1, before + 3)
    await page.unroute("**/desk?*")
    await page.click("[data-send]")
    await until(page, "outbox.all().then((all) => all.length === 0)")
    assert await count(served) == before + 3, "the same id is one slip"
    await page.context.close()


async def _lose_the_answer(route: Any) -> None:
    answer = await route.fetch()
    assert answer.status == 201
    await route.abort()


async def test_a_refusal_comes_back_and_nothing_is_lost(browser: Any, served: Served) -> None:
    watch = await at_desk(browser, served)
    page, before = watch.page, await count(served)
    await page.context.set_offline(True)
    await type_in(page, "9999")
    await page.keyboard.press("Enter")
    await page.context.set_offline(False)
    await page.wait_for_selector("[data-correct]:visible")
    assert await waiting(page) == 1
    await page.reload()
    await page.wait_for_selector("[data-correct]:visible")
    await page.click("[data-correct]")
    assert await focus(page) == "member_no"
    assert await page.input_value("[name=gross_kg]") == "18.4"
    await page.fill("[name=member_no]", "0007")
    await page.press("[name=gross_kg]", "Enter")
    await page.keyboard.press("Enter")
    await page.wait_for_selector("[data-print-next]:focus")
    assert (await waiting(page), await count(served)) == (0, before + 1)
    await page.context.close()


async def test_signed_out_meanwhile_and_asked_before_signing_out(
    browser: Any, served: Served
) -> None:
    watch = await at_desk(browser, served)
    page, before = watch.page, await count(served)
    await page.context.clear_cookies()
    await type_in(page, "0007", "3", "4.4")
    await page.click("#outbox a[href^='/sign-in']")
    await page.wait_for_selector("[name=user]")
    await page.fill("[name=user]", "clerk2")
    await page.fill("[name=password]", PASSWORD)
    await page.press("[name=password]", "Enter")
    await page.wait_for_url(re.compile("/desk"))
    await page.wait_for_selector("[data-others]:visible")
    assert (await waiting(page), await count(served)) == (1, before), "not under another's name"
    asked: list[str] = []

    async def dismiss(dialog: Any) -> None:
        asked.append(dialog.message)
        await dialog.dismiss()

    page.on("dialog", dismiss)
    await page.goto(f"{watch.url}/account")
    await page.click("form[action='/sign-out'] button")
    await page.wait_for_timeout(200)
    assert len(asked) == 1
    assert "1" in asked[0]
    page.remove_listener("dialog", dismiss)
    page.once("dialog", lambda dialog: dialog.accept())
    await page.click("form[action='/sign-out'] button")
    await page.wait_for_selector("[name=user], a[href*='/sign-in']")
    await sign_in(watch)
    await page.goto(f"{watch.url}/desk")
    await until(page, "outbox.all().then((all) => all.length === 0)")
    assert await count(served) == before + 1
    await page.context.close()

"""The verifier without a network, against the command, in a real browser."""

import asyncio
import io
from pathlib import Path
from typing import Any

import httpx
import segno

from tests.journeys.browsing import needs_chromium, open_page, shortcomings, sign_in
from tests.journeys.served import Served
from tests.program import run_program

pytestmark = needs_chromium


def _command(served: Served, texts: list[str], folder: Path) -> list[str]:
    """The verdicts of the program, from the files that this server gives to strangers."""
    (folder / "keys").write_bytes(httpx.get(f"{served.url}/.well-known/mr1-keys").content)
    statuses, number = [], 0
    while (got := httpx.get(f"{served.url}/mr1/status/{number}")).status_code == 200:
        path = folder / f"status-{number}"
        path.write_bytes(got.content)
        statuses += ["--status", str(path)]
        number += 1
    roots = run_program("key", "root", surroundings=served.surroundings)
    assert roots.returncode == 0, roots.stderr
    pinned = [word for line in roots.stdout.split() for word in ("--root", line)]
    words = ["receipt", "verify", "--keys", str(folder / "keys"), *pinned, *statuses]
    lines = "".join(f"{text}\n" for text in texts).encode()
    said = run_program(*words, surroundings=served.surroundings, stdin=lines)
    assert said.returncode == 0, said.stderr
    return said.stdout.splitlines()


async def _verdict(page: Any, text: str) -> str:
    """What the page in the browser says, by its name."""
    await page.evaluate("delete document.getElementById('verdict').dataset.verdict")
    await page.fill("#text", text)
    await page.locator("#one-form .btn--main").click()
    await page.wait_for_selector("#verdict[data-verdict]", timeout=8000)
    return str(await page.get_attribute("#verdict", "data-verdict"))


def _tampered(text: str) -> str:
    """One sign in the middle changed: most likely the signature."""
    at = len(text) - 40
    return text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :]


async def test_in_flight_mode_the_page_says_what_the_command_says(
    browser: Any, served: Served, tmp_path: Path
) -> None:
    issued = await asyncio.to_thread(served.receipts)
    judged = await asyncio.to_thread(_command, served, issued, tmp_path)
    void = next(t for t, v in zip(issued, judged, strict=True) if v == "VOID")
    genuine = next(t for t, v in zip(issued, judged, strict=True) if v == "GENUINE_CURRENT")
    texts = [genuine, _tampered(genuine), void, "HTTPS://X/R/NONSENSE", "garbage", genuine.lower()]
    expected = await asyncio.to_thread(_command, served, texts, tmp_path)
    assert expected[:3] == ["GENUINE_CURRENT", "BAD_SIGNATURE", "VOID"]
    for language in ("hi", "en"):
        watch = await open_page(browser, served, script=True, width=320)
        page = watch.page
        await page.goto(f"{served.url}/{language}/verify/offline")
        await page.wait_for_selector("#verifier[data-kept=yes]", timeout=15000)
        await page.wait_for_selector("[data-state=ready]", state="visible", timeout=8000)
        await page.context.set_offline(True)
        await page.goto(f"{served.url}/{language}/verify/offline")
        assert await page.get_attribute("html", "lang") == language
        assert [await _verdict(page, text) for text in texts] == expected
        # The same words as the server's page.
        await _verdict(page, genuine)
        alone = await page.inner_text("#verdict .verdict .h1")
        await page.context.set_offline(False)
        await page.goto(f"{served.url}/{language}/R/{genuine.split('/R/')[1]}")
        assert await page.inner_text(".verdict h1") == alone
        # A printed code opened without a network is judged by the kept page.
        await page.context.set_offline(True)
        await page.goto(f"{served.url}/R/{void.split('/R/')[1]}")
        await page.wait_for_selector("#verdict[data-verdict=VOID]", timeout=8000)
        assert await shortcomings(page) == []
        assert [fault for fault in watch.faults if "ERR_INTERNET_DISCONNECTED" not in fault] == []
        await page.context.close()


async def test_old_lists_say_their_age_and_an_old_key_list_is_amber(
    browser: Any, served: Served
) -> None:
    genuine = (await asyncio.to_thread(served.receipts))[0]
    watch = await open_page(browser, served, script=True, width=320)
    page = watch.page
    # Two days later in the phone's own clock: the status list is stale, the keys still hold.
    for days, verdict, words in (
        (2, "GENUINE_STATUS_UNKNOWN", "2 days old"),
        (93, "KEY_LIST_OUT_OF_DATE", "too old to be sure"),
    ):
        await page.clock.install()
        await page.goto(f"{served.url}/en/verify/offline")
        await page.clock.set_fixed_time((await page.evaluate("Date.now()")) / 1000 + days * 86_400)
        await page.goto(f"{served.url}/en/verify/offline")
        assert await _verdict(page, genuine) == verdict
        assert words in await page.inner_text("#verdict .verdict")
        assert await page.locator("#verdict .verdict--wait").count() == 1
    await page.context.close()


async def test_many_at_once_without_a_network(browser: Any, served: Served) -> None:
    issued = (await asyncio.to_thread(served.receipts))[:40]
    watch = await open_page(browser, served, script=True, width=320)
    page = watch.page
    await page.goto(f"{served.url}/en/verify/offline")
    await page.wait_for_selector("#verifier[data-kept=yes]", timeout=15000)
    await page.context.set_offline(True)
    await page.locator("details summary", has_text="Verify many").click()
    await page.fill("#texts", "\n".join([*issued, '=HYPERLINK("x")']))
    await page.locator("#many-form .btn").first.click()
    await page.wait_for_selector("#verdict[data-verdict=many]", timeout=30000)
    assert "41 lines were read" in await page.inner_text("#verdict")
    assert await page.locator("#verdict tbody tr").count() == 41
    async with page.expect_download() as saved:
        await page.locator("[data-csv]").click()
    path = await (await saved.value).path()
    content = await asyncio.to_thread(Path(path).read_text, "utf-8-sig")
    assert content.splitlines()[41].startswith('"41","MALFORMED","","')
    assert "HYPERLINK" not in content
    assert await shortcomings(page) == []
    await page.context.close()


async def test_without_a_script_the_server_answers(browser: Any, served: Served) -> None:
    genuine = (await asyncio.to_thread(served.receipts))[0]
    watch = await open_page(browser, served, script=False, width=320)
    page = watch.page
    await page.goto(f"{served.url}/hi/verify/offline")
    await page.fill("#text", genuine)
    await page.locator("#one-form .btn--main").click()
    await page.wait_for_selector(".verdict--ok h1")
    assert await page.get_attribute("html", "lang") == "hi"
    assert watch.faults == []
    await page.context.close()


async def test_nothing_of_a_signed_in_person_is_kept(browser: Any, served: Served) -> None:
    watch = await open_page(browser, served, script=True)
    await sign_in(watch, "buyer")
    page = watch.page
    await page.goto(f"{served.url}/en/verify/offline")
    await page.wait_for_selector("#verifier[data-kept=yes]", timeout=15000)
    name = await page.inner_text(".who")
    await page.goto(f"{served.url}/verify")
    kept = await page.evaluate(
        """async () => {
          const cache = await caches.open('verifier-1'), found = [];
          for (const { url } of await cache.keys()) found.push([url, await (await cache.match(url)).text()]);
          return found;
        }"""
    )
    paths = {url.removeprefix(served.url).partition("?")[0] for url, _ in kept}
    assert all(
        path.startswith("/static/")
        or path in ("/en/verify/offline", "/mr1/statuses", "/.well-known/mr1-keys")
        for path in paths
    )
    assert not [url for url, text in kept if name in text]
    assert all('name="csrf" value=""' in text for url, text in kept if "/verify/offline" in url)
    scopes = await page.evaluate(
        "navigator.serviceWorker.getRegistrations().then((all) => all.map((one) => new URL(one.scope).pathname))"
    )
    assert sorted(scopes) == ["/R/", "/en/R/", "/en/verify", "/verify"]
    await page.goto(f"{served.url}/home")
    assert await page.evaluate("navigator.serviceWorker.controller") is None
    assert watch.faults == []
    await page.context.close()


async def test_a_hotspots_page_and_a_dead_network_do_not_spoil_what_is_kept(
    browser: Any, served: Served
) -> None:
    genuine = (await asyncio.to_thread(served.receipts))[0]
    watch = await open_page(browser, served, script=True, width=320)
    page, context, met = watch.page, watch.page.context, []

    async def hotspot(route: Any) -> None:
        met.append(route.request.url)
        await route.fulfill(status=200, content_type="text/html", body="<h1>Sign in here</h1>")

    async def dead(route: Any) -> None:
        met.append(route.request.url)
        await asyncio.sleep(20)

    address = f"{served.url}/en/verify/offline"
    await page.goto(address)
    await page.wait_for_selector("#verifier[data-kept=yes]", timeout=15000)
    for way in (hotspot, dead):
        met.clear()
        for lists in ("**/mr1-keys", "**/mr1/statuses"):
            await context.route(lists, way)
        await page.goto(address)
        assert await _verdict(page, genuine) == "GENUINE_CURRENT", way
        assert met, "the worker asked"
        await context.unroute_all(behavior="ignoreErrors")
    # The page itself does not come either: the kept one stands in after a few seconds.
    met.clear()
    await context.route("**/verify/offline", dead)
    await page.goto(address, timeout=15000)
    assert await _verdict(page, genuine) == "GENUINE_CURRENT"
    await context.unroute_all(behavior="ignoreErrors")
    await context.close()


DETECTOR = """
  self.BarcodeDetector = class {
    static async getSupportedFormats() { return ['qr_code']; }
    async detect() { return self.seen ? [{ rawValue: self.seen }] : []; }
  };
"""


async def test_a_picture_of_the_code_is_enough(browser: Any, served: Served) -> None:
    """By the browser's own detector; a camera that does not open is told."""
    genuine = (await asyncio.to_thread(served.receipts))[0]
    watch = await open_page(browser, served, script=True, width=320)
    page = watch.page
    await page.goto(f"{served.url}/en/verify/offline")
    await page.wait_for_selector("#verifier[data-kept=yes]", timeout=15000)
    assert not await page.locator("#picture").is_visible(), "no detector, no box"
    await page.add_init_script(DETECTOR)
    await page.goto(f"{served.url}/en/verify/offline")
    await page.wait_for_selector("#picture")
    drawn = io.BytesIO()
    segno.make(genuine, error="m", micro=False).save(drawn, kind="png", scale=3)
    picture = {"name": "code.png", "mimeType": "image/png", "buffer": drawn.getvalue()}
    await page.set_input_files("#picture", picture)
    await page.wait_for_selector("[data-wrong=no-code]")
    await page.evaluate("(text) => { self.seen = text; }", genuine)
    again = {**picture, "name": "again.png"}
    await page.set_input_files("#picture", again)
    await page.wait_for_selector("#verdict[data-verdict=GENUINE_CURRENT]")
    await page.locator("[data-scan]").click()
    await page.wait_for_selector("[data-wrong=no-camera]")
    assert await shortcomings(page) == []
    await page.context.close()


async def test_a_new_worker_leaves_nothing_old_behind(browser: Any, served: Served) -> None:
    watch = await open_page(browser, served, script=True, width=320)
    page = watch.page
    await page.goto(f"{served.url}/en/keys")
    await page.evaluate(
        """async () => {
          await caches.open('verifier-0');
          const kept = await caches.open('verifier-1');
          await kept.put('/static/look.css?v=old', new Response('x', { headers: { 'content-type': 'text/css' } }));
        }"""
    )
    await page.goto(f"{served.url}/en/verify/offline")
    await page.wait_for_selector("#verifier[data-kept=yes]", timeout=15000)
    names, styles = await page.evaluate(
        """async () => [await caches.keys(), (await (await caches.open('verifier-1')).keys())
          .map(({ url }) => url).filter((url) => url.includes('look.css'))]"""
    )
    assert names == ["verifier-1"]
    assert len(styles) == 1
    assert "v=old" not in styles[0]
    # The worker is asked for anew on each visit and never from the browser's store.
    ways = await page.evaluate(
        "navigator.serviceWorker.getRegistrations().then((all) => all.map((one) => one.updateViaCache))"
    )
    assert set(ways) == {"none"}
    await page.context.close()

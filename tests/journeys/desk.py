"""What journeys of the desk share: a counted keyboard, the way to the desk, what waits on the phone."""

import asyncio
from typing import Any

from tests.journeys.browsing import Watch, open_page, sign_in
from tests.journeys.served import Served

# The paper that a print would show; the browser's own window would wait for a person.
PRINTED = """window.printed = [];
window.print = () => { window.printed.push(document.getElementById("paper").innerHTML); };"""


class Keys:
    """The keyboard, counting."""

    def __init__(self, page: Any) -> None:
        self._keyboard = page.keyboard
        self.pressed = 0

    async def press(self, *keys: str) -> None:
        """Press single keys."""
        for key in keys:
            self.pressed += 1
            await self._keyboard.press(key)


async def at_desk(browser: Any, served: Served, width: int = 360, lang: str = "hi") -> Watch:
    watch = await open_page(browser, served, script=True, width=width)
    await watch.page.add_init_script(PRINTED)
    await sign_in(watch)
    await watch.page.goto(f"{watch.url}/desk?lang={lang}")
    await watch.page.wait_for_selector("[name=member_no]:focus")
    return watch


async def type_in(page: Any, member: str = "0007", grade: str = "3", kg: str = "18.4") -> Keys:
    """Weigh to the slip, raw or signed, whose button then has the focus."""
    keys = Keys(page)
    await keys.press(*member, "Enter", grade, *kg, "Enter", "Enter")
    await page.wait_for_selector("[data-print-next]:focus")
    return keys


async def until(page: Any, what: str) -> None:
    """Wait for something on the page; the policy lets no page wait by a text of its own."""
    for _ in range(100):
        if await page.evaluate(what):
            return
        await asyncio.sleep(0.1)
    raise AssertionError(what)


async def focus(page: Any) -> str:
    return str(await page.evaluate("document.activeElement.name || document.activeElement.id"))


async def waiting(page: Any) -> int:
    return int(await page.evaluate("outbox.all().then((all) => all.length)"))


async def count(served: Served) -> int:
    return len(await asyncio.to_thread(served.receipts))

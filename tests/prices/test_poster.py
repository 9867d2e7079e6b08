"""The poster of the price board: the page's own facts, figures that are read from three metres."""

from datetime import timedelta

import httpx
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from coop.kernel import clock
from coop.kernel.db import SYSTEM, transaction
from coop.prices.operations import publish_lines
from coop.prices.rules import NoticeLine, NoticeRow
from coop.settings import settings
from tests.sheets import assert_counted, pages_of, words_of
from tests.trade import GRADE, Trade

OWN = 991  # no district: what stands here is nobody else's
# A digit of 9 mm is seen at 3 m by who sees half as sharply as most (ISO 8596: 5 minutes of arc, doubled).
LEAST_MM = 9


@pytest.fixture(scope="session")
async def posted(trade: Trade) -> str:
    """A district with a floor in force and one to come."""
    now = clock.now()
    lines = [
        NoticeLine(f"POSTER/{number}", now - timedelta(hours=9), now + timedelta(hours=begins), None, OWN, GRADE, paise, paise + 250, 50)
        for number, begins, paise in (("1", -8, 1075), ("2", 48, 1234))
    ]  # fmt: skip
    async with transaction(SYSTEM) as tx:
        for line in lines:
            await publish_lines(
                tx, [NoticeRow(line, "Nodal agency (invented)", "letter 1", "नोडल एजेंसी")]
            )
    return f"district={OWN}"


def largest(data: bytes) -> int:
    """The largest size of letters in a file, in hundredths of a point."""
    sizes = []
    for page in pypdfium2.PdfDocument(data):
        for thing in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
            size = pdfium.c_float()
            pdfium.FPDFTextObj_GetFontSize(thing.raw, size)
            sizes.append(round(size.value * 100))
    return max(sizes)


@pytest.mark.parametrize("language", ["en", "hi"])
async def test_poster_and_page_say_the_same(
    client: httpx.AsyncClient, posted: str, language: str
) -> None:
    """Issue 4, line 1: "price board poster", with its HTML twin."""
    page = await client.get(f"/{language}/prices?{posted}")
    assert "poster.pdf" in page.text
    answer = await client.get(f"/{language}/prices/poster.pdf?{posted}")
    assert answer.headers["content-type"] == "application/pdf"
    assert f'filename="prices-{OWN}.pdf"' in answer.headers["content-disposition"]
    said = words_of(answer.content)
    address = f"{settings().public_url}/prices?district={OWN}"
    for shown in ("10.75", "107.50", "13.25", "0.50", "POSTER/1", "POSTER/2", "12.34", "letter 1", "181", address):  # fmt: skip
        assert shown in page.text, shown
        assert shown in said, shown
    assert_counted(
        pages_of(answer.content), "पन्ना {}, कुल {}" if language == "hi" else "Page {} of {}"
    )


async def test_figures_are_large_enough_for_three_metres(
    client: httpx.AsyncClient, posted: str
) -> None:
    answer = await client.get(f"/prices/poster.pdf?{posted}")
    digit = largest(answer.content) * 714 // 1000  # what a digit of these fonts is high
    assert digit * 254 // 720 >= LEAST_MM * 100


async def test_without_a_notice_the_poster_says_what_to_do(client: httpx.AsyncClient) -> None:
    async with transaction(SYSTEM) as tx:
        await publish_far(tx)
    said = words_of((await client.get("/en/prices/poster.pdf?district=992")).content)
    assert "No price in force" in said
    assert "Ask the agency's price officer" in said


async def publish_far(tx: object) -> None:
    """A district whose only floor is to come."""
    now = clock.now()
    line = NoticeLine("POSTER/3", now, now + timedelta(days=30), None, 992, GRADE, 900, 1100, 50)
    await publish_lines(tx, [NoticeRow(line, "Nodal agency (invented)", "")])  # type: ignore[arg-type]

"""The counts on paper say what their page says, also what is kept back, in both languages."""

from datetime import date

import httpx
import pytest

from coop.kernel.i18n import use_language
from coop.schemes.pdf.report import report_pdf
from coop.schemes.rules.indicator import Report
from tests.house.schemes_counts import REPORT
from tests.house.trade_samples import COOPERATIVE
from tests.schemes.desk_pages import facilitator
from tests.sheets import words_of
from tests.trade import Trade


@pytest.mark.parametrize(
    ("language", "few", "median"),
    [("hi", "बताने के लिए बहुत कम", "2,000"), ("en", "too few to tell", "2,000")],
)
def test_what_is_kept_back_is_kept_back_on_paper(language: str, few: str, median: str) -> None:
    report = Report(on=date(2026, 11, 24), **REPORT)  # type: ignore[arg-type]  # what the page is drawn with
    with use_language(language):
        said = words_of(report_pdf(report, COOPERATIVE))
    assert few in said
    assert median in said
    assert "12,500" in said


async def test_whoever_reads_the_page_takes_the_paper(
    client: httpx.AsyncClient, trade: Trade
) -> None:
    await facilitator(client, trade)
    link = "/schemes/report/counts.pdf"
    assert f'href="{link}"' in (await client.get("/schemes/report")).text
    paper = await client.get(link)
    assert (paper.status_code, paper.headers["content-type"]) == (200, "application/pdf")
    assert paper.content.startswith(b"%PDF")

"""Papers of many pages: head rows repeated, rows whole, pages counted, nothing outside the sheet."""

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coop.kernel.i18n import use_language
from coop.kernel.paper.pages import A5, Pages, TableColumn, legible
from tests.sheets import assert_counted, assert_ordered, pages_of, words_of

COLUMNS = (
    TableColumn("Number", 20),
    TableColumn("Name", 50),
    TableColumn("Amount", 30, "right", bold=True),
)
LONG = "श्रीमतीविद्यार्थीकृष्णक्षेत्रज्ञान" * 6  # no space to break at
FOOT = {"hi": "पन्ना {}, कुल {}", "en": "Page {} of {}"}


def listed(rows: list[tuple[str, str, str]], language: str = "en") -> bytes:
    with use_language(language):
        pages = Pages("List", language, foot="Below", size=A5)
        pages.write("The list", 18, bold=True)
        pages.table(COLUMNS, rows, sums=("", "Sum", "₹ 12,345.00") if rows else ())
        return pages.data()


def outside(data: bytes) -> list[tuple[float, ...]]:
    """Boxes of drawn things that reach over the edge of their sheet."""
    found = []
    for page in pypdfium2.PdfDocument(data):
        width, height = page.get_size()
        for thing in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
            left, low, right, top = thing.get_bounds()
            if left < 0 or low < 0 or right > width or top > height:
                found.append((left, low, right, top))
    return found


@pytest.mark.parametrize("language", ["hi", "en"])
def test_a_long_table_goes_on_with_its_head(language: str) -> None:
    rows = [(f"R{place:04d}", "श्रीमती फूलमनी नमूना", "₹ 11.75") for place in range(130)]
    data = listed(rows, language)
    pages = pages_of(data)
    assert len(pages) > 2
    assert_counted(pages, FOOT[language])
    for text in pages:
        assert "Number Name Amount" in text
        assert "Below" in text
    whole = words_of(data)
    assert_ordered([number for number, _, _ in rows], whole)
    assert whole.count("श्रीमती फूलमनी नमूना") == len(rows)
    assert "R0129" in pages[-1], "the sums never stand alone on a page"
    assert outside(data) == []


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_short_table_is_one_page(count: int) -> None:
    data = listed([("R", "फूलमनी", "1")] * count)
    assert len(pages_of(data)) == 1


def test_a_long_name_wraps_within_its_column() -> None:
    data = listed([("R1", LONG, "1"), ("R2", "Namuna " * 30, "2")])
    assert outside(data) == []
    assert LONG in words_of(data).replace(" ", "")


def test_what_the_fonts_do_not_hold_is_a_question_mark() -> None:
    assert legible("सुनीता\u200d ₹ 1") == "सुनीता\u200d ₹ 1"
    assert legible("ᱥᱩ 😀 →\tA") == "?? ? ? A"
    assert "??" in words_of(listed([("R", "ᱥᱩ", "1")]))


@settings(max_examples=12, deadline=None)
@given(st.lists(st.integers(1, 70), min_size=1, max_size=60))
def test_rows_of_any_height_stand_whole_and_in_order(words: list[int]) -> None:
    rows = [(f"R{place:03d}", "name " * many + "end", "1") for place, many in enumerate(words)]
    pages = pages_of(listed(rows))
    assert_ordered([number for number, _, _ in rows], " ".join(pages))
    assert_counted(pages, FOOT["en"])
    for number, name, _ in rows:
        page = next(text for text in pages if number in text)
        assert f"{number} {name}" in page, "torn over two pages"


def test_the_same_content_gives_the_same_bytes() -> None:
    rows = [("R1", "फूलमनी", "1")]
    assert listed(rows) == listed(rows)

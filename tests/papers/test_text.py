"""Hindi on paper: two hundred strings are copied exactly, and no sign is a box for a missing glyph."""

import io
import unicodedata
from functools import cache

import pytest
import uharfbuzz
from babel.messages.pofile import read_po
from reportlab.pdfbase.pdfmetrics import getFont

from coop.kernel.paper import Column, Sheet, draw_lines
from coop.kernel.paper.fonts import BOLD, REGULAR, font_of
from coop.kernel.paper.line import _cut, lines_of, run_of
from coop.paths import FONTS, LOCALE
from tests.papers.reading import HAVE_POPPLER, by_pdfium, by_poppler, plain

HARD = [
    "श्रीमती द्वितीय कृष्ण र्क तर्क विद्यार्थी क्षेत्र ज्ञान हृदय शक्ति प्रार्थना किन्तु ट्रैक्टर",
    "₹ 1,23,456.78 दो सौ तेरह रुपये छब्बीस पैसे (KDM01-26-S00012)",
    "सुनीता विद्यार्थी-Sunita Namuna, ज़िला कोडरमा; ऑटो, फ़ॉर्म, ढूँढ़ा",
]


def hindi() -> list[str]:
    """Every sentence of the catalogue, without the places to fill."""
    with (LOCALE / "hi" / "LC_MESSAGES" / "coop.po").open("rb") as file:
        found = {
            text
            for message in read_po(file, locale="hi")
            for text in (message.string if isinstance(message.string, tuple) else (message.string,))
            if message.id and text and "%(" not in text
        }
    return sorted(found)


def two_hundred() -> list[str]:
    """Sentences spread over the catalogue, the hard ones first."""
    texts = hindi()
    step = len(texts) // (200 - len(HARD))
    return [*HARD, *texts[::step]][:200]


def pages_of(texts: list[str]) -> bytes:
    sheet = Sheet("Paper", "hi", (420, 200))
    for place, text in enumerate(texts):
        if place:
            sheet.next_page()
        draw_lines(sheet.canvas, text, 11, 20, 180, 380, bold=place % 2 == 1)
    return sheet.data()


def test_two_hundred_hindi_strings_are_copied_exactly() -> None:
    """Issue 4: "200 Hindi strings extract exactly from PDF", by pdfium and by poppler."""
    texts = two_hundred()
    assert len(set(texts)) == 200
    wanted = [plain(text) for text in texts]
    pdf = pages_of(texts)
    assert [plain(text) for text in by_pdfium(pdf)] == wanted
    if HAVE_POPPLER:
        assert [plain(text) for text in by_poppler(pdf)] == wanted


@cache
def _font(name: str) -> uharfbuzz.Font:
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob((FONTS / f"{name}.ttf").read_bytes())))


def _missing(text: str, name: str) -> set[str]:
    """The signs that a run draws as the box, asked of harfbuzz and of what reportlab will draw."""
    font = _font(name)
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer)
    found = {text[one.cluster] for one in buffer.glyph_infos if one.codepoint == 0}
    glyphs = run_of(text, 12, bold=name == BOLD).glyphs
    known = getFont(name).face.charToGlyph
    return found | {sign for sign in glyphs if not known.get(ord(sign))}


@pytest.mark.parametrize("name", [REGULAR, BOLD])
def test_no_sentence_of_ours_draws_a_missing_glyph(name: str) -> None:
    """Issue 4: "none draws a missing glyph": every Hindi sentence of the catalogue, both weights."""
    font_of(bold=False)
    assert set().union(*(_missing(text, name) for text in [*HARD, *hindi()])) == set()


def test_a_missing_glyph_would_be_found() -> None:
    font_of(bold=False)
    assert "ᱚ" in _missing("नमूना ᱚ", REGULAR)


def test_each_script_of_a_line_is_shaped_for_itself() -> None:
    """Issue 4, line 1: "shaped". A number before Hindi, or Hindi before a number, changes no sign of it."""
    for hindi_words in ("समिति (काल्पनिक)", "बहुउद्देशीय सहकारी समिति", "क्षेत्र-द्वितीय र्क"):
        alone = run_of(hindi_words, 12)
        for latin in ("KOD01 ", "16.100 ", "₹\u00a0"):
            before, after = run_of(latin + hindi_words, 12), run_of(hindi_words + latin, 12)
            assert before.glyphs.endswith(str(alone.glyphs))
            assert after.glyphs.startswith(str(alone.glyphs))
            assert before.width == pytest.approx(alone.width + run_of(latin, 12).width, abs=0.5)
            marks = [one[1:] for one in before.glyphs.__shapeData__][-len(alone.glyphs) :]  # type: ignore[attr-defined]  # of shaped text
            assert marks == [one[1:] for one in alone.glyphs.__shapeData__]  # type: ignore[attr-defined]


def test_lines_stay_within_their_width_and_lose_nothing() -> None:
    for text in two_hundred():
        for width in (60, 150, 380):
            lines = lines_of(text, 11, width)
            assert all(line.width <= width for line in lines), text
    whole = "A" * 200
    assert "".join(line.glyphs for line in lines_of(whole, 11, 60)) == whole


def test_a_word_too_long_is_cut_between_syllables() -> None:
    """A vowel sign alone at a line's beginning would be drawn on a dotted circle."""
    word = "क्षेत्रीयद्वितीयश्रीमतीज्ञानेश्वरीकर्तव्यनिष्ठासंग्रहणकेन्द्रढूँढ़ा"
    for width in range(40, 120, 7):
        parts = _cut(word, 11, width, bold=False)
        assert "".join(parts) == word
        assert len(parts) > 1
        for part in parts:
            assert unicodedata.category(part[0]) == "Lo", part
            assert not part.endswith("\u094d"), part


def test_a_column_measures_what_it_draws() -> None:
    def put(to: Column) -> int:
        to.words(HARD[0], 12)
        to.pair("कुल वज़न", "16.100 किग्रा", 12)
        to.pair(HARD[0], HARD[1], 12)
        to.rule()
        to.row(("क", HARD[2], "3"), (60, 100, -60), 12)
        to.stamp("नकल", 14)
        to.dots_code("HTTPS://JH.EXAMPLE/R/" + "A2" * 120, 3)
        to.bullets(HARD, 10, numbered=True)
        to.signs(("क", "ख"), 10)
        return to.top

    sheet = Sheet("Paper", "hi")
    assert put(Column(None, 10, 800, 220)) == put(Column(sheet.canvas, 10, 800, 220))
    assert io.BytesIO(sheet.data()).read(5) == b"%PDF-"

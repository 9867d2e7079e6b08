"""Paper: fonts of the tree, Hindi that is shaped and can be copied, a code that a camera reads."""

import hashlib
import io
import re
import shutil
import subprocess
import zlib

import pytest

from coop.kernel.i18n import use_language
from coop.kernel.paper import Shaped, Sheet, draw_code, draw_text, height_of, millimetres
from coop.kernel.paper.fonts import BOLD, REGULAR, font_of
from coop.members.queries.card import Card, CardSite
from coop.paths import FONTS

WORDS = "श्रीमती विद्यार्थी कृष्ण (राधा)-Radha को ₹ 1,23,456.00, क्षेत्र ज्ञान प्रार्थना ट्रैक्टर"


def drawn(words: str) -> bytes:
    sheet = Sheet("Paper", "hi")
    draw_text(sheet.canvas, Shaped(words, 12), 40, 800, 500)
    return sheet.data()


def streams(data: bytes) -> list[bytes]:
    """What the pages hold, unpacked."""
    found = []
    for raw in re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL):
        try:
            found.append(zlib.decompress(raw))
        except zlib.error:
            continue
    return found


def copied(data: bytes) -> list[str]:
    """The texts that a reader would copy."""
    texts = []
    for stream in streams(data):
        for hexed in re.findall(rb"/ActualText <FEFF([0-9A-F]*)>", stream):
            texts.append(bytes.fromhex(hexed.decode()).decode("utf-16-be"))
    return texts


def test_the_fonts_are_the_trees_own() -> None:
    sums = dict(
        line.split("  ")[::-1] for line in (FONTS / "SHA256SUMS").read_text("ascii").splitlines()
    )
    assert set(sums) == {f"{name}.ttf" for name in (REGULAR, BOLD)}
    for name, expected in sums.items():
        assert hashlib.sha256((FONTS / name).read_bytes()).hexdigest() == expected, name
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text("utf-8")
    assert (font_of(bold=False), font_of(bold=True)) == (REGULAR, BOLD)


def test_hindi_on_paper_is_copied_as_it_was_written() -> None:
    assert copied(drawn(WORDS)) == [WORDS]
    assert copied(drawn("a < b & c")) == ["a < b & c"]


def test_hindi_on_paper_is_shaped() -> None:
    """The sign of the short i stands before its letter: shaped text does not follow the letters' order."""
    from reportlab.pdfbase.pdfmetrics import getFont
    from reportlab.pdfbase.ttfonts import shapeStr

    font_of(bold=False)
    assert getFont(REGULAR).shapable
    shaped = shapeStr("कि", REGULAR, 12)
    assert shaped != "कि"
    assert len(shapeStr("क्ष", REGULAR, 12)) == 1


def test_the_same_words_give_the_same_bytes() -> None:
    assert drawn(WORDS) == drawn(WORDS)


def test_a_paragraph_ends_where_its_height_says() -> None:
    sheet = Sheet("Paper", "hi")
    one = Shaped(WORDS, 12)
    high = height_of(one, 100)
    assert high > height_of(one, 500)
    assert draw_text(sheet.canvas, Shaped(WORDS, 12), 40, 800, 100) == 800 - high


def test_a_code_is_one_path_with_every_dark_module() -> None:
    import segno

    text = "MEMBER:KDM01/0235"
    sheet = Sheet("Paper", "en")
    draw_code(sheet.canvas, text, 100, 100, 200)
    page = b"".join(streams(sheet.data()))
    assert len(re.findall(rb"\bf\*?(?=\s)", page)) == 1
    rows = [
        bytes(row)
        for row in segno.make(
            text, error="m", mode="alphanumeric", boost_error=False, micro=False, mask=2
        ).matrix
    ]
    dark = {
        (x + 4, len(rows) - 1 - y + 4)
        for y, row in enumerate(rows)
        for x, on in enumerate(row)
        if on
    }
    stretches = re.findall(rb"([0-9.]+) ([0-9.]+) ([0-9]+) 1 re", page)
    drawn = [
        (int(float(x)) + place, int(float(y)))
        for x, y, length in stretches
        for place in range(int(length))
    ]
    assert sorted(drawn) == sorted(dark)
    with pytest.raises(ValueError, match=r"small|Invalid|cannot|alphanumeric"):
        draw_code(sheet.canvas, "small letters", 0, 0, 10)


def card() -> Card:
    from datetime import date
    from types import SimpleNamespace as Thing

    from coop.sites.queries import Policy

    member = Thing(
        member_no="0235", number="KDM01/0235", name_hi="सुनीता विद्यार्थी", name_latin="Sunita Namuna",
        cooperative_hi="नमूना ढिबरा समिति", cooperative_en="Namuna cooperative",
    )  # fmt: skip
    policy = Policy(
        "नियमावली 2021, असाधारण राजपत्र", "Rules 2021", date(2022, 3, 3), "press", verified=False
    )
    return Card(
        member,
        "MEMBER:KDM01/0235",
        policy,
        (CardSite("S-12", "पुराना ढेर", "Old dump", "NAMUNA/12"),),
    )  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["hi", "en"])
def test_a_card_says_all_that_it_shows(language: str) -> None:
    from coop.members.pdf import HEIGHT, WIDTH, card_pdf

    assert (millimetres(85, 6), millimetres(54)) == (WIDTH, HEIGHT)
    with use_language(language):
        data = card_pdf(card())
    said = copied(data)
    expected = ["0235", "KDM01/0235", "सुनीता विद्यार्थी" if language == "hi" else "Sunita Namuna"]
    assert set(expected) <= set(said)
    whole = " ".join(said)
    assert ("राजपत्र" if language == "hi" else "Rules 2021") in whole
    assert ("S-12 पुराना ढेर" if language == "hi" else "S-12 Old dump") in whole
    assert "NAMUNA/12" in whole
    assert f"/Lang ({language}-IN)".encode() in data


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not on this machine")
def test_another_program_copies_the_same(tmp_path: object) -> None:
    from pathlib import Path

    file = Path(str(tmp_path)) / "paper.pdf"
    file.write_bytes(drawn(WORDS))
    done = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, check=True)
    assert done.stdout.decode().split() == WORDS.split()
    assert io.BytesIO(file.read_bytes()).read(5) == b"%PDF-"

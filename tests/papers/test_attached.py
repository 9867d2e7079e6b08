"""Issue 4, line 1: "buyer's receipt A4 with its proof attached", read back by programs not ours."""

import io
import subprocess
from pathlib import Path

import pikepdf
import pytest

from coop.kernel.i18n import use_language
from coop.kernel.paper import Sheet, draw_lines
from coop.kernel.paper.attached import Attached, attach
from coop.log.operations.evidence import Evidence
from coop.sales.pdf import receipt_pdf
from tests.house.sales_pages import SALES_SAMPLES
from tests.papers.reading import HAVE_POPPLER, by_pdfium, by_poppler, plain
from tests.papers.test_facts import CODE, sheet_of

FILES = (
    Attached(
        "z.cose", bytes(range(256)) + b"\nendstream endobj\r\n", "Any bytes", "application/cose"
    ),
    Attached("A.tlog-proof", "प्रमाण\n".encode(), "The log’s proof (of it)", "text/plain"),
    Attached("checkpoint", b"", "Nothing at all", "text/plain"),
)
HINDI = "श्रीमती द्वितीय कृष्ण र्क तर्क विद्यार्थी क्षेत्र ज्ञान ₹ 1,23,456.78"


def _paper(files: tuple[Attached, ...]) -> bytes:
    sheet = Sheet("रसीद", "hi")
    draw_lines(sheet.canvas, HINDI, 12, 40, 700, 500)
    attach(sheet.canvas, files)
    return sheet.data()


def test_attached_files_come_out_as_they_went_in() -> None:
    """By qpdf's own reading, which finds nothing to complain of, and by poppler's."""
    pdf = _paper(FILES)
    assert pdf == _paper(FILES)
    with pikepdf.open(io.BytesIO(pdf)) as read:
        assert read.check_pdf_syntax() == []
        assert list(read.attachments) == sorted(one.name for one in FILES)
        for one in FILES:
            found = read.attachments[one.name]
            file = found.get_file()
            assert (file.read_bytes(), file.mime_type) == (one.data, one.media_type)
            assert (found.filename, found.description) == (one.name, one.about)
            assert (file.size, len(file.md5)) == (len(one.data), 16)
        names = [str(one.UF) for one in read.Root.AF]  # type: ignore[attr-defined]  # of the catalog
        assert names == [one.name for one in FILES]
        assert all(one.Type == "/Filespec" for one in read.Root.AF)  # type: ignore[attr-defined]
    assert plain(by_pdfium(pdf)[0]) == HINDI
    if HAVE_POPPLER:
        assert plain(by_poppler(pdf)[0]) == HINDI


def test_a_name_that_is_not_ascii_is_refused() -> None:
    with pytest.raises(UnicodeEncodeError):
        _paper((Attached("रसीद", b"", "", "text/plain"),))


@pytest.mark.parametrize("language", ["hi", "en"])
def test_the_receipt_lists_its_files_and_its_words_are_copied(
    language: str, tmp_path: Path
) -> None:
    """What `pdfdetach -list` and `pdftotext` say of the real receipt."""
    proof = Evidence(b"x" * 180, bytes(range(10)), b"proof", b"checkpoint")
    sheet = sheet_of(SALES_SAMPLES["invoice"][1])
    with use_language(language):
        pdf = receipt_pdf(sheet, proof)
    number = sheet.sale.number
    wanted = {f"{number}.cose", f"{proof.cti.hex()}.tlog-proof", "checkpoint"}
    with pikepdf.open(io.BytesIO(pdf)) as read:
        assert read.check_pdf_syntax() == []
        assert set(read.attachments) == wanted
    if HAVE_POPPLER:
        file = tmp_path / "receipt.pdf"
        file.write_bytes(pdf)
        said = subprocess.run(["pdfdetach", "-list", str(file)], capture_output=True, check=True)
        listed = said.stdout.decode().splitlines()
        assert listed[0] == "3 embedded files"
        assert {line.split(": ", 1)[1] for line in listed[1:]} == wanted
        text = plain(by_poppler(pdf)[0])
        assert ("बिक्री रसीद" if language == "hi" else "Sale receipt") in text
        assert number in text
    assert CODE not in plain(by_pdfium(pdf)[0])  # drawn, not written

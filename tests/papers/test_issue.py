"""What issue 4 asks of papers, in its own words, where no other test says it already.

Elsewhere: "shaped, text extractable", "200 Hindi strings extract exactly", "none draws a missing glyph" in
test_text.py; "1,000 printed-then-degraded QRs" in test_codes.py; "with its proof attached" in
test_attached.py; "a copy says so" in test_doors.py and tests/payments/test_voucher_paper.py; that page and
paper say the same in test_facts.py; "member card with policy and site permission" in
tests/members/test_card_paper.py; "price board poster" in tests/prices/test_poster.py; "passbook page" in
tests/payments/test_passbook.py.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace as Thing

import pikepdf
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from coop.kernel.i18n import use_language
from coop.kernel.paper.code import modules_of
from coop.kernel.paper.fonts import BOLD, REGULAR
from coop.members.pdf import card_pdf
from coop.payments.pdf.voucher import voucher_pdf
from coop.payments.queries.paper import voucher_paper
from coop.prices.pdf import poster_pdf
from coop.receipts.rules.receipt import Line, Receipt, receipt_text, sign_receipt
from coop.sales.pdf import receipt_pdf
from coop.weighing.pdf import slip_pdf
from tests.house.money_samples import VOUCHER
from tests.house.sales_pages import SALES_SAMPLES
from tests.house.trade_samples import BOARD
from tests.house.tree import ROOT
from tests.kernel.test_paper import card
from tests.papers.test_facts import EVIDENCE, PAPERS, SLIPS, sheet_of

_VERSION_10 = 4 * 10 + 17  # modules of a code of version 10
_DOORS = (Path(__file__).parents[1] / "house" / "routes.txt").read_text("utf-8").splitlines()


def test_the_code_of_a_slip_is_at_most_10_m() -> None:
    """ "QR at most 10-M for a slip": at the highest figures that a slip is posted with."""
    key = Ed25519PrivateKey.from_private_bytes(bytes(32))
    most = Receipt(
        "JHARKHND", 2**32 - 1, bytes([255] * 10), 1, "KDM01ABCDE", 9900, 10**9,
        (Line(255, 2**31, 2**31),), 2**31,
    )  # fmt: skip
    text = receipt_text("A2345678901234567.ORG:65535", sign_receipt(most, key))
    assert modules_of(text) - 8 <= _VERSION_10
    three = Receipt(
        "JH", 1_790_000_000, bytes(10), 1, "KDM01", 2627, 99_999,
        tuple(Line(grade, 999_999, 9_999) for grade in (1, 2, 3)), 2**24,
    )  # fmt: skip
    assert modules_of(receipt_text("JH.EXAMPLE.ORG", sign_receipt(three, key))) - 8 <= _VERSION_10


def _drawn() -> Iterator[bytes]:
    yield slip_pdf(SLIPS["posted"], 58)
    yield receipt_pdf(sheet_of(SALES_SAMPLES["invoice"][1]), EVIDENCE)
    for name, draw in PAPERS.items():
        yield draw(SALES_SAMPLES[name][1])
    yield card_pdf(card())
    yield voucher_pdf(voucher_paper(VOUCHER, "KDM01-26-V00012"))  # type: ignore[arg-type]  # its fields
    yield poster_pdf(Thing(**BOARD))  # type: ignore[arg-type]  # a sample is loosely typed


def test_every_paper_is_drawn_with_the_one_merged_font() -> None:
    """ "from one merged font in `vendor/`": both scripts of a paper, and the font is within the file."""
    with use_language("hi"):
        for pdf in _drawn():
            with pikepdf.open(io.BytesIO(pdf)) as read:
                assert read.check_pdf_syntax() == []
                fonts = [one for one in read.objects if _is_font(one)]
                assert fonts
                for font in fonts:
                    name = str(font.BaseFont).split("+")[-1]
                    assert name in (REGULAR, BOLD) or _is_only_named(read, font), name
                    if name in (REGULAR, BOLD):
                        assert "/FontFile2" in font.FontDescriptor


def _is_font(one: object) -> bool:
    return isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"


def _is_only_named(read: pikepdf.Pdf, font: pikepdf.Dictionary) -> bool:
    """reportlab names Helvetica in every file; whether a page sets it to draw with."""
    for page in read.pages:
        drawn = page.Contents.read_bytes()
        for name, one in page.Resources.Font.items():
            used = re.search(name.encode() + rb" [0-9.]+ Tf[^T]*\((?!\))", drawn)
            if one.objgen == font.objgen and used:
                return False
    return True


# Where a paper's page is, when it is not the paper's address without its last part.
_TWINS = {
    "/children/worklist.pdf": "/children",
    "/ledger/trial-balance.pdf": "/ledger",
    "/lots/{number:str}/tag.pdf": "/lots/{number:str}/tag",
    "/members/{code:str}/{number:str}/card.pdf": "/members/{code:str}/{number:str}/card",
    "/sales/{number:str}/invoice.pdf": "/sales/{number:str}/invoice",
}


def test_each_paper_has_its_html_twin() -> None:
    """ "Each paper has its HTML twin": a page of the same permission, which leads to the paper."""
    opened = {door.split()[1]: door.split()[2] for door in _DOORS if door.startswith("GET ")}
    papers = [path for path in opened if path.endswith((".pdf", ".png"))]
    assert len(papers) >= 19
    led_to = "".join(
        file.read_text("utf-8")
        for folder, kind in (("templates", "html"), ("coop", "py"))
        for file in (ROOT / folder).rglob(f"*.{kind}")
    )
    for path in papers:
        twin = _TWINS.get(path, path.rsplit("/", 1)[0])
        assert twin in opened, path
        assert led_to.count(path.rsplit("/", 1)[1]) >= 1
        if path.startswith(
            ("/members/{code:str}/{number:str}/passbook", "/hi/", "/en/", "/prices")
        ):
            continue  # a print is more than a look: `members:passbook:print`; public both
        assert opened[twin] == opened[path], path

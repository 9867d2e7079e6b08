"""Each paper says, word for word, what its page prints; drawn from the pages' own samples."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace as Thing
from typing import Any

import pytest
from litestar.testing import RequestFactory
from markupsafe import Markup

from coop.kernel.i18n import use_language
from coop.kernel.web.page import draw
from coop.kernel.words import say
from coop.log.operations.evidence import Evidence
from coop.sales.pdf import challan_pdf, invoice_pdf, note_pdf, receipt_pdf, tag_pdf
from coop.sales.queries.sheets import LotTag, NoteSheet, SaleSheet
from coop.weighing.pdf import slip_pdf
from coop.weighing.queries.papers import ReversalPaper, SlipPaper, StandingShown
from coop.weighing.queries.slips import Named, Policy, Slip
from coop.weighing.queries.standing import ReversalSlip
from tests.house.sales_pages import SALES_SAMPLES
from tests.house.sales_samples import CHALLAN
from tests.house.trade_samples import CENTRE, COOPERATIVE, GRADES, NOON, SITE
from tests.papers.reading import by_pdfium, words_of_page, words_of_paper

CODE = "HTTPS://JH.EXAMPLE.ORG/R/" + "A2345678" * 30
EVIDENCE = Evidence(b"x" * 180, bytes(10), b"proof", b"checkpoint")
LANGUAGES = pytest.mark.parametrize("language", ["hi", "en"])


def _named(thing: Any) -> Named:
    return Named(thing.name_hi, thing.name_en, getattr(thing, "code", ""))


SLIP = Slip(
    "KDM01-26-S01187", _named(COOPERATIVE), _named(CENTRE), NOON, "1207", _named(SITE), 3,
    _named(GRADES[2]), 18400, 250, 18050, 1175, 1170, 21209, "cash", 284550, -4429, b"", 1,
    permission="NAMUNA/2026/12", policy=Policy("लघु खनिज नियमावली", "Minor mineral rules", False),
)  # fmt: skip
STANDS = StandingShown(
    "void", NOON, say("Wrong weight"), say("Clerk"), say("Manager"), "KDM01-26-R00004",
    "KDM01-26-S01188",
)  # fmt: skip
HELD = replace(STANDS, state="held", decided=None, reversal="", replaced_by="")
SLIPS = {
    "posted": SlipPaper(SLIP, None, "", CODE),
    "copy": SlipPaper(replace(SLIP, reprints=2, paid_mode="later"), None, "", CODE),
    "void": SlipPaper(replace(SLIP, state="void"), STANDS, "", CODE),
    "held": SlipPaper(replace(SLIP, state="held", paid_mode="upi"), HELD, "", CODE),
    "replaced": SlipPaper(
        replace(SLIP, state="replaced", policy=None), replace(STANDS, state="replaced"), "", CODE
    ),
    "in-place": SlipPaper(
        replace(SLIP, permission=None, paid_mode="bank"), None, "KDM01-26-S01186", CODE
    ),
}
TAKEN = ReversalSlip(
    "KDM01-26-R00004", 1, _named(COOPERATIVE), "KDM01-26-S01187", NOON,
    NOON - timedelta(minutes=1), "1207", 3, _named(GRADES[2]), 18050, 1175, 21209, 0, "cash",
    "undo", "", "", "KDM01-26-S01188", b"",
)  # fmt: skip
REVERSALS = {
    "undone": ReversalPaper(TAKEN, say("Undone by the poster"), say("Who weighed it"), None, 0, CODE),
    "decided": ReversalPaper(
        replace(TAKEN, cash_back_paise=21209), say("Wrong weight"), say("Clerk"), say("Manager"), 1,
        CODE,
    ),
}  # fmt: skip


REQUESTS = RequestFactory()


def page_words(language: str, template: str, context: dict[str, object]) -> Counter[str]:
    request = REQUESTS.get("/page", query_params={"lang": language})
    request.scope["state"]["actor"] = Thing(
        language=language, permissions=frozenset(), name="Meera", office=COOPERATIVE
    )
    request.scope["state"]["csrf_token"] = "x"
    return words_of_page(draw(request, template, context))


@LANGUAGES
@pytest.mark.parametrize("mm", [58, 80])
@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_says_what_its_page_says(name: str, mm: int, language: str) -> None:
    """Issue 4, line 1: "weighing slip (58/80 mm image and PDF)", "Hindi and English", "its HTML twin"."""
    one = SLIPS[name]
    context: dict[str, object] = {
        "slip": one.slip, "standing": one.standing, "replaces": one.replaces,
        "reversal_path": None, "qr_svg": None, "back_path": "/desk", "printing": False,
    }  # fmt: skip
    with use_language(language):
        paper = words_of_paper(slip_pdf(one, mm))
        under_code = "जाँचें" if language == "hi" else "camera"
    page = page_words(language, "weighing/slip.html", {**context, "qr_svg": Markup("<svg></svg>")})
    assert paper == page
    assert page[under_code]


@LANGUAGES
@pytest.mark.parametrize("name", REVERSALS)
def test_a_reversals_slip_says_what_its_page_says(name: str, language: str) -> None:
    one = REVERSALS[name]
    context: dict[str, object] = {
        "slip": one.slip, "reason": one.reason, "asked": one.asked, "decided": one.decided,
        "reprints": one.reprints, "qr_svg": "", "back_path": "/desk", "printing": False,
    }  # fmt: skip
    with use_language(language):
        paper = words_of_paper(slip_pdf(one, 58))
    assert paper == page_words(language, "weighing/reversal_slip.html", context)


def sheet_of(context: dict[str, Any]) -> SaleSheet:
    stands = SALES_SAMPLES["sale"][1]["stands"]
    challan = context.get("challan")
    return SaleSheet(context["sale"], replace(stands, challan=challan), context["place"], CODE)  # type: ignore[type-var]  # a sample is loosely typed


def _note(context: dict[str, Any]) -> bytes:
    code = CODE if context["note_qr"] else ""
    return note_pdf(NoteSheet(context["note"], sheet_of(context), code))


PAPERS: dict[str, Callable[[dict[str, Any]], bytes]] = {
    "invoice": lambda context: invoice_pdf(sheet_of(context)),
    "invoice-bill": lambda context: invoice_pdf(sheet_of(context)),
    "invoice-across": lambda context: invoice_pdf(sheet_of(context)),
    "note": _note,
    "note-debit": _note,
    "lot-tag": lambda context: tag_pdf(LotTag(context["lot"], context["district"])),
}


@LANGUAGES
@pytest.mark.parametrize("sample", PAPERS)
def test_a_paper_of_a_sale_says_what_its_page_says(sample: str, language: str) -> None:
    """Issue 4, line 1: "invoice or bill of supply", "lot tag", each with "its HTML twin"."""
    template, context, _ = SALES_SAMPLES[sample]
    with use_language(language):
        paper = words_of_paper(PAPERS[sample](context))
    assert paper == page_words(language, template, context)


@LANGUAGES
@pytest.mark.parametrize("state", [1, 2])
def test_an_invoice_that_is_held_or_void_says_so(state: int, language: str) -> None:
    template, context, _ = SALES_SAMPLES["invoice"]
    given = {**context, "sale": replace(context["sale"], status=state)}  # type: ignore[type-var]
    with use_language(language):
        paper = words_of_paper(invoice_pdf(sheet_of(given)))
    assert paper == page_words(language, template, given)


@LANGUAGES
def test_receipt_and_challan_say_no_fact_that_the_pages_do_not(language: str) -> None:
    """Their figures are the invoice's and the sale's: what has a digit stands there too."""
    context = {**SALES_SAMPLES["invoice"][1], "challan": CHALLAN}
    sheet = sheet_of(context)
    shown: dict[str, Any] = {**SALES_SAMPLES["sale"][1], **context, "stands": sheet.stands}
    request = REQUESTS.get("/page", query_params={"lang": language})
    request.scope["state"]["actor"] = Thing(
        language=language, permissions=frozenset(), name="Meera", office=COOPERATIVE
    )
    request.scope["state"]["csrf_token"] = "x"
    page = " ".join(
        draw(request, name, {**shown, "challan": CHALLAN})
        for name in ("sales/sale.html", "sales/invoice.html")
    )
    with use_language(language):
        receipt, challan = receipt_pdf(sheet, EVIDENCE), challan_pdf(sheet, CHALLAN)
    for paper in (receipt, challan):
        figures = {word for word in words_of_paper(paper) if any(sign.isdigit() for sign in word)}
        steps = set("12345")
        assert [one for one in figures - steps if one not in page] == []
    sale = sheet.sale
    said = by_pdfium(receipt)[0].replace("\xa0", " ")
    for fact in (sale.number, sale.lot, sale.party, sale.buyer, "1,279.000", "20,144.00"):
        assert fact in said


@LANGUAGES
def test_a_receipt_without_its_proof_says_so(language: str) -> None:
    sheet = sheet_of(SALES_SAMPLES["invoice"][1])
    with use_language(language):
        with_proof = words_of_paper(receipt_pdf(sheet, EVIDENCE))
        without = words_of_paper(receipt_pdf(sheet, Evidence(b"x", bytes(10), None, None)))
    word = "मिनट" if language == "hi" else "minute"
    assert without[word]
    assert not with_proof[word]

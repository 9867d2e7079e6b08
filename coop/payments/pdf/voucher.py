"""A voucher on A5, to be signed or marked with a thumb."""

from reportlab.lib.colors import HexColor

from coop.kernel.i18n import gettext, language
from coop.kernel.paper.pages import A5, FOREST, QUIET, Pages
from coop.kernel.paper.sheet import millimetres
from coop.payments.queries.paper import VoucherPaper

_BAD = HexColor("#8c1d18")
_SIGN = 44  # points to sign in


def voucher_pdf(paper: VoucherPaper) -> bytes:
    """Draw a voucher in the language spoken now; one taken back says so above all."""
    for size in (11, 10, 9, 8):  # nobody signs on a page that does not say the sum
        pages = _voucher(paper, size)
        if pages.count == 1:
            break
    return pages.data()


def _voucher(paper: VoucherPaper, size: int) -> Pages:
    title = f"{paper.title} {paper.number}"
    pages = Pages(title, language(), foot=paper.number, size=A5, margin=millimetres(12))
    pages.write(paper.cooperative, 10, color=QUIET)
    pages.write(paper.title, 18, bold=True, color=FOREST)
    pages.write(paper.number, 14, bold=True)
    if paper.taken_back:
        pages.write(f"{gettext('Taken back')}: {paper.taken_back}", 12, bold=True, color=_BAD)
    if paper.reprints:
        copy = gettext("Reprint no. %(count)s") % {"count": paper.reprints}
        pages.write(f"{gettext('COPY')} · {copy}", 14, bold=True)
    pages.gap(8)
    pages.facts(
        [
            (fact.label, f"{fact.value} ({fact.more})" if fact.more else fact.value)
            for fact in paper.facts
        ],
        size,
    )
    pages.gap(16)
    for words in paper.signatures:
        pages.need(_SIGN + 20)
        pages.gap(_SIGN)
        pages.rule()
        pages.write(words, 9, color=QUIET)
    return pages

"""What the papers of a sale share: the sheet, its head, the buyer, the State, a sum."""

from datetime import datetime

from coop.kernel.i18n import HINDI, day, kg, language, named, ngettext, rupees, time
from coop.kernel.i18n import gettext as _
from coop.kernel.paper import QUIET, Column, Sheet, millimetres
from coop.sales.queries.papers import SalePaper
from coop.sales.queries.sheets import SaleSheet

SMALL, PLAIN, HEAD, TITLE = 9, 10, 11, 17
_MARGIN, _CODE = millimetres(18), millimetres(46)
_GAP = 18


def a4(title: str, number: str) -> tuple[Sheet, Column]:
    """Begin a sheet of A4 in the language spoken now."""
    sheet = Sheet(f"{title} {number}", language())
    width = sheet.width - 2 * _MARGIN
    return sheet, Column(sheet.canvas, _MARGIN, sheet.height - _MARGIN, width)


def head(
    to: Column,
    sale: SalePaper,
    title: str,
    number: str,
    at: datetime,
    code: str,
    *,
    stamped: bool = True,
) -> None:
    """Put who gives the paper out, what it is, and at the right the code, where it has one.

    ``stamped``: whether it says so where the sale is held or taken back.
    """
    left = to.beside(to.x, to.width - _CODE - _GAP)
    left.words(house(sale), SMALL)
    left.words(f"{sale.code} · {sale.block}", SMALL)
    if sale.own_gstin:
        left.words(f"{_('GSTIN')} {sale.own_gstin}", SMALL)
    left.space(4)
    left.words(title, TITLE, bold=True)
    left.words(number, HEAD, bold=True)
    left.words(f"{day(at)}, {time(at)}", PLAIN)
    stamps = {1: _("VOID"), 2: _("HELD")} if stamped else {}
    if sale.status in stamps:
        left.space(4)
        left.stamp(stamps[sale.status], TITLE)
    right = to.beside(to.x + to.width - _CODE, _CODE)
    if code:
        right.code(code, _CODE)
    to.below(left, right)
    to.rule(space=8)


def house(sale: SalePaper) -> str:
    """The cooperative's name in the language spoken now."""
    return sale.coop_name_hi if language() == HINDI else sale.coop_name_en


def two(to: Column) -> tuple[Column, Column]:
    """Return two columns side by side; ``to.below(*both)`` goes on under them."""
    each = (to.width - _GAP) // 2
    return to.beside(to.x, each), to.beside(to.x + each + _GAP, each)


def buyer(to: Column, sale: SalePaper, *, licence: bool) -> None:
    """Put who bought, with the licence where the paper travels with the goods."""
    to.words(_("Buyer"), HEAD, bold=True)
    to.words(f"{sale.buyer}, {sale.buyer_town}", PLAIN)
    without = _("without GST number")
    to.words(without if sale.party == "URP" else f"{_('GSTIN')} {sale.party}", PLAIN)
    if licence:
        until = _("until %(day)s") % {"day": day(sale.licence_to)} if sale.licence_to else ""
        words = f"{_('Licence')} {sale.dealer_licence_no}"
        to.words(f"{words}, {until}" if until else words, PLAIN)


def lot(to: Column, sale: SalePaper) -> None:
    """Put the lot, how many purchases stand in it, and when they were weighed."""
    to.words(f"{_('Lot')} {sale.lot}", PLAIN)
    count = ngettext("%(num)s purchase", "%(num)s purchases", sale.purchase_count)
    count %= {"num": sale.purchase_count}
    to.words(f"{count}, {day(sale.first_weighed_at)} – {day(sale.last_weighed_at)}", PLAIN)


def place(to: Column, one: SaleSheet) -> None:
    """Put the State the goods go to."""
    to.words(f"{_('Place of supply')}: {one.place.code} {named(one.place)}", PLAIN)


def sums(to: Column, amounts: tuple[tuple[str, int], ...], total_paise: int) -> None:
    """Put what makes up a total, then the total; paise."""
    for label, paise in amounts:
        to.pair(label, rupees(paise), PLAIN)
    to.rule(space=3)
    to.pair(_("Total"), rupees(total_paise), HEAD, bold=True)


def weight(grams: int) -> str:
    """A weight with its unit."""
    return f"{kg(grams)} {_('kg')}"


def foot(to: Column, words: str) -> None:
    """Put a last line."""
    to.space(8)
    to.words(words, SMALL, color=QUIET)

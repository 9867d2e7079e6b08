"""The tax invoice, or the bill of supply of a cooperative without a GSTIN; it is the receipt too."""

from coop.kernel.i18n import gettext as _
from coop.kernel.i18n import kg, named, rupees, rupees_in_words
from coop.kernel.paper import Column
from coop.sales.pdf.parts import (
    HEAD,
    PLAIN,
    SMALL,
    a4,
    buyer,
    foot,
    head,
    lot,
    place,
    sums,
    two,
)
from coop.sales.queries.papers import SalePaper
from coop.sales.queries.sheets import SaleSheet


def invoice_pdf(one: SaleSheet) -> bytes:
    """Draw the invoice or bill in the language spoken now."""
    sale = one.sale
    bill = sale.supply == "bill"
    title = _("Sale receipt and bill of supply") if bill else _("Sale receipt and tax invoice")
    sheet, to = a4(title, sale.number)
    head(to, sale, title, sale.number, sale.posted_at, one.code)
    left, right = two(to)
    buyer(left, sale, licence=True)
    _goods(right, one)
    to.below(left, right)
    to.space(10)
    _table(to, sale)
    to.space(10)
    left, right = two(to)
    left.words(_("In words"), HEAD, bold=True)
    left.words(rupees_in_words(sale.total_paise), PLAIN)
    left.words(f"{_('Of this to the common fund')}: {rupees(sale.premium_paise)}", SMALL)
    sums(right, _amounts(sale), sale.total_paise)
    to.below(left, right)
    to.space(12)
    _about(to, bill=bill)
    to.space(24)
    to.signs((_("For the cooperative"), _("Checked at the gate"), _("Buyer")), SMALL)
    foot(to, _("Check with a camera: genuine or not"))
    return sheet.data()


def _goods(to: Column, one: SaleSheet) -> None:
    to.words(_("Goods and dispatch"), HEAD, bold=True)
    lot(to, one.sale)
    place(to, one)
    if one.challan:
        challan, vehicle = one.challan.challan_no, one.challan.vehicle_no
        to.words(f"{_('Challan')} {challan}, {_('vehicle')} {vehicle}", PLAIN)
        if one.challan.eway_no:
            to.words(f"{_('E-way bill')} {one.challan.eway_no}", PLAIN)


def _table(to: Column, sale: SalePaper) -> None:
    rest = to.width - 62 - 86 - 74 - 116  # an amount of hundreds of crores on one line
    widths = (rest, 62, -86, -74, -116)
    titles = (_("Grade"), _("HSN"), _("Weight, kg"), _("Price"), _("Amount"))
    to.rule(space=3)
    to.row(titles, widths, PLAIN, bold=True)
    to.rule(space=3)
    cells = (
        f"{sale.grade_code} {named(sale)}",
        sale.hsn,
        kg(sale.grams),
        rupees(sale.rate_paise),
        rupees(sale.amount_paise),
    )
    to.row(cells, widths, PLAIN)
    to.rule(space=3)


def _amounts(sale: SalePaper) -> tuple[tuple[str, int], ...]:
    first = _("Amount") if sale.supply == "bill" else _("Taxable amount")
    found = [(first, sale.amount_paise)]
    if sale.supply == "within":
        found += [(_("CGST"), sale.cgst_paise), (_("SGST"), sale.sgst_paise)]
    elif sale.supply == "between":
        found.append((_("IGST"), sale.igst_paise))
    if sale.round_off_paise:
        found.append((_("Round-off"), sale.round_off_paise))
    return tuple(found)


def _about(to: Column, *, bill: bool) -> None:
    to.words(_("About this lot"), HEAD, bold=True)
    said = [
        _("Each purchase was paid at or above the floor price."),
        _("A purchase stands in one lot only."),
        _("No member’s name is on this paper or in the QR."),
    ]
    if bill:
        said.append(_("The cooperative has no GST registration: no tax is charged."))
    to.bullets(said, SMALL)

"""The challan to travel with the goods, as it was recorded; the portal's own paper is not replaced."""

from coop.kernel.i18n import day, named, time
from coop.kernel.i18n import gettext as _
from coop.sales.pdf.parts import HEAD, PLAIN, SMALL, a4, buyer, foot, head, lot, place, two, weight
from coop.sales.queries.sheets import SaleSheet
from coop.sales.rules.dispatch import Challan


def challan_pdf(one: SaleSheet, challan: Challan) -> bytes:
    """Draw a challan in the language spoken now."""
    sale = one.sale
    sheet, to = a4(_("Challan"), challan.challan_no)
    head(to, sale, _("Challan"), f"{_('Sale')} {sale.number}", sale.posted_at, one.code)
    to.words(f"{_('Number of the JIMMS challan')}: {challan.challan_no}", HEAD, bold=True)
    to.space(6)
    left, right = two(to)
    buyer(left, sale, licence=True)
    right.words(_("Goods and dispatch"), HEAD, bold=True)
    lot(right, sale)
    place(right, one)
    to.below(left, right)
    to.space(10)
    to.rule(space=3)
    to.pair(_("Vehicle"), challan.vehicle_no, HEAD, bold=True)
    to.pair(_("Grade"), f"{sale.grade_code} {named(sale)}", PLAIN)
    to.pair(_("HSN"), sale.hsn, PLAIN)
    to.pair(_("Weight on the challan"), weight(challan.grams), HEAD, bold=True)
    to.pair(_("Valid from"), f"{day(challan.valid_from)}, {time(challan.valid_from)}", PLAIN)
    to.pair(_("Valid until"), f"{day(challan.valid_to)}, {time(challan.valid_to)}", PLAIN)
    if challan.eway_no:
        to.pair(_("E-way bill"), challan.eway_no, PLAIN)
    left_at = one.stands.left_at
    if left_at:
        to.pair(_("Left the gate"), f"{day(left_at)}, {time(left_at)}", PLAIN)
    if sale.loaded_grams is not None:
        to.pair(_("Weight loaded"), weight(sale.loaded_grams), PLAIN)
    to.rule(space=3)
    to.space(24)
    to.signs((_("For the cooperative"), _("Checked at the gate"), _("Driver")), SMALL)
    foot(to, _("As recorded by the cooperative. Carry the portal’s own challan too."))
    return sheet.data()

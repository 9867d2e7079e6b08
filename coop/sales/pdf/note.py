"""A credit or debit note; one that takes a sale back carries its own receipt's code."""

from coop.kernel.i18n import day, named, rupees, rupees_in_words
from coop.kernel.i18n import gettext as _
from coop.kernel.paper import Column
from coop.sales.pdf.parts import (
    HEAD,
    PLAIN,
    SMALL,
    a4,
    buyer,
    head,
    place,
    sums,
    two,
    weight,
)
from coop.sales.queries.papers import NoteShown
from coop.sales.queries.sheets import NoteSheet


def note_pdf(one: NoteSheet) -> bytes:
    """Draw a note in the language spoken now."""
    note, sale = one.note, one.on.sale
    title = _("Debit note") if note.kind == "debit" else _("Credit note")
    sheet, to = a4(title, note.number)
    head(to, sale, title, note.number, note.issued_at, one.code, stamped=False)
    left, right = two(to)
    buyer(left, sale, licence=False)
    _on_sale(right, one)
    to.below(left, right)
    to.space(12)
    to.rule(space=3)
    to.pair(_("Weight"), weight(note.grams), PLAIN)
    goods = f"{sale.grade_code} {named(sale)} · {rupees(sale.rate_paise)} {_('per kg')}"
    to.words(goods, SMALL, side="right")
    sums(to, _amounts(note), note.total_paise)
    to.words(rupees_in_words(note.total_paise), PLAIN, side="right")
    to.space(24)
    to.signs((_("For the cooperative"), _("Second person"), _("Buyer")), SMALL)
    return sheet.data()


def _on_sale(to: Column, one: NoteSheet) -> None:
    sale = one.on.sale
    to.words(_("On the sale"), HEAD, bold=True)
    to.words(f"{sale.number}, {day(sale.posted_at)}", PLAIN)
    to.words(f"{_('Why')}: {one.note.reason}", PLAIN)
    place(to, one.on)


def _amounts(note: NoteShown) -> tuple[tuple[str, int], ...]:
    found = [(_("Amount"), note.amount_paise)]
    if note.cgst_paise:
        found += [(_("CGST"), note.cgst_paise), (_("SGST"), note.sgst_paise)]
    if note.igst_paise:
        found.append((_("IGST"), note.igst_paise))
    if note.round_off_paise:
        found.append((_("Round-off"), note.round_off_paise))
    return tuple(found)

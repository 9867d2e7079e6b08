"""A page of a member's passbook on A5: what was weighed, what was paid, what is due after it."""

from coop.kernel.i18n import day, gettext, kg, language, named, render, rupees, rupees_in_words
from coop.kernel.paper.pages import A5, FOREST, QUIET, Pages, TableColumn
from coop.kernel.paper.sheet import millimetres
from coop.ledger.rules import about_said
from coop.payments.queries.passbook import Passbook, PassbookLine

_CLOSING = 72  # points


def passbook_pdf(book: Passbook) -> bytes:
    """Draw it in the language spoken now."""
    one = book.member
    house = one.cooperative_hi if language() == "hi" else one.cooperative_en
    title = f"{gettext('Passbook')} {one.number}"
    pages = Pages(title, language(), foot=title, size=A5, margin=millimetres(10))
    pages.write(house, 10, color=QUIET)
    pages.write(title, 18, bold=True, color=FOREST)
    pages.write(named(one), 13, bold=True)
    pages.write(span_words(book), 10)
    pages.gap(6)
    pages.facts([(gettext("Due before"), rupees(book.opening_paise))], 10)
    pages.gap(4)
    if book.lines:
        pages.table(_columns(), [_row(line) for line in book.lines], 8, sums=_sums(book))
    else:
        pages.write(gettext("Nothing was weighed or paid in this time."), 11)
        pages.write(gettext("Choose another month on the page of the passbook."), 11)
    pages.gap(8)
    pages.need(_CLOSING)  # what is due and whom to tell stand together
    due = f"{rupees(book.closing_paise)} ({rupees_in_words(book.closing_paise)})"
    pages.facts([(gettext("Due after"), due)], 11)
    pages.gap(6)
    pages.write(gettext("Is a weighing missing? Tell the centre or 181, with the slip."), 9)
    return pages.data()


def span_words(book: Passbook) -> str:
    """From when to when, and which print it is."""
    days = gettext("%(first)s to %(last)s") % {"first": day(book.first), "last": day(book.last)}
    if not book.print_no:
        return days
    return f"{days} · {gettext('Print %(no)s') % {'no': book.print_no}}"


def _columns() -> tuple[TableColumn, ...]:
    return (
        TableColumn(gettext("Day"), 17),
        TableColumn(gettext("What, paper"), 29),
        TableColumn(gettext("Weight, kg"), 16, "right"),
        TableColumn(gettext("Earned"), 18, "right"),
        TableColumn(gettext("Paid or taken back"), 18, "right"),
        TableColumn(gettext("Balance"), 19, "right", bold=True),
    )


def _row(line: PassbookLine) -> tuple[str, ...]:
    goods = f", {gettext('Grade')} {line.grade_code}" if line.grade_code else ""
    return (
        day(line.day),
        f"{render(about_said(line.about))}{goods} {line.document}",
        kg(line.grams) if line.grams else "",
        rupees(line.added_paise) if line.added_paise else "",
        rupees(line.taken_paise) if line.taken_paise else "",
        rupees(line.balance_paise),
    )


def _sums(book: Passbook) -> tuple[str, ...]:
    sums = (rupees(book.added_paise), rupees(book.taken_paise), rupees(book.closing_paise))
    return ("", gettext("Sum"), kg(book.grams) if book.grams else "", *sums)

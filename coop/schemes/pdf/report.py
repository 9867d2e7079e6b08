"""The counts of the benefit desk on A4, for the board's table or the panchayat's wall."""

from coop.kernel.i18n import day, gettext, language, named
from coop.kernel.money import format_paise
from coop.kernel.paper.pages import FOREST, QUIET, Pages, TableColumn
from coop.schemes.rules.indicator import Report, Told, ToldYear


def report_pdf(report: Report, office: object) -> bytes:
    """Draw the counts in the language spoken now. ``office``: whose they are, with a name a language."""
    title = gettext("Counts of the benefit desk")
    pages = Pages(title, language(), foot=f"{title}, {day(report.on)}")
    pages.write(f"{named(office)} · {day(report.on)}", 10, color=QUIET)
    pages.write(title, 20, bold=True, color=FOREST)
    pages.write(gettext("Only what was seen counts, not what was promised."), 11)
    pages.gap(6)
    caption = gettext("Unlocked, by financial year")
    pages.table(_years(), [_year(one) for one in report.years], 9, caption=caption)
    pages.gap(8)
    if report.ages:
        caption = gettext("Applications by stage and age")
        rows = [(named(one.name), *(_few(count) for count in one.counts)) for one in report.ages]
        pages.table(_ages(), rows, 9, caption=caption)
    else:
        pages.write(gettext("No application is open."), 11)
    for words, told, money in (
        (gettext("What is in the way, households"), report.barriers, False),
        (gettext("Papers that block most households"), report.papers, False),
        (gettext("Fits and not applied for, households by village"), report.villages, False),
        (gettext("Rupees seen this year, by village"), report.money, True),
    ):
        _list(pages, words, told, money=money)
    pages.gap(8)
    kept = gettext(
        "Groups of fewer than %(least)s households are kept back, and larger ones with them, so that no sum gives one away."
    )
    pages.write(kept % {"least": report.least}, 9, color=QUIET)
    rounded = gettext("The rest is rounded: counts to five, money so that no household shows.")
    pages.write(rounded, 9, color=QUIET)
    return pages.data()


def _list(pages: Pages, words: str, told: tuple[Told, ...], *, money: bool) -> None:
    pages.gap(8)
    pages.write(words, 12, bold=True, color=FOREST)
    if not told:
        pages.write(gettext("Nothing recorded yet."), 11)
        return
    tell = _rupees if money else _few
    pages.facts(
        [(named(one.name) or gettext("Not known"), tell(one.count)) for one in told], 11, share=70
    )


def _few(count: int | None) -> str:
    return gettext("too few to tell") if count is None else str(count)


def _rupees(paise: int | None) -> str:
    return gettext("too few to tell") if paise is None else f"₹ {format_paise(paise)}"


def _years() -> tuple[TableColumn, ...]:
    return (
        TableColumn(gettext("Year"), 16, bold=True),
        TableColumn(gettext("Households checked"), 16, "right"),
        TableColumn(gettext("Households with money"), 16, "right"),
        TableColumn(gettext("Rupees seen"), 18, "right"),
        TableColumn(gettext("For each household checked"), 17, "right"),
        TableColumn(gettext("Median of those with any"), 17, "right"),
    )


def _year(one: ToldYear) -> tuple[str, ...]:
    none = one.paise == 0
    return (
        f"{one.first.year}-{one.first.year + 1}",
        _few(one.screened),
        _few(one.with_any),
        _rupees(one.paise),
        "-" if none else _rupees(one.paise_each),
        "-" if none else _rupees(one.median_paise),
    )


def _ages() -> tuple[TableColumn, ...]:
    words = (gettext("In time"), gettext("Due soon"), gettext("Late"), gettext("Very late"))
    return (
        TableColumn(gettext("Stage"), 32, bold=True),
        *(TableColumn(one, 17, "right") for one in words),
    )

"""The half-years of a cooperative's indicators on A4, to hand on: no case, no child."""

from coop.cooperatives.queries import CooperativeRow
from coop.kernel.i18n import gettext, language, named
from coop.kernel.paper.pages import FOREST, QUIET, Pages, TableColumn
from coop.safeguarding.queries.counts import HalfTold, Meaning
from coop.safeguarding.rules.counts import Indicator, Shown, together


def counts_pdf(
    owner: CooperativeRow, halves: tuple[HalfTold, ...], meanings: tuple[Meaning, ...]
) -> bytes:
    """Draw them in the language spoken now."""
    title = gettext("Counts that name nobody")
    pages = Pages(title, language(), foot=f"{title} · {owner.code}")
    pages.write(named(owner), 10, color=QUIET)
    pages.write(title, 20, bold=True, color=FOREST)
    if not halves:
        pages.write(gettext("No half-year is told yet"), 13, bold=True)
        return pages.data()
    pages.write(gettext("Each half-year is told once, rounded to 5 by chance. “Few” is none to nine."), 10)  # fmt: skip
    pages.write(gettext("None proves that a child does not work."), 10)
    pages.gap(8)
    columns = [TableColumn(gettext("What is counted"), 40, bold=True)]
    columns += [TableColumn(one.half.label, 12, side="right") for one in halves]
    columns.append(TableColumn(gettext("Together"), 16, side="right"))
    rows = [
        [named(one), *(text(half.told[one.code]) for half in halves), summed(halves, one.code)]
        for one in meanings
    ]
    pages.table(columns, rows, 10)
    pages.gap(12)
    pages.write(gettext("What they mean"), 13, bold=True, color=FOREST)
    for one in meanings:
        means = one.means_hi if language() == "hi" else one.means_en
        pages.write(f"{named(one)}: {means}", 10)
        pages.write(one.source, 8, color=QUIET)
        pages.gap(4)
    return pages.data()


def text(one: Shown) -> str:
    """A count in words of the language spoken now."""
    if one.hidden:
        return gettext("not shown")
    return gettext("few") if one.count is None else str(one.count)


def summed(halves: tuple[HalfTold, ...], code: Indicator) -> str:
    """What half-years say together, as least and most."""
    span = together([half.told for half in halves], code)
    return gettext("not shown") if span is None else f"{span.least}–{span.most}"

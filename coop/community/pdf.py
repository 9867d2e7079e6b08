"""A monitor's checklist on A4: an empty sheet to tick by hand, and a quarter as it was seen."""

from coop.community.queries.checklist import CheckRow, QuarterSheet
from coop.community.rules.checklist import SEEN
from coop.kernel.i18n import day, gettext, language, named, render
from coop.kernel.paper.pages import FOREST, QUIET, Pages, TableColumn
from coop.kernel.paper.text import Shaped

_SIDE = 11  # of a box to tick, points


def empty_sheet_pdf(found: QuarterSheet) -> bytes:
    """Draw an empty sheet in the language spoken now."""
    title = gettext("Monthly checklist of a village")
    pages = Pages(title, language(), foot=title)
    pages.write(named(found.owner), 10, color=QUIET)
    pages.write(title, 20, bold=True, color=FOREST)
    pages.write(gettext("Look, do not question anybody. Write no name. A child in danger: 1098 or 112 first."), 11)  # fmt: skip
    pages.gap(10)
    pages.facts(((gettext("Village"), "………………………………"), (gettext("Day"), "……… / ……… / …………"),
                 (gettext("Role of who looked"), "………………………………")), 12)  # fmt: skip
    pages.gap(8)
    for number, item in enumerate(found.items, start=1):
        pages.need(46)
        pages.write(f"{number}. {named(item)}", 12, bold=True)
        pages.gap(18)
        x = pages.left + 14
        for words in (gettext("Yes"), gettext("No"), gettext("Not seen")):
            pages.box(x, pages.top, _SIDE, ticked=False)
            pages.put(Shaped(words, 11), x + _SIDE + 6, pages.top + _SIDE + 2, 90)
            x += 130
        pages.gap(9)
    return pages.data()


def checks_pdf(found: QuarterSheet) -> bytes:
    """Draw a quarter in the language spoken now."""
    title = gettext("Village checklists, quarter %(quarter)s") % {"quarter": found.quarter.label}
    pages = Pages(title, language(), foot=f"{title} · {found.owner.code}")
    pages.write(named(found.owner), 10, color=QUIET)
    pages.write(title, 20, bold=True, color=FOREST)
    pages.write(gettext("What a monitor saw on one day. It proves nothing of one home."), 11)
    pages.gap(8)
    if not found.rows:
        pages.write(gettext("No sheet of this quarter is recorded yet."), 13, bold=True)
        return pages.data()
    pages.table(
        (
            TableColumn(gettext("Question"), 60),
            TableColumn(gettext("Sheets that saw it"), 20, side="right"),
            TableColumn(gettext("Stands out"), 20, side="right", bold=True),
        ),
        [(named(one.item), str(one.answered), str(one.stands_out)) for one in found.counts],
        10,
    )
    pages.gap(12)
    pages.table(
        (
            TableColumn(gettext("Village"), 20, bold=True),
            TableColumn(gettext("Day"), 15),
            TableColumn(gettext("Stands out"), 35),
            TableColumn(gettext("Others saw it otherwise"), 30),
        ),
        [_row(row) for row in found.rows],
        10,
    )
    return pages.data()


def _row(row: CheckRow) -> tuple[str, ...]:
    return (
        row.line.check.village,
        day(row.line.check.on_day),
        "; ".join(f"{named(x)} {render(SEEN[row.line.check.answers[x.code]])}" for x in row.out)
        or gettext("Nothing"),
        " ".join(render(words) for words in row.otherwise) or "–",
    )

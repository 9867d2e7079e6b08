"""The list of visits on A4: what a facilitator carries, and what nobody who finds it can read a name from."""

from coop.kernel.i18n import day, gettext, language, named, ngettext, render
from coop.kernel.paper.pages import FOREST, QUIET, Pages, TableColumn
from coop.schooling.queries.visits import VisitRow, VisitSheet


def worklist_pdf(sheet: VisitSheet) -> bytes:
    """Draw the list in the language spoken now."""
    title = gettext("Children: who needs a visit")
    pages = Pages(title, language(), foot=f"{title}, {day(sheet.today)}")
    pages.write(f"{named(sheet)} · {day(sheet.today)}", 10, color=QUIET)
    pages.write(title, 20, bold=True, color=FOREST)
    pages.write(", ".join(part for part in (sheet.village, sheet.school) if part), 12, bold=True)
    count = len(sheet.rows)
    children = ngettext("%(num)s child", "%(num)s children", count) % {"num": count}
    pages.write(f"{children} · {gettext('No names stand in this list.')}", 10)
    pages.gap(4)
    for words in _conduct():
        pages.write(f"• {words}", 10)
    pages.gap(6)
    if sheet.rows:
        pages.table(_columns(), [_row(row, sheet.stale_days) for row in sheet.rows], 10)
    else:
        pages.write(gettext("Nobody needs a visit here"), 14, bold=True)
        pages.write(gettext("Choose another village or school, or check again when a new register is in."), 12)  # fmt: skip
    pages.gap(6)
    pages.write(
        gettext("Keep this list with you; tear it up when the visits are written down."), 10
    )
    return pages.data()


def _conduct() -> tuple[str, ...]:
    return (
        gettext("First tell your name and your work. Do not frighten, do not blame."),
        gettext("Danger now: 1098 or 112, then the focal point."),
        gettext("It never stops the family's weighing or pay."),
        gettext("In school does not prove that a child does not work."),
    )


def _columns() -> tuple[TableColumn, ...]:
    return (
        TableColumn(gettext("Household number, first letter"), 20, bold=True),
        TableColumn(gettext("age"), 9),
        TableColumn(gettext("How it stands, and why"), 30),
        TableColumn(gettext("What to do"), 26),
        TableColumn(gettext("By when"), 15, bold=True),
    )


def _row(row: VisitRow, stale_days: int) -> tuple[str, ...]:
    stands = f"{render(row.status)}: {render(row.reason)}"
    if row.stale:
        old = gettext("over %(days)s days ago, check again") % {"days": stale_days}
        stands = f"{stands} · {old}"
    due = f"{day(row.due)} ({gettext('late')})" if row.overdue else day(row.due)
    return (f"{row.household_no} · {row.initial}", row.band, stands, render(row.act), due)

"""The camp list on A4: counts first, so that the camp knows how many forms to bring."""

from coop.kernel.i18n import day, gettext, language, named, ngettext
from coop.kernel.paper.pages import FOREST, QUIET, Pages, TableColumn
from coop.schemes.queries.camp import CampList, PaperShown
from coop.schemes.queries.reports import CampRow


def camp_pdf(camp: CampList, office: object) -> bytes:
    """Draw a list in the language spoken now. ``office``: whose list, with a name a language."""
    title = f"{gettext('Camp list')}, {camp.village}"
    pages = Pages(title, language(), foot=f"{title}, {day(camp.on)}")
    pages.write(f"{named(office)} · {day(camp.on)}", 10, color=QUIET)
    pages.write(title, 20, bold=True, color=FOREST)
    pages.write(gettext("Applying is free. Pay nobody. Help: 181"), 11, bold=True)
    pages.gap(6)
    if not camp.papers:
        pages.write(gettext("No paper is missing here"), 14, bold=True)
        pages.write(gettext("Note missing papers on the page of a scheme."), 12)
    else:
        pages.facts([(named(one.name), _persons(one)) for one in camp.papers], 11, share=70)
    for paper in camp.papers:
        pages.gap(10)
        opens = ngettext("One scheme asks for it.", "%(num)s schemes ask for it.", paper.opens)
        caption = f"{named(paper.name)}: {_persons(paper)} · {opens % {'num': paper.opens}}"
        pages.table(_columns(), [_row(row) for row in paper.rows], 10, caption=caption)
    pages.gap(8)
    pages.write(gettext("Give this list back to the desk after the camp."), 10, bold=True)
    return pages.data()


def _persons(paper: PaperShown) -> str:
    count = len(paper.rows)
    return ngettext("%(num)s person", "%(num)s persons", count) % {"num": count}


def _columns() -> tuple[TableColumn, ...]:
    return (
        TableColumn(gettext("Name"), 34, bold=True),
        TableColumn(gettext("Tola"), 24),
        TableColumn(gettext("Household"), 20),
        TableColumn(gettext("Phone"), 10),
        TableColumn(gettext("Visit at home"), 12),
    )


def _row(row: CampRow) -> tuple[str, ...]:
    yes, no = gettext("Yes"), gettext("No")
    return (
        named(row) or row.person_no,
        row.tola,
        row.household_no,
        yes if row.mobile else no,
        yes if row.home_visit else no,
    )

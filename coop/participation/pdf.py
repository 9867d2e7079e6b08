"""The voices of a year on A4: what a printed yearly report takes over, no sender in it."""

from collections.abc import Sequence

from coop.cooperatives.queries import CooperativeRow
from coop.kernel.i18n import day, gettext, language, named
from coop.kernel.paper.pages import FOREST, QUIET, Pages
from coop.participation.queries.board import BoardLine, ToldLine
from coop.participation.queries.hearings import RecordedHearing


def year_pdf(
    place: CooperativeRow,
    year: int,
    lines: Sequence[BoardLine],
    told: Sequence[ToldLine],
    held: Sequence[RecordedHearing],
) -> bytes:
    """Draw them in the language spoken now; words stand as they were written."""
    title = gettext("Voices of the year %(year)s") % {"year": year}
    pages = Pages(title, language(), foot=f"{title} · {place.code}")
    pages.write(named(place), 10, color=QUIET)
    pages.write(title, 20, bold=True, color=FOREST)
    pages.gap(6)
    if not (lines or told or held):
        pages.write(gettext("Nothing of this year yet"), 13, bold=True)
        return pages.data()
    if told:
        _head(pages, gettext("What people told us"))
        pages.write(gettext("In a reader's words. Each sender allowed it."), 9, color=QUIET)
        for word in told:
            pages.write(f"• {word.words}", 11)
    if lines:
        _head(pages, gettext("You said, we did"))
        for line in lines:
            pages.write(f"{line.month:%m-%Y} · {line.heard}", 11, bold=True, keep=20)
            pages.write(line.done, 11)
            pages.gap(3)
    if held:
        _head(pages, gettext("Who was heard"))
        for one in held:
            hearing = one.hearing
            pages.write(hearing.question, 11, bold=True, keep=40)
            pages.write(f"{day(hearing.held_on)} · {', '.join(hearing.bands)}", 9, color=QUIET)
            pages.write(hearing.said, 11)
            pages.write(f"{gettext('How the decision changed')}: {hearing.changed}", 11)
            pages.gap(3)
    return pages.data()


def _head(pages: Pages, words: str) -> None:
    pages.gap(8)
    pages.write(words, 14, bold=True, color=FOREST, keep=30)

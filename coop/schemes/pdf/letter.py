"""The caregiver's letter on A5 in large type: one page wherever three schemes fit on it."""

from collections.abc import Sequence

from coop.kernel.i18n import day, gettext, language, named
from coop.kernel.paper.pages import A5, FOREST, QUIET, Pages, legible
from coop.kernel.paper.sheet import millimetres
from coop.kernel.paper.text import Shaped, height_of
from coop.schemes.queries.letter import Letter, Offer

_BOX, _INDENT = 9, 16


def letter_pdf(letter: Letter, office: object) -> bytes:
    """Draw a letter in the language spoken now. ``office``: who writes, with a name a language."""
    for less in (0, 1, 2):
        pages = _letter(letter, office, less)
        if pages.count == 1:
            break
    return pages.data()


def _letter(letter: Letter, office: object, less: int) -> Pages:
    """``less``: so many points smaller than large type."""
    foot = gettext("Rules of %(day)s.") % {"day": day(letter.on)}
    title = f"{gettext('Letter')} {letter.household.number}"
    pages = Pages(title, language(), foot=foot, size=A5, margin=millimetres(9))
    pages.write(f"{named(office)} · {day(letter.on)}", 9 - less, color=QUIET)
    pages.write(
        gettext("Dear %(name)s,") % {"name": letter.name}, 15 - less, bold=True, color=FOREST
    )
    if letter.offers:
        pages.write(gettext("This may be for you. The office decides."), 11 - less)
    else:
        pages.write(
            gettext("There is nothing to apply for today. Come to the desk when something changes."), 12
        )  # fmt: skip
    for place, offer in enumerate(letter.offers, start=1):
        pages.gap(5)
        _offer(pages, place, offer, less)
    if letter.asks:
        pages.gap(5)
        pages.write(gettext("What we do not know yet"), 12 - less, bold=True, color=FOREST, keep=20)
        for asked in letter.asks:
            pages.write(f"• {named(asked)}", 10 - less)
    pages.gap(6)
    pages.rule()
    pages.gap(3)
    pages.write(gettext("Applying is free. Pay nobody."), 12 - less, bold=True, keep=28)
    pages.write(
        gettext("Questions: the benefit desk of your cooperative, or 181. For children: 1098."), 10
    )
    return pages


def _offer(pages: Pages, place: int, offer: Offer, less: int) -> None:
    """What, how much, how sure, what to bring, where, by when."""
    pages.write(f"{place}. {named(offer.name)}", 13 - less, bold=True, color=FOREST, keep=40)
    pages.write(named(offer.gives), 11 - less, bold=True)
    sure = gettext("You can apply.") if offer.sure else gettext("Perhaps: the office decides.")
    over = ", ".join(named(one) for one in offer.over)
    more = f" {gettext('Choose one; this gives more than:')} {over}" if over else ""
    pages.write(sure + more, 10 - less)
    if offer.papers:
        pages.write(gettext("Bring along:"), 10 - less, bold=True, keep=16)
        papers = [(named(paper), seen) for paper, seen in offer.papers]
        for place_in_list in range(0, len(papers), 2):
            _papers(pages, papers[place_in_list : place_in_list + 2], 10 - less)
    if offer.places:
        where = ", ".join(named(one) for one in offer.places)
        pages.write(f"{gettext('Where:')} {where}", 10 - less)
    pages.write(gettext("By %(day)s.") % {"day": day(offer.by)}, 11 - less, bold=True)


def _papers(pages: Pages, pair: Sequence[tuple[str, bool]], size: int) -> None:
    """Two papers side by side, each with a box, which is ticked where the desk saw it."""
    width = pages.width // 2
    told = [
        Shaped(legible(f"{words} ({gettext('seen')})" if seen else words), size)
        for words, seen in pair
    ]
    high = max(height_of(one, width - _INDENT) for one in told)
    pages.need(high)
    for place, (one, (_, seen)) in enumerate(zip(told, pair, strict=True)):
        x = pages.left + place * width
        pages.box(x, pages.top - _BOX - 2, _BOX, ticked=seen)
        pages.put(one, x + _INDENT, pages.top, width - _INDENT)
    pages.gap(high + 1)

"""The price board as a sheet for the wall: figures of 10 mm, which are read from three metres."""

from coop.kernel.clock import now
from coop.kernel.i18n import day, gettext, language, named, ngettext, rupees, time
from coop.kernel.paper.pages import BAND, FOREST, QUIET, Pages, legible
from coop.kernel.paper.sheet import millimetres
from coop.kernel.paper.text import Shaped, height_of
from coop.prices.queries.board import Board, BoardNotice, BoardPrice, NextChange

FIGURE = 44  # points; a digit of these fonts is 0.714 of it high: 11 mm
_PRICE_SHARE = 36  # hundredths of the width


def poster_pdf(board: Board) -> bytes:
    """Draw the board in the language spoken now; where it can, on one sheet."""
    for size in (11, 9, 8):
        pages = _poster(board, size)
        if pages.count == 1:
            break
    return pages.data()


def _poster(board: Board, size: int) -> Pages:
    """``size``: of the sources, which nobody reads from afar; what protects stands above them."""
    where = named(board.district)
    title = gettext("Price today, %(district)s") % {"district": where}
    foot = gettext("Printed on %(day)s, %(time)s.") % {"day": day(now()), "time": time(now())}
    pages = Pages(title, language(), foot=foot, margin=millimetres(13))
    pages.write(title, 26, bold=True, color=FOREST)
    if board.prices:
        pages.write(gettext("Floor price, ₹ per kg. Member gets at least:"), 14, bold=True)
        for price in board.prices:
            _price(pages, price)
    else:
        pages.write(gettext("No price in force"), 30, bold=True)
        pages.write(gettext("Nothing can be bought now. Ask the agency's price officer."), 20)
    pages.gap(6)
    pages.write(gettext("No weighing is written below it."), 13, bold=True)
    pages.write(
        gettext("Were you given less? Tell the centre or 181, with the slip. You need not give your name."),
        13,
        bold=True,
    )  # fmt: skip
    pages.gap(4)
    for change in board.coming:
        _change(pages, change)
    for notice in board.notices:
        pages.write(_source(notice), size)
    pages.gap(4)
    pages.write(gettext("How to check: %(address)s, or ask at the centre for the notice.") % {"address": board.address}, size)  # fmt: skip
    return pages


def _price(pages: Pages, price: BoardPrice) -> None:
    right = pages.width * _PRICE_SHARE // 100
    name = Shaped(legible(f"{price.grade_code}. {named(price)}"), 18, bold=True)
    if price.picker_paise is None:
        more, figure = "", Shaped(gettext("no price in force"), 18, bold=True, side="right")
    else:
        more = _more(price)
        figure = Shaped(rupees(price.picker_paise), FIGURE, bold=True, side="right", color=FOREST)
    told = Shaped(more, 11, color=QUIET)
    left = pages.width - right - 6
    lines = height_of(name, left) + (height_of(told, left) if more else 0)
    # A figure has no sign below its line: half of its leading is kept for the next row.
    rise = FIGURE // 12 if more else -2
    high = max(lines, height_of(figure, right) - (FIGURE // 4 if more else 0)) + 6
    pages.need(high)
    if price.grade_code % 2:
        pages.fill(pages.left, pages.top - high, pages.width, high, BAND)
    low = pages.top - 2 - pages.put(name, pages.left + 4, pages.top - 2, left)
    if more:
        pages.put(told, pages.left + 4, low, left)
    pages.put(figure, pages.left + pages.width - right - 4, pages.top + rise, right)
    pages.gap(high)
    pages.rule()


def _more(price: BoardPrice) -> str:
    """What else stands in the row of the page."""
    parts = [(gettext("For 10 kg"), (price.picker_paise or 0) * 10)]
    if price.buyer_paise is not None:
        parts.append((gettext("Buyer pays at least"), price.buyer_paise))
    if price.premium_paise is not None:
        parts.append((gettext("Common fund"), price.premium_paise))
    return " · ".join(f"{words} {rupees(paise)}" for words, paise in parts)


def _source(notice: BoardNotice) -> str:
    """Number, authority, document, time and who was heard, as the page's card says them."""
    since = f"{day(notice.effective_from)}, {time(notice.effective_from)}"
    until = gettext("the next notice")
    if notice.effective_to:
        until = f"{day(notice.effective_to)}, {time(notice.effective_to)}"
    parts = [
        f"{gettext('Notice')} {notice.number}",
        f"{gettext('Issued by')}: {named(notice.issuer)}",
        f"{gettext('From')}: {since}",
        f"{gettext('Until')}: {until}",
    ]
    if notice.reference:
        parts.append(f"{gettext('Document')}: {notice.reference}")
    if notice.for_past:
        parts.append(gettext("published for a past time"))
    parts.append(f"{gettext('Who was heard')}: {_heard(notice)}")
    return " · ".join(parts)


def _heard(notice: BoardNotice) -> str:
    if notice.consulted == "none":
        return gettext("nobody")
    if notice.consulted != "held" or notice.held_on is None:
        return gettext("not recorded")
    return ngettext("%(num)s person, on %(day)s", "%(num)s people, on %(day)s", notice.people) % {
        "num": notice.people,
        "day": day(notice.held_on),
    }


def _change(pages: Pages, change: NextChange) -> None:
    number = change.number or gettext("the notice ends and none follows")
    head = f"{gettext('What changes next')}: {day(change.at)}, {time(change.at)} · {number}"
    told = []
    for price in change.prices:
        paise = price.paise
        told.append(
            f"{price.grade_code}. {named(price)}: "
            + (gettext("no price, nothing can be bought") if paise is None else rupees(paise))
        )
    pages.write(head, 12, bold=True)
    pages.write("; ".join(told), 11)
    pages.gap(4)

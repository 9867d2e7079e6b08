"""The member's card on paper: the size of a bank card, both sides on one A4 sheet to cut and fold."""

from collections.abc import Sequence

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas

from coop.kernel.i18n import gettext, language, named
from coop.kernel.paper import Shaped, Sheet, draw_code, draw_text, height_of, millimetres
from coop.kernel.paper.line import lines_of
from coop.members.queries.card import Card, CardSite

# ISO/IEC 7810 ID-1.
WIDTH, HEIGHT = millimetres(85, 6), millimetres(54)
_MARGIN = 9
_FOREST, _QUIET, _LINE = HexColor("#12362b"), HexColor("#5a554a"), HexColor("#b9b09b")
_CODE = 96


def card_pdf(one: Card) -> bytes:
    """Draw a card in the language spoken now; front and back lie side by side, to be folded between."""
    sheet = Sheet(f"{gettext('Member card')} {one.member.number}", language())
    left = (sheet.width - 2 * WIDTH) // 2
    low = sheet.height - millimetres(30) - HEIGHT
    _frame(sheet.canvas, left, low)
    _front(sheet.canvas, one, left, low)
    _back(sheet.canvas, one, left + WIDTH, low)
    note = gettext("Cut along the line, fold in the middle, glue or laminate.")
    draw_text(sheet.canvas, Shaped(note, 9, color=_QUIET), left, low - 8, 2 * WIDTH)
    return sheet.data()


def _frame(canvas: Canvas, x: int, y: int) -> None:
    canvas.setStrokeColor(_LINE)
    canvas.setLineWidth(1)
    canvas.rect(x, y, 2 * WIDTH, HEIGHT)
    canvas.setDash(3, 3)
    canvas.line(x + WIDTH, y, x + WIDTH, y + HEIGHT)
    canvas.setDash()


def _front(canvas: Canvas, one: Card, x: int, y: int) -> None:
    member = one.member
    canvas.setFillColor(_FOREST)
    canvas.rect(x, y + HEIGHT - 34, WIDTH, 34, stroke=0, fill=1)
    house = member.cooperative_hi if language() == "hi" else member.cooperative_en
    top = y + HEIGHT - 3
    size, house = _fitted(house, (8, 7, 6), WIDTH, 2)
    top = _put(canvas, house, size, x, top, WIDTH, bold=True, color=HexColor("#ffffff"))
    _put(canvas, gettext("Member card"), 7, x, top, WIDTH, color=HexColor("#e6d8b8"))
    inner = WIDTH - _CODE + 6
    top = _put(canvas, member.member_no, 26, x, y + HEIGHT - 38, inner, bold=True, color=_FOREST)
    top = _put(canvas, member.number, 9, x, top + 2, inner, color=_QUIET)
    name = named(member)
    if name:
        size, name = _fitted(name, (11, 9, 8), inner, 3)
        _put(canvas, name, size, x, top, inner, bold=True)
    canvas.setFillColor(HexColor("#000000"))
    draw_code(canvas, one.code, x + WIDTH - _CODE - 2, y + 6, _CODE)


def _back(canvas: Canvas, one: Card, x: int, y: int) -> None:
    top = y + HEIGHT - 6
    head = gettext("To whom it may concern")
    top = _put(canvas, head, 8, x, top, WIDTH, bold=True, color=_FOREST)
    size = back_size(one)
    for words in back_words(one):
        top = _put(canvas, words, size, x, top - 1, WIDTH)


def back_size(one: Card) -> int:
    """The largest letters, in points, with which all that the back says stands on the card."""
    room = HEIGHT - 12 - height_of(Shaped("x", 8, bold=True), WIDTH - 2 * _MARGIN)
    for size in (7, 6, 5):
        shaped = [Shaped(words, size) for words in back_words(one)]
        if sum(height_of(part, WIDTH - 2 * _MARGIN) + 1 for part in shaped) <= room:
            return size
    return 4


def back_words(one: Card) -> tuple[str, ...]:
    """What the card's back says, sentence by sentence, in the language spoken now."""
    said = [
        gettext(
            "The holder is a member of a cooperative of dhibra pickers and sells what they pick there."
        )
    ]
    if one.policy is not None:
        said.append(gettext("Collection of dhibra: %(policy)s.") % {"policy": named(one.policy)})
        if not one.policy.verified:
            said.append(gettext("Told by the press; the gazette itself was not seen."))
    if one.sites:
        names = ", ".join(_site(site) for site in one.sites)
        said.append(gettext("Sites where collection is allowed: %(sites)s.") % {"sites": names})
    if one.permissions_missing:
        said.append(gettext("A number of a permission is not recorded yet; ask the cooperative."))
    said.append(gettext("No paper of identity. Whoever finds it: give it to the cooperative."))
    return tuple(said)


def _site(site: CardSite) -> str:
    permission = gettext("permission %(number)s") % {"number": site.permission}
    return f"{site.code} {named(site)}" + (f" ({permission})" if site.permission else "")


def _fitted(words: str, sizes: Sequence[int], width: int, lines: int) -> tuple[int, str]:
    """The largest of some sizes at which bold words take so many lines; else they end in three points."""
    room = width - 2 * _MARGIN
    for size in sizes:
        if len(lines_of(words, size, room, bold=True)) <= lines:
            return size, words
    size, kept = sizes[-1], words.split()
    while len(kept) > 1 and len(lines_of(" ".join(kept) + " …", size, room, bold=True)) > lines:
        kept.pop()
    return size, " ".join(kept) + " …"


def _put(
    canvas: Canvas,
    words: str,
    size: int,
    x: int,
    top: int,
    width: int,
    *,
    bold: bool = False,
    color: Color | None = None,
) -> int:
    shaped = Shaped(words, size, bold=bold, color=color or HexColor("#1d1b16"))
    return draw_text(canvas, shaped, x + _MARGIN, top, width - 2 * _MARGIN)

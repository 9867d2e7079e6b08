"""Papers of one page or many: words, facts and tables one below the other; every page counted.

A table that does not fit goes on, its head row repeated; a row is never torn. What the fonts of paper
cannot draw (another script, a picture sign) stands as a question mark, never as an empty box.
"""

from collections.abc import Callable, Sequence
from functools import cache

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfbase.pdfmetrics import getFont
from reportlab.pdfgen.canvas import Canvas

from coop.kernel.i18n import gettext
from coop.kernel.paper.fonts import font_of
from coop.kernel.paper.sheet import Sheet, millimetres
from coop.kernel.paper.text import Shaped, height_of
from coop.kernel.paper.widths import PAD, fitting
from coop.kernel.paper.widths import TableColumn as TableColumn

INK, QUIET, FOREST = HexColor("#1d1b16"), HexColor("#5a554a"), HexColor("#12362b")
LINE, BAND = HexColor("#b9b09b"), HexColor("#efe9da")
A5 = (millimetres(148), millimetres(210))
_FOOT = 24  # points kept free below for the page's number
Drawing = Callable[[Canvas], None]


@cache
def _glyphs() -> frozenset[int]:
    """The signs that both weights can draw; joiners are for the shaper and draw nothing."""
    held = [set(getFont(font_of(bold=bold)).face.charToGlyph) for bold in (False, True)]
    return frozenset((held[0] & held[1]) | {0x200C, 0x200D})


def legible(words: str) -> str:
    """The words with a question mark for each sign that the fonts do not hold; lines and tabs are spaces."""
    held = _glyphs()
    return "".join(sign if ord(sign) in held else " " if sign.isspace() else "?" for sign in words)


class Pages:
    """Pages filled from above; ``foot`` stands below on each, beside its number. Points."""

    def __init__(
        self,
        title: str,
        language: str,
        *,
        foot: str = "",
        size: tuple[int, int] | None = None,
        margin: int = millimetres(15),
    ) -> None:
        self._sheet = Sheet(legible(title), language, size)
        self._foot, self._margin = foot, margin
        self.left, self.width = margin, self._sheet.width - 2 * margin
        self._pages: list[list[Drawing]] = [[]]
        self.top = self._sheet.height - margin

    @property
    def count(self) -> int:
        """How many pages there are by now."""
        return len(self._pages)

    @property
    def room(self) -> int:
        """How many points are left on this page."""
        return self.top - self._margin - _FOOT

    @property
    def height(self) -> int:
        """How many points an empty page holds."""
        return self._sheet.height - 2 * self._margin - _FOOT

    def break_page(self) -> None:
        """Go on on a new page."""
        self._pages.append([])
        self.top = self._sheet.height - self._margin

    def need(self, points: int) -> None:
        """Go on on a new page where less is left, and an empty page holds more."""
        if points > self.room and self.room < self.height:
            self.break_page()

    def gap(self, points: int) -> None:
        """Leave room."""
        self.top -= points

    def draw(self, drawing: Drawing) -> None:
        """Draw something on this page when the file is made."""
        self._pages[-1].append(drawing)

    def put(self, one: Shaped, x: int, top: int, width: int) -> int:
        """Draw a paragraph at a place of this page; return its height."""
        high = height_of(one, width)
        self.draw(lambda canvas: one.drawOn(canvas, x, top - high))
        return high

    def write(
        self,
        words: str,
        size: int = 10,
        *,
        bold: bool = False,
        side: str = "left",
        color: Color = INK,
        indent: int = 0,
        keep: int = 0,
    ) -> None:
        """Write a paragraph. ``keep``: so many points more must fit below it on the same page."""
        if not words:
            return
        one = Shaped(legible(words), size, bold=bold, side=side, color=color)
        width = self.width - indent
        self.need(height_of(one, width) + keep)
        self.top -= self.put(one, self.left + indent, self.top, width)

    def rule(self, color: Color = LINE) -> None:
        """Draw a line across."""
        self.stroke(self.left, self.top, self.left + self.width, self.top, color)

    def stroke(self, x: int, y: int, to_x: int, to_y: int, color: Color = LINE) -> None:
        """Draw a line from a place to another."""

        def drawing(canvas: Canvas) -> None:
            canvas.setStrokeColor(color)
            canvas.setLineWidth(1)
            canvas.line(x, y, to_x, to_y)

        self.draw(drawing)

    def fill(self, x: int, y: int, width: int, height: int, color: Color) -> None:
        """Draw a filled box; ``x, y``: its lower left corner."""

        def drawing(canvas: Canvas) -> None:
            canvas.setFillColor(color)
            canvas.rect(x, y, width, height, stroke=0, fill=1)

        self.draw(drawing)

    def box(self, x: int, y: int, side: int, *, ticked: bool) -> None:
        """Draw a box to tick; ``x, y``: its lower left corner."""

        def drawing(canvas: Canvas) -> None:
            canvas.setStrokeColor(INK)
            canvas.setLineWidth(1)
            canvas.rect(x, y, side, side)
            if ticked:
                canvas.setLineWidth(2)
                canvas.line(x + 2, y + side // 2, x + side // 2 - 1, y + 2)
                canvas.line(x + side // 2 - 1, y + 2, x + side - 1, y + side - 1)

        self.draw(drawing)

    def facts(self, pairs: Sequence[tuple[str, str]], size: int = 10, share: int = 40) -> None:
        """Write what a thing is called, in ``share`` hundredths of the width, and what it is."""
        left = self.width * share // 100
        for name, value in pairs:
            called = Shaped(legible(name), size, color=QUIET)
            told = Shaped(legible(value), size, bold=True, color=INK)
            sides = ((called, self.left, left - PAD), (told, self.left + left, self.width - left))
            high = max(height_of(one, width) for one, _, width in sides)
            self.need(high + PAD)
            for one, x, width in sides:
                self.put(one, x, self.top, width)
            self.top -= high + PAD // 2
            self.rule()
            self.top -= PAD // 2

    def table(
        self,
        columns: Sequence[TableColumn],
        rows: Sequence[Sequence[str]],
        size: int = 9,
        *,
        caption: str = "",
        sums: Sequence[str] = (),
    ) -> None:
        """Write a table; its head row is repeated on every page. ``sums``: a last row, bold.

        Where numbers need it, columns are wider than their share, or all is smaller than ``size``.
        """
        widths, size = fitting(columns, rows, sums, self.width, size, legible)
        head = self._row(columns, widths, [one.head for one in columns], size, bold=True)
        first = self._row(columns, widths, rows[0], size) if rows else head
        said = Shaped(legible(caption), size + 3, bold=True, color=FOREST) if caption else None
        self.need((height_of(said, self.width) if said else 0) + _high(head) + _high(first))
        if said:
            self.top -= self.put(said, self.left, self.top, self.width)
        self._draw_head(head, widths)
        last = self._row(columns, widths, sums, size, bold=True) if sums else ()
        for place, cells in enumerate(rows):
            row = self._row(columns, widths, cells, size)
            with_sums = _high(last) if last and place == len(rows) - 1 else 0
            if _high(row) + with_sums > self.room:
                self.break_page()
                self._draw_head(head, widths)
            self._draw_row(row, widths)
        if last:
            self._draw_row(last, widths)

    def _row(
        self,
        columns: Sequence[TableColumn],
        widths: Sequence[int],
        cells: Sequence[str],
        size: int,
        *,
        bold: bool = False,
    ) -> tuple[tuple[Shaped, int], ...]:
        made = []
        for column, width, words in zip(columns, widths, cells, strict=True):
            one = Shaped(
                legible(words), size, bold=bold or column.bold, side=column.side, color=INK
            )
            made.append((one, height_of(one, width - 2 * PAD)))
        return tuple(made)

    def _draw_head(self, head: Sequence[tuple[Shaped, int]], widths: Sequence[int]) -> None:
        self.fill(self.left, self.top - _high(head), self.width, _high(head), BAND)
        self._draw_row(head, widths)

    def _draw_row(self, row: Sequence[tuple[Shaped, int]], widths: Sequence[int]) -> None:
        x = self.left
        for (one, high), width in zip(row, widths, strict=True):
            self.draw(_at(one, x + PAD, self.top - PAD - high))
            x += width
        self.top -= _high(row)
        self.rule()

    def data(self) -> bytes:
        """The finished file."""
        low = self._margin - 4
        for place, drawings in enumerate(self._pages, start=1):
            if place > 1:
                self._sheet.next_page()
            counted = gettext("Page %(page)s of %(pages)s") % {
                "page": place,
                "pages": len(self._pages),
            }
            ends = (
                (self._foot, "left", self.left),
                (counted, "right", self.left + self.width - 90),
            )
            for drawing in drawings:
                drawing(self._sheet.canvas)
            for words, side, x in ends:
                width = 90 if side == "right" else self.width - 96
                one = Shaped(legible(words), 8, side=side, color=QUIET)
                height_of(one, width)
                if words:
                    one.drawOn(self._sheet.canvas, x, low)
        return self._sheet.data()


def _at(one: Shaped, x: int, y: int) -> Drawing:
    return lambda canvas: one.drawOn(canvas, x, y)


def _high(row: Sequence[tuple[Shaped, int]]) -> int:
    return max(high for _, high in row) + 2 * PAD

"""A column down a page: words, pairs, rows, rules, codes, each below the one before.

Without a canvas it only measures: the length of a slip is known before its paper is cut.
"""

from collections.abc import Sequence

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas

from coop.kernel.paper.code import draw_code, modules_of
from coop.kernel.paper.line import draw_lines, height_of_lines, leading, run_of

INK, QUIET, LINE = HexColor("#1d1b16"), HexColor("#5a554a"), HexColor("#b9b09b")
_LEAST_PER_CENT = 35  # a value narrower than this share of the column goes under its label


class Column:
    """``top`` goes down as things are put; all in whole units of the canvas."""

    def __init__(
        self, canvas: Canvas | None, x: int, top: int, width: int, ink: Color = INK
    ) -> None:
        self._canvas = canvas
        self.x, self.top, self.width = x, top, width
        self._ink = ink

    def beside(self, x: int, width: int) -> "Column":
        """Return another column that begins at this height."""
        return Column(self._canvas, x, self.top, width, self._ink)

    def below(self, *others: "Column") -> None:
        """Go on under the lowest of these columns."""
        self.top = min(self.top, *(one.top for one in others))

    def space(self, height: int) -> None:
        """Leave room."""
        self.top -= height

    def words(
        self,
        words: str,
        size: int,
        *,
        bold: bool = False,
        side: str = "left",
        color: Color | None = None,
    ) -> None:
        """Put words over the whole width."""
        self.top = self._at(words, size, self.x, self.top, self.width, bold, side, color)

    def pair(self, label: str, value: str, size: int, *, bold: bool = False) -> None:
        """Put a label at the left and its value at the right, under it where it has no room."""
        gap = size // 2
        taken = -int(-run_of(label, size, bold=bold).width // 1) + gap
        room = self.width - taken
        if run_of(value, size, bold=bold).width > room and room * 100 < self.width * (
            _LEAST_PER_CENT
        ):
            self.words(label, size, bold=bold)
            self.words(value, size, bold=bold, side="right")
            return
        low = self._at(label, size, self.x, self.top, taken + gap, bold, "left", None)
        right = self.x + self.width - room
        self.top = min(low, self._at(value, size, right, self.top, room, bold, "right", None))

    def row(
        self, cells: Sequence[str], widths: Sequence[int], size: int, *, bold: bool = False
    ) -> None:
        """Put cells side by side; a width below zero is a column of numbers, at the right."""
        x, low, gap = self.x, self.top, size
        for cell, width in zip(cells, widths, strict=True):
            side, inset = ("right", gap) if width < 0 else ("left", 0)
            room = abs(width)
            at = x + inset
            low = min(low, self._at(cell, size, at, self.top, room - gap, bold, side, None))
            x += room
        self.top = low

    def rule(self, *, thick: int = 1, space: int = 4) -> None:
        """Draw a line over the whole width with room above and below."""
        self.top -= space
        if self._canvas is not None:
            self._canvas.setStrokeColor(self._ink)
            self._canvas.setLineWidth(thick)
            self._canvas.line(self.x, self.top, self.x + self.width, self.top)
        self.top -= space

    def stamp(self, words: str, size: int) -> None:
        """Put words in a frame as wide as the column: what nobody may overlook."""
        high = height_of_lines(words, size, self.width, bold=True)
        if self._canvas is not None:
            self._canvas.setStrokeColor(self._ink)
            self._canvas.setLineWidth(2)
            self._canvas.rect(self.x, self.top - high - 4, self.width, high + 4, stroke=1, fill=0)
        self.top -= 2
        self.words(words, size, bold=True, side="center")
        self.top -= 6

    def code(self, text: str, side: int, *, at: int | None = None) -> None:
        """Draw a receipt's code, in the middle or from ``at``, its quiet zone within."""
        x = self.x + (self.width - side) // 2 if at is None else at
        self.top -= side
        if self._canvas is not None:
            self._canvas.setFillColor(self._ink)
            draw_code(self._canvas, text, x, self.top, side)

    def dots_code(self, text: str, module: int) -> None:
        """Put a code in the middle whose modules are whole units: at most ``module``, and it fits."""
        modules = modules_of(text)
        self.code(text, modules * min(module, self.width // modules))

    def bullets(self, lines: Sequence[str], size: int, *, numbered: bool = False) -> None:
        """Put sentences one under another, each with a point or its number before it."""
        inset = size * 3 // 2
        for place, line in enumerate(lines, start=1):
            mark = f"{place}." if numbered else "•"
            self._at(mark, size, self.x, self.top, inset, False, "left", None)
            self.top = self._at(
                line, size, self.x + inset, self.top, self.width - inset, False, "left", None
            )

    def signs(self, words: Sequence[str], size: int) -> None:
        """Leave room for signatures, each over a line with who signs."""
        self.top -= leading(size) * 2
        each = self.width // len(words)
        low = self.top
        for place, word in enumerate(words):
            x = self.x + place * each
            if self._canvas is not None:
                self._canvas.setStrokeColor(self._ink)
                self._canvas.setLineWidth(1)
                self._canvas.line(x, self.top, x + each - size * 2, self.top)
            low = min(low, self._at(word, size, x, self.top - 2, each, False, "left", None))
        self.top = low

    def _at(
        self,
        words: str,
        size: int,
        x: int,
        top: int,
        width: int,
        bold: bool,
        side: str,
        color: Color | None,
    ) -> int:
        if self._canvas is None:
            return top - height_of_lines(words, size, width, bold=bold)
        color = self._ink if color is None else color
        return draw_lines(
            self._canvas, words, size, x, top, width, bold=bold, side=side, color=color
        )

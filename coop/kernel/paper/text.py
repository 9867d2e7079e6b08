"""Text on paper: shaped, and with its plain words beside the shapes, so that it can be found and copied."""

from html import escape
from typing import Any

from reportlab.lib.colors import Color, black
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from coop.kernel.paper.fonts import font_of

_SIDES = {"left": TA_LEFT, "center": TA_CENTER, "right": TA_RIGHT}
_LEADING_PER_CENT = 145  # signs above and below the line need the room


class Shaped(Paragraph):  # type: ignore[misc]  # reportlab ships no types
    """A paragraph of plain words in either script. ``size`` in points.

    Each word is drawn as shapes that no reader could copy; ``ActualText`` (ISO 32000-1, 14.9.4)
    carries the words themselves.
    """

    def __init__(
        self,
        words: str,
        size: int,
        *,
        bold: bool = False,
        side: str = "left",
        color: Color = black,
    ) -> None:
        style = ParagraphStyle(
            "shaped",
            fontName=font_of(bold=bold),
            fontSize=size,
            leading=size * _LEADING_PER_CENT // 100,
            alignment=_SIDES[side],
            textColor=color,
            shaping=1,
        )
        super().__init__(escape(words, quote=False), style)
        self._words = words

    def drawPara(self, debug: int = 0) -> None:  # noqa: N802  (reportlab's own name)
        """Draw the lines within a span that says what they read."""
        text = ("\ufeff" + self._words).encode("utf-16-be").hex().upper()
        code: list[str] = self.canv._code
        code.append(f"/Span <</ActualText <{text}>>> BDC")
        super().drawPara(debug)
        code.append("EMC")


def height_of(one: Shaped, width: int) -> int:
    """How many points high a paragraph is within a width, rounded up."""
    return -int(-one.wrap(width, 10_000)[1] // 1)


def draw_text(canvas: Canvas, one: Shaped, x: int, top: int, width: int) -> int:
    """Draw a paragraph with its top left corner at ``x, top`` (points from below); return where it ends."""
    height = height_of(one, width)
    drawn: Any = one
    drawn.drawOn(canvas, x, top - height)
    return top - height

"""Paper from a roll, 58 or 80 mm wide and as long as what stands on it, and the same as dots.

Everything on it is drawn in the printer's own dots, eight to a millimetre, so that a module of a
code is whole dots and its edges stay sharp.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from reportlab.lib.colors import black

from coop.kernel.paper.column import Column
from coop.kernel.paper.sheet import Sheet

DOTS_PER_MM = 8  # 203.2 dpi, what slip printers have
_POINTS_PER_DOT = 72 / (25.4 * DOTS_PER_MM)
_LIGHT = 160  # from this grey on a dot stays white
_one_at_a_time = Lock()  # pdfium is not made for two threads


@dataclass(frozen=True, slots=True)
class Width:
    """A roll's width; in dots: what of it the printer reaches, its plain words' size, a code's module."""

    mm: int
    across: int
    size: int
    module: int

    @property
    def margin(self) -> int:
        """What the printer does not reach at each side."""
        return (self.mm * DOTS_PER_MM - self.across) // 2


NARROW, WIDE = Width(58, 384, 21, 5), Width(80, 576, 27, 6)


def roll_pdf(
    title: str, language: str, width: Width, put: Callable[[Column, Width], None]
) -> bytes:
    """Draw what ``put`` puts on a roll; the paper is as long as it is, with 4 mm before and after."""
    edge = 4 * DOTS_PER_MM
    measured = Column(None, width.margin, 0, width.across, black)
    put(measured, width)
    high = -measured.top + 2 * edge
    size = (width.mm * DOTS_PER_MM * _POINTS_PER_DOT, high * _POINTS_PER_DOT)
    sheet = Sheet(title, language, size)
    sheet.canvas.scale(_POINTS_PER_DOT, _POINTS_PER_DOT)
    put(Column(sheet.canvas, width.margin, high - edge, width.across, black), width)
    return sheet.data()


def roll_png(pdf: bytes, width: Width) -> bytes:
    """The dots of a roll's PDF, black or white, as many across as the printer has."""
    import pypdfium2
    from PIL import Image

    with _one_at_a_time:
        document = pypdfium2.PdfDocument(pdf)
        try:
            # A hair under: the size stands in the file rounded, and pdfium makes it whole upwards.
            drawn = document[0].render(scale=(1 - 1e-5) / _POINTS_PER_DOT, grayscale=True)
            picture = drawn.to_pil().copy()
        finally:
            document.close()
    left = width.margin
    picture = picture.crop((left, 0, left + width.across, picture.height))
    dots = picture.point([0] * _LIGHT + [255] * (256 - _LIGHT)).convert(
        "1", dither=Image.Dither.NONE
    )
    file = io.BytesIO()
    dots.save(file, "PNG", optimize=True, dpi=(203, 203))
    return file.getvalue()

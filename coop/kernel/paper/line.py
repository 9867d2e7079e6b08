"""Lines of text on paper without a paragraph's weight: shaped once, kept, drawn many times.

A paper repeats its labels on every sheet; shaping and breaking them again took half of its time.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from reportlab.lib.colors import Color, black
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfbase.ttfonts import shapeStr
from reportlab.pdfgen.canvas import Canvas

from coop.kernel.paper.fonts import font_of

_KEPT = 8192
_SCRIPTS = re.compile(r"[\u0900-\u097f\u200c\u200d]+|[^\u0900-\u097f\u200c\u200d]+")
# What is drawn together is not torn: a letter, those that a halant binds to it, its vowel sign and dots.
_SYLLABLES = re.compile(
    "(?:.[\u093c\u200c\u200d]*\u094d[\u200c\u200d]*)*.[\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u200c\u200d]*",
    re.S,
)
_SPACES = re.compile(r"[ \t\r\n]+")
_LEADING_PER_CENT, _BASELINE_PER_CENT = 145, 110  # signs above and below the line need the room


@dataclass(frozen=True, slots=True)
class Run:
    """A line as shapes, and how wide it is in units of its size."""

    glyphs: str
    width: float


@lru_cache(_KEPT)
def run_of(words: str, size: int, *, bold: bool = False) -> Run:
    """Shape one line, each script for itself: harfbuzz takes the first letter's script for all of it.

    Plain signs of ASCII need no shaping.
    """
    font = font_of(bold=bold)
    if words.isascii():
        return Run(words, stringWidth(words, font, size))
    first, *rest = _SCRIPTS.findall(words)
    glyphs = shapeStr(first, font, size, force=True)
    for part in rest:
        glyphs += shapeStr(part, font, size, force=True)
    return Run(glyphs, sum(one.x_advance for one in glyphs.__shapeData__) * size / 1000)


@lru_cache(_KEPT)
def lines_of(words: str, size: int, width: int, *, bold: bool = False) -> tuple[Run, ...]:
    """Break words at their spaces into lines within a width; a longer word is cut where it must be.

    A no-break space holds: an amount is not torn from its sign.
    """
    parted = [word for word in _SPACES.split(words) if word]
    whole = run_of(" ".join(parted), size, bold=bold)
    if whole.width <= width:  # as most are: their beginnings need not be shaped one by one
        return (whole,)
    lines: list[str] = []
    line = ""
    for word in parted:
        longer = f"{line} {word}" if line else word
        if run_of(longer, size, bold=bold).width <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        *cut, line = _cut(word, size, width, bold=bold)
        lines.extend(cut)
    return tuple(run_of(one, size, bold=bold) for one in [*lines, line])


def _cut(word: str, size: int, width: int, *, bold: bool) -> list[str]:
    parts = [""]
    for sign in _SYLLABLES.findall(word):
        if parts[-1] and run_of(parts[-1] + sign, size, bold=bold).width > width:
            parts.append("")
        parts[-1] += sign
    return parts


def height_of_lines(words: str, size: int, width: int, *, bold: bool = False) -> int:
    """How high words are within a width."""
    return len(lines_of(words, size, width, bold=bold)) * leading(size)


def leading(size: int) -> int:
    """From one line to the next."""
    return size * _LEADING_PER_CENT // 100


def draw_lines(
    canvas: Canvas,
    words: str,
    size: int,
    x: int,
    top: int,
    width: int,
    *,
    bold: bool = False,
    side: str = "left",
    color: Color = black,
) -> int:
    """Draw words from the top left corner ``x, top``; return where they end.

    As in ``Shaped``, ``ActualText`` says beside the shapes what they read.
    """
    drawn: Any = canvas
    text = ("\ufeff" + words).encode("utf-16-be").hex().upper()
    drawn._code.append(f"/Span <</ActualText <{text}>>> BDC")
    canvas.setFont(font_of(bold=bold), size)
    if drawn._fillColorObj != color:
        canvas.setFillColor(color)
    baseline = top - size * _BASELINE_PER_CENT // 100
    for run in lines_of(words, size, width, bold=bold):
        if side == "left":
            canvas.drawString(x, baseline, run.glyphs)
        else:
            spare = width - run.width
            canvas.drawString(x + (spare if side == "right" else spare / 2), baseline, run.glyphs)
        baseline -= leading(size)
    drawn._code.append("EMC")
    return top - height_of_lines(words, size, width, bold=bold)

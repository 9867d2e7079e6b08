"""A QR code drawn as one path: a third of the time and of the bytes of a shape for each module."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import segno
from reportlab.pdfgen.canvas import Canvas

_QUIET = 4  # modules of white around, as ISO/IEC 18004 asks
# Any of the eight masks reads; weighing all of them took three quarters of a code's time, and the
# random signs of a receipt need none in particular (docs/decisions/0039).
_MASK = 2


def _dark_runs(row: bytes) -> Iterator[tuple[int, int]]:
    """Where the dark stretches of a line begin and how long they are."""
    place = row.find(1)
    while place >= 0:
        end = row.find(0, place)
        end = len(row) if end < 0 else end
        yield place, end - place
        place = row.find(1, end)


@lru_cache(16)
def _rows(text: str) -> tuple[bytes, ...]:
    try:
        code = segno.make(
            text, error="m", mode="alphanumeric", boost_error=False, micro=False, mask=_MASK
        )
    except segno.DataOverflowError as error:
        raise ValueError("too long for a code") from error
    return tuple(bytes(row) for row in code.matrix)


def _path(text: str) -> str:
    """The dark stretches as one path, filled; whole numbers, which reportlab would write as fractions."""
    rows = _rows(text)
    squares = [
        f"{start + _QUIET} {len(rows) - 1 - line + _QUIET} {length} 1 re"
        for line, row in enumerate(rows)
        for start, length in _dark_runs(row)
    ]
    return "\n".join([*squares, "f"])


def modules_of(text: str) -> int:
    """How many modules a text's code is wide, quiet zone and all. Raises ValueError."""
    return len(_rows(text)) + 2 * _QUIET


def draw_code(canvas: Canvas, text: str, x: int, y: int, side: int) -> None:
    """Draw a text in capitals, digits and ``$%*+-./:`` as a square of ``side`` points, quiet zone within.

    ``x, y``: the lower left corner. Level M. Raises ValueError for other signs.
    """
    canvas.saveState()
    canvas.translate(x, y)
    canvas.scale(side / modules_of(text), side / modules_of(text))
    drawn: Any = canvas
    drawn._code.append(_path(text))
    canvas.restoreState()

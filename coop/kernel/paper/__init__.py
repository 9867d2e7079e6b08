"""Paper: shaped text in both scripts that can be searched and copied, codes, pages.

Importing it loads reportlab (0.4 s), so it is imported where paper is made and nowhere before.
"""

from coop.kernel.paper.code import draw_code
from coop.kernel.paper.column import INK, LINE, QUIET, Column
from coop.kernel.paper.line import draw_lines, height_of_lines
from coop.kernel.paper.sheet import Sheet, millimetres
from coop.kernel.paper.text import Shaped, draw_text, height_of

__all__ = [
    "INK",
    "LINE",
    "QUIET",
    "Column",
    "Shaped",
    "Sheet",
    "draw_code",
    "draw_lines",
    "draw_text",
    "height_of",
    "height_of_lines",
    "millimetres",
]

"""The fonts of paper: from the tree, never from the machine, so that paper looks the same everywhere."""

from functools import cache

import uharfbuzz  # noqa: F401  (without it reportlab draws wrong Hindi and says nothing)
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont

from coop.paths import FONTS

REGULAR, BOLD = "AbhrakSans-Regular", "AbhrakSans-Bold"


@cache
def register() -> None:
    """Tell reportlab of both weights, once. Raises OSError where a file is missing."""
    for name in (REGULAR, BOLD):
        registerFont(TTFont(name, str(FONTS / f"{name}.ttf"), shapable=True))


def font_of(*, bold: bool) -> str:
    """The name of a weight, registered."""
    register()
    return BOLD if bold else REGULAR

"""Codes drawn into a page as one path of an inline SVG: no image request, no script."""

from markupsafe import Markup


def qr_svg(text: str) -> Markup:
    """Draw a receipt's text: alphanumeric, level M, a quiet zone of four modules."""
    import segno

    picture = segno.make(text, error="m", mode="alphanumeric", boost_error=False, micro=False)
    # Ours from end to end: alphanumeric mode takes nothing but capitals, digits and a few signs.
    return Markup(picture.svg_inline(scale=4, border=4, omitsize=True))  # noqa: S704  (see above)

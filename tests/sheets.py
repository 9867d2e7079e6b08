"""What a PDF says and shows, read by another program than the one that wrote it."""

from itertools import pairwise

import pypdfium2

from coop.kernel.paper.pages import legible


def pages_of(data: bytes) -> list[str]:
    """The text of each page, spaces as one, as a reader copies it."""
    opened = pypdfium2.PdfDocument(data)
    found = []
    for page in opened:
        text = page.get_textpage().get_text_range()
        found.append(" ".join(text.replace("\ufffe", "").split()))
    return found


def words_of(data: bytes) -> str:
    """The text of all pages; no sign in it is one that the fonts cannot draw."""
    said = " ".join(pages_of(data))
    assert legible(said) == said
    return said


def assert_counted(pages: list[str], words: str) -> None:
    """Every page says which of how many it is. ``words``: with two gaps."""
    for place, text in enumerate(pages, start=1):
        assert words.format(place, len(pages)) in text, place


def assert_ordered(texts: list[str], whole: str) -> None:
    """Texts stand once each, in this order."""
    places = [whole.index(text) for text in texts]
    assert all(one < other for one, other in pairwise(places))

"""How tests read papers and pages: by programs that are not ours."""

import shutil
import subprocess
import tempfile
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pypdfium2

HAVE_POPPLER = shutil.which("pdftotext") is not None


def by_pdfium(pdf: bytes) -> list[str]:
    """What a reader copies from each page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def by_poppler(pdf: bytes) -> list[str]:
    """The same by another program."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "paper.pdf"
        file.write_bytes(pdf)
        done = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, check=True)
    return done.stdout.decode().split("\f")[:-1]


def plain(text: str) -> str:
    """A text with its blanks and line ends as single blanks."""
    return " ".join(text.split())


class _Article(HTMLParser):
    """The words of a page's article: what is printed."""

    def __init__(self) -> None:
        super().__init__()
        self._within = self._drawn = 0
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._within += tag == "article"
        self._drawn += tag == "svg"

    def handle_endtag(self, tag: str) -> None:
        self._within -= tag == "article"
        self._drawn -= tag == "svg"

    def handle_data(self, data: str) -> None:
        if self._within and not self._drawn:
            self.words.extend(data.split())


_MARKS = ",.:;·–−•()।"  # a page sets these beside a word or apart from it


def counted(words: list[str]) -> Counter[str]:
    """Words with how often each stands there, without the marks around them."""
    return Counter(filter(None, (word.strip(_MARKS) for word in words)))


def words_of_page(html: str) -> Counter[str]:
    """The words that a page prints."""
    article = _Article()
    article.feed(html)
    return counted(article.words)


def words_of_paper(pdf: bytes) -> Counter[str]:
    """The words that a paper says."""
    return counted(" ".join(by_pdfium(pdf)).split())

"""Receipt texts as somebody pastes or exports them, at most 500; and a table as CSV."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coop.kernel.refusal import Refusal
from coop.kernel.words import say

MOST_RECEIPTS = 500
MOST_BYTES = 1_000_000
_LONGEST = 2000  # a receipt's text has at most 1,670 signs
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts in their order, or why they cannot be judged."""

    texts: tuple[str, ...]
    problems: tuple[Refusal, ...] = ()


def texts_pasted(text: str) -> Texts:
    """Read one text a line; empty lines are left out."""
    return _limited([line.strip() for line in text.splitlines() if line.strip()], "texts")


def texts_of_csv(content: bytes) -> Texts:
    """Read the receipt's text of each row: the first cell that looks like one, else the first.

    A first row without any is the header.
    """
    if len(content) > MOST_BYTES:
        return Texts(
            (), (Refusal("too_large", say("The file is over 1 MB; send fewer rows."), "file"),)
        )
    try:
        plain = content.decode("utf-8-sig")
        rows = [row for row in csv.reader(io.StringIO(plain, newline="")) if any(row)]
    except (UnicodeDecodeError, csv.Error):
        message = say("This is no CSV file in UTF-8; save it again as CSV.")
        return Texts((), (Refusal("not_csv", message, "file"),))
    if rows and len(rows) > 1 and _receipt_in(rows[0]) is None:
        del rows[0]
    return _limited([_receipt_in(row) or row[0].strip() for row in rows], "file")


def _receipt_in(row: Sequence[str]) -> str | None:
    return next((cell.strip() for cell in row if "/R/" in cell.upper()), None)


def _limited(texts: list[str], field: str) -> Texts:
    if not texts:
        message = say("Paste receipts, one a line, or choose a CSV file.")
        return Texts((), (Refusal("nothing", message, field),))
    if len(texts) > MOST_RECEIPTS:
        message = say("At most %(most)s receipts at once; send fewer.", most=MOST_RECEIPTS)
        return Texts((), (Refusal("too_many", message, field),))
    return Texts(tuple(text[:_LONGEST] for text in texts))


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Write a table as CSV; a cell that a spreadsheet would run as a formula is shown as text.

    >>> csv_text(["a"], [["=1+1"], [-5], [None]]).splitlines()
    ['a', "'=1+1", '-5', '""']
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return out.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text

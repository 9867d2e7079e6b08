"""Read a table that somebody exported: CSV (UTF-8, with or without mark) or XLSX.

Every cell becomes text; what the text means is for the domain's ``forms.py``.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from coop.kernel.refusal import Unusable
from coop.kernel.words import Said, say

MOST_BYTES = 64 * 1024 * 1024
MOST_ROWS = 500_000
_MOST_UNPACKED = 512 * 1024 * 1024  # what an XLSX may unfold to: a small one can hold a huge sheet


class Unreadable(Unusable):
    """A file that is no table; ``said`` tells a person why, in any language."""

    def __init__(self, path: Path, said: Said) -> None:
        self.said = said
        super().__init__(f"{path}: {said}")


@dataclass(frozen=True, slots=True)
class TableFile:
    """The header and the rows of one sheet; a row holds every column of the header."""

    columns: tuple[str, ...]
    rows: tuple[dict[str, str], ...]
    sha256: str


def read_table(path: Path, needed: Iterable[str]) -> TableFile:
    """Read ``path``; ``needed`` columns must be there. Raises Unusable, saying why."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Unusable(f"{path}: larger than {MOST_BYTES // 1024 // 1024} MB; split it")
        content = path.read_bytes()
    except OSError as error:
        raise Unusable(f"{path}: {error.strerror or error}") from error
    return read_content(path, content, needed)


def read_content(path: Path, content: bytes, needed: Iterable[str]) -> TableFile:
    """Read a table's bytes; ``path`` is its name in messages. Raises Unreadable, saying why."""
    import hashlib

    lines = _xlsx_lines(path, content) if content[:2] == b"PK" else _csv_lines(path, content)
    columns, rows = _shape(path, lines)
    missing = [name for name in needed if name not in columns]
    if missing:
        raise Unreadable(path, say("missing columns: %(names)s", names=", ".join(missing)))
    return TableFile(columns, rows, hashlib.sha256(content).hexdigest())


def _csv_lines(path: Path, content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        said = say("not UTF-8 text at byte %(byte)s; save it as CSV UTF-8", byte=error.start)
        raise Unreadable(path, said) from error
    if "\x00" in text:
        raise Unreadable(path, say("holds a zero character; save it as CSV UTF-8"))
    try:
        return [line for line in csv.reader(io.StringIO(text, newline=""), strict=True) if line]
    except csv.Error as error:
        raise Unreadable(path, say("not a readable CSV: %(why)s", why=error)) from error


def _xlsx_lines(path: Path, content: bytes) -> list[list[str]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with ZipFile(io.BytesIO(content)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
        if unpacked > _MOST_UNPACKED:
            raise Unreadable(path, say("unpacks to more than it may; save it as CSV UTF-8"))
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheet = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (BadZipFile, CalamineError, ValueError, OSError, IndexError) as error:
        raise Unreadable(path, say("not a readable XLSX: %(why)s", why=error)) from error
    lines = [[_cell_text(cell) for cell in line] for line in sheet]
    return [line for line in lines if any(line)]


def _cell_text(cell: object) -> str:
    """A spreadsheet's value as it would stand in a CSV: 10.0 is 10, a day is yyyy-mm-dd."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        midnight = (cell.hour, cell.minute, cell.second) == (0, 0, 0)
        return cell.date().isoformat() if midnight else cell.isoformat()
    if isinstance(cell, (date, timedelta)):
        return str(cell)
    return "" if cell is None else str(cell)


def _shape(
    path: Path, lines: list[list[str]]
) -> tuple[tuple[str, ...], tuple[dict[str, str], ...]]:
    if not lines:
        raise Unreadable(path, say("empty; the first line must name the columns"))
    columns = tuple(name.strip() for name in lines[0])
    if len(set(columns)) != len(columns):
        raise Unreadable(path, say("a column is named twice"))
    if len(lines) - 1 > MOST_ROWS:
        raise Unreadable(path, say("more than %(most)s rows; split it", most=MOST_ROWS))
    rows = []
    for number, line in enumerate(lines[1:], start=1):
        if len(line) > len(columns):
            said = say("row %(row)s has more cells than the header", row=number)
            raise Unreadable(path, said)
        cells = line + [""] * (len(columns) - len(line))
        rows.append(dict(zip(columns, cells, strict=True)))
    return columns, tuple(rows)

"""A table as a CSV file to take along: what a spreadsheet would run as a formula is made harmless."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from litestar import Response

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def neutral(cell: object) -> str:
    """Return a cell's text; one that begins like a formula gets an apostrophe, a plain number none.

    >>> neutral("=1+1"), neutral("-12.50"), neutral("-x"), neutral("ढिबरा")
    ("'=1+1", '-12.50', "'-x", 'ढिबरा')
    """
    text = str(cell)
    if _NUMBER.fullmatch(text) or not text.startswith(_FORMULA):
        return text
    return "'" + text


def csv_answer(
    name: str, header: Sequence[str], rows: Iterable[Sequence[object]]
) -> Response[bytes]:
    """Answer with a CSV file (UTF-8 with its mark, so that spreadsheets read Hindi). ``name``: plain letters."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([neutral(cell) for cell in header])
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    headers = {"content-disposition": f'attachment; filename="{name}.csv"'}
    body = ("\ufeff" + out.getvalue()).encode("utf-8")
    return Response(body, media_type="text/csv; charset=utf-8", headers=headers)

"""Rows of grades.csv and price_notices.csv as values: rupees become paise."""

import re
from collections.abc import Mapping

from coop.kernel.cells import Cells, Parsed
from coop.kernel.words import say
from coop.prices.rules import Grade, NoticeLine, NoticeRow

GRADE_COLUMNS = ("code", "name_en", "name_hi", "hsn", "unit")
NOTICE_COLUMNS = (
    "notice_no",
    "published_at",
    "effective_from",
    "effective_to",
    "district_lgd",
    "grade_code",
    "picker_floor_rupees_per_kg",
    "buyer_floor_rupees_per_kg",
    "premium_rupees_per_kg",
    "authority",
    "reference",
)
MOST_PAISE_PER_KG = 10**9
_SUPERSEDES = re.compile(r"supersedes\s+(\S+)", re.IGNORECASE)


def grade_from_row(row: Mapping[str, str]) -> Parsed[Grade]:
    """Read a row of grades.csv; each problem names its column."""
    cells = Cells(row)
    grade = Grade(
        code=cells.whole("code", 1),
        name_en=cells.text("name_en", 120, needed=True),
        name_hi=cells.text("name_hi", 120),
        hsn=cells.pattern("hsn", "[0-9]{8}", "25253010"),
        unit=cells.choice("unit", ("kg",)),
    )
    return cells.finish(grade)


def notice_row_from(row: Mapping[str, str]) -> Parsed[NoticeRow]:
    """Read a row of price_notices.csv; ``supersedes <notice_no>`` is read from the reference.

    A column ``authority_hi`` with the issuer's Hindi name may be missing.
    """
    cells = Cells(row)
    reference = cells.text("reference", 200)
    notice = NoticeRow(
        line=NoticeLine(
            notice_no=cells.text("notice_no", 30, needed=True),
            published_at=cells.instant("published_at"),
            effective_from=cells.instant("effective_from"),
            effective_to=cells.instant_or_none("effective_to"),
            district_lgd=cells.whole("district_lgd", 1, 999_999),
            grade_code=cells.whole("grade_code", 1),
            picker_floor_paise_per_kg=_paise(cells, "picker_floor_rupees_per_kg"),
            buyer_floor_paise_per_kg=_paise(cells, "buyer_floor_rupees_per_kg"),
            premium_paise_per_kg=_paise(cells, "premium_rupees_per_kg"),
            supersedes=_superseded(cells, reference),
        ),
        authority=cells.text("authority", 120),
        reference=reference,
        authority_hi=cells.text("authority_hi", 120),
    )
    return cells.finish(notice)


def _paise(cells: Cells, column: str) -> int:
    return cells.scaled(column, 2, 0, MOST_PAISE_PER_KG)


def _superseded(cells: Cells, reference: str) -> str | None:
    found = _SUPERSEDES.match(reference)
    if found is None:
        return None
    number = found[1].rstrip(".,;")
    if len(number) > 30:
        message = say("The superseded notice's number is too long; correct the reference.")
        cells.refuse("reference", "too_long", message)
    return number

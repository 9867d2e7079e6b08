"""Lists of grades and notices, and the notice that an officer types, as values."""

from coop.prices.forms.lists import (
    GRADE_COLUMNS,
    MOST_PAISE_PER_KG,
    NOTICE_COLUMNS,
    grade_from_row,
    notice_row_from,
)
from coop.prices.forms.notice import notice_from_form

__all__ = [
    "GRADE_COLUMNS",
    "MOST_PAISE_PER_KG",
    "NOTICE_COLUMNS",
    "grade_from_row",
    "notice_from_form",
    "notice_row_from",
]

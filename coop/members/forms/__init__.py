"""What people wrote in lists and in the member book, as values."""

from coop.members.forms.book import MEMBER_COLUMNS, book_row_from
from coop.members.forms.lists import (
    HOUSEHOLD_COLUMNS,
    PERSON_COLUMNS,
    household_from_row,
    person_from_row,
)

__all__ = [
    "HOUSEHOLD_COLUMNS",
    "MEMBER_COLUMNS",
    "PERSON_COLUMNS",
    "book_row_from",
    "household_from_row",
    "person_from_row",
]

"""What school offices wrote, as values."""

from coop.schooling.forms.lists import (
    ENROLMENT_COLUMNS,
    SCHOOL_COLUMNS,
    enrolment_row_from,
    school_from_row,
)
from coop.schooling.forms.school_words import (
    parse_class,
    parse_school_day,
    parse_sex,
    parse_udise,
)

__all__ = [
    "ENROLMENT_COLUMNS",
    "SCHOOL_COLUMNS",
    "enrolment_row_from",
    "parse_class",
    "parse_school_day",
    "parse_sex",
    "parse_udise",
    "school_from_row",
]

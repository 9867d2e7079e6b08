"""Schools and registers, the match of a child with a register's row, its status on a date, consent. Pure."""

from coop.schooling.rules.school import (
    HOME_BASED,
    EnrolmentRow,
    School,
    refusals_to_record_school,
    udise_now,
)

__all__ = ["HOME_BASED", "EnrolmentRow", "School", "refusals_to_record_school", "udise_now"]

"""What people wrote in lists of cooperatives and centres, as values."""

from coop.cooperatives.forms.lists import (
    CENTRE_COLUMNS,
    COOPERATIVE_CODE,
    COOPERATIVE_COLUMNS,
    centre_from_row,
    cooperative_from_row,
)

# As they were imported before they stood in the kernel.
from coop.kernel.cells import MOST_BIGINT, MOST_INTEGER, Cells, Parsed

__all__ = [
    "CENTRE_COLUMNS",
    "COOPERATIVE_CODE",
    "COOPERATIVE_COLUMNS",
    "MOST_BIGINT",
    "MOST_INTEGER",
    "Cells",
    "Parsed",
    "centre_from_row",
    "cooperative_from_row",
]

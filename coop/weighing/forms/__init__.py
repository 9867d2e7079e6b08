"""What was typed or sent as a weighing, a wish to take one back, a decision on it."""

from coop.weighing.forms.correction import (
    Original,
    ReadDecision,
    ReadWish,
    read_correction,
    read_decision,
    read_wish,
)
from coop.weighing.forms.desk import (
    LABELS,
    bare_number,
    entry_from_form,
    paper_fields,
    read_day,
    typed_member_no,
)
from coop.weighing.forms.entry import (
    COLUMN_OF,
    WEIGHING_COLUMNS,
    Place,
    entry_from_json,
    entry_from_row,
    entry_id,
)
from coop.weighing.rules import content_bytes

__all__ = [
    "COLUMN_OF",
    "LABELS",
    "WEIGHING_COLUMNS",
    "Original",
    "Place",
    "ReadDecision",
    "ReadWish",
    "bare_number",
    "content_bytes",
    "entry_from_form",
    "entry_from_json",
    "entry_from_row",
    "entry_id",
    "paper_fields",
    "read_correction",
    "read_day",
    "read_decision",
    "read_wish",
    "typed_member_no",
]

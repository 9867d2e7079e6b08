"""What was typed, as values; the box reads leniently, because a child is never sent away for a sign."""

from coop.participation.forms.box import read_pictures, said_in_box
from coop.participation.forms.typed import BATCH_ROWS, board_line, hearing_typed, opening_typed

__all__ = [
    "BATCH_ROWS",
    "board_line",
    "hearing_typed",
    "opening_typed",
    "read_pictures",
    "said_in_box",
]

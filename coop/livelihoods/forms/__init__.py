"""What was typed on the livelihood pages."""

from coop.livelihoods.forms.fund import read_outcome, read_plan, read_reversal, read_spending
from coop.livelihoods.forms.kit import read_move, read_training
from coop.livelihoods.forms.typed import (
    Read,
    read_benchmark,
    read_consent,
    read_income,
    read_link,
    read_step,
)

__all__ = [
    "Read",
    "read_benchmark",
    "read_consent",
    "read_income",
    "read_link",
    "read_move",
    "read_outcome",
    "read_plan",
    "read_reversal",
    "read_spending",
    "read_step",
    "read_training",
]

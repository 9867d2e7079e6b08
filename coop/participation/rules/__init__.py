"""What the box takes, whom it reaches, what is told on; who was heard before a decision."""

from coop.participation.rules.hearing import Heard, Hearing
from coop.participation.rules.message import Concern, Reader, Said

__all__ = ["Concern", "Heard", "Hearing", "Reader", "Said"]

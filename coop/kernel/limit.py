"""How many of a kind are allowed within a span of time."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``tries`` within ``within``."""

    tries: int
    within: timedelta

    def allows(self, counted: int) -> bool:
        """Tell whether one more is allowed after those counted."""
        return counted < self.tries

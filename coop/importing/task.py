"""A file on its way in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from coop.kernel.refusal import Refusal
from coop.kernel.words import say


@dataclass(frozen=True, slots=True)
class ImportTask:
    """Rows of one kind, the file's hash, the instant they are judged at, and the one cooperative.

    ``owner_id``: in whose chain the file is recorded (row id of a cooperative, None: the agency's).
    """

    kind: str
    rows: Sequence[Mapping[str, str]]
    sha256: str
    judged_at: datetime
    only: str | None
    owner_id: int | None = None

    def elsewhere(self, cooperative: str) -> tuple[Refusal, ...]:
        """The refusal of a row of another cooperative than the one that was asked for."""
        if self.only is None or cooperative == self.only:
            return ()
        message = say(
            "This row is of %(code)s, not of %(only)s.", code=cooperative[:10], only=self.only
        )
        return (Refusal("other_cooperative", message, "cooperative"),)

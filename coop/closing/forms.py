"""What was typed about a count of the cash box."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from coop.closing.rules import REASONS, Pieces
from coop.kernel.cells import Cells
from coop.kernel.refusal import Refusal
from coop.kernel.words import say

_MOST_PIECES = 100_000
MOST_WORDS = 200


@dataclass(frozen=True, slots=True)
class ReadCount:
    """A count as typed; empty boxes are no pieces."""

    operation_id: UUID
    lines: tuple[Pieces, ...]
    reason: str
    words: str


def read_count(
    fields: Mapping[str, str], asked: Sequence[tuple[int, str]]
) -> tuple[ReadCount | None, tuple[Refusal, ...]]:
    """Read a count; ``asked``: value in paise and kind of each note and coin of the form."""
    cells = Cells(fields, {"words": say("In your words"), "reason": say("Reason")})
    given = read_operation(cells)
    lines = []
    for value_paise, kind in asked:
        name = f"{kind}_{value_paise}"
        if not cells.raw(name):
            continue
        before = len(cells.problems)
        pieces = cells.whole(name, 0, _MOST_PIECES)
        if len(cells.problems) > before:
            del cells.problems[before:]
            cells.refuse(name, "not_a_number", say("Type how many, as 12; or leave it empty."))
        elif pieces:
            lines.append(Pieces(value_paise, kind, pieces))
    reason = cells.choice("reason", tuple(REASONS)) if cells.raw("reason") else ""
    words = cells.text("words", MOST_WORDS)
    if cells.problems or given is None:
        return None, tuple(cells.problems)
    return ReadCount(given, tuple(lines), reason, words), ()


def read_operation(cells: Cells) -> UUID | None:
    """The form's own id; without one the page is too old."""
    try:
        return UUID(cells.raw("operation_id"))
    except ValueError:
        message = say("This page is too old; open it again.")
        cells.problems.append(Refusal("id_invalid", message))
        return None

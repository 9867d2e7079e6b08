"""What was typed to take a weighing back: why, where the cash is, the right weighing; and a decision."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from coop.kernel.cells import Cells
from coop.kernel.refusal import Refusal
from coop.kernel.words import say
from coop.weighing.forms.desk import LABELS
from coop.weighing.forms.entry import NO_ID, TYPED, Place, entry_of_cells, uuid_of
from coop.weighing.rules import UnreadEntry, WeighingEntry
from coop.weighing.rules.reversal import CONFIRMED, OTHER, REASONS, REJECTED

MOST_WORDS = 200
VOID, REPLACE = "void", "replace"
MEMBER, BOX = "member", "box"
_LABELS = {
    **LABELS,
    "reason": say("Reason"),
    "words": say("In your words"),
    "cash": say("Where is the cash"),
    "then": say("What then"),
    "outcome": say("Your decision"),
}


@dataclass(frozen=True, slots=True)
class Original:
    """The weighing that is to be corrected, as far as its right version shares it."""

    place: Place
    site_code: str
    weighed_at: datetime
    paper_no: str
    in_cash: bool


@dataclass(frozen=True, slots=True)
class ReadWish:
    """A wish as typed; ``replace``: the right weighing stands in the form too."""

    operation_id: UUID
    reason: str
    words: str
    cash_back: bool
    replace: bool


@dataclass(frozen=True, slots=True)
class ReadDecision:
    """A decision as typed."""

    operation_id: UUID
    outcome: str
    words: str


def read_wish(
    fields: Mapping[str, str], *, in_cash: bool
) -> tuple[ReadWish | None, tuple[Refusal, ...]]:
    """Read why a weighing is to be taken back, or what is wrong. ``in_cash``: it was paid so."""
    cells = Cells(fields, _LABELS)
    given = _operation_id(cells)
    reason = cells.choice("reason", tuple(REASONS))
    words = cells.text("words", MOST_WORDS, needed=reason == OTHER)
    cash = cells.choice("cash", (MEMBER, BOX)) if in_cash else ""
    then = cells.choice("then", (VOID, REPLACE))
    if cells.problems or given is None:
        return None, tuple(cells.problems)
    return ReadWish(given, reason, words, cash == BOX, then == REPLACE), ()


def read_correction(
    fields: Mapping[str, str], original: Original, wish: ReadWish
) -> WeighingEntry | UnreadEntry:
    """Read the right weighing: at the same site and second as the original, a new entry.

    Cash that the member keeps counts towards it, so nothing is paid by it.
    """
    row = {
        **fields,
        "site_code": original.site_code,
        "weighed_at": original.weighed_at.isoformat(),
        "paper_no": original.paper_no,
    }
    if original.in_cash and not wish.cash_back:
        row["paid_mode"] = "later"
    cells = Cells(row, _LABELS)
    if not cells.raw("member_no"):
        cells.refuse("member_no", "missing", say("Type the member number; it is on the card."))
    return entry_of_cells(cells, wish.operation_id, original.place, TYPED, place_in_row=False)


def read_decision(
    fields: Mapping[str, str],
) -> tuple[ReadDecision | None, tuple[Refusal, ...]]:
    """Read whether a request is confirmed or rejected."""
    cells = Cells(fields, _LABELS)
    given = _operation_id(cells)
    outcome = cells.choice("outcome", (CONFIRMED, REJECTED))
    words = cells.text("words", MOST_WORDS)
    if cells.problems or given is None:
        return None, tuple(cells.problems)
    return ReadDecision(given, outcome, words), ()


def _operation_id(cells: Cells) -> UUID | None:
    given = uuid_of(cells.raw("operation_id"))
    if given is None:
        cells.problems.append(Refusal("id_invalid", NO_ID))
    return given

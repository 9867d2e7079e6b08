"""What is answered for an entry: its number and receipt, or every reason against it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from coop.kernel.db import Transaction
from coop.kernel.refusal import Refusal
from coop.kernel.words import say
from coop.receipts.rules.receipt import receipt_text
from coop.settings import settings
from coop.weighing.operations.write import Booking
from coop.weighing.queries import Booked, booked
from coop.weighing.rules import Judged, Outcome


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered for an entry; number, grams, paise and text where it stands booked.

    ``conflict``: the id is another entry's, here or elsewhere.
    """

    entry_id: UUID | None
    outcome: Outcome
    cooperative: str
    refusals: tuple[Refusal, ...] = ()
    booked: Booked | None = None
    text: str = ""

    @property
    def conflict(self) -> bool:
        """Whether the id came before with another content."""
        return any(one.code == "duplicate_conflict" for one in self.refusals)


async def answers(
    tx: Transaction,
    cooperative: str,
    judged: Sequence[Judged],
    bookings: Sequence[Booking],
    fy: int,
) -> list[Answer]:
    """Answer judged entries in order; what was booked earlier is read, never booked again."""
    stands = {
        b.entry_id: Booked(fy, b.no, b.payable_grams, b.amount_paise, b.signed) for b in bookings
    }
    again = [one.entry.id for one in judged if one.outcome is Outcome.UNCHANGED and one.entry]
    if again:
        stands |= await booked(tx, again)
    return [
        answer(cooperative, one, stands.get(one.entry.id) if one.entry else None) for one in judged
    ]


def answer(cooperative: str, judged: Judged, stands: Booked | None) -> Answer:
    """Answer one entry. ``stands``: what is booked for its id, if anything is."""
    entry_id = judged.entry.id if judged.entry else None
    if judged.outcome is Outcome.REFUSED or stands is None:
        return Answer(entry_id, judged.outcome, cooperative, judged.refusals or _lost())
    text = receipt_text(settings().host_text, stands.signed)
    return Answer(entry_id, judged.outcome, cooperative, (), stands, text)


def _lost() -> tuple[Refusal, ...]:
    """An id of another cooperative: a conflict, and nothing of it is told."""
    return (
        Refusal(
            "duplicate_conflict",
            say("This id came before with another content; the first stands."),
            "id",
        ),
    )

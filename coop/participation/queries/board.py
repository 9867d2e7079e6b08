"""The public board, and what a year's report takes from it."""

from dataclasses import dataclass
from datetime import date

from coop.kernel.db import Transaction


@dataclass(frozen=True, slots=True)
class BoardLine:
    """You said, we did: one line of a month."""

    month: date
    heard: str
    done: str


@dataclass(frozen=True, slots=True)
class ToldLine:
    """What may be told of a message, in a reader's words; ``about`` is what it was tapped as."""

    about: str
    words: str


async def board_of(tx: Transaction, cooperative_id: int, first: date, end: date) -> list[BoardLine]:
    """Lines of the months from a day to before another, the newest month first."""
    rows = await tx.fetch(
        """SELECT month, heard, done FROM voice_board WHERE cooperative_id = $1 AND month >= $2 AND month < $3
           ORDER BY month DESC, id""",
        cooperative_id,
        first,
        end,
    )
    return [BoardLine(*row.values()) for row in rows]


async def told_in(tx: Transaction, cooperative_id: int, first: date, end: date) -> list[ToldLine]:
    """What may be told of the messages of a time, whose senders allowed it; in no order of coming."""
    rows = await tx.fetch(
        """SELECT m.about, r.words FROM voice_message m JOIN voice_reply r ON r.message_id = m.id AND r.kind = 'told'
           WHERE m.cooperative_id = $1 AND m.on_day >= $2 AND m.on_day < $3 AND m.may_show ORDER BY m.about, r.words""",
        cooperative_id,
        first,
        end,
    )
    return [ToldLine(*row.values()) for row in rows]

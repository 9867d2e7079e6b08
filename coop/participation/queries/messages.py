"""Messages as their readers see them, and answers as their pictures open them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from coop.kernel import clock
from coop.kernel.db import Transaction

PAGE = 100
_SEEN = """
SELECT m.id, m.cooperative_id, m.on_day, m.came, m.feeling, m.about, m.may_show, coalesce(w.words, '') AS words,
       d.kind, d.concern_about,
       (SELECT r.words FROM voice_reply r WHERE r.message_id = m.id AND r.kind = 'answer') AS answer,
       (SELECT r.words FROM voice_reply r WHERE r.message_id = m.id AND r.kind = 'told') AS told,
       m.code_mark IS NOT NULL AS has_code
FROM voice_message m LEFT JOIN voice_words w ON w.message_id = m.id
LEFT JOIN voice_decision d ON d.message_id = m.id
WHERE NOT EXISTS (SELECT FROM voice_withheld x WHERE x.message_id = m.id AND x.user_id = $1)
  AND (m.on_day < $2 OR m.came = 'paper' OR m.feeling = 'help')
"""
# What came today is shown tomorrow, so that no page and no trace of a reading says at what hour. Who
# asks for help is read at once.

_ONE_PAGE = """ AND (d.message_id IS NOT NULL) = $3 AND ($4::uuid IS NULL OR
  (m.feeling <> 'help', m.on_day, m.id) > (SELECT x.feeling <> 'help', x.on_day, x.id FROM voice_message x WHERE x.id = $4))
ORDER BY m.feeling <> 'help', m.on_day, m.id LIMIT $5"""


@dataclass(frozen=True, slots=True)
class Message:
    """A message with what its readers made of it; ``kind`` None: nobody sorted it yet."""

    id: UUID
    cooperative_id: int
    on_day: date
    came: str
    feeling: str
    about: str
    may_show: bool
    words: str
    kind: str | None
    concern_about: str | None
    answer: str | None
    told: str | None
    has_code: bool


async def messages(
    tx: Transaction, user_id: int, after: UUID | None, *, sorted_already: bool
) -> list[Message]:
    """A page of the messages that a reader may see: who needs help first, the longest waiting first.

    Within a day the order is by chance, as the keys are: it tells nothing of who came first.
    """
    rows = await tx.fetch(
        _SEEN + _ONE_PAGE,
        user_id,
        clock.today(),
        sorted_already,
        after,
        PAGE + 1,
    )
    return [Message(*row.values()) for row in rows]


async def message_of(tx: Transaction, user_id: int, message_id: UUID) -> Message | None:
    """One message, None where it is out of reach or kept from this reader."""
    row = await tx.fetchrow(_SEEN + " AND m.id = $3", user_id, clock.today(), message_id)
    return Message(*row.values()) if row else None


async def waiting_since(tx: Transaction, user_id: int) -> tuple[int, date | None]:
    """How many messages nobody sorted yet, and the day of the oldest."""
    row = await tx.fetchrow(
        f"SELECT count(*), min(s.on_day) FROM ({_SEEN}) s WHERE s.kind IS NULL",  # noqa: S608  # our own words
        user_id,
        clock.today(),
    )
    return (row[0], row[1]) if row else (0, None)


async def words_of_month(tx: Transaction, cooperative_id: int, first: date, end: date) -> list[str]:
    """The words that may not be quoted: of messages from a day to before another."""
    rows = await tx.fetch(
        """SELECT w.words FROM voice_message m JOIN voice_words w ON w.message_id = m.id
           WHERE m.cooperative_id = $1 AND m.on_day >= $2 AND m.on_day < $3 AND NOT m.may_show""",
        cooperative_id,
        first,
        end,
    )
    return [row["words"] for row in rows]


async def count_of_month(tx: Transaction, cooperative_id: int, first: date, end: date) -> int:
    """How many messages came from a day to before another."""
    found: int = await tx.fetchval(
        "SELECT count(*) FROM voice_message WHERE cooperative_id = $1 AND on_day >= $2 AND on_day < $3",
        cooperative_id,
        first,
        end,
    )
    return found


@dataclass(frozen=True, slots=True)
class Opened:
    """What a picture code opens: the answer, None while there is none."""

    answer: str | None


async def opened_by(
    tx: Transaction, cooperative_id: int, mark: bytes, since: date
) -> Opened | None:
    """The answer behind a code, None for a code that opens nothing (any more)."""
    row = await tx.fetchrow(
        """SELECT r.words FROM voice_message m
           LEFT JOIN voice_reply r ON r.message_id = m.id AND r.kind = 'answer'
           WHERE m.cooperative_id = $1 AND m.code_mark = $2 AND m.on_day >= $3""",
        cooperative_id,
        mark,
        since,
    )
    return Opened(row["words"]) if row else None

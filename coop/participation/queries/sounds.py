"""Questions of the box as somebody of the cooperative spoke them."""

from dataclasses import dataclass
from datetime import datetime

from coop.kernel.db import Transaction


@dataclass(frozen=True, slots=True)
class Sound:
    """A recording that is there, without its sound."""

    question: str
    language: str
    kilobytes: int
    recorded_at: datetime


async def sounds_of(tx: Transaction, cooperative_id: int) -> tuple[Sound, ...]:
    """A cooperative's recordings."""
    rows = await tx.fetch(
        """SELECT question, language, (octet_length(data) + 1023) / 1024 AS kb, recorded_at FROM voice_sound
           WHERE cooperative_id = $1 ORDER BY language DESC, question""",
        cooperative_id,
    )
    return tuple(Sound(*row.values()) for row in rows)


async def sound_of(
    tx: Transaction, cooperative_id: int, question: str, language: str
) -> bytes | None:
    """A recording's bytes (Ogg Opus); None where there is none."""
    data: bytes | None = await tx.fetchval(
        "SELECT data FROM voice_sound WHERE cooperative_id = $1 AND question = $2 AND language = $3",
        cooperative_id,
        question,
        language,
    )
    return data

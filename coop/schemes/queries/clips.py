"""Spoken questions of a cooperative: which stand, and the voice of one."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from coop.kernel.db import Transaction
from coop.schemes.rules.facts import Fact

# The newest of each question and language whose voice is still kept.
_STANDING = """SELECT DISTINCT ON (c.cooperative_id, c.fact, c.language)
  c.id, c.fact, c.language, c.media, c.bytes, c.asks_sha256, c.recorded_by, c.recorded_at
FROM scheme_clip c JOIN scheme_clip_sound s ON s.clip_id = c.id WHERE c.cooperative_id = $1"""


@dataclass(frozen=True, slots=True)
class ClipKnown:
    """A spoken question. ``asks_sha256``: the words that were read out."""

    id: int
    fact: str
    language: str
    media: str
    bytes: int
    asks_sha256: str
    recorded_by: str
    recorded_at: datetime

    def speaks(self, fact: Fact) -> bool:
        """Whether the question still reads as it was spoken."""
        return self.asks_sha256 == asks_sha256(fact)


def asks_sha256(fact: Fact) -> str:
    """What a question's words, hint and answers are known by, in hexadecimal: as they are read out."""
    hint = fact.hint.name_hi if fact.hint else ""
    words = [fact.ask.name_hi, hint, *(text.name_hi for _, text in fact.options)]
    return hashlib.sha256("\n".join(words).encode("utf-8")).hexdigest()


async def clips(tx: Transaction, cooperative_id: int) -> list[ClipKnown]:
    """All that stand in a cooperative, by question and language."""
    rows = await tx.fetch(
        _STANDING + " ORDER BY c.cooperative_id, c.fact, c.language, c.id DESC", cooperative_id
    )
    return [ClipKnown(*row.values()) for row in rows]


async def clips_of(tx: Transaction, cooperative_id: int, fact: str) -> list[ClipKnown]:
    """Those of one question, by language."""
    rows = await tx.fetch(
        _STANDING + " AND c.fact = $2 ORDER BY c.cooperative_id, c.fact, c.language, c.id DESC",
        cooperative_id,
        fact,
    )
    return [ClipKnown(*row.values()) for row in rows]


async def sound(tx: Transaction, clip_id: int) -> tuple[bytes, str] | None:
    """Voice and kind of a clip within reach; None where there is none, or none any more."""
    row = await tx.fetchrow(
        "SELECT s.sound, c.media FROM scheme_clip_sound s JOIN scheme_clip c ON c.id = s.clip_id WHERE c.id = $1",
        clip_id,
    )
    return None if row is None else (bytes(row["sound"]), row["media"])

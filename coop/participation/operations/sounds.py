"""Keep a spoken question of the box, or take it back."""

from hashlib import sha256

from coop.audit.operations import lock_head, record
from coop.audit.rules import AuditTag
from coop.cooperatives.queries import bylaws, value_on
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import Refused
from coop.participation.queries.sounds import sound_of
from coop.participation.rules.sounds import refusals_to_keep


async def keep_sound(
    tx: Transaction, cooperative_id: int, question: str, language: str, data: bytes
) -> None:
    """Keep a recording; it follows the one before, which goes. The same again changes nothing.

    Raises Refused.
    """
    await lock_head(tx, cooperative_id)
    most = int(value_on(await bylaws(tx), "voice_sound_most", cooperative_id, clock.today()))
    if reasons := tuple(refusals_to_keep(question, language, data, most)):
        raise Refused(reasons)
    key = (cooperative_id, question, language)
    if await sound_of(tx, *key) == data:
        return
    await tx.execute(
        "DELETE FROM voice_sound WHERE cooperative_id = $1 AND question = $2 AND language = $3",
        *key,
    )
    number = await tx.fetchval(
        """INSERT INTO voice_sound (cooperative_id, question, language, data, recorded_by, recorded_at)
           VALUES ($1, $2, $3, $4, $5, $6) RETURNING id""",
        *key,
        data,
        tx.reach.actor,
        clock.now(),
    )
    await record(
        tx, AuditTag.VOICE_SOUND_KEPT, cooperative_id=cooperative_id, table="voice_sound", row=str(number),
        facts={"question": question, "language": language, "sha256": sha256(data).hexdigest()},
    )  # fmt: skip


async def take_sound_back(
    tx: Transaction, cooperative_id: int, question: str, language: str
) -> None:
    """Take a recording back: it goes for good. Where none is, nothing changes."""
    await lock_head(tx, cooperative_id)
    number = await tx.fetchval(
        "DELETE FROM voice_sound WHERE cooperative_id = $1 AND question = $2 AND language = $3 RETURNING id",
        cooperative_id,
        question,
        language,
    )
    if number is not None:
        await record(
            tx, AuditTag.VOICE_SOUND_TAKEN, cooperative_id=cooperative_id, table="voice_sound",
            row=str(number), facts={"question": question, "language": language},
        )  # fmt: skip

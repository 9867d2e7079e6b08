"""Keep a spoken question, or take its voice away."""

from uuid import UUID

from coop.audit.operations import lock_head, record, sealed
from coop.audit.rules import AuditTag, Seal
from coop.kernel import clock
from coop.kernel.clips import Clip
from coop.kernel.db import Transaction
from coop.schemes.operations.once import taken_before
from coop.schemes.queries.clips import asks_sha256
from coop.schemes.rules.facts import Fact

CLIP_SEAL = Seal(
    AuditTag.SCHEME_CLIP_RECORDED,
    """SELECT jsonb_build_array(id, fact, language, media, bytes, sound_sha256, asks_sha256, recorded_by, recorded_at)::text
       FROM scheme_clip WHERE cooperative_id = $1 AND id = $2::text::bigint""",
)


async def record_clip(
    tx: Transaction, cooperative_id: int, fact: Fact, language: str, clip: Clip, operation_id: UUID
) -> None:
    """Keep a voice for a question in a language; the one before it goes. Raises Conflict."""
    await lock_head(tx, cooperative_id)
    sent = ("clip", fact.name, language, clip.sha256)
    if await taken_before(tx, cooperative_id, operation_id, *sent):
        return
    await _drop(tx, cooperative_id, fact.name, language)
    number = await tx.fetchval(
        """INSERT INTO scheme_clip (cooperative_id, fact, language, media, bytes, sound_sha256, asks_sha256, recorded_by, recorded_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id""",
        cooperative_id,
        fact.name,
        language,
        clip.media,
        len(clip.data),
        clip.sha256,
        asks_sha256(fact),
        tx.reach.actor,
        clock.now(),
    )
    await tx.execute(
        "INSERT INTO scheme_clip_sound (clip_id, cooperative_id, sound) VALUES ($1, $2, $3)",
        number,
        cooperative_id,
        clip.data,
    )
    await record(
        tx,
        AuditTag.SCHEME_CLIP_RECORDED,
        cooperative_id=cooperative_id,
        table="scheme_clip",
        row=str(number),
        facts={
            "fact": fact.name,
            "language": language,
            "rows_sha256": await sealed(tx, CLIP_SEAL, cooperative_id, str(number)),
        },
    )


async def remove_clip(
    tx: Transaction, cooperative_id: int, fact: str, language: str, operation_id: UUID
) -> None:
    """Take the voice of a question away; that there was one stays. Raises Conflict."""
    await lock_head(tx, cooperative_id)
    if await taken_before(tx, cooperative_id, operation_id, "no clip", fact, language):
        return
    await _drop(tx, cooperative_id, fact, language)


async def _drop(tx: Transaction, cooperative_id: int, fact: str, language: str) -> None:
    gone = await tx.fetch(
        """DELETE FROM scheme_clip_sound s USING scheme_clip c WHERE c.id = s.clip_id AND s.cooperative_id = $1
             AND c.fact = $2 AND c.language = $3 RETURNING c.id""",
        cooperative_id,
        fact,
        language,
    )
    for row in gone:
        await record(
            tx,
            AuditTag.SCHEME_CLIP_REMOVED,
            cooperative_id=cooperative_id,
            table="scheme_clip_sound",
            row=str(row["id"]),
            facts={"fact": fact, "language": language},
        )

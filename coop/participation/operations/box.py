"""Put a message into the box, and look for its answer. Nothing of who it was is written anywhere.

These two record nothing in the chain: an entry has a time and a number in a row. What a reader sees
of a message, and what they make of it, is recorded.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID, uuid4

from coop.audit.operations import record
from coop.audit.rules import AuditTag
from coop.cooperatives.queries import bylaws, value_on
from coop.identity.operations.sealing import blind
from coop.kernel import clock
from coop.kernel.db import SYSTEM, Transaction
from coop.kernel.refusal import Conflict, Refusal, Refused
from coop.kernel.words import say
from coop.participation.queries.messages import Opened, opened_by
from coop.participation.queries.role import voice_transaction
from coop.participation.rules import Reader, Said
from coop.participation.rules.message import is_open, refusals_to_take, withheld_from
from coop.participation.rules.pictures import code_text, pictures_of

# Two messages of a box never have the same pictures; of so many draws one is free.
_DRAWS = 32


async def put_in(
    tx: Transaction, cooperative_id: int, form_id: UUID, said: Said, readers: Sequence[Reader]
) -> tuple[int, ...]:
    """Keep a message; return the four pictures that open its answer.

    ``form_id``: drawn with the form; the same form again keeps nothing new and returns the same
    pictures. Raises Refused, also over the day's limit; Conflict where its content differs.
    """
    if not is_open(readers):
        raise Refused([Refusal("closed", say("Nobody reads here now. Call 1098."))])
    if refusals := refusals_to_take(said):
        raise Refused(refusals)
    form_mark = blind(f"voice form {form_id}")
    if (known := await _sent_before(tx, cooperative_id, form_mark, said)) is not None:
        return known
    await _count(tx, cooperative_id, "message", "voice_messages_a_day")
    for draw in range(_DRAWS):
        pictures = _pictures(form_mark, draw)
        kept = await tx.fetchval(
            """INSERT INTO voice_message (id, cooperative_id, on_day, came, feeling, about, may_show, code_mark, form_mark)
               VALUES ($1, $2, $3, 'box', $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING id""",
            uuid4(),
            cooperative_id,
            clock.today(),
            said.feeling,
            said.about,
            said.may_show,
            _mark(cooperative_id, pictures),
            form_mark,
        )
        if kept is not None:
            await keep_words(tx, cooperative_id, kept, said.words, readers)
            return pictures
        if (known := await _sent_before(tx, cooperative_id, form_mark, said)) is not None:
            return known
    raise Refused([Refusal("full", say("The box is full today. Come again tomorrow."))])


async def keep_words(
    tx: Transaction, cooperative_id: int, message_id: UUID, words: str, readers: Sequence[Reader]
) -> None:
    """Keep the words of a message, and from whom it is kept."""
    if not words:
        return
    await tx.execute(
        "INSERT INTO voice_words (message_id, cooperative_id, words) VALUES ($1, $2, $3)",
        message_id,
        cooperative_id,
        words,
    )
    await tx.executemany(
        "INSERT INTO voice_withheld (message_id, cooperative_id, user_id) VALUES ($1, $2, $3)",
        [(message_id, cooperative_id, user) for user in withheld_from(words, readers)],
    )


async def open_code(
    tx: Transaction, cooperative_id: int, pictures: tuple[int, ...]
) -> Opened | None:
    """What four pictures open; None where they open nothing, which is counted for all together.

    Raises Refused once too many were tried in vain today.
    """
    today = clock.today()
    most = await _limit(tx, cooperative_id, "voice_wrong_codes_a_day", today)
    tried = await tx.fetchval(
        "SELECT counted FROM voice_day WHERE cooperative_id = $1 AND on_day = $2 AND kind = 'wrong'",
        cooperative_id,
        today,
    )
    if (tried or 0) >= most:
        raise Refused([Refusal("limit", say("Too many tries today. Come again tomorrow."))])
    since = today - timedelta(days=await _limit(tx, cooperative_id, "voice_code_opens", today))
    found = await opened_by(tx, cooperative_id, _mark(cooperative_id, pictures), since)
    if found is None:
        await _count(tx, cooperative_id, "wrong", "voice_wrong_codes_a_day")
    return found


async def forget_words() -> int:
    """Erase the words of messages that were kept long enough; return how many. Day by day, for all."""
    async with voice_transaction(SYSTEM) as tx:
        today = clock.today()
        kept = await _limit(tx, None, "voice_words_kept", today)
        gone = await tx.fetch(
            """DELETE FROM voice_words w USING voice_message m WHERE m.id = w.message_id AND m.on_day < $1
               RETURNING w.message_id""",
            today - timedelta(days=kept),
        )
        if gone:
            await record(
                tx,
                AuditTag.VOICE_WORDS_ERASED,
                cooperative_id=None,
                table="voice_words",
                row=str(today),
                facts={"rows": len(gone)},
            )
    return len(gone)


async def _sent_before(
    tx: Transaction, cooperative_id: int, form_mark: bytes, said: Said
) -> tuple[int, ...] | None:
    row = await tx.fetchrow(
        """SELECT m.feeling, m.about, m.may_show, m.code_mark, w.words FROM voice_message m
           LEFT JOIN voice_words w ON w.message_id = m.id WHERE m.form_mark = $1""",
        form_mark,
    )
    if row is None:
        return None
    stands = Said(row["feeling"], row["about"], row["words"] or "", row["may_show"])
    if stands != said:
        raise Conflict("a form of the box")
    for draw in range(_DRAWS):
        pictures = _pictures(form_mark, draw)
        if _mark(cooperative_id, pictures) == row["code_mark"]:
            return pictures
    raise Conflict("a form of another box")


def _pictures(form_mark: bytes, draw: int) -> tuple[int, ...]:
    return pictures_of(blind(f"voice pictures {form_mark.hex()} {draw}"))


def _mark(cooperative_id: int, pictures: tuple[int, ...]) -> bytes:
    return blind(f"voice code {cooperative_id} {code_text(pictures)}")


async def _limit(tx: Transaction, cooperative_id: int | None, name: str, today: date) -> int:
    return int(value_on(await bylaws(tx), name, cooperative_id, today))


async def _count(tx: Transaction, cooperative_id: int, kind: str, limit: str) -> None:
    """Count one more of today. Raises Refused over the limit, which is the same for everybody."""
    today = clock.today()
    counted = await tx.fetchval(
        """INSERT INTO voice_day (cooperative_id, on_day, kind, counted) VALUES ($1, $2, $3, 1)
           ON CONFLICT (cooperative_id, on_day, kind) DO UPDATE SET counted = voice_day.counted + 1
             WHERE voice_day.counted < $4 RETURNING counted""",
        cooperative_id,
        today,
        kind,
        await _limit(tx, cooperative_id, limit, today),
    )
    if counted is None:
        raise Refused([Refusal("limit", say("The box is full today. Come again tomorrow."))])

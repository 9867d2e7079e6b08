"""What a reader makes of a message: sort it, answer it, say what may be told on.

Entries stand in the agency's chain: people of a cooperative who may read their trail do not learn
that somebody asked for help.
"""

from collections.abc import Sequence

from coop.audit.operations import lock_head, record, sealed
from coop.audit.rules import AuditTag
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import Refusal, Refused
from coop.kernel.words import say
from coop.participation.queries.messages import Message
from coop.participation.queries.proof import DECISION_SEAL
from coop.participation.rules import Reader
from coop.participation.rules.message import LONGEST_REPLY, refusals_to_decide, refusals_to_tell


async def decide(tx: Transaction, message: Message, kind: str, concern_about: str) -> None:
    """Sort a message: concern, grievance, idea, other. The same again changes nothing.

    The caller saw that the message is this reader's. Raises Refused, also where another sorted it.
    """
    await lock_head(tx, None)
    about = concern_about if kind == "concern" else ""
    if refusals := refusals_to_decide(kind, about):
        raise Refused(refusals)
    fresh = await tx.fetchval(
        """INSERT INTO voice_decision (message_id, cooperative_id, kind, concern_about, decided_by, decided_at)
           VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING RETURNING message_id""",
        message.id,
        message.cooperative_id,
        kind,
        about,
        tx.reach.actor,
        clock.now(),
    )
    if fresh is None:
        stands = await tx.fetchrow(
            "SELECT kind, concern_about FROM voice_decision WHERE message_id = $1", message.id
        )
        if stands is not None and tuple(stands.values()) == (kind, about):
            return
        raise Refused([Refusal("sorted", say("This was sorted already; look at it anew."), "kind")])
    await record(
        tx,
        AuditTag.VOICE_DECIDED,
        cooperative_id=None,
        table="voice_decision",
        row=str(message.id),
        facts={"rows_sha256": await sealed(tx, DECISION_SEAL, None, str(message.id))},
    )


async def reply(
    tx: Transaction, message: Message, kind: str, words: str, readers: Sequence[Reader]
) -> None:
    """Write the answer of a message, or (``told``) what may be told on. The same again changes nothing.

    Raises Refused: it repeats the message, names somebody, or one stands already.
    """
    await lock_head(tx, None)
    source = (message.words,) if kind == "answer" else ()
    refusals = list(refusals_to_tell(words, source, readers, kind))
    if len(words) > LONGEST_REPLY:
        longer = say("This is over %(most)s signs; make it shorter.", most=LONGEST_REPLY)
        refusals.append(Refusal("too_long", longer, kind))
    if kind == "told" and not message.may_show:
        refusals.append(Refusal("not_allowed", say("The sender did not allow this."), kind))
    if refusals:
        raise Refused(refusals)
    number = await tx.fetchval(
        """INSERT INTO voice_reply (cooperative_id, message_id, kind, words, written_by, written_at)
           VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (message_id, kind) DO NOTHING RETURNING id""",
        message.cooperative_id,
        message.id,
        kind,
        words,
        tx.reach.actor,
        clock.now(),
    )
    if number is None:
        stands = await tx.fetchval(
            "SELECT words FROM voice_reply WHERE message_id = $1 AND kind = $2", message.id, kind
        )
        if stands == words:
            return
        raise Refused([Refusal("answered", say("This stands already; look at it anew."), kind)])
    await record(
        tx,
        AuditTag.VOICE_REPLIED,
        cooperative_id=None,
        table="voice_reply",
        row=str(number),
        facts={"kind": kind},
    )

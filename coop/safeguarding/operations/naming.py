"""The administrator names who reads cases; words of cases closed long ago are erased."""

from datetime import timedelta

from coop.audit.operations import lock_head, record, sealed
from coop.audit.rules import AuditTag
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import Refused
from coop.safeguarding.queries.cases import all_cases, days_on
from coop.safeguarding.queries.proof import READER_SEAL
from coop.safeguarding.queries.role import CHAIN
from coop.safeguarding.rules.readers import Reader, refusals_to_name


async def name_reader(tx: Transaction, reader: Reader) -> None:
    """Write who reads cases, with the training and its last day. Raises Refused."""
    await lock_head(tx, CHAIN)
    if reasons := refusals_to_name(reader, tx.reach.actor, clock.today()):
        raise Refused(reasons)
    number = await tx.fetchval(
        """INSERT INTO safeguarding.reader (cooperative_id, user_id, person_id, woman, training, trained_on, valid_until,
             named_by, named_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id""",
        reader.cooperative_id,
        reader.user_id,
        reader.person_id,
        reader.woman,
        reader.training,
        reader.trained_on,
        reader.valid_until,
        tx.reach.actor,
        clock.now(),
    )
    facts = {"rows_sha256": await sealed(tx, READER_SEAL, None, str(number))}
    await record(
        tx, AuditTag.READER_NAMED, cooperative_id=CHAIN, table="reader", row=str(number), facts=facts
    )  # fmt: skip


async def erase_old_words(tx: Transaction) -> int:
    """Erase the words of cases closed longer ago than they are kept; return of how many cases.

    Lines stay: codes and days, from which the counts are made.
    """
    await lock_head(tx, CHAIN)
    today = clock.today()
    done = 0
    for case in await all_cases(tx, await days_on(tx, None, today)):
        days = await days_on(tx, case.facts.cooperative_id, today)
        closed = case.facts.standing.closed_on
        if closed is None or closed + timedelta(days=days["case_words_kept"]) >= today:
            continue
        gone = await tx.fetch(
            "DELETE FROM safeguarding.case_words WHERE case_id = $1 RETURNING id", case.id
        )
        facts_gone = await tx.fetch(
            "DELETE FROM safeguarding.case_fact WHERE case_id = $1 RETURNING id", case.id
        )
        gone += facts_gone
        await tx.execute("DELETE FROM safeguarding.case_form WHERE case_id = $1", case.id)
        if gone:
            facts = {"rows": len(gone)}
            await record(
                tx, AuditTag.CASE_WORDS_ERASED, cooperative_id=CHAIN, table="protection_case", row=str(case.id), facts=facts
            )  # fmt: skip
            done += 1
    return done

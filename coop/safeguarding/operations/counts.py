"""Tell a half-year's indicators of a cooperative: once, when it is over, rounded by chance."""

import secrets

from coop.audit.operations import lock_head, record, sealed
from coop.audit.rules import AuditTag
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import Refusal, Refused
from coop.kernel.rounding import Draw
from coop.kernel.words import say
from coop.safeguarding.queries.cases import all_cases, days_on
from coop.safeguarding.queries.counts import halves_told
from coop.safeguarding.queries.proof import COUNTS_SEAL
from coop.safeguarding.queries.role import CHAIN
from coop.safeguarding.rules.counts import Half, counted, published


async def publish_counts(tx: Transaction, cooperative_id: int, half: Half) -> bool:
    """Publish a half-year; False where it was published before.

    Every case of the cooperative counts, also one that this reader may not open. Raises Refused where the
    half-year is not over, or a later one was told already.
    """
    await lock_head(tx, CHAIN)
    earlier = await halves_told(tx, cooperative_id)
    if any(one.half == half for one in earlier):
        return False
    reasons = []
    if half.last >= clock.today():
        message = say("It is not over; publish it after %(day)s.", day=f"{half.last:%d-%m-%Y}")
        reasons.append(Refusal("not_over", message, "half"))
    if earlier and earlier[-1].half > half:
        message = say("A later half-year is told already; this one stays untold.")
        reasons.append(Refusal("too_late", message, "half"))
    if reasons:
        raise Refused(reasons)
    days = await days_on(tx, None, clock.today())
    cases = [one.facts for one in await all_cases(tx, days)]
    own = [one for one in cases if one.cooperative_id == cooperative_id]
    shown = published(counted(own, half), [one.told for one in earlier], _draw)
    number = int(
        await tx.fetchval(
            """INSERT INTO safeguarding.indicator_report (cooperative_id, half_from, published_by, published_at)
               VALUES ($1, $2, $3, $4) RETURNING id""",
            cooperative_id,
            half.first,
            tx.reach.actor,
            clock.now(),
        )
    )
    await tx.executemany(
        "INSERT INTO safeguarding.indicator_cell (report_id, cooperative_id, code, shown, hidden) VALUES ($1, $2, $3, $4, $5)",
        [(number, cooperative_id, one.value, x.count, x.hidden) for one, x in shown.items()],
    )
    facts = {"rows_sha256": await sealed(tx, COUNTS_SEAL, None, str(number))}
    await record(
        tx, AuditTag.CASE_COUNTS_PUBLISHED, cooperative_id=CHAIN, table="indicator_report",
        row=str(number), facts=facts,
    )  # fmt: skip
    return True


def _draw() -> Draw:
    return Draw(secrets.randbelow(5), secrets.randbelow(4))

"""Ask a household about signs of forced labour, forget it again, publish a quarter's counts."""

import secrets
from datetime import timedelta

from coop.audit.operations import lock_head, record
from coop.audit.rules import AuditTag
from coop.community.operations.keeping import Sending, begin_act, seal_act
from coop.community.queries.proof import SIGN_REPORT_SEAL
from coop.community.queries.signs import Sheet, household_of, sheets, signs
from coop.community.rules.signs import Answered, counted, shown
from coop.cooperatives.queries import bylaws, value_on
from coop.kernel import clock
from coop.kernel.db import SYSTEM, Transaction
from coop.kernel.quarter import Quarter
from coop.kernel.refusal import Refusal, Refused
from coop.kernel.rounding import Draw
from coop.kernel.words import say
from coop.schooling.queries.role import school_transaction


async def begin_sheet(
    tx: Transaction, cooperative_id: int, household_no: str, sending: Sending, *, consent: bool
) -> int | None:
    """Open a sheet for a household that said yes; None where this form was sent before.

    Raises Refused, Conflict. The caller has asked whether the household lives where the asker works.
    """
    if not await begin_act(tx, cooperative_id, sending):
        return None
    home = await household_of(tx, cooperative_id, household_no)
    reasons = []
    if home is None:
        message = say("No household of your villages has this number; look again.")
        reasons.append(Refusal("household_unknown", message, "household_no"))
    if not consent:
        message = say("Ask only with a yes; without it close this page.")
        reasons.append(Refusal("no_consent", message, "consent"))
    if reasons or home is None:
        raise Refused(reasons)
    number = int(
        await tx.fetchval(
            """INSERT INTO sign_sheet (cooperative_id, household_id, village, asked_on, recorded_as, recorded_by, recorded_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id""",
            cooperative_id,
            home.id,
            home.village,
            clock.today(),
            sending.role,
            tx.reach.actor,
            clock.now(),
        )
    )
    await _note(tx, AuditTag.SIGNS_ASKED, cooperative_id, number)
    return number


async def answer_sign(tx: Transaction, one: Sheet, sign: str, answer: Answered) -> None:
    """Write an answer; a question that was answered stays as it was. Raises Refused."""
    await lock_head(tx, one.cooperative_id)
    if sign not in {known.code for known in await signs(tx, one.asked_on)}:
        raise Refused([Refusal("sign_unknown", say("Choose one of those shown."), "answer")])
    written = await tx.fetchval(
        """INSERT INTO sign_answer (sheet_id, cooperative_id, sign, answer) VALUES ($1, $2, $3, $4)
           ON CONFLICT DO NOTHING RETURNING 1""",
        one.id,
        one.cooperative_id,
        sign,
        answer.value,
    )
    if written:
        await _note(tx, AuditTag.SIGN_ANSWERED, one.cooperative_id, one.id)


async def erase_sheet(tx: Transaction, one: Sheet) -> None:
    """Forget a household's answers; the chain keeps that a sheet was erased and nothing of it."""
    await lock_head(tx, one.cooperative_id)
    gone = await tx.fetchval("DELETE FROM sign_sheet WHERE id = $1 RETURNING 1", one.id)
    if gone:
        await _note(tx, AuditTag.SIGNS_ERASED, one.cooperative_id, one.id)


async def forget_signs() -> int:
    """Erase the answers of households asked longer ago than they are kept; return how many sheets went.

    Counts of published quarters stay, rounded as they were told; the chain keeps how many went.
    """
    today, gone = clock.today(), 0
    async with school_transaction(SYSTEM) as tx:
        rows = await bylaws(tx)
        owners = [
            one["cooperative_id"]
            for one in await tx.fetch("SELECT DISTINCT cooperative_id FROM sign_sheet ORDER BY 1")
        ]
        for owner in owners:
            days = int(value_on(rows, "signs_kept", owner, today))
            await lock_head(tx, owner)
            went = await tx.fetch(
                "DELETE FROM sign_sheet WHERE cooperative_id = $1 AND asked_on < $2 RETURNING id",
                owner,
                today - timedelta(days=days),
            )
            if went:
                facts = {"rows": len(went)}
                await record(
                    tx, AuditTag.SIGNS_FORGOTTEN, cooperative_id=owner, table="sign_sheet",
                    row=str(today), facts=facts,
                )  # fmt: skip
            gone += len(went)
    return gone


async def publish_signs(tx: Transaction, cooperative_id: int, quarter: Quarter) -> bool:
    """Publish a quarter's counts once, rounded by chance; False where it was published before.

    Raises Refused where the quarter is not over or nobody was asked in it.
    """
    await lock_head(tx, cooperative_id)
    if await tx.fetchval(
        "SELECT 1 FROM sign_report WHERE cooperative_id = $1 AND quarter_from = $2",
        cooperative_id,
        quarter.first,
    ):
        return False
    if quarter.last >= clock.today():
        message = say("The quarter is not over; publish it on %(day)s or later.", day=quarter.last)
        raise Refused([Refusal("not_over", message, "quarter")])
    found = await sheets(tx, cooperative_id, quarter.first, quarter.last)
    if not found:
        message = say("Nobody was asked in this quarter; choose another.")
        raise Refused([Refusal("nobody_asked", message, "quarter")])
    latest = {one.household_no: one.answers for one in reversed(found)}
    counts = counted(await signs(tx, quarter.last), list(latest.values()))
    seen = shown(counts, [Draw(secrets.randbelow(5), secrets.randbelow(4)) for _ in range(3)])
    number = await tx.fetchval(
        """INSERT INTO sign_report (cooperative_id, quarter_from, asked, advance, strong, published_by, published_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id""",
        cooperative_id,
        quarter.first,
        seen.asked,
        seen.advance,
        seen.strong,
        tx.reach.actor,
        clock.now(),
    )
    await seal_act(
        tx, SIGN_REPORT_SEAL, cooperative_id, "sign_report", number, quarter=quarter.label
    )
    return True


async def _note(tx: Transaction, tag: AuditTag, cooperative_id: int, number: int) -> None:
    """The chain says that something was asked, never what: the rows may be erased."""
    await record(
        tx, tag, cooperative_id=cooperative_id, table="sign_sheet", row=str(number), facts={}
    )

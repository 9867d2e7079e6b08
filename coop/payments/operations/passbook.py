"""Print a passbook: write down up to which posting it goes, so that the next one begins there."""

from uuid import UUID

import asyncpg

from coop.audit.operations import lock_head, record, sealed
from coop.audit.rules import AuditTag
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import Conflict, Refusal, Refused
from coop.kernel.words import say
from coop.members.queries.member import MemberFacts
from coop.payments.operations.record import Person
from coop.payments.queries.passbook import (
    Printed,
    last_posting,
    last_print,
    passbook_of_print,
)
from coop.payments.queries.proofs import SEAL_OF

_NOTHING_NEW = say("Nothing new since the last print; choose a month instead.")


async def print_passbook(
    tx: Transaction, one: MemberFacts, person: Person, operation_id: UUID
) -> int:
    """Write down a print of all since the one before; return its number. Raises Refused, Conflict.

    The same form sent again answers with the print that it made.
    """
    await lock_head(tx, one.cooperative_id)
    made = await _made_before(tx, one, person, operation_id)
    if made is not None:
        return made
    before, upto = await last_print(tx, one), await last_posting(tx, one)
    after = before.upto if before else (0, 0)
    if upto <= after:
        raise Refused([Refusal("nothing_new", _NOTHING_NEW, None)])
    printed = Printed((before.no if before else 0) + 1, after, upto, clock.today())
    balance = (await passbook_of_print(tx, one, printed)).closing_paise
    await _keep(tx, one, printed, balance, person, operation_id)
    row = f"{one.id}/{printed.no}"
    await record(
        tx,
        AuditTag.PASSBOOK_PRINTED,
        cooperative_id=one.cooperative_id,
        table="passbook_print",
        row=row,
        facts={
            "member": one.number,
            "no": printed.no,
            "paise": balance,
            "rows_sha256": await sealed(
                tx, SEAL_OF[AuditTag.PASSBOOK_PRINTED], one.cooperative_id, row
            ),
        },
    )
    return printed.no


async def _made_before(
    tx: Transaction, one: MemberFacts, person: Person, operation_id: UUID
) -> int | None:
    row = await tx.fetchrow(
        "SELECT member_id, no, printed_by FROM passbook_print WHERE operation_id = $1", operation_id
    )
    if row is None:
        return None
    if (row["member_id"], row["printed_by"]) != (one.id, person.user_id):
        raise Conflict(str(operation_id))
    return int(row["no"])


async def _keep(
    tx: Transaction,
    one: MemberFacts,
    printed: Printed,
    balance: int,
    person: Person,
    operation_id: UUID,
) -> None:
    try:
        await tx.execute(
            "INSERT INTO passbook_print (cooperative_id, member_id, no, after_fy, after_journal, upto_fy, upto_journal,"
            " balance_paise, operation_id, printed_by, printed_role, printed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            one.cooperative_id,
            one.id,
            printed.no,
            *printed.after,
            *printed.upto,
            balance,
            operation_id,
            person.user_id,
            person.role,
            clock.now(),
        )
    except asyncpg.UniqueViolationError as error:  # an id of another cooperative's form
        raise Conflict(str(operation_id)) from error

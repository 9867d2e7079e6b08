"""Take a voucher back: another person than who recorded it."""

from uuid import UUID

from coop.audit.operations import lock_head, record, sealed
from coop.audit.rules import AuditTag
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import Conflict, NotThere, Refused
from coop.ledger.operations import post_journal
from coop.ledger.rules import reversed_lines
from coop.payments.operations.cash import count_cash
from coop.payments.operations.record import Person
from coop.payments.queries.proofs import SEAL_OF
from coop.payments.queries.vouchers import VoucherRow, voucher
from coop.payments.rules import (
    CASH,
    Kind,
    VoucherNumber,
    lines_of,
    refusals_to_take_back,
    voucher_no,
)


async def take_back_voucher(
    tx: Transaction,
    number: VoucherNumber,
    person: Person,
    operation_id: UUID,
    reason: str,
    words: str,
) -> None:
    """Take a voucher back, by another than who recorded it. Raises Refused, Conflict, NotThere."""
    found = await voucher(tx, number, named=False)
    if found is None:
        raise NotThere(number.text)
    await lock_head(tx, found.cooperative_id)
    kept = await voucher(tx, number, named=False)
    if kept is None:
        raise NotThere(number.text)
    if kept.reversal_operation == operation_id:
        if (kept.reversed_by, kept.reason, kept.reversal_words) != (person.user_id, reason, words):
            raise Conflict
        return
    refusals = refusals_to_take_back(
        kept.recorded_by, person.user_id, taken_back=kept.reason is not None
    )
    if refusals:
        raise Refused(refusals)
    journal_no = await _turn(tx, kept)
    await tx.execute(
        "INSERT INTO voucher_reversal (cooperative_id, fy, series, no, reason, words, journal_fy, journal_no, operation_id,"
        " recorded_by, reversed_by, reversed_role, reversed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        kept.cooperative_id,
        kept.fy,
        kept.series,
        kept.no,
        reason,
        words,
        clock.financial_year(clock.now()),
        journal_no,
        operation_id,
        kept.recorded_by,
        person.user_id,
        person.role,
        clock.now(),
    )
    await _record_turned(tx, kept, number, reason, journal_no)


async def _turn(tx: Transaction, kept: VoucherRow) -> int:
    """Post the journal with its signs turned; cash that a member was counted with comes off."""
    kind = Kind(kept.kind)
    lines = lines_of(
        kind, kept.mode, kept.amount_paise, member_id=kept.member_id, buyer_id=kept.buyer_id
    )
    if kind is Kind.PAID and kept.mode == CASH:
        await count_cash(tx, kept.cooperative_id, kept.member_id, kept.on_day, -kept.amount_paise)
    return await post_journal(
        tx,
        kept.cooperative_id,
        reversed_lines(lines),
        day=clock.today(),
        about="money back",
        document=voucher_no(kept.code, kept.fy, kept.series, kept.no),
    )


async def _record_turned(
    tx: Transaction, kept: VoucherRow, number: VoucherNumber, reason: str, journal_no: int
) -> None:
    row = f"{kept.fy}/{kept.series}/{kept.no}"
    seal = SEAL_OF[AuditTag.MONEY_REVERSED]
    await record(
        tx,
        AuditTag.MONEY_REVERSED,
        cooperative_id=kept.cooperative_id,
        table="voucher_reversal",
        row=row,
        facts={
            "voucher": number.text,
            "reason": reason,
            "paise": kept.amount_paise,
            "journal": journal_no,
            "rows_sha256": await sealed(tx, seal, kept.cooperative_id, row),
        },
    )

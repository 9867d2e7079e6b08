"""Record money that came in, went out, or moved between cash box and bank."""

from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from uuid import UUID

from coop.audit.operations import lock_head, record, sealed
from coop.audit.rules import AuditTag
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import Conflict, Refusal, Refused
from coop.kernel.words import say
from coop.ledger.operations import next_number, post_journal
from coop.payments.operations.cash import count_cash
from coop.payments.queries.proofs import SEAL_OF
from coop.payments.queries.vouchers import (
    back_days,
    pay_facts,
    payee,
    payer,
    receive_facts,
    voucher_of_operation,
)
from coop.payments.rules import (
    CASH,
    SERIES,
    Kind,
    lines_of,
    refusals_to_date,
    refusals_to_pay,
    refusals_to_receive,
    voucher_no,
)


@dataclass(frozen=True, slots=True)
class Person:
    """Who records or takes back: user id and the role they act in."""

    user_id: int
    role: str


@dataclass(frozen=True, slots=True)
class Money:
    """What was typed; paise. ``party``: a member's number, a buyer's code, empty for the bank."""

    operation_id: UUID
    kind: Kind
    mode: str
    paise: int
    on_day: date
    party: str = ""
    against: str = ""
    reference: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """Whom it concerns, with what was due before, paise; names as the books have them."""

    member_id: int = 0
    buyer_id: int = 0
    name_hi: str = ""
    name_en: str = ""
    due_paise: int = 0


async def judged_money(tx: Transaction, cooperative_id: int, money: Money) -> Party:
    """Whom money concerns, where nothing speaks against it. Raises Refused. Writes nothing."""
    today = clock.today()
    allowed = await back_days(tx, cooperative_id, today)
    refusals = refusals_to_date(money.on_day, today, allowed)
    if refusals:
        raise Refused(refusals)
    if money.kind is Kind.PAID:
        return await _payee(tx, cooperative_id, money)
    if money.kind is Kind.RECEIVED:
        return await _payer(tx, cooperative_id, money)
    return Party()


async def _payee(tx: Transaction, cooperative_id: int, money: Money) -> Party:
    found = await payee(tx, cooperative_id, money.party)
    if found is None:
        message = say("No member of this cooperative has this number; check the card.")
        raise Refused([Refusal("unknown_member", message, "member_no")])
    facts = await pay_facts(tx, cooperative_id, found.member_id, found.due_paise, money.on_day)
    refusals = refusals_to_pay(money.paise, money.mode, facts)
    if refusals:
        raise Refused(refusals)
    return Party(found.member_id, 0, found.name_hi, found.name_latin, found.due_paise)


async def _payer(tx: Transaction, cooperative_id: int, money: Money) -> Party:
    found = await payer(tx, cooperative_id, money.party)
    if found is None:
        message = say("Choose a buyer of the list.")
        raise Refused([Refusal("unknown_buyer", message, "buyer_code")])
    facts = await receive_facts(tx, cooperative_id, found.code, money.against, money.on_day)
    refusals = refusals_to_receive(money.paise, money.mode, facts)
    if refusals:
        raise Refused(refusals)
    return Party(0, found.buyer_id, found.name, found.name, found.due_paise)


async def record_money(
    tx: Transaction, cooperative_id: int, code: str, person: Person, money: Money
) -> str:
    """Number, post and keep one voucher; return its number. Raises Refused, Conflict.

    The same form sent twice is one voucher.
    """
    await lock_head(tx, cooperative_id)
    content = _content(money)
    earlier = await voucher_of_operation(tx, cooperative_id, money.operation_id)
    if earlier is not None:
        if earlier.content != content or earlier.recorded_by != person.user_id:
            raise Conflict
        return voucher_no(earlier.code, earlier.fy, earlier.series, earlier.no)
    party = await judged_money(tx, cooperative_id, money)
    fy, series = clock.financial_year(clock.now()), SERIES[money.kind]
    no = await next_number(tx, cooperative_id, fy, series)
    document = voucher_no(code, fy, series, no)
    journal_no = await post_journal(
        tx,
        cooperative_id,
        lines_of(
            money.kind,
            money.mode,
            money.paise,
            member_id=party.member_id,
            buyer_id=party.buyer_id,
        ),
        day=money.on_day,
        about="money",
        document=document,
    )
    await _keep(tx, cooperative_id, fy, series, no, person, money, party, journal_no, content)
    if money.kind is Kind.PAID and money.mode == CASH:
        await count_cash(tx, cooperative_id, party.member_id, money.on_day, money.paise)
    row = f"{fy}/{series}/{no}"
    seal = SEAL_OF[AuditTag.MONEY_RECORDED]
    await record(
        tx,
        AuditTag.MONEY_RECORDED,
        cooperative_id=cooperative_id,
        table="voucher",
        row=row,
        facts={
            "voucher": document,
            "kind": money.kind.value,
            "paise": money.paise,
            "journal": journal_no,
            "rows_sha256": await sealed(tx, seal, cooperative_id, row),
        },
    )
    return document


def _content(money: Money) -> bytes:
    said = replace(money, operation_id=UUID(int=0))
    return sha256(repr(said).encode("utf-8", "replace")).digest()


async def _keep(
    tx: Transaction,
    cooperative_id: int,
    fy: int,
    series: str,
    no: int,
    person: Person,
    money: Money,
    party: Party,
    journal_no: int,
    content: bytes,
) -> None:
    await tx.execute(
        "INSERT INTO voucher (cooperative_id, fy, series, no, kind, mode, member_id, buyer_id, amount_paise, on_day, against,"
        " reference, words, journal_no, operation_id, content, recorded_by, recorded_role, recorded_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)",
        cooperative_id,
        fy,
        series,
        no,
        money.kind.value,
        money.mode,
        party.member_id,
        party.buyer_id,
        money.paise,
        money.on_day,
        money.against,
        money.reference,
        money.words,
        journal_no,
        money.operation_id,
        content,
        person.user_id,
        person.role,
        clock.now(),
    )

"""Who is owed and who owes; vouchers as they are shown."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from coop.cooperatives.queries import bylaws, value_on
from coop.kernel.db import Transaction
from coop.payments.rules import PayFacts, ReceiveFacts, VoucherNumber

# A member's name as the member book says it, else as the household list does.
_NAME = """LEFT JOIN LATERAL (SELECT x.name_hi, x.name_latin FROM person_version x WHERE x.person_id = m.person_id
           ORDER BY x.told_by DESC, x.version DESC LIMIT 1) n ON true"""


@dataclass(frozen=True, slots=True)
class Payee:
    """A member with what is due to them, paise; below zero they owe."""

    member_id: int
    member_no: str
    name_hi: str
    name_latin: str
    due_paise: int


@dataclass(frozen=True, slots=True)
class Payer:
    """A buyer with what they owe, paise; ``buyer_id`` is the row that the books name them by."""

    buyer_id: int
    code: str
    name: str
    due_paise: int


async def payee(tx: Transaction, cooperative_id: int, member_no: str) -> Payee | None:
    """The member of a number, with what is due."""
    row = await tx.fetchrow(
        f"""SELECT m.id, m.member_no, coalesce(n.name_hi, '') AS name_hi, coalesce(n.name_latin, '') AS name_latin,
                   coalesce(-t.amount_paise, 0) AS due
            FROM member m {_NAME}
            LEFT JOIN kept_total t ON (t.cooperative_id, t.account_code, t.member_id, t.grade_code, t.buyer_id)
                 = (m.cooperative_id, 2110, m.id, 0, 0)
            WHERE m.cooperative_id = $1 AND m.member_no = $2""",  # noqa: S608  (a constant of ours)
        cooperative_id,
        member_no,
    )
    return Payee(*row.values()) if row else None


async def payees_due(tx: Transaction, cooperative_id: int, most: int = 50) -> list[Payee]:
    """Members to whom most is due."""
    rows = await tx.fetch(
        f"""SELECT m.id, m.member_no, coalesce(n.name_hi, '') AS name_hi, coalesce(n.name_latin, '') AS name_latin,
                   -t.amount_paise AS due
            FROM kept_total t JOIN member m ON m.id = t.member_id {_NAME}
            WHERE t.cooperative_id = $1 AND t.account_code = 2110 AND t.member_id <> 0 AND t.amount_paise < 0
            ORDER BY t.amount_paise, m.member_no LIMIT $2""",  # noqa: S608  (a constant of ours)
        cooperative_id,
        most,
    )
    return [Payee(*row.values()) for row in rows]


# The books may name a buyer by any row of its code: the one that owes, else the first.
_PAYER = """
SELECT DISTINCT ON (b.buyer_code) b.id, b.buyer_code,
       (SELECT x.name FROM buyer x WHERE x.buyer_code = b.buyer_code ORDER BY x.version DESC LIMIT 1) AS name,
       coalesce(t.amount_paise, 0) AS due
FROM buyer b LEFT JOIN kept_total t ON (t.cooperative_id, t.account_code, t.member_id, t.grade_code, t.buyer_id) = ($1, 1210, 0, 0, b.id)
WHERE {} ORDER BY b.buyer_code, t.buyer_id IS NULL, b.version
"""


async def payer(tx: Transaction, cooperative_id: int, buyer_code: str) -> Payer | None:
    """The buyer of a code, with what they owe this cooperative."""
    row = await tx.fetchrow(_PAYER.format("b.buyer_code = $2"), cooperative_id, buyer_code)
    return Payer(*row.values()) if row else None


async def payers(tx: Transaction, cooperative_id: int) -> list[Payer]:
    """Every buyer, who owes most first."""
    rows = await tx.fetch(_PAYER.format("true"), cooperative_id)
    return sorted((Payer(*row.values()) for row in rows), key=lambda one: -one.due_paise)


async def pay_facts(
    tx: Transaction, cooperative_id: int, member_id: int, due_paise: int, day: date
) -> PayFacts:
    """What the rules of paying ask."""
    cash = await tx.fetchval(
        "SELECT cash_paise FROM member_day_cash WHERE cooperative_id = $1 AND member_id = $2 AND day = $3",
        cooperative_id,
        member_id,
        day,
    )
    return PayFacts(due_paise, cash or 0, int(await _limit(tx, "cash_limit", cooperative_id, day)))


async def receive_facts(
    tx: Transaction, cooperative_id: int, buyer_code: str, against: str, day: date
) -> ReceiveFacts:
    """What the rules of taking money ask: cash of the buyer that day, and for the same paper."""
    row = await tx.fetchrow(
        """SELECT coalesce(sum(v.amount_paise) FILTER (WHERE v.on_day = $3), 0)::bigint AS today,
                  coalesce(sum(v.amount_paise) FILTER (WHERE v.against = $4 AND $4 <> ''), 0)::bigint AS against
           FROM voucher v WHERE v.cooperative_id = $1 AND v.mode = 'cash' AND v.buyer_id <> 0
             AND v.buyer_id IN (SELECT id FROM buyer WHERE buyer_code = $2)
             AND NOT EXISTS (SELECT FROM voucher_reversal r
                             WHERE (r.cooperative_id, r.fy, r.series, r.no) = (v.cooperative_id, v.fy, v.series, v.no))""",
        cooperative_id,
        buyer_code,
        day,
        against,
    )
    bar = await _limit(tx, "cash_receipt_bar", cooperative_id, day)
    return ReceiveFacts(row["today"] if row else 0, row["against"] if row else 0, int(bar))


async def back_days(tx: Transaction, cooperative_id: int, today: date) -> int:
    """How many days after the money moved it may be recorded."""
    return int(await _limit(tx, "voucher_back", cooperative_id, today))


async def _limit(tx: Transaction, name: str, cooperative_id: int, day: date) -> Decimal:
    return value_on(await bylaws(tx), name, cooperative_id, day)


@dataclass(frozen=True, slots=True)
class VoucherRow:
    """A voucher as shown; the member's name is empty for who may not see it."""

    cooperative_id: int
    code: str
    name_hi: str
    name_en: str
    fy: int
    series: str
    no: int
    kind: str
    mode: str
    member_id: int
    member_no: str
    member_hi: str
    member_latin: str
    buyer_id: int
    buyer_code: str
    buyer_name: str
    amount_paise: int
    on_day: date
    against: str
    reference: str
    words: str
    journal_no: int
    operation_id: UUID
    content: bytes
    recorded_by: int
    recorded_role: str
    recorded_at: datetime
    reason: str | None
    reversal_words: str | None
    reversal_operation: UUID | None
    reversed_by: int | None
    reversed_role: str | None
    reversed_at: datetime | None


_VOUCHER = f"""
SELECT v.cooperative_id, c.code, c.name_hi, c.name_en, v.fy, v.series, v.no, v.kind, v.mode, v.member_id,
       coalesce(m.member_no, '') AS member_no, coalesce(n.name_hi, '') AS member_hi, coalesce(n.name_latin, '') AS member_latin,
       v.buyer_id, coalesce(b.buyer_code, '') AS buyer_code,
       coalesce((SELECT x.name FROM buyer x WHERE x.buyer_code = b.buyer_code ORDER BY x.version DESC LIMIT 1), '') AS buyer_name,
       v.amount_paise, v.on_day, v.against, v.reference, v.words, v.journal_no, v.operation_id, v.content,
       v.recorded_by, v.recorded_role, v.recorded_at,
       r.reason, r.words AS reversal_words, r.operation_id AS reversal_operation, r.reversed_by, r.reversed_role, r.reversed_at
FROM voucher v JOIN cooperative c ON c.id = v.cooperative_id
LEFT JOIN member m ON m.id = v.member_id AND v.member_id <> 0 {_NAME.replace("m.person_id", "m.person_id AND $1")}
LEFT JOIN buyer b ON b.id = v.buyer_id
LEFT JOIN voucher_reversal r ON (r.cooperative_id, r.fy, r.series, r.no) = (v.cooperative_id, v.fy, v.series, v.no)
"""  # noqa: S608  (constants of ours)


async def voucher(tx: Transaction, number: VoucherNumber, *, named: bool) -> VoucherRow | None:
    """The voucher of a number within reach; ``named``: with the member's name."""
    row = await tx.fetchrow(
        _VOUCHER + "WHERE c.code = $2 AND v.fy = $3 AND v.series = $4 AND v.no = $5",
        named,
        number.code,
        number.fy,
        number.series,
        number.no,
    )
    return VoucherRow(*row.values()) if row else None


async def voucher_of_operation(
    tx: Transaction, cooperative_id: int, operation_id: UUID
) -> VoucherRow | None:
    """The voucher that a form with this id made."""
    row = await tx.fetchrow(
        _VOUCHER + "WHERE v.cooperative_id = $2 AND v.operation_id = $3",
        False,
        cooperative_id,
        operation_id,
    )
    return VoucherRow(*row.values()) if row else None


async def vouchers(
    tx: Transaction,
    cooperative_id: int,
    before: tuple[datetime, str, int] | None,
    most: int,
    *,
    named: bool,
) -> list[VoucherRow]:
    """A cooperative's vouchers, the newest first, those after the one that ``before`` names."""
    where = "WHERE v.cooperative_id = $2"
    values: list[object] = [named, cooperative_id, most]
    if before is not None:
        where += " AND (v.recorded_at < $4 OR (v.recorded_at = $4 AND (v.series, v.no) > ($5, $6)))"
        values += before
    rows = await tx.fetch(
        f"{_VOUCHER}{where} ORDER BY v.recorded_at DESC, v.series, v.no LIMIT $3", *values
    )
    return [VoucherRow(*row.values()) for row in rows]

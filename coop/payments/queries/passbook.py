"""A member's passbook: every posting to what is due to them, with the balance after it.

All figures are lines of the ledger (account 2110, and the stock line of the same journal for the
weight); nothing is worked out anew from weighings or vouchers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from asyncpg import Record

from coop.kernel.db import Transaction
from coop.ledger.rules import Account
from coop.members.queries.member import MemberFacts

_DUE, _STOCK = int(Account.DUE_TO_MEMBERS), int(Account.STOCK)
_LINES = f"""
SELECT e.fy, e.journal_no, j.day, j.about, j.document,
       coalesce(-sum(e.amount_paise) FILTER (WHERE e.amount_paise < 0), 0)::bigint AS added,
       coalesce(sum(e.amount_paise) FILTER (WHERE e.amount_paise > 0), 0)::bigint AS taken,
       coalesce(s.grade_code, 0) AS grade_code, coalesce(s.stock_grams, 0) AS grams
FROM ledger_entry e JOIN journal j ON (j.cooperative_id, j.fy, j.no) = (e.cooperative_id, e.fy, e.journal_no)
LEFT JOIN LATERAL (SELECT x.grade_code, x.stock_grams FROM ledger_entry x
                   WHERE (x.cooperative_id, x.fy, x.journal_no) = (e.cooperative_id, e.fy, e.journal_no)
                     AND x.account_code = {_STOCK} AND x.stock_grams <> 0 LIMIT 1) s ON true
WHERE e.cooperative_id = $1 AND e.account_code = {_DUE} AND e.member_id = $2 AND e.member_id <> 0 AND """  # noqa: S608  (constants of ours)
_GROUPED = " GROUP BY e.fy, e.journal_no, j.day, j.about, j.document, s.grade_code, s.stock_grams "
_BEFORE = f"""
SELECT coalesce(-sum(e.amount_paise), 0)::bigint FROM ledger_entry e
JOIN journal j ON (j.cooperative_id, j.fy, j.no) = (e.cooperative_id, e.fy, e.journal_no)
WHERE e.cooperative_id = $1 AND e.account_code = {_DUE} AND e.member_id = $2 AND e.member_id <> 0 AND """  # noqa: S608  (constants of ours)


@dataclass(frozen=True, slots=True)
class PassbookLine:
    """A posting: paise added to what is due, taken from it, and the balance after; grams of its goods."""

    day: date
    about: str
    document: str
    grade_code: int
    grams: int
    added_paise: int
    taken_paise: int
    balance_paise: int


@dataclass(frozen=True, slots=True)
class Passbook:
    """A member's lines of a span of days or of a print; balances before and after them in paise.

    ``print_no`` 0: no print but a month.
    """

    member: MemberFacts
    first: date
    last: date
    print_no: int
    opening_paise: int
    lines: tuple[PassbookLine, ...]

    @property
    def added_paise(self) -> int:
        """All that was added."""
        return sum(line.added_paise for line in self.lines)

    @property
    def taken_paise(self) -> int:
        """All that was taken."""
        return sum(line.taken_paise for line in self.lines)

    @property
    def grams(self) -> int:
        """All that was weighed, what was taken back left out."""
        return sum(line.grams for line in self.lines)

    @property
    def closing_paise(self) -> int:
        """What is due after the last line."""
        return self.opening_paise + self.added_paise - self.taken_paise


@dataclass(frozen=True, slots=True)
class Printed:
    """What a print holds: journals after one place up to another, each a year and a number."""

    no: int
    after: tuple[int, int]
    upto: tuple[int, int]
    printed_on: date


def month_days(month: date) -> tuple[date, date]:
    """The first and the last day of a month.

    >>> month_days(date(2026, 2, 9))
    (datetime.date(2026, 2, 1), datetime.date(2026, 2, 28))
    """
    first = month.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


async def passbook_of_month(tx: Transaction, one: MemberFacts, month: date) -> Passbook:
    """The postings whose day is in a month, by day; earlier days are the opening balance."""
    first, last = month_days(month)
    key = (one.cooperative_id, one.id)
    opening = await tx.fetchval(_BEFORE + "j.day < $3", *key, first)
    rows = await tx.fetch(
        _LINES + "j.day BETWEEN $3 AND $4" + _GROUPED + "ORDER BY j.day, e.fy, e.journal_no",
        *key,
        first,
        last,
    )
    return Passbook(one, first, last, 0, opening, _with_balances(rows, opening))


async def passbook_of_print(tx: Transaction, one: MemberFacts, printed: Printed) -> Passbook:
    """The postings of a print in the order they were made; a later print never shows them again."""
    key = (one.cooperative_id, one.id)
    opening = await tx.fetchval(_BEFORE + "(e.fy, e.journal_no) <= ($3, $4)", *key, *printed.after)
    rows = await tx.fetch(
        _LINES
        + "(e.fy, e.journal_no) > ($3, $4) AND (e.fy, e.journal_no) <= ($5, $6)"
        + _GROUPED
        + "ORDER BY e.fy, e.journal_no",
        *key,
        *printed.after,
        *printed.upto,
    )
    lines = _with_balances(rows, opening)
    days = [line.day for line in lines] or [printed.printed_on]
    return Passbook(one, min(days), max(days), printed.no, opening, lines)


def _with_balances(rows: Sequence[Record], balance: int) -> tuple[PassbookLine, ...]:
    made = []
    for row in rows:
        balance += row["added"] - row["taken"]
        made.append(
            PassbookLine(
                row["day"],
                row["about"],
                row["document"],
                row["grade_code"],
                row["grams"],
                row["added"],
                row["taken"],
                balance,
            )
        )
    return tuple(made)


_PRINT = """SELECT no, after_fy, after_journal, upto_fy, upto_journal, (printed_at AT TIME ZONE 'Asia/Kolkata')::date AS on_day
            FROM passbook_print WHERE cooperative_id = $1 AND member_id = $2"""


async def last_print(tx: Transaction, one: MemberFacts) -> Printed | None:
    """The last print of a member's passbook, None before the first."""
    row = await tx.fetchrow(f"{_PRINT} ORDER BY no DESC LIMIT 1", one.cooperative_id, one.id)
    return _printed(row) if row else None


async def print_of(tx: Transaction, one: MemberFacts, no: int) -> Printed | None:
    """A print by its number."""
    row = await tx.fetchrow(f"{_PRINT} AND no = $3", one.cooperative_id, one.id, no)
    return _printed(row) if row else None


async def last_posting(tx: Transaction, one: MemberFacts) -> tuple[int, int]:
    """The last journal that posted to what is due to a member; ``(0, 0)`` where there is none."""
    row = await tx.fetchrow(
        f"""SELECT e.fy, e.journal_no FROM ledger_entry e
            WHERE e.cooperative_id = $1 AND e.account_code = {_DUE} AND e.member_id = $2 AND e.member_id <> 0
            ORDER BY e.fy DESC, e.journal_no DESC LIMIT 1""",  # noqa: S608  (a constant of ours)
        one.cooperative_id,
        one.id,
    )
    return (row["fy"], row["journal_no"]) if row else (0, 0)


def _printed(row: Record) -> Printed:
    return Printed(
        row["no"],
        (row["after_fy"], row["after_journal"]),
        (row["upto_fy"], row["upto_journal"]),
        row["on_day"],
    )

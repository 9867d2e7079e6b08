"""A month of a cooperative's books: before, debit, credit and after, account by account."""

from dataclasses import dataclass
from datetime import date, timedelta

from coop.kernel.db import Transaction
from coop.ledger.queries.books import AccountSum, balances_on


@dataclass(frozen=True, slots=True)
class Balance:
    """A trial balance: debit and credit sums in paise, which are equal where the books hold.

    ``as_kept``: whether the sums that the postings keep say the same as the lines.
    """

    accounts: tuple[AccountSum, ...]
    debit_paise: int
    credit_paise: int
    as_kept: bool

    @property
    def holds(self) -> bool:
        """Whether the books agree with themselves."""
        return self.debit_paise == self.credit_paise and self.as_kept


@dataclass(frozen=True, slots=True)
class Moved:
    """An account in a span of days: paise, debit positive; ``debit``, ``credit``: what moved."""

    code: int
    name_hi: str
    name_en: str
    before_paise: int
    debit_paise: int
    credit_paise: int
    after_paise: int


@dataclass(frozen=True, slots=True)
class Statement:
    """The month up to a day: what each account was before it, what moved, what it is after it."""

    name_hi: str
    name_en: str
    code: str
    first: date
    last: date
    moved: tuple[Moved, ...]
    balance: Balance


async def balance_on(tx: Transaction, cooperative_id: int, day: date) -> Balance:
    """The trial balance of a day."""
    accounts = tuple(await balances_on(tx, cooperative_id, day))
    return Balance(
        accounts,
        sum(one.paise for one in accounts if one.paise > 0),
        -sum(one.paise for one in accounts if one.paise < 0),
        all(one.as_kept for one in accounts),
    )


# Sums by account and day do not tell debit from credit: lines are read, of pages with such days only.
_TURNED = """
WITH pages AS (
  SELECT DISTINCT p.fy, p.page_no FROM book_page_total p WHERE p.cooperative_id = $1 AND p.day BETWEEN $2 AND $3
  UNION SELECT b.fy, x FROM book_unsummed b, generate_series(b.after_no / 500, (b.last_no - 1) / 500) x WHERE b.cooperative_id = $1)
SELECT e.account_code, sum(e.amount_paise) FILTER (WHERE e.amount_paise > 0) AS debit,
       -sum(e.amount_paise) FILTER (WHERE e.amount_paise < 0) AS credit
FROM pages p JOIN journal j ON j.cooperative_id = $1 AND j.fy = p.fy AND j.no > p.page_no * 500 AND j.no <= (p.page_no + 1) * 500
                           AND j.day BETWEEN $2 AND $3
JOIN ledger_entry e ON (e.cooperative_id, e.fy, e.journal_no) = (j.cooperative_id, j.fy, j.no) GROUP BY 1
"""


async def moved_in(
    tx: Transaction, cooperative_id: int, first: date, last: date, after: Balance
) -> tuple[Moved, ...]:
    """Each account between two days, both among them; ``after``: the balance of the last."""
    opening = await balances_on(tx, cooperative_id, first - timedelta(days=1))
    before = {one.code: one.paise for one in opening}
    rows = await tx.fetch(_TURNED, cooperative_id, first, last)
    turned = {
        row["account_code"]: (int(row["debit"] or 0), int(row["credit"] or 0)) for row in rows
    }
    return tuple(
        Moved(
            one.code,
            one.name_hi,
            one.name_en,
            before.get(one.code, 0),
            *turned.get(one.code, (0, 0)),
            one.paise,
        )
        for one in after.accounts
    )

"""What an act posts. Pure: from facts to lines that sum to zero."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from coop.kernel.words import Said, say


class Account(IntEnum):
    """The accounts that postings use; names stand in the chart of accounts."""

    CASH = 1010
    BANK = 1110
    DUE_FROM_BUYERS = 1210
    STOCK = 1310
    SEIZED_STOCK = 1390
    DUE_TO_MEMBERS = 2110
    CGST = 2310
    SGST = 2320
    IGST = 2330
    COMMON_FUND = 3110
    SALES = 4010
    ROUND_OFF = 4090
    COST_OF_SALES = 5010
    SORTING_LOSS = 5110
    SHRINKAGE = 5120
    PREMIUM = 5210
    CASH_DIFFERENCE = 5310


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a journal: paise, debit positive; member, grade and buyer open the sub-ledgers."""

    account: Account
    paise: int
    member_id: int = 0
    grade_code: int = 0
    stock_grams: int = 0
    buyer_id: int = 0


@dataclass(frozen=True, slots=True)
class Total:
    """What a posting adds to a kept total."""

    account: int
    member_id: int
    grade_code: int
    buyer_id: int
    paise: int
    stock_grams: int


def purchase_lines(
    member_id: int, grade_code: int, grams: int, paise: int, *, in_cash: bool
) -> tuple[Line, ...]:
    """Lines of a weighing: Dr stock, Cr due; paid in cash also Dr due, Cr cash.

    >>> sum(line.paise for line in purchase_lines(7, 3, 18150, 21326, in_cash=True))
    0
    """
    bought = (
        Line(Account.STOCK, paise, grade_code=grade_code, stock_grams=grams),
        Line(Account.DUE_TO_MEMBERS, -paise, member_id=member_id),
    )
    if not in_cash:
        return bought
    return (
        *bought,
        Line(Account.DUE_TO_MEMBERS, paise, member_id=member_id),
        Line(Account.CASH, -paise),
    )


def reversed_lines(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The same lines with every sign turned: what takes a journal back."""
    return tuple(replace(line, paise=-line.paise, stock_grams=-line.stock_grams) for line in lines)


def added_totals(lines: Iterable[Line]) -> list[Total]:
    """Sum lines by account, member, grade and buyer; in a fixed order, so that two posters lock alike."""
    sums: dict[tuple[int, int, int, int], list[int]] = defaultdict(lambda: [0, 0])
    for line in lines:
        kept = sums[(int(line.account), line.member_id, line.grade_code, line.buyer_id)]
        kept[0] += line.paise
        kept[1] += line.stock_grams
    return [Total(*key, *value) for key, value in sorted(sums.items())]


# A page of the journal book; its sums are kept once it is full.
PAGE_JOURNALS = 500
_NUMBER = re.compile(r"([A-Z0-9]{3,10})-([0-9]{2})-J([0-9]{5,10})")


@dataclass(frozen=True, slots=True)
class JournalNumber:
    """A journal's public number in parts."""

    code: str
    fy: int
    no: int


def journal_no_text(code: str, fy: int, no: int) -> str:
    """The public number of a journal.

    >>> journal_no_text("KDM01", 2627, 12)
    'KDM01-26-J00012'
    """
    return f"{code}-{fy // 100:02d}-J{no:05d}"


def journal_number(text: str) -> JournalNumber | None:
    """Return the parts of a journal's number, None where it is none.

    >>> journal_number("KDM01-26-J00012")
    JournalNumber(code='KDM01', fy=2627, no=12)
    """
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    first = int(found[2])
    return JournalNumber(found[1], 100 * first + (first + 1) % 100, int(found[3]))


def page_of(no: int) -> int:
    """The page of the book on which a journal stands, from 0.

    >>> page_of(500), page_of(501)
    (0, 1)
    """
    return (no - 1) // PAGE_JOURNALS


def gaps(numbers: Sequence[int]) -> list[int]:
    """The numbers missing from 1 to the highest.

    >>> gaps([1, 2, 5])
    [3, 4]
    """
    return sorted(set(range(1, max(numbers, default=0) + 1)) - set(numbers))


ABOUT = {
    "weighing": say("Weighing"),
    "weighing back": say("Reversal"),
    "money": say("Money"),
    "money back": say("Voucher taken back"),
    "fund": say("Spent from the common fund"),
    "fund taken back": say("Spending of the fund taken back"),
    "cash count": say("Cash box counted"),
    "lot": say("Lot"),
    "dispatch": say("Left the gate"),
    "sale_note": say("Note on a sale"),
}


def about_said(about: str) -> Said:
    """What a journal is about, in the reader's words; an unknown word stays as it is."""
    return ABOUT.get(about) or Said(about)

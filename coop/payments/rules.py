"""What money may be taken and paid, and what it posts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coop.kernel.money import format_paise
from coop.kernel.refusal import Refusal
from coop.kernel.words import Said, say
from coop.ledger.rules import Account, Line

CASH, UPI, BANK = "cash", "upi", "bank"


class Kind(StrEnum):
    """What a voucher is about."""

    RECEIVED = "received"
    PAID = "paid"
    TO_BANK = "to_bank"
    FROM_BANK = "from_bank"


SERIES: Mapping[Kind, str] = {
    Kind.RECEIVED: "M",
    Kind.PAID: "V",
    Kind.TO_BANK: "K",
    Kind.FROM_BANK: "K",
}
REASONS: Mapping[str, Said] = {
    "wrong_amount": say("Wrong amount"),
    "wrong_party": say("Wrong person"),
    "twice": say("Entered twice"),
    "not_done": say("The money did not move"),
    "other": say("Another reason"),
}
_NUMBER = re.compile(r"([A-Z0-9]{3,10})-([0-9]{2})-([MVK])([0-9]{5,10})")


@dataclass(frozen=True, slots=True)
class VoucherNumber:
    """A voucher's public number in parts."""

    text: str
    code: str
    fy: int
    series: str
    no: int


def voucher_no(code: str, fy: int, series: str, no: int) -> str:
    """The public number of a voucher.

    >>> voucher_no("KDM01", 2627, "V", 12)
    'KDM01-26-V00012'
    """
    return f"{code}-{fy // 100:02d}-{series}{no:05d}"


def voucher_number(text: str) -> VoucherNumber | None:
    """Return the parts of a voucher's number, None where it is none.

    >>> voucher_number("KDM01-26-M00012").no
    12
    """
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    first = int(found[2])
    return VoucherNumber(text, found[1], 100 * first + (first + 1) % 100, found[3], int(found[4]))


@dataclass(frozen=True, slots=True)
class PayFacts:
    """What is due to a member, what cash they got that day, and its limit; paise."""

    due_paise: int
    cash_today_paise: int
    cash_limit_paise: int


@dataclass(frozen=True, slots=True)
class ReceiveFacts:
    """Cash taken from a buyer that day and for the same paper, and what is barred; paise."""

    cash_today_paise: int
    cash_against_paise: int
    cash_bar_paise: int


def refusals_to_date(on_day: date, today: date, back_days: int) -> tuple[Refusal, ...]:
    """Return why money is not recorded for a day: it is to come, or too long ago."""
    if on_day > today:
        message = say("That day is still to come; correct it.")
        return (Refusal("future_day", message, "on_day"),)
    if (today - on_day).days > back_days:
        message = say("Money is recorded within %(days)s days; correct the day.", days=back_days)
        return (Refusal("day_too_old", message, "on_day"),)
    return ()


def refusals_to_pay(paise: int, mode: str, facts: PayFacts) -> tuple[Refusal, ...]:
    """Return why a payout is not made: more than is due, or over the cash limit of the day.

    >>> [r.code for r in refusals_to_pay(5, "upi", PayFacts(4, 0, 100))]
    ['over_due']
    """
    if facts.due_paise <= 0:
        message = say("Nothing is due to this member; there is nothing to pay.")
        return (Refusal("nothing_due", message, "member_no"),)
    if paise > facts.due_paise:
        message = say(
            "%(due)s rupees are due; pay at most that.", due=format_paise(facts.due_paise)
        )
        return (Refusal("over_due", message, "amount"),)
    if mode == CASH and facts.cash_today_paise + paise > facts.cash_limit_paise:
        message = say(
            "Over %(limit)s rupees in cash that day; pay by UPI or bank.",
            limit=format_paise(facts.cash_limit_paise),
        )
        return (Refusal("cash_limit", message, "mode"),)
    return ()


def refusals_to_receive(paise: int, mode: str, facts: ReceiveFacts) -> tuple[Refusal, ...]:
    """Return why money is not taken: cash at or over the bar, in a day or for one paper.

    >>> [r.code for r in refusals_to_receive(1, "cash", ReceiveFacts(19, 0, 20))]
    ['cash_barred']
    """
    most = max(facts.cash_today_paise, facts.cash_against_paise) + paise
    if mode != CASH or most < facts.cash_bar_paise:
        return ()
    message = say(
        "Cash of %(limit)s rupees or more may not be taken; take it by bank.",
        limit=format_paise(facts.cash_bar_paise),
    )
    return (Refusal("cash_barred", message, "mode"),)


def refusals_to_take_back(
    recorded_by: int, reverser: int, *, taken_back: bool
) -> tuple[Refusal, ...]:
    """Return why a voucher is not taken back by this person."""
    if taken_back:
        message = say("This voucher was taken back already.")
        return (Refusal("already_reversed", message),)
    if recorded_by == reverser:
        message = say("You recorded it yourself; another person takes it back.")
        return (Refusal("same_person", message),)
    return ()


def lines_of(
    kind: Kind, mode: str, paise: int, *, member_id: int = 0, buyer_id: int = 0
) -> tuple[Line, ...]:
    """The journal of a voucher: two lines, debit first.

    >>> [(int(l.account), l.paise) for l in lines_of(Kind.PAID, "upi", 500, member_id=7)]
    [(2110, 500), (1110, -500)]
    """
    place = Account.CASH if mode == CASH else Account.BANK
    if kind is Kind.RECEIVED:
        return (
            Line(place, paise),
            Line(Account.DUE_FROM_BUYERS, -paise, buyer_id=buyer_id),
        )
    if kind is Kind.PAID:
        return Line(Account.DUE_TO_MEMBERS, paise, member_id=member_id), Line(place, -paise)
    ends = (Account.BANK, Account.CASH)
    to, from_ = ends if kind is Kind.TO_BANK else reversed(ends)
    return Line(to, paise), Line(from_, -paise)

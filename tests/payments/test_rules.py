"""Money, decided from facts: what is due bounds a payout, cash has its limits, a journal balances."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.ledger.rules import Account
from coop.payments.rules import (
    BANK,
    CASH,
    UPI,
    Kind,
    PayFacts,
    ReceiveFacts,
    lines_of,
    refusals_to_date,
    refusals_to_pay,
    refusals_to_receive,
    refusals_to_take_back,
    voucher_no,
    voucher_number,
)

PAISE = st.integers(1, 10**12)
LIMIT, BAR = 1_000_000, 20_000_000


def codes(refusals: tuple[object, ...]) -> list[str]:
    return [one.code for one in refusals]  # type: ignore[attr-defined]


@given(st.sampled_from(Kind), st.sampled_from((CASH, UPI, BANK)), PAISE)
def test_every_voucher_balances_and_moves_the_amount(kind: Kind, mode: str, paise: int) -> None:
    lines = lines_of(kind, mode, paise, member_id=7, buyer_id=9)
    assert [line.paise for line in lines] == [paise, -paise]
    accounts = {line.account for line in lines}
    assert len(accounts) == 2
    assert (Account.DUE_TO_MEMBERS in accounts) == (kind is Kind.PAID)
    assert (Account.DUE_FROM_BUYERS in accounts) == (kind is Kind.RECEIVED)
    assert all(line.member_id == 7 for line in lines if line.account is Account.DUE_TO_MEMBERS)
    assert all(line.buyer_id == 9 for line in lines if line.account is Account.DUE_FROM_BUYERS)


def test_which_side_is_debit() -> None:
    def debit(kind: Kind, mode: str = CASH) -> Account:
        return lines_of(kind, mode, 1)[0].account

    assert debit(Kind.RECEIVED) is Account.CASH
    assert debit(Kind.RECEIVED, BANK) is Account.BANK
    assert debit(Kind.PAID) is Account.DUE_TO_MEMBERS
    assert lines_of(Kind.PAID, UPI, 1)[1].account is Account.BANK
    assert debit(Kind.TO_BANK) is Account.BANK
    assert debit(Kind.FROM_BANK) is Account.CASH


@pytest.mark.parametrize(
    ("paise", "mode", "facts", "expected"),
    [
        (1, CASH, PayFacts(0, 0, LIMIT), ["nothing_due"]),
        (1, CASH, PayFacts(-5, 0, LIMIT), ["nothing_due"]),
        (500, UPI, PayFacts(499, 0, LIMIT), ["over_due"]),
        (500, UPI, PayFacts(500, LIMIT, LIMIT), []),
        (500, CASH, PayFacts(500, LIMIT - 500, LIMIT), []),
        (500, CASH, PayFacts(500, LIMIT - 499, LIMIT), ["cash_limit"]),
    ],
)
def test_a_payout(paise: int, mode: str, facts: PayFacts, expected: list[str]) -> None:
    assert codes(refusals_to_pay(paise, mode, facts)) == expected


@pytest.mark.parametrize(
    ("paise", "mode", "facts", "expected"),
    [
        (BAR - 1, CASH, ReceiveFacts(0, 0, BAR), []),
        (BAR, CASH, ReceiveFacts(0, 0, BAR), ["cash_barred"]),
        (1, CASH, ReceiveFacts(BAR - 1, 0, BAR), ["cash_barred"]),
        (1, CASH, ReceiveFacts(0, BAR - 1, BAR), ["cash_barred"]),
        (BAR * 5, BANK, ReceiveFacts(BAR, BAR, BAR), []),
    ],
)
def test_two_lakh_in_cash(paise: int, mode: str, facts: ReceiveFacts, expected: list[str]) -> None:
    assert codes(refusals_to_receive(paise, mode, facts)) == expected


def test_the_day_of_the_money() -> None:
    today = date(2026, 11, 24)
    assert codes(refusals_to_date(today + timedelta(days=1), today, 31)) == ["future_day"]
    assert codes(refusals_to_date(today - timedelta(days=32), today, 31)) == ["day_too_old"]
    assert refusals_to_date(today - timedelta(days=31), today, 31) == ()


def test_one_records_another_takes_back() -> None:
    assert codes(refusals_to_take_back(1, 1, taken_back=False)) == ["same_person"]
    assert codes(refusals_to_take_back(1, 2, taken_back=True)) == ["already_reversed"]
    assert refusals_to_take_back(1, 2, taken_back=False) == ()


@given(st.integers(0, 98), st.sampled_from("MVK"), st.integers(1, 10**9))
def test_a_number_reads_back(first: int, series: str, no: int) -> None:
    fy = 100 * first + first + 1
    text = voucher_no("KDM01", fy, series, no)
    read = voucher_number(text)
    assert read is not None
    assert (read.code, read.fy, read.series, read.no) == ("KDM01", fy, series, no)
    assert voucher_number(text + "x") is None

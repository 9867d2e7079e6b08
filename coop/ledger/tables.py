"""Double entry, number series, and the totals that pages show. The constraints stand in ``migrations/sql``."""

from piccolo.columns import (
    BigInt,
    BigSerial,
    Date,
    ForeignKey,
    Integer,
    SmallInt,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnDelete
from piccolo.table import Table


class Account(Table, tablename="account"):
    """A line of the chart of accounts."""

    code = Integer(primary_key=True, null=False)
    name_en = Varchar(length=80, null=False)
    name_hi = Varchar(length=80, null=False)
    kind = Varchar(length=10, null=False)


class NumberSeries(Table, tablename="number_series"):
    """The last number taken of a series; no gaps."""

    cooperative_id = BigInt(primary_key=True, null=False)
    fy = Integer(null=False)
    series = Varchar(length=8, null=False)
    last_no = BigInt(null=False)


class Journal(Table, tablename="journal"):
    """One posting; its lines sum to zero."""

    id = BigSerial(primary_key=True)
    cooperative_id = BigInt(null=False)
    fy = Integer(null=False)
    no = BigInt(null=False)
    day = Date(null=False)
    posted_at = Timestamptz(null=False)
    about = Varchar(length=40, null=False)
    document = Varchar(length=20, null=False)


class LedgerEntry(Table, tablename="ledger_entry"):
    """A line of a journal in paise: debit positive, credit negative."""

    id = BigSerial(primary_key=True)
    cooperative_id = BigInt(null=False)
    fy = Integer(null=False)
    journal_no = BigInt(null=False)
    line_no = SmallInt(null=False)
    account_code = ForeignKey(Account, on_delete=OnDelete.restrict, null=False)
    amount_paise = BigInt(null=False)
    member_id = BigInt(null=False)
    grade_code = Integer(null=False)
    stock_grams = BigInt(null=False)
    buyer_id = BigInt(null=False)


class KeptTotal(Table, tablename="kept_total"):
    """The sum of an account or one of its sub-ledgers, kept by the posting."""

    cooperative_id = BigInt(primary_key=True, null=False)
    account_code = Integer(null=False)
    member_id = BigInt(null=False)
    grade_code = Integer(null=False)
    amount_paise = BigInt(null=False)
    stock_grams = BigInt(null=False)
    buyer_id = BigInt(null=False)


class BookPageTotal(Table, tablename="book_page_total"):
    """What a page of the journal book adds to an account on a day."""

    cooperative_id = BigInt(primary_key=True, null=False)
    fy = Integer(null=False)
    page_no = BigInt(null=False)
    day = Date(null=False)
    account_code = ForeignKey(Account, on_delete=OnDelete.restrict, null=False)
    amount_paise = BigInt(null=False)
    stock_grams = BigInt(null=False)
    line_count = Integer(null=False)


class DayTotal(Table, tablename="day_total"):
    """What a cooperative weighed and owes for a day."""

    cooperative_id = BigInt(primary_key=True, null=False)
    day = Date(null=False)
    weighing_count = Integer(null=False)
    payable_grams = BigInt(null=False)
    amount_paise = BigInt(null=False)
    cash_paise = BigInt(null=False)


class MemberDayCash(Table, tablename="member_day_cash"):
    """The cash a member was paid for a day, kept by the posting for the cash limit."""

    cooperative_id = BigInt(primary_key=True, null=False)
    member_id = BigInt(null=False)
    day = Date(null=False)
    cash_paise = BigInt(null=False)

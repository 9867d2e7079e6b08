"""Vouchers and their reversals. The constraints stand in ``migrations/sql``."""

from piccolo.columns import UUID, BigInt, Bytea, Date, ForeignKey, Integer, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from coop.cooperatives.tables import Cooperative


class Voucher(Table, tablename="voucher"):
    """Money received, paid, or moved between cash box and bank."""

    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    fy = Integer(null=False)
    series = Varchar(length=1, null=False)
    no = BigInt(primary_key=True, null=False)
    kind = Varchar(length=10, null=False)
    mode = Varchar(length=4, null=False)
    member_id = BigInt(null=False)
    buyer_id = BigInt(null=False)
    amount_paise = BigInt(null=False)
    on_day = Date(null=False)
    against = Varchar(length=20, null=False)
    reference = Varchar(length=40, null=False)
    words = Varchar(length=200, null=False)
    journal_no = BigInt(null=False)
    operation_id = UUID(null=False)
    content = Bytea(null=False)
    recorded_by = BigInt(null=False)
    recorded_role = Varchar(length=40, null=False)
    recorded_at = Timestamptz(null=False)


class VoucherReversal(Table, tablename="voucher_reversal"):
    """A voucher that another person took back."""

    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    fy = Integer(null=False)
    series = Varchar(length=1, null=False)
    no = BigInt(primary_key=True, null=False)
    reason = Varchar(length=20, null=False)
    words = Varchar(length=200, null=False)
    journal_fy = Integer(null=False)
    journal_no = BigInt(null=False)
    operation_id = UUID(null=False)
    recorded_by = BigInt(null=False)
    reversed_by = BigInt(null=False)
    reversed_role = Varchar(length=40, null=False)
    reversed_at = Timestamptz(null=False)


class PassbookPrint(Table, tablename="passbook_print"):
    """A print of a member's passbook: the journals after one place up to another."""

    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    member_id = BigInt(null=False)
    no = Integer(primary_key=True, null=False)
    after_fy = Integer(null=False)
    after_journal = BigInt(null=False)
    upto_fy = Integer(null=False)
    upto_journal = BigInt(null=False)
    balance_paise = BigInt(null=False)
    operation_id = UUID(null=False)
    printed_by = BigInt(null=False)
    printed_role = Varchar(length=40, null=False)
    printed_at = Timestamptz(null=False)

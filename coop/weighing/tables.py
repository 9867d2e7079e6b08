"""Desk entries, weighings and a clerk's settings for the day. The constraints stand in ``migrations/sql``."""

from piccolo.columns import (
    UUID,
    BigInt,
    BigSerial,
    Bytea,
    Date,
    ForeignKey,
    Integer,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from coop.cooperatives.tables import CollectionCentre, Cooperative, Device
from coop.members.tables import Member
from coop.prices.tables import Grade, PriceNoticeLine
from coop.sites.tables import Site


class DeskEntry(Table, tablename="desk_entry"):
    """An entry's id and what it held."""

    entry_id = UUID(primary_key=True, null=False)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    content = Bytea(null=False)
    fy = Integer(null=False)
    weighing_no = BigInt(null=False)


class Weighing(Table, tablename="weighing"):
    """A weighing that was bought: three weights, rate, floor and amount."""

    id = BigSerial(primary_key=True)
    cooperative_id = BigInt(null=False)
    fy = Integer(null=False)
    no = BigInt(null=False)
    member_id = ForeignKey(Member, on_delete=OnDelete.restrict, null=False)
    site_id = ForeignKey(Site, on_delete=OnDelete.restrict, null=False)
    grade_code = ForeignKey(Grade, on_delete=OnDelete.restrict, null=False)
    price_line_id = ForeignKey(PriceNoticeLine, on_delete=OnDelete.restrict, null=False)
    centre_id = ForeignKey(CollectionCentre, on_delete=OnDelete.restrict, null=True, default=None)
    device_id = ForeignKey(Device, on_delete=OnDelete.restrict, null=True, default=None)
    device_seq = BigInt(null=True, default=None)
    clerk_id = BigInt(null=True, default=None)
    paper_no = Varchar(length=20, null=False)
    gross_grams = BigInt(null=False)
    tare_grams = BigInt(null=False)
    payable_grams = BigInt(null=False)
    moisture_hundredths = Integer(null=False)
    waste_hundredths = Integer(null=False)
    rate_paise = BigInt(null=False)
    floor_paise = BigInt(null=False)
    amount_paise = BigInt(null=False)
    paid_mode = Varchar(length=5, null=False)
    weighed_at = Timestamptz(null=False)
    weighed_day = Date(null=False)
    posted_at = Timestamptz(null=False)
    flags = Varchar(length=60, null=False)


class DeskDay(Table, tablename="desk_day"):
    """What a clerk chose for the day."""

    id = BigSerial(primary_key=True)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    clerk_id = BigInt(null=False)
    day = Date(null=False)
    site_code = Varchar(length=20, null=False)
    tare_grams = BigInt(null=False)
    moisture_hundredths = Integer(null=False)
    waste_hundredths = Integer(null=False)
    paid_mode = Varchar(length=5, null=False)
    chosen_at = Timestamptz(null=False)


class ReversalRequest(Table, tablename="reversal_request"):
    """Somebody asked to take a weighing back."""

    id = BigSerial(primary_key=True)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    operation_id = UUID(null=False)
    content = Bytea(null=False)
    fy = Integer(null=False)
    weighing_no = BigInt(null=False)
    reason = Varchar(length=20, null=False)
    words = Varchar(length=200, null=False)
    cash_back_paise = BigInt(null=False)
    corrected = Text(null=False)
    asked_by = BigInt(null=False)
    asked_role = Varchar(length=40, null=False)
    asked_at = Timestamptz(null=False)


class ReversalDecision(Table, tablename="reversal_decision"):
    """What another person decided on a request."""

    request_id = BigInt(primary_key=True, null=False)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    operation_id = UUID(null=False)
    outcome = Varchar(length=9, null=False)
    words = Varchar(length=200, null=False)
    asked_by = BigInt(null=False)
    decided_by = BigInt(null=False)
    decided_role = Varchar(length=40, null=False)
    decided_at = Timestamptz(null=False)


class WeighingReversal(Table, tablename="weighing_reversal"):
    """A weighing taken back, by the number of the reversal's receipt."""

    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    fy = Integer(null=False)
    no = BigInt(primary_key=True, null=False)
    weighing_fy = Integer(null=False)
    weighing_no = BigInt(null=False)
    reason = Varchar(length=20, null=False)
    request_id = ForeignKey(ReversalRequest, on_delete=OnDelete.restrict, null=True, default=None)
    journal_no = BigInt(null=False)
    cash_back_paise = BigInt(null=False)
    replaced_fy = Integer(null=True, default=None)
    replaced_no = BigInt(null=True, default=None)
    user_id = BigInt(null=True, default=None)
    device_id = BigInt(null=True, default=None)
    reversed_at = Timestamptz(null=False)


class WaitingEntry(Table, tablename="waiting_entry"):
    """An entry that came too late, as it was read."""

    entry_id = UUID(primary_key=True, null=False)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    content = Bytea(null=False)
    kept = Text(null=False)
    clerk_id = BigInt(null=True, default=None)
    device_id = ForeignKey(Device, on_delete=OnDelete.restrict, null=True, default=None)
    came_at = Timestamptz(null=False)


class WaitingEntryDecision(Table, tablename="waiting_entry_decision"):
    """What a manager decided on it; where confirmed, the weighing."""

    entry_id = UUID(primary_key=True, null=False)
    cooperative_id = BigInt(null=False)
    outcome = Varchar(length=9, null=False)
    decided_by = BigInt(null=False)
    decided_role = Varchar(length=40, null=False)
    decided_at = Timestamptz(null=False)
    weighing_fy = Integer(null=True, default=None)
    weighing_no = BigInt(null=True, default=None)

"""Desk entries, weighings and a clerk's settings for the day. The constraints stand in ``migrations/sql``."""

from piccolo.columns import (
    UUID,
    BigInt,
    BigSerial,
    Bytea,
    Date,
    ForeignKey,
    Integer,
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

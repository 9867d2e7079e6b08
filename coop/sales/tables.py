"""Lots, sales, their papers and notes. The constraints stand in ``migrations/sql``."""

from piccolo.columns import (
    UUID,
    BigInt,
    BigSerial,
    Boolean,
    Bytea,
    Date,
    ForeignKey,
    Integer,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from coop.buyers.tables import Buyer
from coop.cooperatives.tables import Cooperative
from coop.prices.tables import Grade, PriceNoticeLine


class GstRegistration(Table, tablename="gst_registration"):
    """The GSTIN that a cooperative has from a day on; empty: none."""

    id = BigSerial(primary_key=True)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    gstin = Varchar(length=15, null=False)
    holds_from = Date(null=False)
    source = Varchar(length=200, null=False)
    recorded_at = Timestamptz(null=False)
    recorded_by = Varchar(length=80, null=False)


class SalesAct(Table, tablename="sales_act"):
    """The id drawn with a form, what it held and what was answered."""

    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    operation_id = UUID(primary_key=True, null=False)
    act = Varchar(length=20, null=False)
    content = Bytea(null=False)
    answer = Varchar(length=60, null=False)
    at = Timestamptz(null=False)


class Lot(Table, tablename="lot"):
    """A lot: one grade, one district, filled with purchases."""

    id = BigSerial(primary_key=True)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    fy = Integer(null=False)
    no = BigInt(null=False)
    number = Varchar(length=24, null=False)
    own_no = Varchar(length=24, null=False)
    grade_code = ForeignKey(Grade, on_delete=OnDelete.restrict, null=False)
    district_lgd = Integer(null=False)
    made_at = Timestamptz(null=False)
    posted_at = Timestamptz(null=False)
    made_by = Varchar(length=80, null=False)
    stock_grams = BigInt(null=False)
    sorted_out_grams = BigInt(null=False)
    first_weighed_at = Timestamptz(null=False)
    last_weighed_at = Timestamptz(null=False)


class LotPurchase(Table, tablename="lot_purchase"):
    """A purchase that stands in a lot, once for ever."""

    cooperative_id = BigInt(primary_key=True, null=False)
    fy = Integer(null=False)
    weighing_no = BigInt(null=False)
    lot_fy = Integer(null=False)
    lot_no = BigInt(null=False)
    grams = BigInt(null=False)
    paise = BigInt(null=False)


class LotDeparture(Table, tablename="lot_departure"):
    """A purchase that was taken back and left its lot."""

    cooperative_id = BigInt(primary_key=True, null=False)
    fy = Integer(null=False)
    weighing_no = BigInt(null=False)
    lot_fy = Integer(null=False)
    lot_no = BigInt(null=False)
    at = Timestamptz(null=False)


class LotMovement(Table, tablename="lot_movement"):
    """What moved a lot's stock; signed as the stock sees it."""

    id = BigSerial(primary_key=True)
    cooperative_id = BigInt(null=False)
    lot_fy = Integer(null=False)
    lot_no = BigInt(null=False)
    kind = Varchar(length=12, null=False)
    grams = BigInt(null=False)
    cost_paise = BigInt(null=False)
    happened_at = Timestamptz(null=False)
    posted_at = Timestamptz(null=False)
    fy = Integer(null=False)
    journal_no = BigInt(null=True, default=None)
    sale_fy = Integer(null=True, default=None)
    sale_no = BigInt(null=True, default=None)
    reason = Varchar(length=200, null=False)
    about_no = Varchar(length=40, null=False)
    actor = Varchar(length=80, null=False)


class LotBalance(Table, tablename="lot_balance"):
    """What a lot holds, kept by the database itself."""

    cooperative_id = BigInt(primary_key=True, null=False)
    lot_fy = Integer(null=False)
    lot_no = BigInt(null=False)
    purchase_count = Integer(null=False)
    purchases_root = Bytea(null=False)
    bought_grams = BigInt(null=False)
    bought_paise = BigInt(null=False)
    stock_grams = BigInt(null=False)
    stock_paise = BigInt(null=False)
    sold_grams = BigInt(null=False)
    sold_paise = BigInt(null=False)
    lost_grams = BigInt(null=False)
    lost_paise = BigInt(null=False)
    seized_grams = BigInt(null=False)
    seized_paise = BigInt(null=False)


class Sale(Table, tablename="sale"):
    """A sale of a lot to a buyer, with its tax."""

    id = BigSerial(primary_key=True)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    fy = Integer(null=False)
    no = BigInt(null=False)
    number = Varchar(length=24, null=False)
    own_no = Varchar(length=24, null=False)
    lot_fy = Integer(null=False)
    lot_no = BigInt(null=False)
    grade_code = ForeignKey(Grade, on_delete=OnDelete.restrict, null=False)
    buyer_id = ForeignKey(Buyer, on_delete=OnDelete.restrict, null=False)
    buyer_version_id = ForeignKey(Buyer, on_delete=OnDelete.restrict, null=False)
    buyer_code = Varchar(length=12, null=False)
    price_line_id = ForeignKey(PriceNoticeLine, on_delete=OnDelete.restrict, null=False)
    quantity_grams = BigInt(null=False)
    rate_paise = BigInt(null=False)
    floor_paise = BigInt(null=False)
    amount_paise = BigInt(null=False)
    own_gstin = Varchar(length=15, null=False)
    party = Varchar(length=15, null=False)
    place_of_supply = Varchar(length=2, null=False)
    supply = Varchar(length=7, null=False)
    tax_rate = Integer(null=False)
    cgst_paise = BigInt(null=False)
    sgst_paise = BigInt(null=False)
    igst_paise = BigInt(null=False)
    round_off_paise = BigInt(null=False)
    total_paise = BigInt(null=False)
    premium_rate_paise = BigInt(null=False)
    premium_paise = BigInt(null=False)
    cost_paise = BigInt(null=False)
    journal_no = BigInt(null=False)
    sold_at = Timestamptz(null=False)
    sold_day = Date(null=False)
    posted_at = Timestamptz(null=False)
    sold_by = Varchar(length=80, null=False)


class SaleChallan(Table, tablename="sale_challan"):
    """An e-challan for a sale; the last one holds."""

    id = BigSerial(primary_key=True)
    cooperative_id = BigInt(null=False)
    sale_fy = Integer(null=False)
    sale_no = BigInt(null=False)
    challan_no = Varchar(length=40, null=False)
    vehicle_no = Varchar(length=20, null=False)
    quantity_grams = BigInt(null=False)
    valid_from = Timestamptz(null=False)
    valid_to = Timestamptz(null=False)
    delivery_state = Varchar(length=2, null=False)
    eway_no = Varchar(length=20, null=False)
    recorded_at = Timestamptz(null=False)
    recorded_by = Varchar(length=80, null=False)


class GateOut(Table, tablename="gate_out"):
    """The goods of a sale left the gate."""

    cooperative_id = BigInt(primary_key=True, null=False)
    sale_fy = Integer(null=False)
    sale_no = BigInt(null=False)
    challan_id = ForeignKey(SaleChallan, on_delete=OnDelete.restrict, null=False)
    vehicle_no = Varchar(length=20, null=False)
    loaded_grams = BigInt(null=False)
    left_at = Timestamptz(null=False)
    fy = Integer(null=False)
    journal_no = BigInt(null=False)
    posted_at = Timestamptz(null=False)
    recorded_by = Varchar(length=80, null=False)


class SaleNoteRequest(Table, tablename="sale_note_request"):
    """Somebody asked to take a sale back or to put its weight right."""

    id = BigSerial(primary_key=True)
    cooperative_id = BigInt(null=False)
    sale_fy = Integer(null=False)
    sale_no = BigInt(null=False)
    kind = Varchar(length=8, null=False)
    grams = BigInt(null=False)
    reason = Varchar(length=200, null=False)
    asked_at = Timestamptz(null=False)
    asked_by = Varchar(length=80, null=False)


class WeighbridgeReading(Table, tablename="weighbridge_reading"):
    """What the buyer's weighbridge found."""

    cooperative_id = BigInt(primary_key=True, null=False)
    sale_fy = Integer(null=False)
    sale_no = BigInt(null=False)
    slip_no = Varchar(length=40, null=False)
    buyer_grams = BigInt(null=False)
    within_tolerance = Boolean(null=False)
    request_id = ForeignKey(SaleNoteRequest, on_delete=OnDelete.restrict, null=True, default=None)
    read_at = Timestamptz(null=False)
    recorded_at = Timestamptz(null=False)
    recorded_by = Varchar(length=80, null=False)


class SaleNoteDecision(Table, tablename="sale_note_decision"):
    """What another person decided on a request."""

    request_id = BigInt(primary_key=True, null=False)
    cooperative_id = ForeignKey(Cooperative, on_delete=OnDelete.restrict, null=False)
    confirmed = Boolean(null=False)
    asked_by = Varchar(length=80, null=False)
    decided_by = Varchar(length=80, null=False)
    decided_at = Timestamptz(null=False)


class SaleNote(Table, tablename="sale_note"):
    """A credit or debit note on a sale."""

    cooperative_id = BigInt(primary_key=True, null=False)
    fy = Integer(null=False)
    series = Varchar(length=1, null=False)
    no = BigInt(null=False)
    number = Varchar(length=24, null=False)
    request_id = ForeignKey(SaleNoteDecision, on_delete=OnDelete.restrict, null=False)
    sale_fy = Integer(null=False)
    sale_no = BigInt(null=False)
    kind = Varchar(length=8, null=False)
    grams = BigInt(null=False)
    amount_paise = BigInt(null=False)
    cgst_paise = BigInt(null=False)
    sgst_paise = BigInt(null=False)
    igst_paise = BigInt(null=False)
    round_off_paise = BigInt(null=False)
    total_paise = BigInt(null=False)
    premium_paise = BigInt(null=False)
    receipt_no = BigInt(null=True, default=None)
    journal_no = BigInt(null=False)
    issued_at = Timestamptz(null=False)
    issued_by = Varchar(length=80, null=False)

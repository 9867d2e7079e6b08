"""What the pages of lots and sales are drawn with in tests: everything invented."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from coop.sales.queries.lots import LotKey
from coop.sales.queries.papers import NoteShown, SaleLine, SalePaper
from coop.sales.queries.preview import BuyerChoice
from coop.sales.queries.sales import PendingNote, SaleState
from coop.sales.queries.shown import LotMove, LotShown, SiteShare
from coop.sales.queries.terms import NAMES, Setting
from coop.sales.rules.balance import Balance, Heap
from coop.sales.rules.dispatch import Challan
from coop.sales.rules.notes import Sold
from coop.sales.rules.offer import Offer
from coop.sales.rules.tax import Supply, tax_on
from tests.house.trade_samples import COOPERATIVE, NOON

NUMBER, SALE_NO = "KDM01-26-L00012", "KDM01-26-B00031"
MIXED = ("मिश्रित रंग", "Mixed colour")
BALANCE = Balance(
    Heap(1302150, 1500000),
    Heap(20450, 23000),
    Heap(1279000, 1473000),
    Heap(2700, 4000),
    Heap(0, 0),
)
KINDS = [
    "filled",
    "sorted",
    "shrunk",
    "loss_undone",
    "sold",
    "returned",
    "seized",
    "released",
    "left",
]
LOT = LotShown(
    cooperative_id=1,
    cooperative_code="KDM01",
    coop_name_hi=COOPERATIVE.name_hi,
    coop_name_en=COOPERATIVE.name_en,
    state_lgd=20,
    key=LotKey(2627, 12, NUMBER, 3),
    own_no="KDM-014",
    name_hi=MIXED[0],
    name_en=MIXED[1],
    hsn="25253010",
    district_lgd=334,
    made_at=NOON,
    made_grams=1299450,
    sorted_out_grams=2700,
    first_weighed_at=NOON,
    last_weighed_at=NOON,
    purchase_count=84,
    balance=BALANCE,
    sites=(SiteShare("लालखदान 1", 84, 1302150),),
    moves=tuple(
        LotMove(kind, 1279000, NOON, "", "27/2026", SALE_NO if kind == "sold" else None)
        for kind in KINDS
    ),
)
SEIZED = replace(LOT, balance=replace(BALANCE, stock=Heap(), seized=Heap(20450, 23000)))
LINES = tuple(
    SaleLine(7, SALE_NO, "B03", "Namuna", 3, NOON, 1279000, 1500, 1918500, 2014400, kind)
    for kind in ("reserved", "gone", "held", "reversed")
)
SETTINGS = {
    name: Setting(
        name,
        Decimal("10000000.0000") if name[:4] in ("eway", "cash") else Decimal("2.0000"),
        "paise" if name[:4] in ("eway", "cash") else "per cent",
        date(2018, 9, 28),
        "66/2018",
        name != "loss_tolerance",
    )
    for name in NAMES
}
TAX = tax_on(1918500, 500, Supply.WITHIN)
PAPER = SalePaper(
    cooperative_id=1,
    code="KDM01",
    coop_name_hi=COOPERATIVE.name_hi,
    coop_name_en=COOPERATIVE.name_en,
    block="डोमचांच",
    state_lgd=20,
    number=SALE_NO,
    own_no="SL-001",
    lot=NUMBER,
    purchase_count=84,
    first_weighed_at=NOON,
    last_weighed_at=NOON,
    grade_code=3,
    name_hi=MIXED[0],
    name_en=MIXED[1],
    hsn="25253010",
    buyer_code="B03",
    buyer="Namuna",
    buyer_town="डोमचांच",
    dealer_licence_no="511663",
    licence_to=NOON.date(),
    grams=1279000,
    rate_paise=1500,
    floor_paise=1325,
    amount_paise=1918500,
    own_gstin="20ZZCKD0001A1Z0",
    party="20ZZMFV4598A1Z2",
    place_of_supply="20",
    supply="within",
    tax_rate=500,
    cgst_paise=TAX.cgst_paise,
    sgst_paise=TAX.sgst_paise,
    igst_paise=0,
    round_off_paise=TAX.round_off_paise,
    total_paise=TAX.total_paise,
    premium_paise=63950,
    sold_at=NOON,
    posted_at=NOON,
    signed=b"",
    status=0,
    loaded_grams=1279000,
    buyer_grams=1270000,
    within_tolerance=True,
)
BILL = replace(
    PAPER, supply="bill", own_gstin="", party="URP", cgst_paise=0, sgst_paise=0, round_off_paise=0,
    total_paise=1918500, status=1, own_no="", licence_to=None, buyer_grams=None, loaded_grams=None,
)  # fmt: skip
ACROSS = replace(
    PAPER, supply="between", cgst_paise=0, sgst_paise=0, igst_paise=95925, round_off_paise=-25,
    total_paise=2014400, status=2, place_of_supply="19",
)  # fmt: skip
NOTE = NoteShown(
    "KDM01-26-C00002", "reversal", SALE_NO, NOON, 1279000, 1918500, 47963, 47963, 0, -26, 2014400, 63950, "27/2026", b"x",
)  # fmt: skip
CHALLAN = Challan("7781", "12", 1279000, NOON, NOON, "20", "123456789012")
PENDING = PendingNote(3, "reversal", 1279000, "27/2026", NOON, "user:4")
STANDS = SaleState(
    fy=2627,
    no=31,
    number=SALE_NO,
    lot=LOT.key,
    buyer_id=3,
    buyer_code="B03",
    place_of_supply="20",
    sold=Sold(1279000, 1500, 1918500, TAX, 63950, 50),
    cost=Heap(1279000, 1473000),
    cti=b"",
    sidx=1,
    challan_id=None,
    challan=None,
    left_at=None,
    read=False,
    reversed=False,
    noted=False,
    pending=None,
)
BUYERS = (BuyerChoice("B03", "Namuna", "डोमचांच", NOON.date()),)
OFFER = Offer(NUMBER, "B03", 1279000, 1500, NOON)
OPERATION = "b0d2f9de-0000-4000-8000-000000000000"

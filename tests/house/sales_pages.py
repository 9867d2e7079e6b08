"""The pages of lots and sales with what they are drawn with, also empty and with errors."""

from dataclasses import replace
from types import SimpleNamespace as Thing

from coop.kernel.web.form import FieldProblem, Form
from coop.kernel.words import say
from coop.sales.queries.papers import SaleSums
from coop.sales.queries.preview import Preview
from coop.sales.queries.shown import GradeStock, LotLine
from coop.sales.rules.states import STATES, district, state
from coop.sales.rules.tax import Supply, tax_on
from tests.house.sales_samples import (
    ACROSS,
    BILL,
    BUYERS,
    CHALLAN,
    LINES,
    LOT,
    MIXED,
    NOTE,
    NUMBER,
    OFFER,
    OPERATION,
    PAPER,
    PENDING,
    SEIZED,
    SETTINGS,
    STANDS,
    TAX,
)
from tests.house.trade_samples import COOPERATIVE, GRADES, NOON, QR


def _wrong(*names: str) -> Form:
    problems = tuple(FieldProblem(name, say("This was refused")) for name in names)
    return Form(dict.fromkeys(names, "1"), problems)


_LOTS: dict[str, object] = {
    "stock": tuple(
        GradeStock(one.code, one.name_hi, one.name_en, 1284350, 20450, 1279000, one.code * 1000)
        for one in GRADES
    ),
    "lots": tuple(
        LotLine(5, NUMBER, "KDM-014", 3, *MIXED, NOON, 1299450, left, seized, 84)
        for left, seized in ((1299450, 0), (20450, 0), (0, 0), (20450, 700))
    ),
    "next_path": "/lots?before=5",
    "may_make": True,
    "cooperative": COOPERATIVE,
}
_LOT: dict[str, object] = {
    "lot": LOT,
    "district": district(334),
    "floor_paise": 1325,
    "sales": LINES,
    "more_sales": True,
    "settings": SETTINGS,
    "may_make": True,
    "may_sell": True,
    "form": Form({"loss_kind": "shrunk"}),
    "operation_id": OPERATION,
}
_NEW: dict[str, object] = {
    "lot": LOT,
    "district": district(334),
    "floor_paise": 1325,
    "buyers": BUYERS,
    "buyer_options": (("B03", "B03 Namuna"),),
    "states": tuple(STATES.values()),
    "own_gstin": "",
    "form": Form(),
    "operation_id": OPERATION,
}
_CHECK: dict[str, object] = {
    "lot": LOT,
    "offer": OFFER,
    "buyer": BUYERS[0],
    "preview": Preview(1918500, 1325, 63950, "20", TAX, True, False),
    "place": state("20"),
    "typed": (("buyer_code", "B03"), ("quantity_kg", "1279")),
    "settings": SETTINGS,
    "operation_id": OPERATION,
}
_BOOK: dict[str, object] = {
    "sales": LINES,
    "sums": SaleSums(4, 1279000, 1918500, 95926, 2014400, 63950),
    "next_path": "/sales?before=7",
    "grades": GRADES,
    "form": Form({"grade": "3"}),
}
_SALE: dict[str, object] = {
    "sale": PAPER,
    "stands": STANDS,
    "place": state("20"),
    "qr_svg": QR,
    "verify_path": "/R/ABCD234",
    "settings": SETTINGS,
    "may_sell": True,
    "may_confirm": True,
    "may_dispatch": True,
    "asked_it_myself": False,
    "form": Form({"challan_kg": "1279.000"}),
    "operation_id": OPERATION,
}
_PAPER: dict[str, object] = {
    "sale": PAPER,
    "place": state("20"),
    "qr_svg": QR,
    "verify_path": "/R/ABCD234",
}
_TAX: dict[str, object] = {
    "cooperative": COOPERATIVE,
    "gstin": "20ZZCKD0001A1Z0",
    "settings": tuple(SETTINGS.values()),
    "may_change": True,
    "form": Form(),
    "operation_id": OPERATION,
}
_GATE = replace(STANDS, challan=CHALLAN, challan_id=1)
_FREE = ((GRADES[2], district(334), Thing(grams=1284350, purchase_count=87)),)
_LOT_NEW: dict[str, object] = {
    "form": Form(),
    "free": _FREE,
    "grades": GRADES,
    "districts": (district(334),),
    "operation_id": OPERATION,
}

SALES_SAMPLES: dict[str, tuple[str, dict[str, object], bool]] = {
    "lots": ("sales/lots.html", _LOTS, True),
    "lots-none": (
        "sales/lots.html",
        {**_LOTS, "stock": (), "lots": (), "cooperative": None, "may_make": False},
        True,
    ),
    "lots-stock": ("sales/lots.html", {**_LOTS, "lots": ()}, True),
    "lot-new": ("sales/lot_new.html", _LOT_NEW, True),
    "lot-new-wrong": ("sales/lot_new.html", {**_LOT_NEW, "form": _wrong("stock_kg")}, True),
    "lot-new-none": ("sales/lot_new.html", {**_LOT_NEW, "free": ()}, True),
    "lot": ("sales/lot.html", _LOT, True),
    "lot-seized": (
        "sales/lot.html",
        {**_LOT, "lot": SEIZED, "floor_paise": None, "form": _wrong("released_kg", "fir_no")},
        True,
    ),
    "lot-read": (
        "sales/lot.html",
        {**_LOT, "may_make": False, "may_sell": False, "sales": ()},
        True,
    ),
    "lot-tag": ("sales/lot_tag.html", {"lot": LOT, "district": district(334)}, True),
    "sale-new": ("sales/sale_new.html", _NEW, True),
    "sale-new-wrong": (
        "sales/sale_new.html",
        {**_NEW, "form": _wrong("quantity_kg", "buyer_code"), "floor_paise": None},
        True,
    ),
    "sale-new-none": ("sales/sale_new.html", {**_NEW, "buyers": ()}, True),
    "sale-check": ("sales/sale_check.html", _CHECK, True),
    "sale-check-across": (
        "sales/sale_check.html",
        {
            **_CHECK,
            "preview": Preview(
                1918500, 1325, 63950, "19", tax_on(1918500, 500, Supply.BETWEEN), False, True
            ),
            "buyer": None,
        },
        True,
    ),
    "sales": ("sales/sales.html", _BOOK, True),
    "sales-none": ("sales/sales.html", {**_BOOK, "sales": (), "next_path": None}, True),
    "sale": ("sales/sale.html", _SALE, True),
    "sale-gate": (
        "sales/sale.html",
        {**_SALE, "stands": _GATE, "form": _wrong("vehicle_no", "reason")},
        True,
    ),
    "sale-gone": ("sales/sale.html", {**_SALE, "stands": replace(_GATE, left_at=NOON)}, True),
    "sale-held": ("sales/sale.html", {**_SALE, "stands": replace(_GATE, pending=PENDING)}, True),
    "sale-asked": (
        "sales/sale.html",
        {**_SALE, "stands": replace(_GATE, pending=PENDING), "asked_it_myself": True},
        True,
    ),
    "sale-reversed": (
        "sales/sale.html",
        {
            **_SALE,
            "sale": replace(BILL, notes=(NOTE,)),
            "stands": replace(_GATE, reversed=True, noted=True),
            "may_dispatch": False,
        },
        True,
    ),
    "invoice": ("sales/invoice.html", {**_PAPER, "challan": CHALLAN}, True),
    "invoice-bill": ("sales/invoice.html", {**_PAPER, "sale": BILL, "challan": None}, True),
    "invoice-across": (
        "sales/invoice.html",
        {**_PAPER, "sale": ACROSS, "place": state("19"), "challan": None},
        True,
    ),
    "note": ("sales/note.html", {**_PAPER, "note": NOTE, "note_qr": QR}, True),
    "note-debit": (
        "sales/note.html",
        {**_PAPER, "note": replace(NOTE, kind="debit", signed=None), "note_qr": None},
        True,
    ),
    "sales-settings": ("sales/settings.html", _TAX, True),
    "sales-settings-none": (
        "sales/settings.html",
        {**_TAX, "cooperative": None, "gstin": "", "may_change": False},
        True,
    ),
}

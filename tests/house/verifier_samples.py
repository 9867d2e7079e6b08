"""The verifier for flight mode, the page of keys, and where goods come from: as drawn in tests."""

from datetime import timedelta
from types import SimpleNamespace as Thing

from coop.buyers.rules.pack import Paper, Surroundings, pack_of
from coop.buyers.rules.pedigree import Pedigree
from coop.kernel.web.form import Form
from coop.kernel.words import say
from coop.receipts.controllers.offline import Root
from tests.house.trade_samples import NOON

_NAMED = Thing(code="KDM01", name_hi="नमूना समिति", name_en="Namuna cooperative")
_GRADE = Thing(code="3", name_hi="मिश्रित रंग", name_en="Mixed colour")
_ROOT = Root("12" * 32, "12" * 8)
PEDIGREE = Pedigree(
    coop_code="KDM01", coop_hi="नमूना समिति", coop_en="Namuna cooperative", receipt_no="KDM01-26-B00031",
    lot_number="KDM01-26-L00007", grade_code=3, grade_hi="मिश्रित रंग", grade_en="Mixed colour", district_lgd=334,
    made_at=NOON, sold_at=NOON, quantity_grams=1_279_000, rate_paise=1500, buyer_floor_paise=1400,
    premium_rate_paise=50, premium_paise=63_950, purchase_count=41, first_weighed_at=NOON - timedelta(days=40),
    last_weighed_at=NOON - timedelta(days=3), bought_grams=1_300_000, stock_grams=0, sold_grams=1_279_000,
    lost_grams=21_000, seized_grams=0, paid_paise=1_527_500, paid_lowest=1150, paid_highest=1200,
    floor_lowest=1150, floor_highest=1175, below_floor=0, site_count=3, sites_allowed=2, taken_back=False,
    gate_passed_at=NOON, challan=True,
)  # fmt: skip
EMPTIED = Pedigree(**{
    **{name: getattr(PEDIGREE, name) for name in Pedigree.__dataclass_fields__},
    "purchase_count": 0, "first_weighed_at": None, "last_weighed_at": None, "bought_grams": 0, "sold_grams": 5,
    "paid_lowest": None, "paid_highest": None, "floor_lowest": None, "floor_highest": None, "below_floor": 0,
    "taken_back": True, "gate_passed_at": None,
})  # fmt: skip


def _surroundings(verdict: str, **known: object) -> Surroundings:
    nothing: dict[str, object] = {
        "cooperative": "KDM01", "grade": "3", "district": "334", "witnesses": 0, "licence": Paper.MISSING,
        "undertaking": Paper.LISTED, "feedback": False, "coverage": None,
    }  # fmt: skip
    return Surroundings(verdict=verdict, **{**nothing, **known})  # type: ignore[arg-type]  # a sample's


def _of(one: Pedigree, known: Surroundings) -> dict[str, object]:
    return {
        "buyer": Thing(code="B17", name="नमूना"),
        "cti": "0a" * 10,
        "one": one,
        "line": Thing(verdict="GENUINE_CURRENT"),
        "text": "HTTPS://R/R/ABCD",
        "district": _NAMED,
        "steps": pack_of(one, known),
    }


_FULL = _of(
    PEDIGREE,
    _surroundings("KDM01", witnesses=2, licence=Paper.SEEN, feedback=True, coverage=say("Later")),
)
_EMPTY = _of(EMPTIED, _surroundings("R"))
VERIFIER_SAMPLES: dict[str, tuple[str, dict[str, object], bool]] = {
    "offline": (
        "receipts/offline.html",
        {
            "form": Form(),
            "host": "R",
            "roots": (_ROOT,),
            "grades": (_GRADE,),
            "cooperatives": (_NAMED,),
        },
        False,
    ),
    "keys": (
        "receipts/keys.html",
        {
            "roots": (_ROOT,),
            "in_force": True,
            "ends_soon": False,
            "expires_at": NOON,
            "key_count": 5,
            "command": "KDM01",
        },
        False,
    ),
    "keys-empty": (
        "receipts/keys.html",
        {
            "roots": (),
            "in_force": False,
            "ends_soon": True,
            "expires_at": None,
            "key_count": 0,
            "command": "KDM01",
        },
        False,
    ),
    "pedigree": ("buyers/pedigree.html", _FULL, True),
    "pedigree-empty": ("buyers/pedigree.html", _EMPTY, True),
    "pack": ("buyers/pack.html", _FULL, True),
    "pack-empty": ("buyers/pack.html", _EMPTY, True),
}

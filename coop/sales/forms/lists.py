"""Rows of lots.csv and sales.csv as values: kilograms become grams, rupees paise."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from coop.cooperatives.forms import COOPERATIVE_CODE, Cells, Parsed

LOT_COLUMNS = ("lot_no", "cooperative", "grade_code", "district_lgd", "made_at", "stock_kg")
SALE_COLUMNS = (
    "sale_no",
    "cooperative",
    "lot_no",
    "grade_code",
    "buyer_code",
    "quantity_kg",
    "rate_rupees_per_kg",
    "sold_at",
)
MOST_GRAMS = 10**12
MOST_RATE = 10**9
OWN_NO = "[A-Z0-9][A-Z0-9/-]{0,23}"
_BUYER = "[A-Z0-9][A-Z0-9-]{0,11}"


@dataclass(frozen=True, slots=True)
class LotRow:
    """A lot of a list, by its number there."""

    own_no: str
    cooperative: str
    grade_code: int
    district_lgd: int
    made_at: datetime
    stock_grams: int


@dataclass(frozen=True, slots=True)
class SaleRow:
    """A sale of a list, by its number there; ``lot_no`` is the list's own or a public number."""

    own_no: str
    cooperative: str
    lot_no: str
    grade_code: int
    buyer_code: str
    grams: int
    rate_paise: int
    sold_at: datetime


def lot_from_row(row: Mapping[str, str]) -> Parsed[LotRow]:
    """Read a row of lots.csv; each problem names its column."""
    cells = Cells(row)
    lot = LotRow(
        own_no=cells.pattern("lot_no", OWN_NO, "L-KDM-001"),
        cooperative=cells.pattern("cooperative", COOPERATIVE_CODE, "KDM01"),
        grade_code=cells.whole("grade_code", 1),
        district_lgd=cells.whole("district_lgd", 1, 999_999),
        made_at=cells.instant("made_at"),
        stock_grams=cells.scaled("stock_kg", 3, -MOST_GRAMS, MOST_GRAMS),
    )
    return cells.finish(lot)


def sale_from_row(row: Mapping[str, str]) -> Parsed[SaleRow]:
    """Read a row of sales.csv; each problem names its column. What numbers mean is the rules'."""
    cells = Cells(row)
    sale = SaleRow(
        own_no=cells.pattern("sale_no", OWN_NO, "SL-001"),
        cooperative=cells.pattern("cooperative", COOPERATIVE_CODE, "KDM01"),
        lot_no=cells.pattern("lot_no", OWN_NO, "L-KDM-001", problem="unknown_lot"),
        grade_code=cells.whole("grade_code", 1),
        buyer_code=cells.pattern("buyer_code", _BUYER, "B01", problem="unknown_buyer"),
        grams=cells.scaled("quantity_kg", 3, -MOST_GRAMS, MOST_GRAMS),
        rate_paise=cells.scaled("rate_rupees_per_kg", 2, -MOST_RATE, MOST_RATE),
        sold_at=cells.instant("sold_at"),
    )
    return cells.finish(sale)

"""Where a sale's goods come from, in sums: no member, no weighing's number, no coordinates."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Pedigree:
    """What stands behind a sale's receipt. Weights in grams, rates and sums in paise.

    ``paid_*`` and ``floor_*`` are rates a kilogram: the lowest and highest that members were paid,
    and the floors in force at those seconds. None where no purchase stands in the lot any more.
    """

    coop_code: str
    coop_hi: str
    coop_en: str
    receipt_no: str
    lot_number: str
    grade_code: int
    grade_hi: str
    grade_en: str
    district_lgd: int
    made_at: datetime
    sold_at: datetime
    quantity_grams: int
    rate_paise: int
    buyer_floor_paise: int
    premium_rate_paise: int
    premium_paise: int
    purchase_count: int
    first_weighed_at: datetime | None
    last_weighed_at: datetime | None
    bought_grams: int
    stock_grams: int
    sold_grams: int
    lost_grams: int
    seized_grams: int
    paid_paise: int
    paid_lowest: int | None
    paid_highest: int | None
    floor_lowest: int | None
    floor_highest: int | None
    below_floor: int
    site_count: int
    sites_allowed: int
    taken_back: bool
    gate_passed_at: datetime | None
    challan: bool

    @property
    def closes(self) -> bool:
        """Whether what was bought is what is in stock, sold, lost and seized, to the gram."""
        return self.bought_grams == (
            self.stock_grams + self.sold_grams + self.lost_grams + self.seized_grams
        )

    @property
    def paid_average(self) -> int | None:
        """What members were paid a kilogram on average, in paise, rounded half up."""
        if self.bought_grams == 0:
            return None
        return (self.paid_paise * 1000 + self.bought_grams // 2) // self.bought_grams

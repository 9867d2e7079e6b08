"""Lots and sales that came by a list, by their numbers there."""

from dataclasses import dataclass
from datetime import datetime

from coop.kernel.db import Transaction


@dataclass(frozen=True, slots=True)
class ListedLot:
    """A lot as its list said it, with the number it got."""

    number: str
    grade_code: int
    district_lgd: int
    made_at: datetime
    stock_grams: int


@dataclass(frozen=True, slots=True)
class ListedSale:
    """A sale as its list said it; ``lot`` is the lot's public number, paise before tax."""

    number: str
    lot: str
    grade_code: int
    buyer_code: str
    grams: int
    rate_paise: int
    sold_at: datetime
    amount_paise: int


async def listed_lots(tx: Transaction) -> dict[tuple[int, str], ListedLot]:
    """By cooperative's row id and own number, within reach."""
    rows = await tx.fetch(
        "SELECT cooperative_id, own_no, number, grade_code, district_lgd, made_at, stock_grams FROM lot WHERE own_no <> ''"
    )
    return {(r["cooperative_id"], r["own_no"]): ListedLot(*list(r.values())[2:]) for r in rows}


async def listed_sales(tx: Transaction) -> dict[tuple[int, str], ListedSale]:
    """By cooperative's row id and own number, within reach."""
    rows = await tx.fetch(
        """SELECT s.cooperative_id, s.own_no, s.number, l.number AS lot, s.grade_code, s.buyer_code, s.quantity_grams, s.rate_paise,
                  s.sold_at, s.amount_paise
           FROM sale s JOIN lot l ON (l.cooperative_id, l.fy, l.no) = (s.cooperative_id, s.lot_fy, s.lot_no) WHERE s.own_no <> ''"""
    )
    return {(r["cooperative_id"], r["own_no"]): ListedSale(*list(r.values())[2:]) for r in rows}

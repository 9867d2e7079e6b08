"""Lots as they stand: what they hold, what became of it, what stands in them."""

from dataclasses import dataclass

from asyncpg import Record

from coop.kernel.db import Transaction
from coop.sales.rules.balance import Balance, Heap

_BALANCE = """b.bought_grams, b.bought_paise, b.stock_grams, b.stock_paise, b.sold_grams, b.sold_paise, b.lost_grams, b.lost_paise,
       b.seized_grams, b.seized_paise"""


@dataclass(frozen=True, slots=True)
class LotKey:
    """A lot's number in the books and in public, and its grade."""

    fy: int
    no: int
    number: str
    grade_code: int


@dataclass(frozen=True, slots=True)
class LotStock:
    """A lot and its balance, as an act on it must know them."""

    key: LotKey
    sorted_out_grams: int
    balance: Balance


def balance_of(row: Record) -> Balance:
    """The kept balance of a row that carries its ten columns."""
    return Balance(
        *(
            Heap(row[f"{name}_grams"], row[f"{name}_paise"])
            for name in ("bought", "stock", "sold", "lost", "seized")
        )
    )


async def lot_stock(tx: Transaction, cooperative_id: int, number: str) -> LotStock | None:
    """A cooperative's lot by its public number; None where it has none."""
    row = await tx.fetchrow(
        f"""SELECT l.fy, l.no, l.number, l.grade_code, l.sorted_out_grams, {_BALANCE}
            FROM lot l JOIN lot_balance b ON (b.cooperative_id, b.lot_fy, b.lot_no) = (l.cooperative_id, l.fy, l.no)
            WHERE l.cooperative_id = $1 AND l.number = $2""",  # noqa: S608  (columns of ours)
        cooperative_id,
        number,
    )
    if row is None:
        return None
    key = LotKey(row["fy"], row["no"], row["number"], row["grade_code"])
    return LotStock(key, row["sorted_out_grams"], balance_of(row))

"""Lots and sales of a list, made and recorded as they would be on the pages."""

from collections.abc import Mapping
from dataclasses import dataclass

from coop.audit.operations import lock_head
from coop.cooperatives import queries as cooperatives_queries
from coop.importing.task import ImportTask
from coop.kernel.db import Transaction
from coop.kernel.refusal import Refusal, Refused
from coop.kernel.rows import Outcome, RowOutcome, refused
from coop.kernel.words import say
from coop.sales.forms.lists import (
    LOT_COLUMNS,
    SALE_COLUMNS,
    LotRow,
    SaleRow,
    lot_from_row,
    sale_from_row,
)
from coop.sales.operations.keeping import Seller
from coop.sales.operations.lots import make_lot
from coop.sales.operations.sell import SaleMade, record_sale
from coop.sales.queries.listed import ListedLot, ListedSale, listed_lots, listed_sales
from coop.sales.rules.filling import LotPlan
from coop.sales.rules.offer import Offer

COLUMNS: Mapping[str, tuple[str, ...]] = {"lots": LOT_COLUMNS, "sales": SALE_COLUMNS}


@dataclass(frozen=True, slots=True)
class _Row:
    """A row that was read, and whose it is."""

    number: int
    row_id: str
    seller: Seller


async def lots(tx: Transaction, task: ImportTask) -> list[RowOutcome]:
    """Lots in the file's order; each is filled with what is free in that moment."""
    sellers = await _sellers(tx, task)
    known = await listed_lots(tx)
    seen: set[tuple[int, str]] = set()
    outcomes = []
    for number, cells in enumerate(task.rows, 1):
        parsed = lot_from_row(cells)
        why = task.elsewhere(cells["cooperative"].strip()) or parsed.problems
        seller = sellers.get(parsed.value.cooperative) if parsed.value else None
        if why or parsed.value is None or seller is None:
            outcomes.append(refused(number, cells["lot_no"].strip(), why or _nobody(parsed.value)))
            continue
        row = _Row(number, parsed.value.own_no, seller)
        outcomes.append(await _lot(tx, task, row, parsed.value, known, seen))
    return outcomes


async def _lot(
    tx: Transaction,
    task: ImportTask,
    row: _Row,
    value: LotRow,
    known: dict[tuple[int, str], ListedLot],
    seen: set[tuple[int, str]],
) -> RowOutcome:
    key = (row.seller.cooperative_id, value.own_no)
    said = (value.grade_code, value.district_lgd, value.made_at, value.stock_grams)
    if key in known:
        one = known[key]
        same = said == (one.grade_code, one.district_lgd, one.made_at, one.stock_grams)
        return _again(row, same=same, here=key in seen)
    plan = LotPlan(*said, own_no=value.own_no)
    try:
        made = await make_lot(tx, row.seller, plan, judged_at=task.judged_at)
    except Refused as why:
        return refused(row.number, row.row_id, why.refusals)
    known[key] = ListedLot(made, *said)
    seen.add(key)
    return RowOutcome(row.number, row.row_id, Outcome.ACCEPTED)


async def sales(tx: Transaction, task: ImportTask) -> list[RowOutcome]:
    """Sales in the file's order; only those that are accepted draw on their lot."""
    sellers = await _sellers(tx, task)
    books = _Books(await listed_lots(tx), await listed_sales(tx), set())
    outcomes = []
    for number, cells in enumerate(task.rows, 1):
        parsed = sale_from_row(cells)
        why = task.elsewhere(cells["cooperative"].strip()) or parsed.problems
        seller = sellers.get(parsed.value.cooperative) if parsed.value else None
        if why or parsed.value is None or seller is None:
            outcomes.append(refused(number, cells["sale_no"].strip(), why or _nobody(parsed.value)))
            continue
        row = _Row(number, parsed.value.own_no, seller)
        outcomes.append(await _sale(tx, task, row, parsed.value, books))
    return outcomes


@dataclass(frozen=True, slots=True)
class _Books:
    lots: Mapping[tuple[int, str], ListedLot]
    known: dict[tuple[int, str], ListedSale]
    seen: set[tuple[int, str]]


async def _sale(
    tx: Transaction, task: ImportTask, row: _Row, value: SaleRow, books: _Books
) -> RowOutcome:
    key = (row.seller.cooperative_id, value.own_no)
    lot = books.lots.get((row.seller.cooperative_id, value.lot_no))
    offer = Offer(
        lot.number if lot else value.lot_no,
        value.buyer_code,
        value.grams,
        value.rate_paise,
        value.sold_at,
        value.grade_code,
        own_no=value.own_no,
    )
    if key in books.known:
        one = books.known[key]
        return _again(row, same=_says_the_same(one, offer), here=key in books.seen, sums=one)
    try:
        made = await record_sale(tx, row.seller, offer, judged_at=task.judged_at)
    except Refused as why:
        return refused(row.number, row.row_id, why.refusals)
    books.known[key] = _listed(made, offer)
    books.seen.add(key)
    return RowOutcome(row.number, row.row_id, Outcome.ACCEPTED, (), made.grams, made.paise)


def _says_the_same(one: ListedSale, offer: Offer) -> bool:
    return one == _listed(SaleMade(one.number, one.grams, one.amount_paise), offer)


def _listed(made: SaleMade, offer: Offer) -> ListedSale:
    return ListedSale(
        made.number,
        offer.lot,
        offer.grade_code or 0,
        offer.buyer_code,
        offer.grams,
        offer.rate_paise,
        offer.sold_at,
        made.paise,
    )


def _again(row: _Row, *, same: bool, here: bool, sums: ListedSale | None = None) -> RowOutcome:
    """A number that stands already: the same again, or another row under its number."""
    if not same:
        message = say("This number came before with other content; the first stands.")
        return refused(row.number, row.row_id, [Refusal("duplicate_conflict", message)])
    outcome = Outcome.REPLAY if here else Outcome.UNCHANGED
    grams, paise = (sums.grams, sums.amount_paise) if sums else (None, None)
    return RowOutcome(row.number, row.row_id, outcome, (), grams, paise)


async def _sellers(tx: Transaction, task: ImportTask) -> dict[str, Seller]:
    """The cooperatives that the rows name, by code; their chains are locked in a fixed order."""
    named = {row["cooperative"].strip() for row in task.rows}
    found = [c for c in await cooperatives_queries.cooperatives(tx) if c.code in named]
    for one in sorted(found, key=lambda one: one.id):
        await lock_head(tx, one.id)
    return {one.code: Seller(one.id, one.code, one.state_lgd) for one in found}


def _nobody(value: LotRow | SaleRow | None) -> list[Refusal]:
    code = value.cooperative if value else ""
    message = say("Cooperative %(code)s is not recorded; load it first.", code=code)
    return [Refusal("unknown_cooperative", message, "cooperative")]

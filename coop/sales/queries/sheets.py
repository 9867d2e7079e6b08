"""The facts of a sale's papers together: the pages to print and the PDFs are drawn from the same."""

from dataclasses import dataclass

from coop.kernel.db import Transaction
from coop.receipts.rules.receipt import receipt_text
from coop.sales.queries.papers import NoteShown, SalePaper, note_paper, sale_paper
from coop.sales.queries.sales import SaleState, sale_state
from coop.sales.queries.shown import LotShown, lot_shown
from coop.sales.rules.dispatch import Challan
from coop.sales.rules.states import State, district, state


@dataclass(frozen=True, slots=True)
class SaleSheet:
    """A sale, where the goods go, its challan, what became of it; ``code`` is its receipt's text."""

    sale: SalePaper
    stands: SaleState
    place: State
    code: str

    @property
    def challan(self) -> Challan | None:
        """The last challan recorded."""
        return self.stands.challan


@dataclass(frozen=True, slots=True)
class NoteSheet:
    """A note and its sale; ``code`` is the text of the note's own receipt, empty where it has none."""

    note: NoteShown
    on: SaleSheet
    code: str


@dataclass(frozen=True, slots=True)
class LotTag:
    """A lot's tag and its district."""

    lot: LotShown
    district: State


async def sale_sheet(tx: Transaction, number: str, host: str) -> SaleSheet | None:
    """A sale's facts within reach by its public number; ``host`` stands in its code."""
    sale = await sale_paper(tx, number)
    stands = await sale_state(tx, sale.cooperative_id, number) if sale else None
    if sale is None or stands is None:
        return None
    return SaleSheet(sale, stands, state(sale.place_of_supply), receipt_text(host, sale.signed))


async def note_sheet(tx: Transaction, number: str, host: str) -> NoteSheet | None:
    """A note's facts within reach by its public number."""
    note = await note_paper(tx, number)
    if note is None or note.number != number:
        return None
    on = await sale_sheet(tx, note.sale, host)
    if on is None:
        return None
    return NoteSheet(note, on, receipt_text(host, note.signed) if note.signed else "")


async def lot_tag(tx: Transaction, number: str) -> LotTag | None:
    """A lot's tag within reach by its public number."""
    lot = await lot_shown(tx, number)
    return LotTag(lot, district(lot.district_lgd)) if lot else None

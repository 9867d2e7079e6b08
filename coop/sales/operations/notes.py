"""Notes on a sale: asked for by one, decided by another."""

from dataclasses import dataclass
from hashlib import sha256

from coop.audit.operations import lock_head
from coop.audit.rules import AuditTag, Fact
from coop.buyers.operations import keep_receipt
from coop.kernel import clock
from coop.kernel.db import Transaction
from coop.kernel.refusal import NotThere, Refused
from coop.ledger.operations import next_number, post_journal
from coop.ledger.rules import Line, reversed_lines
from coop.receipts.operations.issue import Issued, issue
from coop.receipts.operations.status import mark
from coop.receipts.rules.receipt import REVERSAL
from coop.receipts.rules.receipt import Line as Goods
from coop.receipts.rules.status_list import Status
from coop.sales.operations.keeping import Seller, answered, chain, keep
from coop.sales.operations.moving import Movement, move
from coop.sales.queries.sales import PendingNote, SaleState, sale_state
from coop.sales.rules.balance import Move
from coop.sales.rules.journal import returned_lines, sale_lines
from coop.sales.rules.notes import (
    AskFacts,
    NoteKind,
    NoteSums,
    note_sums,
    refusals_to_ask,
    refusals_to_decide,
)
from coop.sales.rules.numbers import paper_no
from coop.sales.rules.once import Once


async def ask_reversal(
    tx: Transaction, seller: Seller, sale: str, reason: str, once: Once | None = None
) -> int:
    """Ask to take a sale back whole; its receipt is held till then. Return the request's row id.

    Raises Refused, NotThere.
    """
    await lock_head(tx, seller.cooperative_id)
    earlier = await answered(tx, seller, once)
    if earlier is not None:
        return int(earlier)
    state = await sale_state(tx, seller.cooperative_id, sale)
    if state is None:
        raise NotThere(sale)
    facts = AskFacts(state.reversed, state.pending is not None, state.noted)
    why = refusals_to_ask(NoteKind.REVERSAL, reason, facts)
    if why:
        raise Refused(why)
    number = await write_request(tx, seller, state, NoteKind.REVERSAL, state.sold.grams, reason)
    await mark(tx, seller.cooperative_id, state.sidx, Status.HELD, "reversal asked for")
    await keep(tx, seller, once, str(number))
    return number


async def write_request(
    tx: Transaction, seller: Seller, state: SaleState, kind: NoteKind, grams: int, reason: str
) -> int:
    """Write a request for a note and its entry; return its row id. The chain is locked."""
    number = int(
        await tx.fetchval(
            """INSERT INTO sale_note_request (cooperative_id, sale_fy, sale_no, kind, grams, reason, asked_at, asked_by)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id""",
            seller.cooperative_id,
            state.fy,
            state.no,
            kind.value,
            grams,
            reason,
            clock.now(),
            tx.reach.actor,
        )
    )
    facts: dict[str, Fact] = {"sale": state.number, "kind": kind.value, "grams": grams}
    await chain(tx, seller, AuditTag.SALE_NOTE_ASKED, "sale_note_request", str(number), **facts)
    return number


async def decide_note(
    tx: Transaction, seller: Seller, sale: str, *, confirmed: bool, once: Once | None = None
) -> str:
    """Decide the note that waits on a sale; return the note's number, empty where declined.

    Raises Refused for who asked for it, NotThere where none waits.
    """
    await lock_head(tx, seller.cooperative_id)
    earlier = await answered(tx, seller, once)
    if earlier is not None:
        return earlier
    state = await sale_state(tx, seller.cooperative_id, sale)
    if state is None:
        raise NotThere(sale)
    if state.pending is None:
        raise Refused(refusals_to_decide("", "", decided=True))
    why = refusals_to_decide(state.pending.asked_by, tx.reach.actor, decided=False)
    if why:
        raise Refused(why)
    await tx.execute(
        """INSERT INTO sale_note_decision (request_id, cooperative_id, confirmed, asked_by, decided_by, decided_at)
           VALUES ($1, $2, $3, $4, $5, $6)""",
        state.pending.id,
        seller.cooperative_id,
        confirmed,
        state.pending.asked_by,
        tx.reach.actor,
        clock.now(),
    )
    made = _Made("", None)
    if confirmed:
        made = await _issue(tx, seller, state, state.pending)
    elif state.pending.kind == NoteKind.REVERSAL:
        await mark(tx, seller.cooperative_id, state.sidx, Status.VALID, "reversal declined")
    facts: dict[str, Fact] = {
        "sale": state.number,
        "confirmed": int(confirmed),
        "note": made.number,
        "sha256": sha256(made.receipt.signed).hexdigest() if made.receipt else "",
    }
    about = str(state.pending.id)
    await chain(tx, seller, AuditTag.SALE_NOTE_DECIDED, "sale_note_decision", about, **facts)
    await keep(tx, seller, once, made.number)
    return made.number


@dataclass(frozen=True, slots=True)
class _Made:
    number: str
    receipt: Issued | None


async def _issue(tx: Transaction, seller: Seller, state: SaleState, asked: PendingNote) -> _Made:
    """The note with its own number; a reversal also brings the goods back and voids the receipt."""
    kind = NoteKind(asked.kind)
    sums = note_sums(state.sold, kind, asked.grams)
    fy = clock.financial_year(clock.now())
    letter = "D" if kind is NoteKind.DEBIT else "C"
    no = await next_number(tx, seller.cooperative_id, fy, f"{letter}N")
    number = paper_no(seller.code, fy, letter, no)
    receipt = None
    if kind is NoteKind.REVERSAL:
        receipt = await _take_back(tx, seller, state, number)
    journal = await post_journal(
        tx,
        seller.cooperative_id,
        _lines(state, kind, sums),
        day=clock.today(),
        about="sale_note",
        document=number,
    )
    await _write_note(tx, seller, state, asked, sums, (fy, letter, no, number), receipt, journal)
    return _Made(number, receipt)


def _lines(state: SaleState, kind: NoteKind, sums: NoteSums) -> tuple[Line, ...]:
    """A debit is a further sale; a credit turns it round; goods that had left come back to stock."""
    lines = sale_lines(
        state.buyer_id, state.lot.grade_code, sums.amount_paise, sums.tax, sums.premium_paise
    )
    if kind is NoteKind.DEBIT:
        return lines
    back = kind is NoteKind.REVERSAL and state.left_at is not None
    goods = returned_lines(state.lot.grade_code, state.cost) if back else ()
    return (*reversed_lines(lines), *goods)


async def _take_back(tx: Transaction, seller: Seller, state: SaleState, number: str) -> Issued:
    goods = Goods(state.lot.grade_code, state.sold.grams, state.sold.rate_paise)
    receipt = await issue(tx, seller.cooperative_id, seller.code, REVERSAL, [goods], ref=state.cti)
    await keep_receipt(tx, state.buyer_id, seller.cooperative_id, REVERSAL, receipt)
    await mark(tx, seller.cooperative_id, state.sidx, Status.VOID, f"reversed by {number}")
    returned = Movement(
        Move.RETURNED,
        state.cost,
        clock.now(),
        sale=(state.fy, state.no),
        reason="sale taken back",
        about_no=number,
    )
    await move(tx, seller, state.lot, returned)
    return receipt


async def _write_note(
    tx: Transaction,
    seller: Seller,
    state: SaleState,
    asked: PendingNote,
    sums: NoteSums,
    key: tuple[int, str, int, str],
    receipt: Issued | None,
    journal: int,
) -> None:
    fy, letter, no, number = key
    await tx.execute(
        """INSERT INTO sale_note (cooperative_id, fy, series, no, number, request_id, sale_fy, sale_no, kind, grams, amount_paise,
             cgst_paise, sgst_paise, igst_paise, round_off_paise, total_paise, premium_paise, receipt_no, journal_no, issued_at, issued_by)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)""",
        seller.cooperative_id,
        fy,
        letter,
        no,
        number,
        asked.id,
        state.fy,
        state.no,
        asked.kind,
        sums.grams,
        sums.amount_paise,
        sums.tax.cgst_paise,
        sums.tax.sgst_paise,
        sums.tax.igst_paise,
        sums.tax.round_off_paise,
        sums.tax.total_paise,
        sums.premium_paise,
        receipt.no if receipt else None,
        journal,
        clock.now(),
        tx.reach.actor,
    )

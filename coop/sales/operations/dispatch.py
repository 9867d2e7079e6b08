"""Challan, gate, weighbridge: what goes with the goods, and what is asked again before they leave."""

from dataclasses import dataclass
from datetime import datetime

from coop.audit.operations import lock_head
from coop.audit.rules import AuditTag, Fact
from coop.buyers.queries import standing_of
from coop.kernel import clock
from coop.kernel.clock import financial_year, ist_day
from coop.kernel.db import Transaction
from coop.kernel.refusal import NotThere, Refusal, Refused
from coop.kernel.words import say
from coop.ledger.operations import post_journal
from coop.sales.operations.keeping import Seller, answered, chain, keep
from coop.sales.operations.notes import write_request
from coop.sales.queries.sales import SaleState, sale_state
from coop.sales.queries.terms import terms_on
from coop.sales.rules.dispatch import (
    Challan,
    Load,
    refusals_to_carry,
    refusals_to_leave,
    vehicle_key,
    within,
)
from coop.sales.rules.journal import dispatch_lines
from coop.sales.rules.notes import difference_note
from coop.sales.rules.once import Once


async def record_challan(
    tx: Transaction, seller: Seller, sale: str, challan: Challan, once: Once | None = None
) -> int:
    """Keep a challan; the last one of a sale holds. Return its row id. Raises Refused, NotThere."""
    await lock_head(tx, seller.cooperative_id)
    earlier = await answered(tx, seller, once)
    if earlier is not None:
        return int(earlier)
    state = await stands(tx, seller, sale)
    terms = await terms_on(tx, seller.cooperative_id, clock.today())
    why = refusals_to_carry(challan, state.facts, terms.limits)
    if why:
        raise Refused(why)
    number = int(
        await tx.fetchval(
            """INSERT INTO sale_challan (cooperative_id, sale_fy, sale_no, challan_no, vehicle_no, quantity_grams, valid_from,
                 valid_to, delivery_state, eway_no, recorded_at, recorded_by)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id""",
            seller.cooperative_id,
            state.fy,
            state.no,
            challan.challan_no,
            vehicle_key(challan.vehicle_no),
            challan.grams,
            challan.valid_from,
            challan.valid_to,
            challan.delivery_state,
            challan.eway_no,
            clock.now(),
            tx.reach.actor,
        )
    )
    facts: dict[str, Fact] = {"sale": state.number, "grams": challan.grams}
    await chain(tx, seller, AuditTag.CHALLAN_RECORDED, "sale_challan", str(number), **facts)
    await keep(tx, seller, once, str(number))
    return number


async def record_gate_out(
    tx: Transaction, seller: Seller, sale: str, load: Load, once: Once | None = None
) -> int:
    """Let the goods out and take them out of the stock's account; return the journal's number.

    Raises Refused where the buyer's standing that day, challan, vehicle or weight stop them: the
    sale then stays reserved. Raises NotThere.
    """
    await lock_head(tx, seller.cooperative_id)
    earlier = await answered(tx, seller, once)
    if earlier is not None:
        return int(earlier)
    state = await stands(tx, seller, sale)
    standing = await standing_of(tx, state.buyer_code, ist_day(load.at))
    terms = await terms_on(tx, seller.cooperative_id, ist_day(load.at))
    why = [*refusals_to_leave(load, state.facts, state.challan, standing, terms.limits)]
    if load.at > clock.now() + clock.seconds(300):
        why.append(Refusal("future_time", say("This lies in the future; correct it."), "left_at"))
    if why:
        raise Refused(why)
    lines = dispatch_lines(state.lot.grade_code, state.cost)
    journal = await post_journal(
        tx,
        seller.cooperative_id,
        lines,
        day=ist_day(load.at),
        about="dispatch",
        document=state.number,
    )
    at = clock.now()
    await tx.execute(
        """INSERT INTO gate_out (cooperative_id, sale_fy, sale_no, challan_id, vehicle_no, loaded_grams, left_at, fy, journal_no,
             posted_at, recorded_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)""",
        seller.cooperative_id,
        state.fy,
        state.no,
        state.challan_id,
        vehicle_key(load.vehicle_no),
        load.grams,
        load.at,
        financial_year(at),
        journal,
        at,
        tx.reach.actor,
    )
    facts: dict[str, Fact] = {"sale": state.number, "journal": journal, "grams": load.grams}
    about = f"{state.fy}/{state.no}"
    await chain(tx, seller, AuditTag.GATE_PASSED, "gate_out", about, **facts)
    await keep(tx, seller, once, str(journal))
    return journal


@dataclass(frozen=True, slots=True)
class Reading:
    """What the buyer's weighbridge showed, by the number of its slip."""

    slip_no: str
    grams: int
    at: datetime


async def record_weighbridge(
    tx: Transaction, seller: Seller, sale: str, reading: Reading, once: Once | None = None
) -> int | None:
    """Keep the buyer's weight; beyond the tolerance ask for a note on the whole difference.

    Return the request's row id, None within the tolerance. Raises Refused, NotThere.
    """
    await lock_head(tx, seller.cooperative_id)
    earlier = await answered(tx, seller, once)
    if earlier is not None:
        return int(earlier) or None
    state = await stands(tx, seller, sale)
    why = _refusals_to_read(state, reading)
    if why:
        raise Refused(why)
    terms = await terms_on(tx, seller.cooperative_id, clock.today())
    tolerance = terms.limits.weighbridge_tolerance
    fits = within(reading.grams, state.sold.grams, tolerance)
    request = None
    if not fits:
        kind, grams = difference_note(state.sold.grams, reading.grams)
        reason = f"weighbridge {reading.slip_no}"
        request = await write_request(tx, seller, state, kind, grams, reason)
    await tx.execute(
        """INSERT INTO weighbridge_reading (cooperative_id, sale_fy, sale_no, slip_no, buyer_grams, within_tolerance, request_id,
             read_at, recorded_at, recorded_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)""",
        seller.cooperative_id,
        state.fy,
        state.no,
        reading.slip_no,
        reading.grams,
        fits,
        request,
        reading.at,
        clock.now(),
        tx.reach.actor,
    )
    facts: dict[str, Fact] = {"sale": state.number, "grams": reading.grams, "within": int(fits)}
    about = f"{state.fy}/{state.no}"
    await chain(tx, seller, AuditTag.WEIGHBRIDGE_READ, "weighbridge_reading", about, **facts)
    await keep(tx, seller, once, str(request or 0))
    return request


def _refusals_to_read(state: SaleState, reading: Reading) -> list[Refusal]:
    why = []
    if state.left_at is None:
        why.append(Refusal("not_left_yet", say("The goods have not left the gate yet.")))
    elif state.read:
        why.append(Refusal("already_read", say("The buyer's weight stands already.")))
    elif state.reversed:
        why.append(Refusal("sale_reversed", say("This sale was taken back already.")))
    elif state.pending:
        message = say("A note on this sale waits for a second person already.")
        why.append(Refusal("note_pending", message))
    if reading.grams <= 0:
        why.append(Refusal("not_positive", say("The weight must be above zero."), "buyer_kg"))
    return why


async def stands(tx: Transaction, seller: Seller, sale: str) -> SaleState:
    """A sale of the seller as it stands; NotThere where it has none. Writes nothing."""
    state = await sale_state(tx, seller.cooperative_id, sale)
    if state is None:
        raise NotThere(sale)
    return state

"""Record a sale: lock the cooperative's chain, ask the rules, write every row at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from coop.audit.operations import Act, links, lock_head
from coop.audit.rules import AuditTag, rows_digest
from coop.buyers.queries import standing_of
from coop.buyers.rules import gst_state_codes
from coop.kernel import clock
from coop.kernel.clock import financial_year, ist_day
from coop.kernel.db import Transaction
from coop.kernel.money import amount_paise
from coop.kernel.refusal import Conflict, Refused
from coop.receipts.operations.issue import draw_cti, draw_places, free_places, open_next_list
from coop.receipts.operations.keys import signing_key
from coop.receipts.rules.receipt import SALE, Line, Receipt, document_no, sign_receipt
from coop.sales.operations.keeping import Seller
from coop.sales.operations.write import SaleBooking, SaleReceipt, seal_rows, write
from coop.sales.queries.facts import BuyerRows, LotState, Price, SaleGathered, gather
from coop.sales.queries.terms import terms_on
from coop.sales.rules.balance import share_of
from coop.sales.rules.journal import sale_lines
from coop.sales.rules.offer import Offer, OfferFacts, refusals_to_sell
from coop.sales.rules.once import Once
from coop.sales.rules.tax import Tax, place_of_supply, supply_of, tax_on
from coop.settings import settings

NO_GSTIN = "URP"  # receipt format MR1, item 8

# The status list that a cooperative's last sale drew from; a guess that is checked each time.
_lists: dict[int, int | None] = {}


@dataclass(frozen=True, slots=True)
class SaleMade:
    """A sale as it was booked: its number, and what was sold for how much (paise, before tax)."""

    number: str
    grams: int
    paise: int


async def record_sale(
    tx: Transaction,
    seller: Seller,
    offer: Offer,
    once: Once | None = None,
    judged_at: datetime | None = None,
) -> SaleMade:
    """Sell a lot's grams to a buyer. Raises Refused, and Conflict for an id of another body.

    Receipt (kind 2), buyer's due, sales, tax, premium to the common fund; the goods stay in the
    books' stock until they leave the gate. ``judged_at``: imports.
    """
    at = clock.now()
    head = await lock_head(tx, seller.cooperative_id)
    found, places = await _gather(tx, seller, offer, once)
    if found.earlier is not None:
        if once is None or found.earlier != once.content:
            raise Conflict(offer.lot)
        return SaleMade(found.answer, offer.grams, amount_paise(offer.grams, offer.rate_paise))
    standing = await standing_of(tx, offer.buyer_code, ist_day(offer.sold_at))
    lot, price, buyer = found.lot, found.price, found.buyer
    facts = OfferFacts(
        judged_at or at,
        standing,
        lot.facts if lot else None,
        price.buyer_floor_paise if price else None,
    )
    why = refusals_to_sell(offer, facts)
    if why or lot is None or price is None or buyer is None:
        raise Refused(why)
    sold = _Sold(seller, offer, found, lot, price, buyer)
    tax = await _tax(tx, sold)
    booking = _booking(sold, tax, tx.reach.actor, at)
    lines = sale_lines(
        buyer.id, booking.grade_code, booking.amount_paise, tax, booking.premium_paise
    )
    receipt = await _receipt(tx, sold, booking, places[0], at)
    act = _act(booking, financial_year(at), receipt, seal_rows(booking, lines))
    link = links(head, tx.reach.actor, [act])[0]
    await write(
        tx, seller.cooperative_id, financial_year(at), at, once, head, booking, lines, receipt, link
    )
    return SaleMade(booking.number, booking.quantity_grams, booking.amount_paise)


@dataclass(frozen=True, slots=True)
class _Sold:
    """An offer that nothing speaks against, with what it was judged on."""

    seller: Seller
    offer: Offer
    found: SaleGathered
    lot: LotState
    price: Price
    buyer: BuyerRows

    @property
    def amount_paise(self) -> int:
        return amount_paise(self.offer.grams, self.offer.rate_paise)

    @property
    def place(self) -> str:
        """The State that the goods go to, by its GST number."""
        return place_of_supply(self.offer.delivery_state, self.buyer.gstin, self._buyer_states())

    def _buyer_states(self) -> tuple[str, ...]:
        state = self.buyer.state_lgd or self.seller.state_lgd
        return gst_state_codes(state)


async def _gather(
    tx: Transaction, seller: Seller, offer: Offer, once: Once | None
) -> tuple[SaleGathered, Sequence[int]]:
    """Facts and an unused status place; a list that fills up is left for the next."""
    owner, fy, day = seller.cooperative_id, financial_year(clock.now()), ist_day(offer.sold_at)
    while True:
        list_no = _lists.get(owner)
        drawn = draw_places(list_no, 1) if list_no is not None else []
        operation = once.operation_id if once else None
        found = await gather(tx, owner, fy, offer, day, operation, drawn)
        places = free_places(drawn, found.taken, 1) if drawn else None
        if places is not None and found.list_no == list_no:
            return found, places
        newest = found.list_no
        stays = newest is not None and newest != list_no
        _lists[owner] = newest if stays else await open_next_list(tx, owner)


async def _tax(tx: Transaction, sold: _Sold) -> Tax:
    terms = await terms_on(tx, sold.seller.cooperative_id, ist_day(sold.offer.sold_at))
    supply = supply_of(
        bool(sold.found.own_gstin), gst_state_codes(sold.seller.state_lgd), sold.place
    )
    return tax_on(sold.amount_paise, terms.gst_rate, supply)


def _booking(sold: _Sold, tax: Tax, actor: str, at: datetime) -> SaleBooking:
    offer, lot, price, buyer = sold.offer, sold.lot, sold.price, sold.buyer
    no = sold.found.last_receipt + 1
    return SaleBooking(
        number=document_no(sold.seller.code, financial_year(at), SALE, no),
        no=no,
        own_no=offer.own_no,
        lot_fy=lot.fy,
        lot_no=lot.no,
        grade_code=lot.facts.grade_code,
        buyer_id=buyer.id,
        buyer_version_id=buyer.version_id,
        buyer_code=offer.buyer_code,
        price_line_id=price.line_id,
        quantity_grams=offer.grams,
        rate_paise=offer.rate_paise,
        floor_paise=price.buyer_floor_paise,
        amount_paise=sold.amount_paise,
        own_gstin=sold.found.own_gstin,
        party=buyer.gstin or NO_GSTIN,
        place_of_supply=sold.place,
        supply=tax.supply.value,
        tax_rate=tax.rate,
        cgst_paise=tax.cgst_paise,
        sgst_paise=tax.sgst_paise,
        igst_paise=tax.igst_paise,
        round_off_paise=tax.round_off_paise,
        total_paise=tax.total_paise,
        premium_rate_paise=price.premium_paise,
        premium_paise=amount_paise(offer.grams, price.premium_paise),
        cost_paise=share_of(lot.stock, offer.grams).paise,
        journal_no=sold.found.last_journal + 1,
        sold_at=offer.sold_at,
        sold_day=ist_day(offer.sold_at),
        sold_by=actor,
    )


async def _receipt(
    tx: Transaction, sold: _Sold, booking: SaleBooking, place: int, at: datetime
) -> SaleReceipt:
    """Sign the sale with the root over the purchases that stand in its lot."""
    key = await signing_key(tx, settings().keys, sold.seller.cooperative_id, at)
    cti = draw_cti()
    receipt = Receipt(
        iss=settings().trust_domain,
        iat=int(at.timestamp()),
        cti=cti,
        kind=SALE,
        coop=sold.seller.code,
        fy=financial_year(at),
        no=booking.no,
        lines=(Line(booking.grade_code, booking.quantity_grams, booking.rate_paise),),
        sidx=place,
        party=booking.party,
        lot=(sold.lot.purchase_count, sold.lot.purchases_root),
    )
    return SaleReceipt(cti, place, sign_receipt(receipt, key.private, key.kid))


def _act(booking: SaleBooking, fy: int, receipt: SaleReceipt, rows: Sequence[str]) -> Act:
    number = f"{fy}/{booking.no}"
    return Act(
        AuditTag.SALE_RECORDED,
        "sale",
        number,
        {
            "receipt": number,
            "journal": booking.journal_no,
            "grams": booking.quantity_grams,
            "paise": booking.amount_paise,
            "sha256": sha256(receipt.signed).hexdigest(),
            "rows_sha256": rows_digest(rows),
        },
    )

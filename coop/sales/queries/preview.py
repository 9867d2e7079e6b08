"""What a sale would come to, and what speaks against it: nothing is written or locked."""

from dataclasses import dataclass
from datetime import date

from coop.buyers.queries import known_buyers, standing_of
from coop.buyers.rules import Standing, gst_state_codes
from coop.kernel import clock
from coop.kernel.clock import financial_year, ist_day
from coop.kernel.db import Transaction
from coop.kernel.money import amount_paise
from coop.kernel.refusal import Refusal
from coop.sales.queries.facts import gather
from coop.sales.queries.terms import terms_on
from coop.sales.rules.dispatch import needs_eway
from coop.sales.rules.offer import Offer, OfferFacts, refusals_to_sell
from coop.sales.rules.tax import Supply, Tax, place_of_supply, supply_of, tax_on


@dataclass(frozen=True, slots=True)
class BuyerChoice:
    """A buyer that may buy today, and until when its papers hold."""

    code: str
    name: str
    town: str
    until: date | None


@dataclass(frozen=True, slots=True)
class Preview:
    """A sale worked out. ``unregistered_across``: to another State without a GSTIN of ours."""

    amount_paise: int
    floor_paise: int
    premium_paise: int
    place: str
    tax: Tax
    needs_eway: bool
    unregistered_across: bool


async def verified_buyers(tx: Transaction, on: date) -> list[BuyerChoice]:
    """The buyers whose standing on a day is verified, by code."""
    standings = [(one, one.standing(on)) for one in await known_buyers(tx)]
    return [
        BuyerChoice(one.code, one.name, one.town, standing.until)
        for one, standing in standings
        if standing.standing is Standing.VERIFIED
    ]


async def floor_now(tx: Transaction, district_lgd: int, grade_code: int) -> int | None:
    """The buyer's floor of a grade in a district now; None where no notice is in force."""
    found: int | None = await tx.fetchval(
        """SELECT n.buyer_floor_paise FROM price_period p JOIN price_notice_line n ON n.id = p.line_id
           WHERE p.district_lgd = $1 AND p.grade_code = $2 AND p.during @> $3::timestamptz""",
        district_lgd,
        grade_code,
        clock.now(),
    )
    return found


async def preview(
    tx: Transaction, cooperative_id: int, state_lgd: int, offer: Offer
) -> tuple[Preview | None, tuple[Refusal, ...]]:
    """Work a sale out as it would be booked now, or why it would not."""
    at = clock.now()
    day = ist_day(offer.sold_at)
    found = await gather(tx, cooperative_id, financial_year(at), offer, day, None, [])
    standing = await standing_of(tx, offer.buyer_code, day)
    floor = found.price.buyer_floor_paise if found.price else None
    facts = OfferFacts(at, standing, found.lot.facts if found.lot else None, floor)
    why = refusals_to_sell(offer, facts)
    if why or found.price is None or found.buyer is None:
        return None, why
    amount = amount_paise(offer.grams, offer.rate_paise)
    own = gst_state_codes(state_lgd)
    place = place_of_supply(
        offer.delivery_state,
        found.buyer.gstin,
        gst_state_codes(found.buyer.state_lgd or state_lgd),
    )
    terms = await terms_on(tx, cooperative_id, day)
    tax = tax_on(amount, terms.gst_rate, supply_of(bool(found.own_gstin), own, place))
    across = place not in own
    return (
        Preview(
            amount,
            found.price.buyer_floor_paise,
            amount_paise(offer.grams, found.price.premium_paise),
            place,
            tax,
            needs_eway(tax.total_paise, terms.limits, between_states=across),
            across and tax.supply is Supply.BILL,
        ),
        (),
    )

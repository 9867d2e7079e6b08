"""What stands on a member's card."""

from dataclasses import dataclass
from datetime import date

from coop.cooperatives.queries import Policy, policy_on
from coop.kernel.db import Transaction
from coop.members.queries.member import MemberFacts
from coop.members.rules.number import card_text
from coop.sites.queries import sites

_MOST_SITES = 4


@dataclass(frozen=True, slots=True)
class Card:
    """A card's words: who, of which cooperative, and what it shows to the police."""

    member: MemberFacts
    code: str
    policy: Policy | None
    sites: tuple[str, ...]


async def card(tx: Transaction, one: MemberFacts, on: date) -> Card:
    """The card of a member as it would be printed on a day; sites of the cooperative's district that are open."""
    found = [
        f"{site.code} {site.name}"
        for site in (await sites(tx)).values()
        if site.collection_allowed and site.district_lgd == one.district_lgd
    ]
    return Card(
        one,
        card_text(one.code, one.member_no),
        await policy_on(tx, on),
        tuple(sorted(found)[:_MOST_SITES]),
    )

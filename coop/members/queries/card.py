"""What stands on a member's card."""

from dataclasses import dataclass
from datetime import date

from coop.kernel.db import Transaction
from coop.members.queries.member import MemberFacts
from coop.members.rules.number import card_text
from coop.sites.queries import Policy, listed_sites, policy_on

_MOST_SITES = 4


@dataclass(frozen=True, slots=True)
class CardSite:
    """A site of the cooperative's district where collection is allowed; ``permission`` empty: none recorded."""

    code: str
    name_hi: str
    name_en: str
    permission: str


@dataclass(frozen=True, slots=True)
class Card:
    """A card's words: who, of which cooperative, and what it shows to the police."""

    member: MemberFacts
    code: str
    policy: Policy | None
    sites: tuple[CardSite, ...]

    @property
    def permissions_missing(self) -> bool:
        """Whether a site stands on the card without the number of its permission."""
        return any(not site.permission for site in self.sites)


async def card(tx: Transaction, one: MemberFacts, on: date) -> Card:
    """The card of a member as it would be printed on a day."""
    found = [
        CardSite(site.code, site.name_hi or site.name, site.name, listed.permission)
        for listed in await listed_sites(tx, on, district=one.district_lgd)
        if (site := listed.latest.site).collection_allowed
        and (listed.latest.cleared_until is None or listed.latest.cleared_until >= on)
    ]
    return Card(
        one,
        card_text(one.code, one.member_no),
        await policy_on(tx, on),
        tuple(found[:_MOST_SITES]),
    )

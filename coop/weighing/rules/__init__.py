"""A weighing decided from facts: what is payable, what speaks against it, what repeats. Pure."""

from coop.sites.rules import SiteFacts
from coop.weighing.rules.entry import (
    PAID_MODES,
    DaySettings,
    UnreadEntry,
    WeighingEntry,
    content_bytes,
    content_sha256,
    hundredths,
    says_the_same,
)
from coop.weighing.rules.facts import (
    CONFIRMABLE,
    Facts,
    MemberFacts,
    PriceFacts,
    Terms,
)
from coop.weighing.rules.payable import Settled, payable_grams
from coop.weighing.rules.refusals import refusals_to_weigh, settle
from coop.weighing.rules.sequence import Judged, Outcome, judge_in_order

__all__ = [
    "CONFIRMABLE",
    "PAID_MODES",
    "DaySettings",
    "Facts",
    "Judged",
    "MemberFacts",
    "Outcome",
    "PriceFacts",
    "Settled",
    "SiteFacts",
    "Terms",
    "UnreadEntry",
    "WeighingEntry",
    "content_bytes",
    "content_sha256",
    "hundredths",
    "judge_in_order",
    "payable_grams",
    "refusals_to_weigh",
    "says_the_same",
    "settle",
]

"""Whether a buyer may claim a sale's receipt: its own, genuine, valid, and not claimed before."""

from dataclasses import dataclass
from datetime import datetime

from coop.kernel.clock import IST
from coop.kernel.refusal import Refusal
from coop.kernel.words import say
from coop.receipts.rules.receipt import SALE, Receipt
from coop.receipts.rules.verdict import PROVEN, Verdict

_VALID = frozenset({Verdict.GENUINE_CURRENT, Verdict.GENUINE_STATUS_UNKNOWN})


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """What is known of a receipt that somebody claims. ``theirs``: sold to this very buyer."""

    verdict: Verdict
    receipt: Receipt | None
    kept: bool
    theirs: bool
    claimed_at: datetime | None


def refusals_to_claim(facts: ClaimFacts) -> tuple[Refusal, ...]:
    """Return why a receipt cannot be claimed; a second claim is told when the first was."""
    receipt = facts.receipt
    if receipt is None or facts.verdict not in PROVEN:
        message = say("This is not a genuine receipt; tell the agency.")
        return (Refusal("not_genuine", message, "text"),)
    if receipt.kind != SALE or not facts.kept:
        message = say("This is not a sale's receipt; scan the one that came with the goods.")
        return (Refusal("not_a_sale", message, "text"),)
    if not facts.theirs:
        message = say("This receipt is another buyer's; ask the cooperative for yours.")
        return (Refusal("not_yours", message, "text"),)
    if facts.claimed_at is not None:
        at = facts.claimed_at.astimezone(IST)
        message = say(
            "Claimed before, on %(day)s at %(time)s. Compare the goods; perhaps a copy.",
            day=at.strftime("%d-%m-%Y"),
            time=at.strftime("%H:%M"),
        )
        return (Refusal("claimed_before", message, "text"),)
    if facts.verdict not in _VALID:
        message = say("This receipt is not valid now; ask the cooperative for a new one.")
        return (Refusal("not_valid", message, "text"),)
    return ()

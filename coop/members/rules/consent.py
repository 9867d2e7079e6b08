"""Consent of adults: for which purpose, given how. Pure (DPDP Act 2023 s.6: given freely, withdrawn as easily)."""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum

from coop.kernel.refusal import Refusal
from coop.kernel.words import Said, say


class Purpose(StrEnum):
    """What somebody's particulars may be used for; each is asked by itself."""

    MEMBERSHIP = "membership"
    PAYMENT = "payment"
    SCHEMES = "schemes"
    MESSAGES = "messages"


class How(StrEnum):
    """How consent was given or withdrawn."""

    READ_ALOUD = "read_aloud"
    THUMB = "thumb"
    SIGNATURE = "signature"


PURPOSES: Mapping[Purpose, Said] = {
    Purpose.MEMBERSHIP: say("Member book and weighings"),
    Purpose.PAYMENT: say("Payment by bank or UPI"),
    Purpose.SCHEMES: say("Finding schemes that fit"),
    Purpose.MESSAGES: say("Calls and messages"),
}
WAYS: Mapping[How, Said] = {
    How.READ_ALOUD: say("Read aloud, said yes"),
    How.THUMB: say("Read aloud, thumb on paper"),
    How.SIGNATURE: say("Read, signature on paper"),
}


def refusals_to_record(
    given: bool, stands: bool | None, on: date, today: date
) -> Iterator[Refusal]:
    """Why a consent or its withdrawal is not written down. ``stands``: the last row, None for none."""
    if on > today:
        yield Refusal("day_ahead", say("The day lies ahead; write it down on that day."), "on_day")
    if stands == given:
        yield Refusal("as_before", say("That is written down already."), "given")
    if stands is None and not given:
        yield Refusal("nothing_to_withdraw", say("No consent is recorded for this."), "given")

"""How often somebody may try before they must wait (ASVS 6.3.1)."""

from datetime import timedelta

from coop.kernel.limit import Limit
from coop.kernel.refusal import Refusal
from coop.kernel.words import say

WINDOW = timedelta(minutes=15)
# Failed tries and those still being judged, together; a right one is not counted.
PER_ACCOUNT = Limit(10, WINDOW)
# One mobile network's address may stand for a whole block of villages.
PER_HOP = Limit(500, WINDOW)


def refusals_to_try(failed_for_account: int, failed_from_hop: int) -> list[Refusal]:
    """Return why no password is looked at now; the same for accounts that do not exist."""
    if PER_ACCOUNT.allows(failed_for_account) and PER_HOP.allows(failed_from_hop):
        return []
    minutes = int(WINDOW.total_seconds()) // 60
    message = say("Too many tries. Wait %(minutes)s minutes, then try again.", minutes=minutes)
    return [Refusal("too_many_tries", message)]


WRONG_SIGN_IN = Refusal(
    "wrong_sign_in", say("User name, password or code is not right. Try again."), "user"
)
WRONG_PASSWORD = Refusal(
    "wrong_password", say("The password now is not right. Try again."), "current_password"
)
WRONG_CODE = Refusal(
    "wrong_code", say("This code is not right or was used. Take the next one."), "code"
)

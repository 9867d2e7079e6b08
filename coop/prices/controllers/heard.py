"""Whom the last price notices heard: what the public page of hearings tells of prices."""

from collections.abc import Sequence

from coop.kernel import clock
from coop.kernel.db import NOWHERE, transaction
from coop.participation.controllers import HeardForNotice
from coop.prices.queries.notices import heard_for, notices
from coop.prices.rules import notice_path

_MOST = 12


async def heard_before_notices() -> Sequence[HeardForNotice]:
    """The last notices, each with the day of its consultation or the reason why there was none."""
    async with transaction(NOWHERE) as tx:
        numbers = [one.number for one in (await notices(tx, clock.now()))[:_MOST]]
        heard = await heard_for(tx, numbers)
    return tuple(
        HeardForNotice(
            number,
            notice_path(number),
            heard[number].held_on,
            (),
            heard[number].no_consultation_reason,
        )
        for number in dict.fromkeys(numbers)
        if number in heard
    )
